import type { Check } from './check.ts';
import { courseOf, placeOf } from './course-graph.ts';
import { eachStep } from './each-step.ts';

/** Ways back that may be taken again and again. */
export function checkLimits(check: Check): void {
  const { definition } = check;
  const steps = eachStep(definition);
  const slots = new Map(steps.map(({ step, slot }) => [step.id, slot]));
  for (const { id, steps: own } of definition.phases) slots.set(id, slots.get(own[0]?.id ?? '') ?? 0);
  const places = new Map(steps.map(({ phase, step }) => [step.id, placeOf(phase, step.id)]));
  const limits = new Map(steps.map(({ step }) => [step.id, step.next.map(({ limit }) => limit)]));
  const course = courseOf(definition, (step, n) => limits.get(step)?.[n] === null);
  for (const { step, slot, path } of steps) {
    if (step.rework !== null && step.rework.limit === null) {
      check.atKey('no-limit', [...path, 'rework'], {
        message: {
          zh: `从 ${step.id} 退回的次数没有上限`,
          en: `Work may be sent back from ${step.id} any number of times`,
        },
        remedy: {
          zh: '请写 limit: 次数；尚未确定的数字请标 assumed: true',
          en: 'Write limit: so many times; mark the step assumed: true while the number is not confirmed',
        },
      });
    }
    for (const [n, { to, limit }] of step.next.entries()) {
      const back = (slots.get(to) ?? Number.POSITIVE_INFINITY) <= slot;
      if (limit !== null || !back) continue;
      const returns = course.reachable(
        [places.get(to) ?? places.get(firstOf(check, to)) ?? to],
        ({ rework }) => rework,
      );
      if (!returns(places.get(step.id) ?? step.id)) continue;
      check.atValue('no-limit', [...path, 'next', n, 'to'], {
        message: {
          zh: `这条路回到 ${to}，没有写最多走几次（不写则为 100 次）`,
          en: `This way goes back to ${to}, and nothing says how often (100 times unless written)`,
        },
        remedy: { zh: '请写 limit: 次数', en: 'Write limit: so many times' },
      });
    }
  }
}

function firstOf({ definition }: Check, phase: string): string {
  return definition.phases.find(({ id }) => id === phase)?.steps[0]?.id ?? phase;
}
