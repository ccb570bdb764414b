import { personalDigest } from '../engine/index.ts';
import { canonicalJson } from '../json.ts';
import { MAIN_TENANT } from '../names.ts';
import type { AuditedInstance } from '../store/types.ts';
import { documentOf } from './snapshot.ts';

type Members = Readonly<Record<string, unknown>>;
/** A part, what the history made it, and what is stored. */
type Pair = [part: string, told: unknown, found: unknown];

/** What a history says has become of its instance: the sum of what each entry changed. */
export interface Retraced {
  add(entry: Members): void;
  /** The first part of what is stored that is not what the history made it; null when all of it is. */
  differing(stored: AuditedInstance): string | null;
}

/**
 * The document is only a convenience: everything in it that people rely on follows from the entries, so that changing
 * the one without the other shows.
 */
export function retrace(): Retraced {
  const fields = new Map<string, unknown>();
  const activities = new Map<string, unknown>();
  const steps = new Map<string, unknown>();
  const overrides = new Map<string, unknown>();
  const approvals = new Map<string, unknown>();
  const evidence = new Map<string, unknown>();
  /** Entries of programs that knew no tenants do not tell of the counts of steps either. */
  let early = false;
  const whole = new Map<string, unknown>([
    ['tenant', MAIN_TENANT],
    ['outcome', null],
    ['waiting', []],
    ['hold', null],
    ['owner', null],
    ['team', null],
  ]);

  return {
    add({ tenant, changes, revision, accepted }) {
      if (tenant === undefined) early = true;
      else whole.set('tenant', tenant);
      if (accepted !== true) return;
      whole.set('revision', revision);
      const changed = membersOf(changes);
      for (const [id, change] of Object.entries(membersOf(changed.fields))) fields.set(id, membersOf(change).to);
      for (const [id, change] of Object.entries(membersOf(changed.activities)))
        activities.set(id, membersOf(change).to);
      for (const [id, record] of Object.entries(membersOf(changed.approvals))) approvals.set(id, record);
      for (const [id, record] of Object.entries(membersOf(changed.evidence))) evidence.set(id, record);
      for (const [id, counts] of Object.entries(membersOf(changed.steps))) steps.set(id, counts);
      for (const part of ['position', 'waiting'])
        if (changed[part] !== undefined) whole.set(part, membersOf(changed[part]).to);
      if (changed.outcome !== undefined) whole.set('outcome', changed.outcome);
      if (changed.status !== undefined) whole.set('status', changed.status);
      if (changed.hold !== undefined) whole.set('hold', changed.hold);
      for (const [seq, record] of Object.entries(membersOf(changed.overrides))) overrides.set(seq, record);
      for (const name of ['owner', 'team'])
        if (changed[name] !== undefined) whole.set(name, membersOf(changed[name]).to);
    },

    differing({ tenant, owner, team, status, outcome, key, revision, personal, evidence: rows, ...row }) {
      const document = documentOf(row);
      if (document === null) return 'document';
      const { position, waiting, hold } = document;
      const found: Members = { tenant, owner, team, status, outcome, revision, position, waiting, hold };
      const values = mapped(document.fields, ({ digest, value }) => digest ?? value);
      const statuses = mapped(document.activities, (record) => record.status);
      const counts = mapped(document.steps, ({ round, reworks, skips, routes }) => ({ round, reworks, skips, routes }));
      const pairs: Pair[] = [
        ...[...whole].map(([name, value]): Pair => [name, value, found[name]]),
        ...pairsOf('fields', fields, values),
        ...pairsOf('activities', activities, statuses),
        ...pairsOf('steps', steps, counts).filter(([, told]) => told !== undefined || !early),
        ...pairsOf('overrides', overrides, document.overrides),
        ...pairsOf('approvals', approvals, document.approvals),
        ...pairsOf('evidence', evidence, document.evidence),
        ...pairsOf('evidence', rowsTold(evidence, { tenant, process: row.process }), rowsFound(rows)),
        // The column that lists filter by repeats the document, personal values stand behind its digests.
        ['key', document.key, key],
        ...personal.map(
          ({ field, value, salt }): Pair => [`fields.${field}`, fields.get(field), digestOf(salt, value)],
        ),
      ];
      return pairs.find(([, told, found]) => canonicalJson(told ?? null) !== canonicalJson(found ?? null))?.[0] ?? null;
    },
  };
}

function mapped<R>(records: Readonly<Record<string, R>>, value: (record: R) => unknown): Members {
  return Object.fromEntries(Object.entries(records).map(([id, record]) => [id, value(record)]));
}

function pairsOf(part: string, told: ReadonlyMap<string, unknown>, found: Members): Pair[] {
  const ids = new Set([...told.keys(), ...Object.keys(found)]);
  return [...ids].map((id) => [`${part}.${id}`, told.get(id), found[id]]);
}

/** The rows that others look evidence up in, as the records of it say that they should be. */
function rowsTold(records: ReadonlyMap<string, unknown>, of: Members): ReadonlyMap<string, unknown> {
  const rows = [...records].map(([name, record]): [string, unknown] => {
    const { scope, validFrom, validTo, recordedAt, seq, withdrawn } = membersOf(record);
    const withdrawnAt = membersOf(withdrawn).at ?? null;
    return [name, { scope: canonicalJson(scope), validFrom, validTo, madeAt: recordedAt, seq, withdrawnAt, ...of }];
  });
  return new Map(rows);
}

function rowsFound(rows: AuditedInstance['evidence']): Members {
  return Object.fromEntries(rows.map(({ name, ...row }) => [name, row]));
}

/** The digest of a stored personal value; of none at all where it is no JSON any more. */
function digestOf(salt: string, value: string): string {
  try {
    return personalDigest(salt, JSON.parse(value));
  } catch {
    return '';
  }
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
