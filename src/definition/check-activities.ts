import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import type { Activity } from './types.ts';

/** Activities: what they supply, and how many of their choices are needed. */
export function checkActivities(check: Check): void {
  const fields = check.definition.fields.map(({ id }) => id);
  const derived = new Map(check.definition.tables.map(({ id, sets }) => [sets, id]));
  for (const { step, path } of eachStep(check.definition)) {
    for (const activity of step.activities) {
      const own = [...path, 'activities', activity.id];
      for (const [word, names] of [
        ['supplies', activity.supplies],
        ['may_supply', activity.maySupply],
      ] as const) {
        for (const [n, name] of names.entries()) {
          const table = derived.get(name);
          if (!checkName(check, 'unknown-field', name, fields, [...own, word, n]) || table === undefined) continue;
          check.atValue('field-derived', [...own, word, n], {
            message: {
              zh: `${name} 由决策表 ${table} 决定，不能填写`,
              en: `The table ${table} decides ${name}; nobody can supply it`,
            },
            remedy: { zh: `请从 ${word} 中删除，或删除决策表`, en: `Take it out of ${word}, or delete the table` },
          });
        }
      }
      checkChoices(check, activity, own);
    }
  }
}

function checkChoices(check: Check, { choices }: Activity, path: Path): void {
  const written = ['any', 'all', 'at_least'].filter((word) => check.outline.marks.has(pointerOf([...path, word])));
  const second = written[1];
  if (second !== undefined) {
    check.atKey('choose-one', [...path, second], {
      message: { zh: `同时写了 ${written.join('、')}`, en: `${written.join(' and ')} are written together` },
      remedy: { zh: '请只写 any、all、at_least 中的一个', en: 'Write one of any, all, at_least' },
    });
  }
  if (choices !== null && choices.atLeast > choices.of.length) {
    tooMany(check, [...path, 'at_least', 'n'], choices.atLeast, choices.of.length);
  }
}

/** Reports a count that more things would have to be listed for. */
export function tooMany(check: Check, path: Path, wanted: number, listed: number): void {
  check.atValue('count-too-high', path, {
    message: { zh: `要求 ${wanted} 项，只列出 ${listed} 项`, en: `${wanted} are demanded and ${listed} listed` },
    remedy: { zh: `请写不大于 ${listed} 的数`, en: `Write ${listed} or less` },
  });
}
