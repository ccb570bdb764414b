import { enterEvent, repeatEvent } from '../compile/index.ts';
import { all } from './criteria.ts';
import { eventSchema } from './input-schema.ts';
import { move, ownExitReasons } from './move-verbs.ts';
import { entryReasons } from './onward.ts';
import { withOverrides } from './overrides.ts';
import { instanceOpen, roleHeld, stepOpen } from './state-criteria.ts';
import { repeatWithinLimit, stepRepeatable, stepWaiting } from './step-criteria.ts';
import { parseStep, stepOf } from './step-target.ts';
import type { Verb } from './verb.ts';

/** Begins a step of a phase whose steps come in any order. */
export const enter: Verb<null> = {
  type: 'enter',
  members: ['step'],
  candidates: ({ instance }) => instance.waiting.map(({ step }) => ({ step })),
  title: (process, target) => {
    const { title } = stepOf(process, target.step).step;
    return { zh: `进入环节“${title.zh}”`, en: `Enter the step “${title.en}”` };
  },
  roles: (process, target) => stepOf(process, target.step).roles,
  schema: (_context, target) => eventSchema('enter', { step: { const: target.step } }, ['step']),
  parse({ process }, members) {
    const step = members.id('step', process.steps.keys());
    return step === null ? null : { target: { step }, input: null };
  },
  check: (context, target) => {
    const step = stepOf(context.process, target.step);
    return all([
      roleHeld(context, step.roles),
      instanceOpen(context),
      stepWaiting(context, step),
      ...entryReasons(context, step.step.id),
    ]);
  },
  apply: (draft, { target }) => move(draft, [enterEvent(stepOf(draft.process, target.step).step.id)], () => 'done'),
};

/** Ends this round of a step as its exit allows, and begins the next. */
export const repeat: Verb<null> = {
  type: 'repeat',
  members: ['step'],
  candidates: ({ process, instance }) =>
    instance.position
      .filter(({ step }) => stepOf(process, step).step.repeatable !== null)
      .map(({ step }) => ({ step })),
  title: (process, target) => {
    const { title } = stepOf(process, target.step).step;
    return { zh: `再做一轮：“${title.zh}”`, en: `Another round of “${title.en}”` };
  },
  roles: (process, target) => stepOf(process, target.step).roles,
  schema: (_context, target) => eventSchema('repeat', { step: { const: target.step } }, ['step']),
  parse(context, members) {
    const step = parseStep(context, members);
    return step === null ? null : { target: { step }, input: null };
  },
  check: (context, target) => {
    const step = stepOf(context.process, target.step);
    return all([
      roleHeld(context, step.roles),
      instanceOpen(context),
      stepOpen(context, step),
      stepRepeatable(step),
      repeatWithinLimit(context, step),
      ...withOverrides(context, step, ownExitReasons(context, step)),
    ]);
  },
  apply: (draft, { target }) =>
    move(draft, [repeatEvent(stepOf(draft.process, target.step).step.id)], () => 'repeated'),
};
