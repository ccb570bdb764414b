import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import type { Activity, Step } from './types.ts';

/** Steps that are left on somebody's word alone: plain ticks, and nothing that shows what was done. */
export function checkTicks(check: Check): void {
  const signalled = new Set(check.definition.signals.map(({ completes }) => completes));
  for (const { step, path } of eachStep(check.definition)) {
    const required = step.activities.filter(({ optional }) => !optional);
    if (required.length === 0 || !required.every((activity) => isTick(activity) && !signalled.has(activity.id)))
      continue;
    if (step.exit.length > 0 || asksApproval(step) || (step.starts.length > 0 && step.wait !== 'none')) continue;
    check.atKey('tick-only', path, {
      message: {
        zh: `${step.id} 的准出只凭打勾，没有任何证据`,
        en: `The exit of ${step.id} rests on ticks alone: nothing shows what was done`,
      },
      remedy: {
        zh: '请让细则填写字段（supplies）或勾选项目（any、all），或给环节加上 exit、approvals',
        en: 'Let an activity supply a field or name what was done (any, all), or give the step an exit or an approval',
      },
    });
  }
}

function isTick({ choices, supplies, maySupply, shared, call }: Activity): boolean {
  return choices === null && supplies.length + maySupply.length === 0 && shared === null && call === null;
}

/** True where an approval is asked for when the step is left, not only to skip something. */
function asksApproval({ approvals, skip, activities }: Step): boolean {
  const skips = new Set([skip?.approval, ...activities.map((activity) => activity.skip?.approval)]);
  return approvals.some(({ id }) => !skips.has(id));
}
