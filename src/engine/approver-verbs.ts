import type { CompiledApproval } from '../compile/types.ts';
import { setTurns } from './approval-changes.ts';
import {
  excludedPerson,
  lastRecord,
  ownTurn,
  requestStanding,
  turnHeld,
  turnsLeft,
  turnWaiting,
  waitingTurns,
} from './approval-criteria.ts';
import type { ApprovalTurn } from './approval-types.ts';
import { approvalOf, approvalVerb, approverRoles, openApprovals } from './approval-verbs.ts';
import { bandOf, nameOf, openTurns, whoTakes } from './approvers.ts';
import { type Context, contextOf } from './context.ts';
import { all } from './criteria.ts';
import { eventSchema, type JsonSchema } from './input-schema.ts';
import { instanceOpen, stepOpen } from './state-criteria.ts';
import type { Target } from './types.ts';
import { brief } from './values.ts';
import { actorSchema, type Members, textSchema, type Verb } from './verb.ts';

/** Reads the person who is to decide: nobody who is an approver already, nor whom the rule of four eyes keeps out. */
function parseApprover(context: Context, compiled: CompiledApproval, members: Members, name: string): string | null {
  const actor = members.actor(name);
  if (actor === null || !unfit(context, compiled, actor)) return actor;
  members.problem(`/${name}`, {
    zh: `${name} 应为另一个人：${brief(actor)} 已是审批人，或须回避；不能是 ${unfitActors(context, compiled).join(', ')}`,
    en: `${name} should be somebody else: ${brief(actor)} is an approver already, or excluded; it may not be ${unfitActors(context, compiled).join(', ')}`,
  });
  return null;
}

function unfit(context: Context, compiled: CompiledApproval, actor: string): boolean {
  return unfitActors(context, compiled).includes(actor);
}

function unfitActors(context: Context, compiled: CompiledApproval): readonly string[] {
  const record = lastRecord(context, compiled);
  if (record === null) return [];
  const people = [record.requestedBy, ...record.turns.flatMap(({ decision }) => [decision?.by, decision?.for])];
  const kept = people.flatMap((person) => person ?? []);
  const excluded = kept.filter((person) => excludedPerson(compiled, record, [person]) !== null);
  return [...new Set([...record.turns.map(nameOf), ...excluded])];
}

/** JSON Schema of such a person. */
function approverSchema(context: Context, compiled: CompiledApproval): JsonSchema {
  const actors = unfitActors(context, compiled);
  return actors.length === 0 ? actorSchema : { ...actorSchema, not: { enum: actors } };
}

/** 转办: one approver's turn goes to a person, for good. */
export const reassign: Verb<string> = {
  ...approvalVerb('reassign', { zh: '转办', en: 'Reassign' }),
  members: ['approval', 'from', 'to', 'comment'],
  candidates: (context) =>
    openApprovals(context).flatMap((compiled) =>
      waitingTurns(context, compiled).map((turn) => ({ approval: compiled.approval.id, from: nameOf(turn) })),
    ),
  roles: approverRoles,
  who: (context, target) => whoTakes(context, turnsNamed(context, target)),
  schema: (context, target) =>
    eventSchema(
      'reassign',
      {
        approval: { const: target.approval },
        from: { const: target.from },
        to: approverSchema(context, approvalOf(context.process, target)),
        comment: textSchema,
      },
      ['approval', 'from', 'to'],
    ),
  parse(context, members) {
    const approval = members.id('approval', context.process.approvals.keys());
    members.optionalText('comment');
    if (approval === null) return null;
    const compiled = approvalOf(context.process, { approval });
    const to = parseApprover(context, compiled, members, 'to');
    const from = members.raw('from') === undefined ? turnMeant(context, compiled) : members.text('from');
    return to === null || from === null ? null : { target: { approval, from }, input: to };
  },
  check(context, target) {
    const compiled = approvalOf(context.process, target);
    const turns = turnsNamed(context, target);
    return all([
      turnHeld(context, turns.length === 0 ? waitingTurns(context, compiled) : turns),
      instanceOpen(context),
      ...requestStanding(context, compiled),
      turnWaiting(context, compiled, target.from),
      stepOpen(context, compiled),
    ]);
  },
  apply(draft, { target, input }) {
    const compiled = approvalOf(draft.process, target);
    const turns = draft.instance.approvals[compiled.approval.id]?.turns ?? [];
    const [taken] = turnsNamed(contextOf(draft), target);
    const given = (turn: ApprovalTurn) => ({ ...turn, role: null, actor: input, from: nameOf(turn) });
    setTurns(
      draft,
      compiled,
      turns.map((turn) => (turn === taken ? given(turn) : turn)),
    );
  },
};

