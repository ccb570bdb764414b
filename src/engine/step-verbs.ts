import { enterEvent, repeatEvent } from '../compile/index.ts';
import { move, ownExitReasons } from './move-verbs.ts';
import { entryReasons } from './onward.ts';
import { withOverrides } from './overrides.ts';
import { stepOpen } from './state-criteria.ts';
import { repeatWithinLimit, stepRepeatable, stepWaiting } from './step-criteria.ts';
import { stepOf, stepVerb } from './step-target.ts';
import type { Verb } from './verb.ts';

/** Begins a step of a phase whose steps come in any order. */
export const enter: Verb<null> = {
  ...stepVerb(
    'enter',
    ({ zh, en }) => ({ zh: `进入环节“${zh}”`, en: `Enter the step “${en}”` }),
    (context, step) => [stepWaiting(context, step), ...entryReasons(context, step.step.id)],
  ),
  candidates: ({ instance }) => instance.waiting.map(({ step }) => ({ step })),
  // Which one is never plain from where the instance stands.
  parse({ process }, members) {
    const step = members.id('step', process.steps.keys());
    return step === null ? null : { target: { step }, input: null };
  },
  apply: (draft, { target }) => move(draft, [enterEvent(stepOf(draft.process, target.step).step.id)], () => 'done'),
};

/** Ends this round of a step as its exit allows, and begins the next. */
export const repeat: Verb<null> = {
  ...stepVerb(
    'repeat',
    ({ zh, en }) => ({ zh: `再做一轮：“${zh}”`, en: `Another round of “${en}”` }),
    (context, step) => [
      stepOpen(context, step),
      stepRepeatable(step),
      repeatWithinLimit(context, step),
      ...withOverrides(context, step, ownExitReasons(context, step)),
    ],
  ),
  candidates: ({ process, instance }) =>
    instance.position
      .filter(({ step }) => stepOf(process, step).step.repeatable !== null)
      .map(({ step }) => ({ step })),
  apply: (draft, { target }) =>
    move(draft, [repeatEvent(stepOf(draft.process, target.step).step.id)], () => 'repeated'),
};
