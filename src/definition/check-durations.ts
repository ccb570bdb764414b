import { isTooLong, parseDuration } from '../calendar/index.ts';
import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import { type Path, pointerOf } from './outline.ts';
import type { Sla } from './sla-types.ts';

/** Targets, warnings and intervals: none beyond ten years, which is a slip of the pen. */
export function checkDurations(check: Check): void {
  for (const { step, path } of eachStep(check.definition)) {
    checkSla(check, step.sla, [...path, 'sla']);
    for (const { id, sla, every } of step.activities) {
      checkSla(check, sla, [...path, 'activities', id, 'sla']);
      checkDuration(check, every, [...path, 'activities', id, 'every']);
    }
  }
}

function checkSla(check: Check, sla: Sla | null, path: Path): void {
  if (sla === null) return;
  checkDuration(check, sla.within, [...path, 'within']);
  for (const [n, words] of sla.warn.entries()) {
    // One warning need not stand in a list.
    const item = [...path, 'warn', n];
    checkDuration(check, words, check.outline.marks.has(pointerOf(item)) ? item : [...path, 'warn']);
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
