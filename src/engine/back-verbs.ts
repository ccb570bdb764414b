import { markingAt, openPlaces, waitingPlaces } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { recallMove, recallOwn, recallUnanswered, reopenAllowed, reopenWithin, sameVersion } from './back-criteria.ts';
import { everyRole } from './context.ts';
import { all } from './criteria.ts';
import { type Draft, follow } from './draft.ts';
import { eventSchema } from './input-schema.ts';
import { untouched } from './last-move.ts';
import { instanceOpen, instanceStatus, roleHeld, state } from './state-criteria.ts';
import type { ActivityRecord, Instance, LastMove, StepRecord } from './types.ts';
import { textSchema, type Verb } from './verb.ts';

/** Whoever moved last takes the move back, while nobody else has acted on it. */
export const recall: Verb<null> = {
  type: 'recall',
  members: ['reason'],
  isFinal: true,
  candidates: ({ instance }) => (instance.lastMove === null ? [] : [{}]),
  title: () => ({ zh: '撤回上一步', en: 'Take the last move back' }),
  roles: everyRole,
  schema: () => eventSchema('recall', { reason: textSchema }, []),
  parse({ instance }, members) {
    if (members.raw('reason') !== undefined && members.text('reason') === null) return null;
    return { target: {}, input: null, told: instance.lastMove === null ? {} : { took: instance.lastMove.seq } };
  },
  check: (context) => {
    const { lastMove } = context.instance;
    return all([
      roleHeld(context, everyRole(context.process)),
      instanceOpen(context),
      recallMove(lastMove),
      ...(lastMove === null
        ? []
        : [recallOwn(context, lastMove), recallUnanswered(lastMove), sameVersion(context, lastMove)]),
    ]);
  },
  apply(draft) {
    const { lastMove } = draft.instance;
    if (lastMove !== null) draft.instance = takenBack(draft.process, draft.instance, lastMove);
  },
};

/** What the move changed is as it was, and the steps that it entered are as if nobody had worked in them. Facts stay. */
function takenBack(process: CompiledProcess, instance: Instance, { marking, outcome, ...were }: LastMove): Instance {
  const position = openPlaces(process, marking);
  const activities: Record<string, ActivityRecord> = { ...instance.activities };
  for (const { step } of instance.position) {
    if (position.some((place) => place.step === step)) continue;
    for (const { id } of process.steps.get(step)?.step.activities ?? []) {
      const record = activities[id];
      if (record !== undefined) activities[id] = untouched(record);
    }
  }
  return {
    ...instance,
    marking,
    position,
    waiting: waitingPlaces(process, marking),
    outcome,
    steps: { ...instance.steps, ...were.steps },
    activities: { ...activities, ...were.activities },
    lastMove: null,
  };
}

/** A closed deal goes on: in the step that the definition names, once it has got there, else where it was closed. */
export const reopen: Verb<null> = {
  type: 'reopen',
  members: ['reason'],
  isFinal: true,
  candidates: ({ instance }) => (instance.status === 'closed' ? [{}] : []),
  title: () => ({ zh: '重开', en: 'Reopen' }),
  roles: ({ definition }) => definition.reopen?.by ?? [],
  schema: () => eventSchema('reopen', { reason: textSchema }, ['reason']),
  parse(_context, members) {
    return members.text('reason') === null ? null : { target: {}, input: null };
  },
  check: (context) => {
    const { process, instance } = context;
    const policy = process.definition.reopen;
    return all([
      ...(policy === null ? [] : [roleHeld(context, policy.by)]),
      state('instance-closed', instance.status === 'closed', {
        zh: `实例应为已结束；现为${instanceStatus[instance.status]}`,
        en: `the instance should be closed; it is ${instance.status}`,
      }),
      reopenAllowed(policy),
      ...(policy === null || instance.status !== 'closed' ? [] : [reopenWithin(context, policy)]),
    ]);
  },
  apply(draft) {
    const { process, instance } = draft;
    const from = instance.closedFrom;
    if (from === null) throw new Error(`instance ${instance.id} does not say what it was closed from`);
    const to = process.definition.reopen?.to ?? null;
    if (to !== null && (instance.steps[to]?.round ?? 0) > 0) {
      follow(
        draft,
        { marking: markingAt(process, to), actions: [{ type: 'enter', params: { step: to } }] },
        () => 'done',
      );
    } else {
      goOn(draft, from.marking);
    }
    draft.instance = { ...draft.instance, outcome: from.outcome, reason: null };
  },
};

/** The steps that were open when it was closed are open again, in the same round: what was done in them is done. */
function goOn(draft: Draft, marking: LastMove['marking']): void {
  follow(draft, { marking, actions: [] }, () => 'done');
  const steps: Record<string, StepRecord> = { ...draft.instance.steps };
  for (const { step } of draft.instance.position) {
    const record = steps[step];
    if (record === undefined) continue;
    steps[step] = { ...record, leftAt: null };
  }
  draft.instance = { ...draft.instance, steps };
}
