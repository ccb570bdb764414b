import type { Check } from './check.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';

/** What a step hands to the processes that it starts. Their own fields no file can see but theirs. */
export function checkChildren(check: Check): void {
  const fields = check.definition.fields.map(({ id }) => id);
  for (const { step, path } of eachStep(check.definition)) {
    for (const { id, with: given } of step.starts) {
      for (const [name, field] of Object.entries(given))
        checkName(check, 'unknown-field', field, fields, [...path, 'starts', id, 'with', name]);
    }
    if (step.wait === 'all' || step.starts.length > 0 || !check.sound([...path, 'starts'])) continue;
    check.atKey('word-unfit', [...path, 'wait'], {
      message: {
        zh: `环节 ${step.id} 没有启动任何流程，wait 没有意义`,
        en: `The step ${step.id} starts no process, so that wait has no meaning`,
      },
      remedy: { zh: '请删除 wait，或写 starts', en: 'Delete wait, or write starts' },
    });
  }
}
