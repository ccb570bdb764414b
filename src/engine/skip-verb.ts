import type { CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { activityOf } from './activity-verbs.ts';
import { skipReasons } from './approval-verbs.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { setActivity } from './draft.ts';
import { eventSchema } from './input-schema.ts';
import { leave } from './move-verbs.ts';
import { onward } from './onward.ts';
import { withOverrides } from './overrides.ts';
import { activityOpen, activityOptional, instanceOpen, roleHeld, stepOpen } from './state-criteria.ts';
import { stepOptional, stepSkippable } from './step-criteria.ts';
import { stepOf } from './step-target.ts';
import type { Reason, Target } from './types.ts';
import { textSchema, type Verb } from './verb.ts';

/** Leaves out an activity or a whole step for a reason: one that is optional, or a required one with its approval. */
export const skip: Verb<string> = {
  type: 'skip',
  members: ['activity', 'step', 'reason'],
  candidates: ({ process, instance }) => [
    ...instance.position.flatMap(({ step }) =>
      stepOf(process, step)
        .step.activities.filter(({ optional, skip }) => optional || skip !== null)
        .map((activity) => ({ activity: activity.id })),
    ),
    ...instance.position.filter(({ step }) => isSkippable(process, step)).map(({ step }) => ({ step })),
    ...instance.waiting.filter(({ step }) => stepOf(process, step).step.optional).map(({ step }) => ({ step })),
  ],
  title: (process, target) => {
    const { zh, en } = skipped(process, target);
    return { zh: `跳过：${zh}`, en: `Skip: ${en}` };
  },
  roles: (process, target) =>
    target.activity === undefined ? stepOf(process, target.step).skippers : activityOf(process, target).skippers,
  schema: (_context, { activity, step }) => {
    const what = activity === undefined ? { step: { const: step } } : { activity: { const: activity } };
    return eventSchema('skip', { ...what, reason: textSchema }, [...Object.keys(what), 'reason']);
  },
  parse({ process }, members) {
    const reason = members.text('reason');
    if (members.raw('step') !== undefined && members.raw('activity') !== undefined) {
      members.problem('/activity', {
        zh: '一次只跳过一项：请只写 step 或 activity',
        en: 'one thing is skipped at a time: give step or activity',
      });
      return null;
    }
    if (members.raw('step') !== undefined) {
      const step = members.id('step', process.steps.keys());
      return step === null || reason === null ? null : { target: { step }, input: reason };
    }
    const activity = members.id('activity', process.activities.keys());
    return activity === null || reason === null ? null : { target: { activity }, input: reason };
  },
  check: (context, target) =>
    target.activity === undefined ? stepSkip(context, target) : activitySkip(context, target),
  apply(draft, { target, input }) {
    if (target.activity === undefined) leave(draft, stepOf(draft.process, target.step), 'skip');
    else setActivity(draft, target.activity, { status: 'skipped', reason: input });
  },
};

function isSkippable(process: CompiledProcess, id: string): boolean {
  const { optional, skip } = stepOf(process, id).step;
  return optional || skip !== null;
}

function skipped(process: CompiledProcess, target: Target): Text {
  return target.activity === undefined
    ? stepOf(process, target.step).step.title
    : activityOf(process, target).activity.title;
}

function activitySkip(context: Context, target: Target): Reason {
  const compiled = activityOf(context.process, target);
  return all([
    roleHeld(context, compiled.skippers),
    instanceOpen(context),
    stepOpen(context, compiled),
    activityOptional(compiled),
    activityOpen(context, { ...compiled, activity: { ...compiled.activity, repeatable: false } }),
    ...skipReasons(context, compiled.activity.skip),
  ]);
}

/** A step that is skipped leaves its own exit unasked; what follows asks as ever. */
function stepSkip(context: Context, target: Target): Reason {
  const step = stepOf(context.process, target.step);
  return all([
    roleHeld(context, step.skippers),
    instanceOpen(context),
    // An approval is of a round, and what waits has none yet.
    step.step.skip === null ? stepSkippable(context, step) : stepOpen(context, step),
    stepOptional(step),
    ...skipReasons(context, step.step.skip),
    ...withOverrides(context, step, onward(context, step, 'skip').reasons),
  ]);
}
