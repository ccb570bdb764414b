import { canonicalJson } from '../json.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a history says has become of its instance: the sum of what each entry changed. */
export interface Retraced {
  add(entry: Members): void;
  /** The first part of a stored document that is not what the history made it; null when all of it is. */
  differing(doc: string): string | null;
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

    differing(text) {
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
      const pairs: [string, unknown, unknown][] = [
        ...[...whole].map(([name, value]): [string, unknown, unknown] => [name, value, doc[name]]),
        ...pairsOf('fields', fields, kept),
        ...pairsOf('activities', activities, states),
      ];
      return pairs.find(([, told, found]) => canonicalJson(told ?? null) !== canonicalJson(found ?? null))?.[0] ?? null;
    },
  };
}

function pairsOf(part: string, told: ReadonlyMap<string, unknown>, found: Members): [string, unknown, unknown][] {
  const ids = new Set([...told.keys(), ...Object.keys(found)]);
  return [...ids].map((id) => [`${part}.${id}`, told.get(id), found[id]]);
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
