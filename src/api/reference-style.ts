/** The style of the reference page; its hash stands in the page's security policy, so it is sent as it is here. */
export const referenceStyle = `
:root { color-scheme: light dark; --bg: #fcfcfb; --ink: #1c2024; --dim: #5f676f; --line: #e2e4e7; --card: #fff;
  --code: #f2f3f5; --link: #0b5cad; --get: #0b6b4f; --post: #8a4b08; --get-bg: #e3f3ec; --post-bg: #fbeedb;
  --warn: #a3262a; --warn-bg: #fae7e7; }
@media (prefers-color-scheme: dark) { :root { --bg: #14171a; --ink: #e6e8ea; --dim: #9aa3ab; --line: #2b3036; --card: #1a1e22;
  --code: #22272c; --link: #7ab7f5; --get: #74d3ae; --post: #eab676; --get-bg: #17322a; --post-bg: #3a2b17;
  --warn: #f2a0a2; --warn-bg: #3b2022; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--bg); color: var(--ink);
  font: 15px/1.6 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
code, pre { font: 0.88em/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { background: var(--code); padding: 0.1em 0.32em; border-radius: 4px; overflow-wrap: anywhere; }
pre { background: var(--code); padding: 0.8rem 1rem; border-radius: 8px; overflow-x: auto; margin: 0.5rem 0; }
pre code { padding: 0; background: none; overflow-wrap: normal; }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 78rem; margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); font-size: 0.9em; }
nav b { display: block; margin: 1.1rem 0 0.3rem; }
nav a { display: flex; gap: 0.5rem; align-items: baseline; padding: 0.14rem 0; color: inherit; }
main { padding: 1.5rem 2.5rem 5rem; min-width: 0; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 0.2rem; } h2 { font-size: 1.35rem; margin: 2.6rem 0 0.6rem; }
h3 { font-size: 1.02rem; margin: 0; font-weight: 600; } h4 { margin: 1rem 0 0.2rem; font-size: 0.9em; color: var(--dim); font-weight: 600; }
p { margin: 0.4rem 0; max-width: 62rem; } .dim { color: var(--dim); font-weight: normal; }
section.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; margin: 1rem 0; }
section.card:target, tr:target { outline: 2px solid var(--link); outline-offset: -1px; }
.path { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: baseline; margin: 0.2rem 0 0.5rem; }
.path code { font-size: 0.95em; }
.verb { font: 600 0.72rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: 0.06rem 0.4rem; border-radius: 4px; }
.GET { color: var(--get); background: var(--get-bg); } .POST { color: var(--post); background: var(--post-bg); }
.needed { color: var(--warn); background: var(--warn-bg); padding: 0 0.35em; border-radius: 4px; font-size: 0.78em; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 0.93em; }
th { text-align: left; color: var(--dim); font-weight: 600; font-size: 0.86em; }
th, td { padding: 0.34rem 1rem 0.34rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; } td:first-child { white-space: nowrap; }
summary { cursor: pointer; color: var(--dim); font-size: 0.9em; margin-top: 0.6rem; }
@media (max-width: 56rem) { .page { grid-template-columns: minmax(0, 1fr); } nav { position: static; height: auto; border: 0; } main { padding: 1rem; } td:first-child { white-space: normal; } }
@media print { nav { display: none; } .page { display: block; } }
`;
