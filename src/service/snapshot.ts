import type { Instance } from '../engine/types.ts';
import type { InstanceRow } from '../store/types.ts';

/** Members of an instance that are columns of its row; all others are its document. */
const columns = [
  'id',
  'tenant',
  'owner',
  'team',
  'process',
  'version',
  'digest',
  'status',
  'outcome',
  'revision',
  'seq',
  'startedAt',
  'updatedAt',
] as const;

/** Members that are records by id: of these a patch holds only the ones that are new. Records are never taken away. */
const records = ['steps', 'rounds', 'activities', 'fields', 'overrides', 'approvals', 'evidence'] as const;

/** What documents have gained since the first were written, as it is in those that do not have it. */
const later = {
  waiting: [],
  rounds: {},
  hold: null,
  overrides: {},
  lastMove: null,
  closedFrom: null,
  approvals: {},
  evidence: {},
};
const laterOfStep = { skips: 0, routes: {} };
const laterOfActivity = { completions: [] };

export type Column = (typeof columns)[number];
export type InstanceDocument = Omit<Instance, Column>;
type Parts = Readonly<Record<string, unknown>>;

const isColumn: ReadonlySet<string> = new Set(columns);
const isRecords: ReadonlySet<string> = new Set(records);

/** The whole document as text, without personal values. */
export function snapshotOf(instance: Instance): string {
  return JSON.stringify(partsOf(null, instance));
}

/** What of the document differs, as text; null: nothing does. States are never changed in place, so `===` tells. */
export function patchOf(before: Instance, after: Instance): string | null {
  const patch = partsOf(before, after);
  for (const _ in patch) return JSON.stringify(patch);
  return null;
}

function partsOf(before: Instance | null, after: Instance): Parts {
  const parts: Record<string, unknown> = {};
  // A state has no members but its own.
  for (const name of Object.keys(after) as (keyof Instance)[]) {
    const [last, value]: readonly unknown[] = [before?.[name], after[name]];
    if (isColumn.has(name) || last === value) continue;
    parts[name] = isRecords.has(name) && isObject(last) && isObject(value) ? changedRecords(last, value) : value;
  }
  if (isObject(parts.fields)) parts.fields = withoutPersonal(parts.fields);
  return parts;
}

function changedRecords(before: Parts, after: Parts): Parts {
  const changed: Record<string, unknown> = {};
  for (const id in after) if (before[id] !== after[id]) changed[id] = after[id];
  return changed;
}

/** Personal values live in a table of their own, where they can be erased. */
function withoutPersonal(fields: Parts): Parts {
  const kept: Record<string, unknown> = {};
  for (const id in fields) {
    const record = fields[id];
    kept[id] = isObject(record) && record.digest !== null ? { ...record, value: null } : record;
  }
  return kept;
}

/** The document that was stored; null when what is stored is none. */
export function documentOf(row: Pick<InstanceRow, 'snapshot' | 'patches'>): InstanceDocument | null {
  try {
    const document: unknown = JSON.parse(row.snapshot);
    const patches: readonly unknown[] = JSON.parse(`[${row.patches}]`);
    const whole: Record<string, unknown> = { ...later };
    for (const parts of [document, ...patches]) {
      if (!isObject(parts)) return null;
      for (const [name, value] of Object.entries(parts))
        whole[name] = isRecords.has(name) && isObject(value) ? Object.assign({}, whole[name], value) : value;
    }
    if (!isDocument(whole)) return null;
    return { ...whole, steps: filled(whole.steps, laterOfStep), activities: filled(whole.activities, laterOfActivity) };
  } catch {
    return null;
  }
}

function filled<R extends object>(records: Readonly<Record<string, R>>, missing: Partial<R>): Record<string, R> {
  return Object.fromEntries(Object.entries(records).map(([id, record]) => [id, { ...missing, ...record }]));
}

function isDocument(parts: unknown): parts is InstanceDocument {
  if (!isObject(parts)) return false;
  const { marking, position, waiting } = parts;
  const isMarking = typeof marking === 'string' || isObject(marking);
  return (
    isMarking && Array.isArray(position) && Array.isArray(waiting) && records.every((name) => isRecordMap(parts[name]))
  );
}

function isRecordMap(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isObject);
}

function isObject(value: unknown): value is Parts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