function turnsNamed(context: Context, target: Target): readonly ApprovalTurn[] {
  return waitingTurns(context, approvalOf(context.process, target)).filter((turn) => nameOf(turn) === target.from);
}

/** The turn an event without `from` means: the actor's own, else the one whose turn it is. */
function turnMeant(context: Context, compiled: CompiledApproval): string {
  return nameOf(
    ownTurn(context, compiled) ?? openNow(context, compiled) ?? waitingTurns(context, compiled)[0] ?? NOBODY,
  );
}

const NOBODY: ApprovalTurn = { role: null, actor: null, added: false, from: null, decision: null };

function openNow(context: Context, compiled: CompiledApproval): ApprovalTurn | undefined {
  const record = lastRecord(context, compiled);
  return record === null ? undefined : openTurns(bandOf(compiled, record), record.turns)[0];
}

interface Addition {
  readonly actor: string;
  readonly place: 'before' | 'after';
}

/** Approvals asked one after the other, where the place of a further approver matters. */
function inSequence(context: Context, compiled: CompiledApproval): boolean {
  const record = lastRecord(context, compiled);
  return record !== null && bandOf(compiled, record).order === 'sequence';
}

/** 加签: one person more must agree, whatever the mode. */
export const addApprover: Verb<Addition> = {
  ...approvalVerb('add-approver', { zh: '加签', en: 'Add an approver' }),
  members: ['approval', 'actor', 'place', 'comment'],
  roles: approverRoles,
  who: (context, target) => whoTakes(context, waitingTurns(context, approvalOf(context.process, target))),
  schema(context, target) {
    const compiled = approvalOf(context.process, target);
    const place = {
      enum: ['before', 'after'],
      description: 'before or after the turn of whoever adds; before when left out',
    };
    return eventSchema(
      'add-approver',
      {
        approval: { const: target.approval },
        actor: approverSchema(context, compiled),
        ...(inSequence(context, compiled) ? { place } : {}),
        comment: textSchema,
      },
      ['approval', 'actor'],
    );
  },
  parse(context, members) {
    const approval = members.id('approval', context.process.approvals.keys());
    members.optionalText('comment');
    if (approval === null) return null;
    const compiled = approvalOf(context.process, { approval });
    const actor = parseApprover(context, compiled, members, 'actor');
    const place = members.id('place', ['before', 'after'], false);
    if (place !== null && !inSequence(context, compiled)) {
      members.problem('/place', {
        zh: '只有依次审批 (order: sequence) 才分先后；请去掉 place',
        en: 'all are asked at once here (no order: sequence); leave place out',
      });
    }
    return actor === null
      ? null
      : { target: { approval }, input: { actor, place: place === 'after' ? 'after' : 'before' } };
  },
  check(context, target) {
    const compiled = approvalOf(context.process, target);
    return all([
      turnHeld(context, waitingTurns(context, compiled)),
      instanceOpen(context),
      ...requestStanding(context, compiled),
      turnsLeft(context, compiled),
      stepOpen(context, compiled),
    ]);
  },
  apply(draft, { target, input }) {
    const compiled = approvalOf(draft.process, target);
    const turns = draft.instance.approvals[compiled.approval.id]?.turns ?? [];
    const beside = ownTurn(contextOf(draft), compiled) ?? openNow(contextOf(draft), compiled);
    const index = beside === undefined ? turns.length : turns.indexOf(beside) + (input.place === 'after' ? 1 : 0);
    const turn: ApprovalTurn = { ...NOBODY, actor: input.actor, added: true };
    setTurns(draft, compiled, [...turns.slice(0, index), turn, ...turns.slice(index)]);
  },
};
