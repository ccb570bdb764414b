import type { CompiledProcess } from '../compile/types.ts';
import { decide, start } from '../engine/index.ts';
import type { Command, Decision, EntryDraft, EvidenceOf, Instance, Refusal } from '../engine/types.ts';
import { toldBy } from './command.ts';
import { findingsOf } from './compare.ts';
import type { Candidate, EvidenceAsk, Finding } from './types.ts';

/** How a command is answered now. */
export interface Anew {
  readonly answer: Decision | Refusal;
  /** Ids were made for it: the record has others. */
  readonly drew: boolean;
}

/**
 * Decides a command of the record at its own time; `before` null: a start. Yields evidence that has to be looked up first,
 * and decides again then.
 */
export function* decideAnew(
  { process, evidence }: Pick<Candidate, 'process' | 'evidence'>,
  before: Instance | null,
  command: Command,
  entry: EntryDraft,
): Generator<readonly EvidenceAsk[], Anew> {
  const { tenant, recordedAt: now, instance } = entry;
  for (;;) {
    const missed: EvidenceAsk[] = [];
    const known: EvidenceOf = (name, scope) => {
      const ask = { tenant, evidence: name, scope };
      const found = evidence(ask, now);
      if (found === null) missed.push(ask);
      return found ?? [];
    };
    let made = 0;
    // The first id of a start is that of the instance, which is known.
    const ids = () => (before === null && command.origin === undefined && made++ === 0 ? instance : `made-${made++}`);
    const environment = { now, ids, evidence: known, isBrief: true };
    const answer =
      before === null
        ? start(process, entry.version, command, environment)
        : decide(process, before, command, environment);
    const own = before === null && command.origin === undefined ? 1 : 0;
    if (missed.length === 0) return { answer, drew: made > own };
    yield missed;
  }
}

/** Why the engine does not advance by itself as it did then; of anything else that time or a message led to it says nothing. */
export function whyNot({ process }: Candidate, instance: Instance | null, entry: EntryDraft): readonly Finding[] {
  if (instance === null || entry.type !== 'advance') return [];
  const { type, actor: id, roles, tenant, requestId, recordedAt: now } = entry;
  const { step } = toldBy(entry);
  const command = { type, input: { step }, actor: { id, roles, team: null, tenant, via: null }, requestId };
  const answer = decide(process, instance, command, { now, ids: () => '', isBrief: true });
  return answer.ok ? [] : findingsOf(answer);
}

/** The instance that a decision made, with the ids and digests of the record in place of its own. */
export function withRecordedIds(
  { fields }: CompiledProcess,
  before: Instance | null,
  after: Instance,
  group: readonly EntryDraft[],
): Instance {
  const records = { ...after.fields };
  let children = before?.children ?? {};
  for (const { changes } of group) {
    for (const [id, change] of Object.entries(changes?.fields ?? {})) {
      const record = records[id];
      if (record?.digest == null || typeof change.to !== 'string' || fields.get(id)?.personal !== true) continue;
      records[id] = { ...record, digest: change.to };
    }
    if (changes?.children !== undefined) children = { ...children, ...changes.children };
  }
  return { ...after, fields: records, children: after.children === before?.children ? after.children : children };
}
