// Colours are written out per scheme: viewers that do not know CSS variables still show the light one.

/** Accent colours of phases, in turn: light scheme, dark scheme. */
const accents = [
  ['#2563eb', '#6ea8fe'],
  ['#7c3aed', '#b197fc'],
  ['#0d9488', '#38d9c0'],
  ['#b45309', '#f5b453'],
  ['#be185d', '#f78fbf'],
] as const;

/** Colours of outcomes: milestones' first, the others in turn. */
const ends = [
  ['#15803d', '#57d38c'],
  ['#c2413a', '#ff8f87'],
  ['#64748b', '#9fb0c6'],
  ['#a16207', '#e3b341'],
] as const;

interface Scheme {
  readonly index: 0 | 1;
  readonly panel: string;
  readonly edge: string;
  readonly card: string;
  readonly cardEdge: string;
  readonly text: string;
  readonly muted: string;
  readonly arrow: string;
  readonly rework: string;
}

const light: Scheme = {
  index: 0,
  panel: '#ffffff',
  edge: '#e3e7ed',
  card: '#ffffff',
  cardEdge: '#d5dbe4',
  text: '#16202e',
  muted: '#5d6b7e',
  arrow: '#46536a',
  rework: '#b4540a',
};

const dark: Scheme = {
  index: 1,
  panel: '#0f141b',
  edge: '#2b333e',
  card: '#181f29',
  cardEdge: '#36404d',
  text: '#e8edf4',
  muted: '#9aa7b8',
  arrow: '#a9b6c8',
  rework: '#f0a050',
};

/** Class of the phase at a place, of which there may be more than colours. */
export const accentClass = (index: number): string => `a${index % accents.length}`;

/** Class of an outcome: the first is for milestones. */
export const outcomeClass = (milestone: boolean, index: number): string =>
  milestone ? 'o0' : `o${1 + (index % (ends.length - 1))}`;

/** The style sheet of a drawing, light unless the viewer prefers dark. */
export function styleSheet(): string {
  return [
    'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","PingFang SC","Hiragino Sans GB",' +
      '"Microsoft YaHei","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif;font-size:12px}',
    '.h1{font-size:24px;font-weight:700}.h2{font-size:15px;font-weight:700}.h3{font-size:14px;font-weight:600}',
    '.clause{font-weight:500;font-size:12px}.cap{font-size:11.5px}.num{font-size:10px;font-weight:700;text-anchor:middle}',
    '.pill{font-size:14px;font-weight:600}.badge{font-size:12.5px;font-weight:600}',
    '.line{fill:none;stroke-width:1.6;stroke-linejoin:round}.back{fill:none;stroke-width:1.4;stroke-dasharray:5 4}',
    '.icon{fill:none;stroke-width:1.2;stroke-linecap:round}.area{stroke-width:1.2;stroke-opacity:.35;fill-opacity:.07}',
    '.soft{fill-opacity:.13;stroke-width:1.2;stroke-opacity:.55}',
    ...rules(light),
    '@media (prefers-color-scheme:dark){',
    ...rules(dark),
    '}',
  ].join('\n');
}

function rules(scheme: Scheme): readonly string[] {
  return [
    `.panel{fill:${scheme.panel};stroke:${scheme.edge}}.card{fill:${scheme.card};stroke:${scheme.cardEdge}}`,
    `text{fill:${scheme.text}}.muted{fill:${scheme.muted}}.icon,.rule{stroke:${scheme.muted}}.rule{stroke-opacity:.35}`,
    `.line{stroke:${scheme.arrow}}.head,.knot{fill:${scheme.arrow}}.ring{fill:none;stroke:${scheme.arrow};stroke-width:1.6}`,
    `.back{stroke:${scheme.rework}}.backhead{fill:${scheme.rework}}.dot{fill:${scheme.muted}}`,
    `.hollow{fill:none;stroke:${scheme.muted}}.gate{fill:${scheme.panel};stroke-width:1.4}`,
    ...accents.map((colours, index) => tint(`.a${index}`, colours[scheme.index])),
    ...ends.map((colours, index) => tint(`.o${index}`, colours[scheme.index])),
  ];
}

const tint = (name: string, colour: string): string =>
  `${name} .ink,${name}.ink{fill:${colour}}${name} .area,${name} .soft{fill:${colour};stroke:${colour}}` +
  `${name} .gate,${name}.gate{stroke:${colour}}`;
