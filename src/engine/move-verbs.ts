import { closeEvent, reworkEvent, stepMachine } from '../compile/index.ts';
import type { CompiledStep, MachineActionJson } from '../compile/types.ts';
import { activitySettled } from './activity-need.ts';
import { approvalReasons } from './approval-verbs.ts';
import { childReasons } from './child-criteria.ts';
import { type Context, contextOf, everyRole, isKnown } from './context.ts';
import { all, gateReasons } from './criteria.ts';
import { type Draft, follow, setFields } from './draft.ts';
import { evidenceKnown } from './evidence.ts';
import { eventSchema } from './input-schema.ts';
import { type Leaving, onward, sentBackReasons } from './onward.ts';
import { withOverrides } from './overrides.ts';
import { moverRoles } from './raised.ts';
import {
  instanceOpen,
  notClosed,
  outcomeOpen,
  outcomeReachable,
  reworkListed,
  reworkWithinLimit,
  roleHeld,
  stepOpen,
} from './state-criteria.ts';
import { parseStep, stepOf, stepVerb } from './step-target.ts';
import type { Reason, RoundEnd } from './types.ts';
import { textSchema, type Verb } from './verb.ts';

/** Makes moves of the machine one after the other; `ended` says how the round of a step that was left ended. */
export function move(draft: Draft, events: readonly string[], ended: (step: string) => RoundEnd): void {
  let { marking } = draft.instance;
  const actions: MachineActionJson[] = [];
  for (const event of events) {
    const next = stepMachine(draft.process, marking, event);
    if (next === null) throw new Error(`the machine takes no ${event} at ${JSON.stringify(marking)}`);
    marking = next.marking;
    actions.push(...next.actions);
  }
  follow(draft, { marking, actions }, ended);
}

/** Leaves a step for what follows it; a phase that is joined leaves what was still open in it. */
export function leave(draft: Draft, compiled: CompiledStep, leaving: Leaving): void {
  const { step } = compiled;
  const { events, counted } = onward(contextOf(draft), compiled, leaving);
  move(draft, events, (id) => (id !== step.id ? 'left' : leaving === 'advance' ? 'done' : 'skipped'));
  const record = draft.instance.steps[step.id];
  if (counted === null || record === undefined) return;
  const routes = { ...record.routes, [counted]: (record.routes[counted] ?? 0) + 1 };
  draft.instance = { ...draft.instance, steps: { ...draft.instance.steps, [step.id]: { ...record, routes } } };
}

/** The open step that may send work back to another; where none may, any open one, to be told so. */
function senderTo({ process, instance }: Context, to: string | null): string | null {
  const open = instance.position.map((place) => place.step);
  const sender = open.find((step) => process.steps.get(step)?.step.rework?.to.includes(to ?? ''));
  return sender ?? open[0] ?? process.definition.phases.at(-1)?.steps.at(-1)?.id ?? null;
}

export const advance: Verb<null> = {
  ...stepVerb(
    'advance',
    ({ zh, en }) => ({ zh: `推进：完成环节“${zh}”`, en: `Advance: finish the step “${en}”` }),
    (context, step) => [stepOpen(context, step), ...exitOf(context, step)],
  ),
  candidates: ({ instance }) => instance.position.map(({ step }) => ({ step })),
  apply: (draft, { target }) => leave(draft, stepOf(draft.process, target.step), 'advance'),
};

/** What contexts, which never change, have answered. */
const answers = new WeakMap<Context, Map<CompiledStep, readonly Reason[]>>();

/** What a step asks before it is left, overrides counted; once per context, since a refusal asks what else is possible. */
export function exitOf(context: Context, step: CompiledStep): readonly Reason[] {
  const asked = answers.get(context) ?? new Map<CompiledStep, readonly Reason[]>();
  const known = asked.get(step);
  if (known !== undefined) return known;
  const reasons = withOverrides(context, step, exitReasons(context, step));
  answers.set(context, asked.set(step, reasons));
  return reasons;
}

/** Everything that must hold to pass from a step to what follows it: its exit, its phase's, and the entry behind. */
function exitReasons(context: Context, step: CompiledStep): Reason[] {
  return [
    ...ownExitReasons(context, step),
    ...evidenceKnown(context, step.step.milestone),
    ...onward(context, step, 'advance').reasons,
  ];
}

