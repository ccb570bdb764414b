import type { Text } from '../text.ts';
import { buildAccess } from './build-access.ts';
import { buildManagers, buildSubstitute } from './build-approval.ts';
import { buildEvidence } from './build-evidence.ts';
import { buildField } from './build-field.ts';
import { buildPhase } from './build-phase.ts';
import { buildHold, buildOverride, buildReopen } from './build-policy.ts';
import { buildSchedule } from './build-schedule.ts';
import { buildSignal } from './build-signal.ts';
import { buildSla } from './build-sla.ts';
import { buildTable } from './build-table.ts';
import type { Outline } from './outline.ts';
import { entries, isTrue, items, member, number, type Raw, rawOf, string, strings } from './raw.ts';
import type { Choice, Described, Outcome, ProcessDefinition, Renamed, RetiredStep, Role } from './types.ts';

/** The typed definition. Total: parts that the schema refused are read as if they were not written. */
export function build(outline: Outline): ProcessDefinition {
  const raw = rawOf(outline);
  const process = string(member(raw, 'process')) ?? '';
  return {
    process,
    ...described(raw, process),
    policy: items(member(raw, 'policy')).flatMap((item) => string(item) ?? []),
    subject: string(member(raw, 'subject')) ?? '',
    key: string(member(raw, 'key')),
    calendar: buildCalendarChoice(member(raw, 'calendar')),
    schedule: buildSchedule(member(raw, 'schedule')),
    sla: buildSla(member(raw, 'sla')),
    roles: entries(member(raw, 'roles')).map(([id, role]) => buildRole(id, role)),
    substitutes: items(member(raw, 'substitutes')).map(buildSubstitute),
    managers: buildManagers(member(raw, 'managers')),
    access: buildAccess(member(raw, 'access')),
    fields: entries(member(raw, 'fields')).map(([id, field]) => buildField(id, field)),
    tables: entries(member(raw, 'tables')).map(([id, table]) => buildTable(id, table)),
    outcomes: entries(member(raw, 'outcomes')).map(([id, outcome]) => buildOutcome(id, outcome)),
    evidence: entries(member(raw, 'evidence')).map(([id, evidence]) => buildEvidence(id, evidence)),
    signals: entries(member(raw, 'signals')).map(([id, signal]) => buildSignal(id, signal)),
    hold: buildHold(member(raw, 'hold')),
    reopen: buildReopen(member(raw, 'reopen')),
    override: buildOverride(member(raw, 'override')),
    retired: entries(member(raw, 'retired')).map(([id, step]) => buildRetired(id, step)),
    phases: entries(member(raw, 'phases')).map(([id, phase]) => buildPhase(id, phase)),
  };
}

/** `china` alone is china always. */
function buildCalendarChoice(raw: Raw): ProcessDefinition['calendar'] {
  const always = string(raw);
  if (always !== null) return [{ when: null, use: always }];
  return items(raw).map((choice) => ({
    when: string(member(choice, 'when')),
    use: string(member(choice, 'use')) ?? '',
  }));
}

export function described(raw: Raw, id: string): Described {
  return {
    title: text(member(raw, 'title')) ?? { zh: id, en: id },
    source: string(member(raw, 'source')),
    assumed: isTrue(member(raw, 'assumed')),
    note: string(member(raw, 'note')),
  };
}

export function renamed(raw: Raw): Renamed {
  return { was: strings(member(raw, 'was')) };
}

/** A text in both languages; a missing one is taken from the other. */
export function text(raw: Raw): Text | null {
  const zh = string(member(raw, 'zh'));
  const en = string(member(raw, 'en'));
  const either = zh ?? en;
  return either === null ? null : { zh: zh ?? either, en: en ?? either };
}

/** `[a, b]` or `{ a: { zh: …, en: … } }`. */
export function choices(raw: Raw): readonly Choice[] {
  const plain = items(raw).flatMap((item) => string(item) ?? []);
  return [
    ...plain.map((id) => ({ id, title: { zh: id, en: id } })),
    ...entries(raw).map(([id, title]) => ({ id, title: text(title) ?? { zh: id, en: id } })),
  ];
}

function buildRole(id: string, raw: Raw): Role {
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    holders: number(member(raw, 'holders')),
    heldBy: strings(member(raw, 'held_by')),
    calendar: string(member(raw, 'calendar')),
  };
}

function buildRetired(id: string, raw: Raw): RetiredStep {
  return { id, moveTo: string(member(raw, 'move_to')) ?? '', note: string(member(raw, 'note')) };
}

function buildOutcome(id: string, raw: Raw): Outcome {
  const from = member(raw, 'from');
  return {
    id,
    ...described(raw, id),
    ...renamed(raw),
    from: from.value === 'any' ? 'any' : strings(from),
    reasons: choices(member(raw, 'reasons')),
  };
}
