import type { Json } from '../json.ts';
import type { Hidden } from './access.ts';
import { FIELD_MEMBERS } from './entry.ts';
import type { EvidenceRecord } from './evidence-types.ts';
import { refusalDetail } from './refuse.ts';
import type { Changes, EntryDraft, Instance, Missing, Reason, RoundRecord } from './types.ts';

/** What stands in the place of what somebody may not see. */
export const HIDDEN = '(hidden)';
const hiddenText = { zh: '（不可见）', en: HIDDEN };

/** A tree without the values and the activities that are hidden; what was decided stays. */
export function maskReason(hidden: Hidden, reason: Reason): Reason {
  const isHidden = reason.kind === 'activity' && hidden.activities.has(reason.id ?? '');
  if (isHidden) return { kind: 'activity', id: HIDDEN, verdict: reason.verdict, say: hiddenText };
  return {
    ...reason,
    ...(reason.reads !== undefined && {
      reads: reason.reads.map((read) =>
        hidden.fields.has(read.field) ? { field: read.field, value: HIDDEN, by: null, at: null } : read,
      ),
    }),
    ...(reason.evidence !== undefined && {
      evidence: {
        ...reason.evidence,
        scope: reason.reads?.some((read) => hidden.fields.has(read.field))
          ? Object.fromEntries(Object.keys(reason.evidence.scope).map((field) => [field, HIDDEN]))
          : reason.evidence.scope,
      },
    }),
    ...(reason.of !== undefined && { of: reason.of.map((part) => maskReason(hidden, part)) }),
  };
}

/** What is missing, of hidden things only who could supply it. */
export function maskMissing(hidden: Hidden, missing: readonly Missing[]): readonly Missing[] {
  return missing.map((thing) => {
    const isHidden =
      thing.kind === 'evidence'
        ? thing.activities.every((id) => hidden.activities.has(id))
        : (thing.kind === 'activity' ? hidden.activities : hidden.fields).has(thing.id);
    if (isHidden) return { ...thing, id: HIDDEN, title: hiddenText, activities: [] };
    return { ...thing, activities: thing.activities.filter((id) => !hidden.activities.has(id)) };
  });
}

/** A history entry as somebody sees it from whom a part is hidden: its hash is of what was written, not of this. */
export function maskEntry<Entry extends EntryDraft>(hidden: Hidden, entry: Entry): Entry {
  const verdicts = entry.verdicts === null ? null : maskReason(hidden, entry.verdicts);
  return {
    ...entry,
    command: maskCommand(hidden, entry.command),
    changes: entry.changes === null ? null : maskChanges(hidden, entry.changes),
    verdicts,
    refusal: maskRefusal(hidden, entry, verdicts),
  };
}

function maskCommand(hidden: Hidden, command: Json): Json {
  if (!isRecord(command)) return command;
  const { activity, clock, wrong } = command;
  if (typeof activity === 'string' && hidden.activities.has(activity)) return HIDDEN;
  if (typeof clock === 'string' && hidden.clocks.has(clock)) return HIDDEN;
  if (Array.isArray(wrong)) return pointsAtHidden(hidden, wrong) ? HIDDEN : command;
  const masked: Record<string, Json> = {};
  for (const [name, value] of Object.entries(command)) {
    masked[name] = FIELD_MEMBERS.has(name) && isRecord(value) ? maskFields(hidden, value, HIDDEN) : value;
  }
  return masked;
}

function maskFields<V>(hidden: Hidden, fields: Readonly<Record<string, V>>, mask: V): Record<string, V> {
  return Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, hidden.fields.has(id) ? mask : value]));
}

/** Records of approvals without the hidden values that they cover. */
export function maskApprovals(hidden: Hidden, approvals: Instance['approvals']): Instance['approvals'] {
  return Object.fromEntries(
    Object.entries(approvals).map(([id, record]) => [
      id,
      { ...record, covers: maskFields<Json>(hidden, record.covers, HIDDEN) },
    ]),
  );
}

/** Records of evidence without the hidden values of their scopes. */
export function maskEvidence(
  hidden: Hidden,
  evidence: Readonly<Record<string, EvidenceRecord>>,
): Readonly<Record<string, EvidenceRecord>> {
  return Object.fromEntries(
    Object.entries(evidence).map(([id, record]) => [
      id,
      { ...record, scope: maskFields<Json>(hidden, record.scope, HIDDEN) },
    ]),
  );
}

/** Calls without those of hidden activities, and without the hidden values that were sent. */
export function maskCalls(hidden: Hidden, calls: Instance['calls']): Instance['calls'] {
  return Object.fromEntries(
    Object.entries(calls).flatMap(([id, record]) =>
      hidden.activities.has(id) ? [] : [[id, { ...record, sent: maskFields<Json>(hidden, record.sent, HIDDEN) }]],
    ),
  );
}

/** A round of a step without the hidden activities that were done in it. */
export function maskRound(hidden: Hidden, round: RoundRecord): RoundRecord {
  return { ...round, activities: round.activities.filter((id) => !hidden.activities.has(id)) };
}

function maskChanges(hidden: Hidden, changes: Changes): Changes {
  const { fields, activities, approvals, clocks, calls, evidence } = changes;
  return {
    ...changes,
    ...(fields !== undefined && { fields: maskFields(hidden, fields, { from: HIDDEN, to: HIDDEN }) }),
    ...(approvals !== undefined && { approvals: maskApprovals(hidden, approvals) }),
    ...(evidence !== undefined && { evidence: maskEvidence(hidden, evidence) }),
    ...(clocks !== undefined && {
      clocks: Object.fromEntries(Object.entries(clocks).filter(([id]) => !hidden.clocks.has(id))),
    }),
    ...(calls !== undefined && { calls: maskCalls(hidden, calls) }),
    ...(activities !== undefined && {
      activities: Object.fromEntries(Object.entries(activities).filter(([id]) => !hidden.activities.has(id))),
    }),
  };
}

function maskRefusal(hidden: Hidden, entry: EntryDraft, verdicts: Reason | null): EntryDraft['refusal'] {
  if (entry.refusal === null) return null;
  const unsaid = maskCommand(hidden, entry.command) === HIDDEN;
  const detail = unsaid ? hiddenText : verdicts === null ? entry.refusal.detail : refusalDetail(verdicts).detail;
  return { ...entry.refusal, detail };
}

/** Pointers into a command that was wrong; what was found there is told in words. */
function pointsAtHidden(hidden: Hidden, pointers: readonly Json[]): boolean {
  return pointers.some(
    (pointer) => typeof pointer === 'string' && pointer.split('/').some((part) => hidden.fields.has(part)),
  );
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
