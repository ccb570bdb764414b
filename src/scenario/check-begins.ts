import { type Path, type Raw, writeInstead } from '../definition/index.ts';
import { suggest } from '../suggest.ts';
import type { ScenarioCheck } from './check-scenarios.ts';

/** Names of their own, a time to begin, and nothing that goes on after itself. */
export function checkBegins({ file, reports }: ScenarioCheck, scenarios: readonly Raw[]): void {
  const seen = new Set<string>();
  const after = new Map(
    file.scenarios.map(({ name, begin }) => [name, begin.kind === 'after' ? begin.scenario : null]),
  );
  for (const [n, { name, begin }] of file.scenarios.entries()) {
    const path: Path = scenarios[n]?.path ?? [];
    if (seen.has(name)) {
      reports.atValue('duplicate-id', [...path, 'name'], {
        message: { zh: `已经有名为“${name}”的场景`, en: `There is a scenario “${name}” already` },
        remedy: { zh: '请换一个名称', en: 'Give it another name' },
      });
    }
    seen.add(name);
    if (begin.kind === 'start') {
      if (begin.at !== '' || !reports.sound([...path, 'at']) || !reports.sound(['at'])) continue;
      reports.atKey('missing-key', path, {
        message: { zh: '没有写场景从何时开始', en: 'Nothing says when the scenario begins' },
        remedy: {
          zh: '请在场景或文件开头写 at: 2026-03-02T09:00+08:00',
          en: 'Write at: 2026-03-02T09:00+08:00 in the scenario or at the top of the file',
        },
      });
    } else if (!after.has(begin.scenario)) {
      const near = suggest(begin.scenario, after.keys());
      reports.atValue('unknown-scenario', [...path, 'after'], {
        message: { zh: `没有名为“${begin.scenario}”的场景`, en: `There is no scenario “${begin.scenario}”` },
        remedy:
          near === null
            ? { zh: '请写本文件中一个场景的名称', en: 'Write the name of a scenario of this file' }
            : { zh: `是不是想写 ${near}？`, en: `Did you mean ${near}?` },
        fix: writeInstead(near),
      });
    } else if (isCircular(name, after)) {
      reports.atValue('scenario-circle', [...path, 'after'], {
        message: {
          zh: '场景最终接着自己，没有开始',
          en: 'The scenario goes on after itself, so that none ever begins',
        },
        remedy: { zh: '请让其中一个写 start', en: 'Let one of them have a start' },
      });
    }
  }
}

function isCircular(name: string, after: ReadonlyMap<string, string | null>): boolean {
  const passed = new Set<string>();
  for (let at: string | null | undefined = name; typeof at === 'string'; at = after.get(at)) {
    if (passed.has(at)) return at === name;
    passed.add(at);
  }
  return false;
}
