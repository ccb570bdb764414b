import { advanceEvent, closeEvent, reworkEvent, stepMachine } from '../compile/index.ts';
import type { CompiledProcess, CompiledStep } from '../compile/types.ts';
import { approvalReasons } from './approval-verbs.ts';
import { type Context, everyRole, isKnown } from './context.ts';
import { all, gateReasons } from './criteria.ts';
import { type Draft, follow, setFields } from './draft.ts';
import { eventSchema } from './input-schema.ts';
import { withOverrides } from './overrides.ts';
import {
  activityDone,
  instanceOpen,
  notClosed,
  outcomeOpen,
  outcomeReachable,
  reworkListed,
  reworkWithinLimit,
  roleHeld,
  stepOpen,
} from './state-criteria.ts';
import type { Reason } from './types.ts';
import { type Members, textSchema, type Verb } from './verb.ts';

export function stepOf(process: CompiledProcess, id: string | undefined): CompiledStep {
  const step = process.steps.get(id ?? '');
  if (step === undefined) throw new Error('a target names a step of the process');
  return step;
}

/** The step an event means: the one it names, else the only one that is open. */
export function parseStep({ process, instance }: Context, members: Members): string | null {
  if (members.raw('step') !== undefined) return members.id('step', process.steps.keys());
  const open = instance.position.map((place) => place.step);
  if (open.length <= 1) return open[0] ?? process.definition.phases.at(-1)?.steps.at(-1)?.id ?? null;
  const list = open.join(', ');
  members.problem('/step', {
    zh: `同时有多个环节进行中，请用 step 指明其一：${list}`,
    en: `several steps are open; name the one that is meant in step: ${list}`,
  });
  return null;
}

function move(draft: Draft, event: string): void {
  const next = stepMachine(draft.process, draft.instance.marking, event);
  if (next === null) throw new Error(`the machine takes no ${event} at ${JSON.stringify(draft.instance.marking)}`);
  follow(draft, next);
}

/** The open step that may send work back to another; where none may, any open one, to be told so. */
function senderTo({ process, instance }: Context, to: string | null): string | null {
  const open = instance.position.map((place) => place.step);
  const sender = open.find((step) => process.steps.get(step)?.step.rework?.to.includes(to ?? ''));
  return sender ?? open[0] ?? process.definition.phases.at(-1)?.steps.at(-1)?.id ?? null;
}

export const advance: Verb<null> = {
  type: 'advance',
  members: ['step'],
  candidates: ({ instance }) => instance.position.map(({ step }) => ({ step })),
  title: (process, target) => {
    const { title } = stepOf(process, target.step).step;
    return { zh: `推进：完成环节“${title.zh}”`, en: `Advance: finish the step “${title.en}”` };
  },
  roles: (process, target) => stepOf(process, target.step).roles,
  schema: (_context, target) => eventSchema('advance', { step: { const: target.step } }, ['step']),
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
      ...exitOf(context, step),
    ]);
  },
  apply: (draft, { target }) => move(draft, advanceEvent(stepOf(draft.process, target.step).step.id)),
};

/** What was asked last: the answers of one context, which never change. */
let asked: { readonly context: Context; readonly answers: Map<CompiledStep, readonly Reason[]> } | null = null;

/** What a step asks before it is left, overrides counted; once per context, since a refusal asks what else is possible. */
export function exitOf(context: Context, step: CompiledStep): readonly Reason[] {
  if (asked?.context !== context) asked = { context, answers: new Map() };
  const known = asked.answers.get(step);
  if (known !== undefined) return known;
  const reasons = withOverrides(context, step, exitReasons(context, step));
  asked.answers.set(step, reasons);
  return reasons;
}

/** Everything that must hold to pass from a step to what follows it: its exit, its phase's, and the entry behind. */
export function exitReasons(context: Context, { step, phase, exit }: CompiledStep): Reason[] {
  const reasons = [
    ...step.activities.filter((a) => !a.optional).map((a) => activityDone(context, a)),
    ...gateReasons(context, exit, { on: 'step', which: 'exit', of: step.id }),
    ...approvalReasons(context, step),
  ];
  const others = context.instance.position.filter((place) => place.phase === phase.id && place.step !== step.id);
  if (phase.order === 'parallel' && others.length > 0) return reasons;
  const following = phase.order === 'sequence' ? phase.steps[phase.steps.indexOf(step) + 1] : undefined;
  if (following !== undefined) return [...reasons, ...entryReasons(context, following.id)];
  const phases = context.process.definition.phases;
  const target = phases[phases.indexOf(phase) + 1];
  return [
    ...reasons,
    ...gateReasons(context, context.process.phaseGates.get(phase.id)?.exit ?? [], {
      on: 'phase',
      which: 'exit',
      of: phase.id,
    }),
    ...(target === undefined ? [] : phaseEntryReasons(context, target.id)),
  ];
}

/** What a phase asks before it is entered: its own entry gate and those of the steps that begin it. */
export function phaseEntryReasons(context: Context, id: string): Reason[] {
  const phase = context.process.phases.get(id);
  const first = phase?.order === 'parallel' ? phase.steps : (phase?.steps.slice(0, 1) ?? []);
  return [
    ...gateReasons(context, context.process.phaseGates.get(id)?.entry ?? [], { on: 'phase', which: 'entry', of: id }),
    ...first.flatMap((step) => entryReasons(context, step.id)),
  ];
}

function entryReasons(context: Context, id: string): Reason[] {
  return gateReasons(context, stepOf(context.process, id).entry, { on: 'step', which: 'entry', of: id });
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
  roles: (process, target) => stepOf(process, target.step).roles,
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
      roleHeld(context, step.roles),
      instanceOpen(context),
      stepOpen(context, step),
      reworkListed(step, target.to ?? ''),
      reworkWithinLimit(context, step),
    ]);
  },
  apply(draft, { target }) {
    const { id } = stepOf(draft.process, target.step).step;
    const record = draft.instance.steps[id];
    if (record !== undefined) {
      const steps = { ...draft.instance.steps, [id]: { ...record, reworks: record.reworks + 1 } };
      draft.instance = { ...draft.instance, steps };
    }
    move(draft, reworkEvent(stepOf(draft.process, target.to).step.id));
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
    ]);
  },
  apply(draft, { target, input }) {
    const outcome = target.outcome ?? '';
    move(draft, closeEvent(outcome));
    draft.instance = { ...draft.instance, outcome, reason: input };
  },
};