/** What the step itself asks before it is left: its activities, its exit gate, its children and its approvals. */
export function ownExitReasons(context: Context, compiled: CompiledStep): Reason[] {
  const { step, exit } = compiled;
  return [
    ...step.activities.filter((a) => !a.optional).map((a) => activitySettled(context, a)),
    ...gateReasons(context, exit, { on: 'step', which: 'exit', of: step.id }),
    ...childReasons(context, compiled),
    ...approvalReasons(context, step),
  ];
}

export const rework: Verb<string> = {
  type: 'rework',
  members: ['step', 'to', 'reason'],
  candidates: ({ process, instance }) =>
    instance.position.flatMap(({ step }) =>
      (process.steps.get(step)?.step.rework?.to ?? []).map((to) => ({ step, to })),
    ),
  title: (process, target) => {
    const { title } = stepOf(process, target.to).step;
    return { zh: `退回到“${title.zh}”`, en: `Send back to “${title.en}”` };
  },
  roles: (process, target, instance) => moverRoles(process, instance, stepOf(process, target.step)),
  schema: (_context, target) =>
    eventSchema('rework', { step: { const: target.step }, to: { const: target.to }, reason: textSchema }, [
      'step',
      'to',
      'reason',
    ]),
  parse(context, members) {
    const to = members.id('to', context.process.steps.keys());
    const step = members.raw('step') === undefined ? senderTo(context, to) : parseStep(context, members);
    const reason = members.text('reason');
    return step === null || to === null || reason === null ? null : { target: { step, to }, input: reason };
  },
  check: (context, target) => {
    const step = stepOf(context.process, target.step);
    return all([
      roleHeld(context, moverRoles(context.process, context.instance, step)),
      instanceOpen(context),
      stepOpen(context, step),
      reworkListed(step, target.to ?? ''),
      reworkWithinLimit(context, step),
      ...sentBackReasons(context, stepOf(context.process, target.to).step.id),
    ]);
  },
  apply(draft, { target }) {
    const { id } = stepOf(draft.process, target.step).step;
    const record = draft.instance.steps[id];
    if (record !== undefined) {
      const steps = { ...draft.instance.steps, [id]: { ...record, reworks: record.reworks + 1 } };
      draft.instance = { ...draft.instance, steps };
    }
    move(draft, [reworkEvent(stepOf(draft.process, target.to).step.id)], () => 'reworked');
    const resets = stepOf(draft.process, target.step).step.rework?.resets ?? [];
    const known = resets.filter((field) => isKnown(draft.instance, field));
    if (known.length > 0) setFields(draft, Object.fromEntries(known.map((field) => [field, null])), draft.actor.id);
  },
};

export const close: Verb<string> = {
  type: 'close',
  isFinal: true,
  members: ['outcome', 'reason'],
  candidates: ({ process }) =>
    process.definition.outcomes.filter(({ from }) => from.length > 0).map(({ id }) => ({ outcome: id })),
  title: (process, target) => {
    const title = process.outcomes.get(target.outcome ?? '')?.title;
    return { zh: `结束：${title?.zh}`, en: `Close as: ${title?.en}` };
  },
  roles: everyRole,
  schema: (context, target) => {
    const reasons = context.process.outcomes.get(target.outcome ?? '')?.reasons.map((reason) => reason.id) ?? [];
    const reason = reasons.length === 0 ? textSchema : { type: 'string', enum: reasons };
    return eventSchema('close', { outcome: { const: target.outcome }, reason }, ['outcome', 'reason']);
  },
  parse(context, members) {
    const outcome = members.id('outcome', context.process.outcomes.keys());
    if (outcome === null) return null;
    const reasons = context.process.outcomes.get(outcome)?.reasons.map((reason) => reason.id) ?? [];
    const reason = reasons.length === 0 ? members.text('reason') : members.id('reason', reasons);
    return reason === null ? null : { target: { outcome }, input: reason };
  },
  check: (context, target) => {
    const from = context.process.outcomes.get(target.outcome ?? '')?.from ?? [];
    return all([
      roleHeld(context, everyRole(context.process)),
      notClosed(context),
      outcomeOpen(context),
      outcomeReachable(context, target.outcome ?? '', from),
      ...evidenceKnown(context, target.outcome ?? null),
    ]);
  },
  apply(draft, { target, input }) {
    const outcome = target.outcome ?? '';
    move(draft, [closeEvent(outcome)], () => 'closed');
    draft.instance = { ...draft.instance, outcome, reason: input };
  },
};
