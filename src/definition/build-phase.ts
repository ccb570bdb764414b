import { choices, described, renamed } from './build.ts';
import { buildApproval } from './build-approval.ts';
import { buildCall } from './build-call.ts';
import { buildShared } from './build-evidence.ts';
import { buildGate } from './build-gate.ts';
import { buildOverride, buildSkip } from './build-policy.ts';
import { buildSla } from './build-sla.ts';
import { entries, isTrue, items, member, number, oneOf, type Raw, string, strings } from './raw.ts';
import type { Activity, ChildStart, Phase, Rework, Route, Step } from './types.ts';

/** Rounds of a repeatable step that does not say `max`. */
const MOST_ROUNDS = 100;

export function buildPhase(id: string, raw: Raw): Phase {
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    order: oneOf(member(raw, 'order'), ['sequence', 'any', 'parallel']),
    join: buildJoin(member(raw, 'join')),
    sla: buildSla(member(raw, 'sla')),
    entry: buildGate(member(raw, 'entry')),
    exit: buildGate(member(raw, 'exit')),
    steps: entries(member(raw, 'steps')).map(([step, value]) => buildStep(step, value)),
  };
}

/** `any` is one of them. */
function buildJoin(raw: Raw): Phase['join'] {
  if (raw.value === 'any') return { atLeast: 1 };
  const n = number(member(raw, 'at_least'));
  return n === null ? 'all' : { atLeast: n };
}

function buildStep(id: string, raw: Raw): Step {
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    optional: isTrue(member(raw, 'optional')),
    skip: buildSkip(member(raw, 'skip')),
    repeatable: buildRepeatable(member(raw, 'repeatable')),
    owner: string(member(raw, 'owner')),
    see: strings(member(raw, 'see')),
    sla: buildSla(member(raw, 'sla')),
    entry: buildGate(member(raw, 'entry')),
    exit: buildGate(member(raw, 'exit')),
    activities: entries(member(raw, 'activities')).map(([activity, value]) => buildActivity(activity, value)),
    approvals: entries(member(raw, 'approvals')).map(([approval, value]) => buildApproval(approval, value)),
    starts: entries(member(raw, 'starts')).map(([child, value]) => buildChild(child, value)),
    wait: oneOf(member(raw, 'wait'), ['all', 'any', 'none']),
    rework: buildRework(member(raw, 'rework')),
    next: items(member(raw, 'next')).map(buildRoute),
    override: buildOverride(member(raw, 'override')),
    milestone: string(member(raw, 'milestone')),
    advance: oneOf(member(raw, 'advance'), ['manual', 'auto']),
  };
}

function buildRepeatable(raw: Raw): Step['repeatable'] {
  const max = number(member(raw, 'max')) ?? (isTrue(raw) ? MOST_ROUNDS : null);
  return max === null ? null : { max };
}

function buildChild(id: string, raw: Raw): ChildStart {
  const fields = entries(member(raw, 'with')).map(([field, value]) => [field, string(value) ?? ''] as const);
  return {
    id,
    process: string(member(raw, 'process')) ?? '',
    when: string(member(raw, 'when')),
    with: Object.fromEntries(fields),
    onLeave: oneOf(member(raw, 'on_leave'), ['keep', 'cancel']),
    source: string(member(raw, 'source')),
    assumed: isTrue(member(raw, 'assumed')),
  };
}

function buildRoute(raw: Raw): Route {
  return {
    when: string(member(raw, 'when')),
    to: string(member(raw, 'to')) ?? '',
    limit: number(member(raw, 'limit')),
  };
}

function buildRework(raw: Raw): Rework | null {
  if (raw.value === undefined) return null;
  return {
    to: strings(member(raw, 'to')),
    limit: number(member(raw, 'limit')),
    resets: strings(member(raw, 'resets')),
  };
}

function buildActivity(id: string, raw: Raw): Activity {
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    by: strings(member(raw, 'by')),
    see: strings(member(raw, 'see')),
    when: string(member(raw, 'when')),
    optional: isTrue(member(raw, 'optional')),
    skip: buildSkip(member(raw, 'skip')),
    repeatable: isTrue(member(raw, 'repeatable')),
    choices: buildChoices(raw),
    supplies: strings(member(raw, 'supplies')),
    maySupply: strings(member(raw, 'may_supply')),
    shared: buildShared(member(raw, 'shared')),
    call: buildCall(member(raw, 'call')),
    sla: buildSla(member(raw, 'sla')),
    every: string(member(raw, 'every')),
  };
}

function buildChoices(raw: Raw): Activity['choices'] {
  const any = choices(member(raw, 'any'));
  if (any.length > 0) return { atLeast: 1, of: any };
  const all = choices(member(raw, 'all'));
  if (all.length > 0) return { atLeast: all.length, of: all };
  const counted = member(raw, 'at_least');
  const of = choices(member(counted, 'of'));
  return of.length > 0 ? { atLeast: number(member(counted, 'n')) ?? 1, of } : null;
}
