import type { Decision, EntryDraft, Instance, Reason, Refusal } from '../engine/types.ts';
import { toldBy } from './command.ts';
import type { Decided, Finding } from './types.ts';

/** What is other than it was recorded; `entry` is the one of the record, or the command's own where it has none. */
export interface Otherwise extends Pick<Decided, 'kind' | 'findings' | 'led' | 'added' | 'dropped'> {
  readonly entry: EntryDraft;
}

/** Why an advance that the engine made by itself is not made now. */
export type WhyNot = (entry: EntryDraft) => readonly Finding[];

/**
 * The first thing in which an answer differs from what was recorded of a command: `group` are its entry and those that the
 * engine made because of it. Null: it is the same decision, with the same things asked for, that leads to the same place.
 */
export function compare(
  group: readonly EntryDraft[],
  answer: Decision | Refusal,
  before: Instance | null,
  whyNot: WhyNot,
): Otherwise | null {
  const [cause, ...caused] = group;
  if (cause === undefined) throw new Error('a command has an entry');
  const [, ...now] = answer.entries;
  const [asked, asks] = [approvalsOf(caused), approvalsOf(now)];
  const added = asks.filter((id) => !asked.includes(id));
  const dropped = asked.filter((id) => !asks.includes(id));
  const told = { entry: cause, findings: [], led: null, added, dropped };
  if (cause.accepted && !answer.ok) return { ...told, kind: 'refused', findings: findingsOf(answer) };
  if (!cause.accepted && answer.ok) return { ...told, kind: 'accepted', findings: failingOf(cause.verdicts) };
  const moved = movedOtherwise(caused, now, whyNot);
  if (moved !== null) return { ...told, ...moved };
  if (answer.ok) {
    const [from, to] = [standing(before, group), standing(answer.instance, [])];
    const [started, starts] = [startedBy(before, group), startedIn(before, answer.instance)];
    if (from !== to) return { ...told, kind: 'elsewhere', led: { from, to } };
    if (started !== starts) return { ...told, kind: 'elsewhere', led: { from: started, to: starts } };
    const more = furtherMove(caused, now);
    if (more !== undefined) return { ...told, kind: 'elsewhere', led: { from: '', to: nameOf(more) } };
    if (markOf(cause) !== markOf(answer.entries[0])) return { ...told, kind: 'elsewhere', led: null };
  }
  return added.length + dropped.length === 0 ? null : { ...told, kind: 'approvals' };
}

/** What the engine did after it, but for asking for approvals. */
function movedOtherwise(then: readonly EntryDraft[], now: readonly EntryDraft[], whyNot: WhyNot) {
  const [moved, moves] = [then.filter(isMove), now.filter(isMove)];
  for (const entry of moved) {
    const same = moves.find((other) => nameOf(other) === nameOf(entry));
    if (same?.accepted === entry.accepted) continue;
    if (!entry.accepted) return { entry, kind: 'accepted', findings: failingOf(entry.verdicts) } as const;
    const findings = same === undefined ? whyNot(entry) : failingOf(same.verdicts);
    return { entry, kind: 'refused', findings } as const;
  }
  return null;
}

/** What the engine does now and did not do then. */
function furtherMove(then: readonly EntryDraft[], now: readonly EntryDraft[]): EntryDraft | undefined {
  const moved = new Set(then.filter(isMove).map(nameOf));
  return now.filter(isMove).find((entry) => !moved.has(nameOf(entry)));
}

function isMove({ type }: EntryDraft): boolean {
  return type !== 'request-approval';
}

function nameOf(entry: EntryDraft): string {
  const { step, activity } = toldBy(entry);
  return `${entry.type} ${step ?? activity ?? ''}`;
}

function approvalsOf(entries: readonly EntryDraft[]): readonly string[] {
  return entries.filter((entry) => !isMove(entry)).map((entry) => String(toldBy(entry).approval));
}

/** What of a clock was told. */
function markOf(entry: EntryDraft | undefined): string {
  if (entry === undefined) return '';
  const { clock, mark } = toldBy(entry);
  return clock === undefined ? '' : `${clock} ${mark}`;
}

/** Where an instance stands once these entries are made. */
function standing(before: Instance | null, entries: readonly EntryDraft[]): string {
  let { position, waiting, outcome, status } = before ?? nothing;
  for (const { changes } of entries) {
    position = changes?.position?.to ?? position;
    waiting = changes?.waiting?.to ?? waiting;
    status = changes?.status ?? status;
    if (changes?.outcome !== undefined) outcome = changes.outcome;
  }
  const open = position.map(({ step }) => step).join(' + ');
  const idle = waiting.length === 0 ? '' : ` (${waiting.map(({ step }) => step).join(', ')})`;
  const ended = outcome === null ? '' : ` = ${outcome}`;
  return `${status === 'active' ? '' : `${status} `}${open}${idle}${ended}`.trim();
}

const nothing: Pick<Instance, 'position' | 'waiting' | 'outcome' | 'status'> = {
  position: [],
  waiting: [],
  outcome: null,
  status: 'active',
};

/** Children that the entries started, as the file calls them. */
function startedBy(before: Instance | null, entries: readonly EntryDraft[]): string {
  const children: Record<string, Instance['children'][string]> = {};
  for (const { changes } of entries) Object.assign(children, changes?.children);
  return namesOf(before, children);
}

function startedIn(before: Instance | null, { children }: Instance): string {
  return before?.children === children ? '' : namesOf(before, children);
}

function namesOf(before: Instance | null, children: Instance['children']): string {
  const names = Object.entries(children)
    .filter(([id]) => before?.children[id] === undefined)
    .map(([, { step, name }]) => `${step}/${name}`);
  return names.sort().join(' + ');
}

/** Why an answer says no: the criteria that do not hold, or where the input is wrong. */
export function findingsOf({ reasons, problems, code, detail }: Refusal): readonly Finding[] {
  if (reasons !== null) return failingOf(reasons);
  if (problems.length === 0) return [{ id: code, of: null, say: detail }];
  return problems.map(({ pointer, message }) => ({ id: pointer, of: null, say: message }));
}

function failingOf(tree: Reason | null): readonly Finding[] {
  const shut = (tree?.of ?? []).filter(({ verdict }) => verdict !== 'met');
  return shut.map(({ id, text, kind, gate, say }) => ({
    id: id ?? text ?? kind,
    of: gate?.of ?? null,
    say: say ?? null,
  }));
}
