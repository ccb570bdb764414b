import { isTooLong, parseDuration } from '../calendar/index.ts';
import type { Check } from './check.ts';
import { itemPath } from './check-approvals.ts';
import { eachSla } from './each-sla.ts';
import { eachStep } from './each-step.ts';
import type { Path } from './outline.ts';

/** Targets, warnings, escalations and intervals: none beyond ten years, which is a slip of the pen. */
export function checkDurations(check: Check): void {
  for (const { step, path } of eachStep(check.definition)) {
    for (const { id, every } of step.activities) checkDuration(check, every, [...path, 'activities', id, 'every']);
  }
  for (const { sla, path } of eachSla(check.definition)) {
    checkDuration(check, sla.within, [...path, 'within']);
    for (const [n, { within }] of sla.targets.entries())
      checkDuration(check, within, [...path, 'targets', n, 'within']);
    for (const [n, words] of sla.warn.entries()) checkDuration(check, words, itemPath(check, [...path, 'warn'], n));
    for (const [n, { after }] of sla.escalate.entries()) checkDuration(check, after, [...path, 'escalate', n, 'after']);
  }
}

function checkDuration(check: Check, words: string | null, path: Path): void {
  const duration = words === null ? null : parseDuration(words);
  if (duration === null || !isTooLong(duration) || !check.sound(path)) return;
  check.atValue('duration-unfit', path, {
    message: { zh: `${words} 超过十年`, en: `${words} is more than ten years` },
    remedy: { zh: '请写短一些', en: 'Write less' },
  });
}
