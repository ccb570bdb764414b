import { personalDigest } from '../engine/index.ts';
import { canonicalJson } from '../json.ts';
import type { InstanceHead } from '../store/types.ts';

type Members = Readonly<Record<string, unknown>>;
/** A part, what the history made it, and what is stored. */
type Pair = [part: string, told: unknown, found: unknown];

/** What a history says has become of its instance: the sum of what each entry changed. */
export interface Retraced {
  add(entry: Members): void;
  /** The first part of what is stored that is not what the history made it; null when all of it is. */
  differing(head: InstanceHead): string | null;
}

/**
 * The document is only a convenience: everything in it that people rely on follows from the entries, so that changing
 * the one without the other shows.
 */
export function retrace(): Retraced {
  const fields = new Map<string, unknown>();
  const activities = new Map<string, unknown>();
  const whole = new Map<string, unknown>([['outcome', null]]);

  return {
    add({ changes, revision, accepted }) {
      if (accepted !== true) return;
      whole.set('revision', revision);
      const changed = membersOf(changes);
      for (const [id, change] of Object.entries(membersOf(changed.fields))) fields.set(id, membersOf(change).to);
      for (const [id, change] of Object.entries(membersOf(changed.activities)))
        activities.set(id, membersOf(change).to);
      if (changed.position !== undefined) whole.set('position', membersOf(changed.position).to);
      if (changed.outcome !== undefined) whole.set('outcome', changed.outcome);
      if (changed.status !== undefined) whole.set('status', changed.status);
    },

    differing({ doc: text, status, outcome, key, revision, personal }) {
      const doc = parsed(text);
      if (doc === null) return 'doc';
      const kept = Object.fromEntries(
        Object.entries(membersOf(doc.fields)).map(([id, record]) => [
          id,
          membersOf(record).digest ?? membersOf(record).value,
        ]),
      );
      const states = Object.fromEntries(
        Object.entries(membersOf(doc.activities)).map(([id, record]) => [id, membersOf(record).status]),
      );
      const pairs: Pair[] = [
        ...[...whole].map(([name, value]): Pair => [name, value, doc[name]]),
        ...pairsOf('fields', fields, kept),
        ...pairsOf('activities', activities, states),
        // Columns that lists filter by repeat the document, personal values stand behind its digests.
        ...Object.entries({ status, outcome, key, revision }).map(([name, value]): Pair => [name, doc[name], value]),
        ...personal.map(
          ({ field, value, salt }): Pair => [`fields.${field}`, fields.get(field), digestOf(salt, value)],
        ),
      ];
      return pairs.find(([, told, found]) => canonicalJson(told ?? null) !== canonicalJson(found ?? null))?.[0] ?? null;
    },
  };
}

function pairsOf(part: string, told: ReadonlyMap<string, unknown>, found: Members): Pair[] {
  const ids = new Set([...told.keys(), ...Object.keys(found)]);
  return [...ids].map((id) => [`${part}.${id}`, told.get(id), found[id]]);
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

function parsed(text: string): Members | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
