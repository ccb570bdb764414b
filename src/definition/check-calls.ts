import { parseDuration } from '../calendar/index.ts';
import type { Call } from './call-types.ts';
import type { Check } from './check.ts';
import { itemPath } from './check-approvals.ts';
import { checkName } from './check-names.ts';
import { eachStep } from './each-step.ts';
import type { Path } from './outline.ts';

/** Activities that a service does: what it is sent, and how long it may take. */
export function checkCalls(check: Check): void {
  for (const { step, path } of eachStep(check.definition)) {
    for (const { id, call } of step.activities) {
      if (call !== null) checkCall(check, call, [...path, 'activities', id, 'call']);
    }
  }
}

/** Services are machines: what they take is measured by a watch. */
const UNITS: ReadonlySet<string> = new Set(['minutes', 'hours', 'days', 'weeks']);

function checkCall(check: Check, { sends, timeout, wait }: Call, path: Path): void {
  const { fields } = check.definition;
  const ids = fields.map(({ id }) => id);
  for (const [n, name] of sends.entries()) {
    const at = itemPath(check, [...path, 'sends'], n);
    if (!checkName(check, 'unknown-field', name, ids, at)) continue;
    if (fields.find(({ id }) => id === name)?.personal !== true) continue;
    check.atValue('option-unfit', at, {
      message: { zh: `字段 ${name} 是个人信息，不会发出`, en: `The field ${name} is personal: it is not sent` },
      remedy: { zh: '请从 sends 中删除', en: 'Take it out of sends' },
    });
  }
  for (const [word, words] of Object.entries({ timeout, wait })) {
    const duration = parseDuration(words);
    if (duration === null || UNITS.has(duration.unit)) continue;
    check.atValue('duration-unfit', [...path, word], {
      message: { zh: `${words} 不是钟表能量的时长`, en: `${words} is nothing that a watch measures` },
      remedy: { zh: '请写 minutes、hours、days 或 weeks', en: 'Write minutes, hours, days or weeks' },
    });
  }
}
