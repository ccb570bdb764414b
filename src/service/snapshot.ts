import type { Instance } from '../engine/types.ts';
import type { InstanceRow } from '../store/types.ts';

/** Members of an instance that are columns of its row. */
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

/** Columns that each entry and its row say anyway; the others are in the document too, where the chain proves them. */
const counters: ReadonlySet<string> = new Set(['id', 'revision', 'seq', 'updatedAt']);

/** Members that are records by id: of these a patch holds only the ones that are new. Records are never taken away. */
const records = [
  'steps',
  'rounds',
  'times',
  'activities',
  'fields',
  'overrides',
  'approvals',
  'children',
  'evidence',
  'clocks',
  'calls',
] as const;

/** What documents have gained since the first were written, as it is in those that do not have it. */
const later = {
  waiting: [],
  rounds: {},
  times: {},
  hold: null,
  overrides: {},
  lastMove: null,
  migration: null,
  closedFrom: null,
  approvals: {},
  children: {},
  parent: null,
  evidence: {},
  clocks: {},
  calls: {},
};
const laterOfStep = { skips: 0, routes: {} };
const laterOfActivity = { completions: [] };

export type Column = (typeof columns)[number];
export type InstanceDocument = Omit<Instance, Column>;
type Parts = Readonly<Record<string, unknown>>;

const isRecords: ReadonlySet<string> = new Set(records);

/** The whole document as text, without personal values. */
export function snapshotOf(instance: Instance): string {
  return JSON.stringify(partsOf(null, instance));
}

/** What of the document differs, as text; null: nothing does. States are never changed in place, so `===` tells. */
export function patchOf(before: Instance | null, after: Instance): string | null {
  const patch = partsOf(before, after);
  for (const _ in patch) return JSON.stringify(patch);
  return null;
}

function partsOf(before: Instance | null, after: Instance): Parts {
  const parts: Record<string, unknown> = {};
  // A state has no members but its own.
  for (const name of Object.keys(after) as (keyof Instance)[]) {
    const [last, value]: readonly unknown[] = [before?.[name], after[name]];
    if (counters.has(name) || (before !== null && last === value)) continue;
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

/** A snapshot, empty where there is none yet, with the patches since; null when what is stored is no document. */
export function documentOf(row: Pick<InstanceRow, 'snapshot' | 'patches'>): InstanceDocument | null {
  try {
    const document: unknown = row.snapshot === '' ? {} : JSON.parse(row.snapshot);
    const patches: readonly unknown[] = JSON.parse(`[${row.patches}]`);
    if (!isObject(document) || !patches.every(isObject)) return null;
    for (const patch of patches) take(document, patch);
    return completed(document);
  } catch {
    return null;
  }
}

/** Takes a patch over into a document, in place: both were just parsed and are nobody else's. */
export function take(document: Record<string, unknown>, patch: Parts): void {
  for (const name in patch) {
    const [last, value] = [document[name], patch[name]];
    if (isRecords.has(name) && isObject(last) && isObject(value)) Object.assign(last, value);
    else document[name] = value;
  }
}

/** A document with what programs have added since it was written, in place; null when it is none. */
export function completed(document: Record<string, unknown>): InstanceDocument | null {
  addMissing(document, later);
  if (!isDocument(document)) return null;
  for (const record of Object.values(document.steps)) addMissing(record, laterOfStep);
  for (const record of Object.values(document.activities)) addMissing(record, laterOfActivity);
  return document;
}

type Counters = Pick<Instance, 'id' | 'revision' | 'seq' | 'updatedAt'>;

/** The instance of a document that the chain proves, which says its columns too; null when it is none. It shares nothing with it that `take` changes. */
export function instanceIn(document: Parts, counters: Counters): Instance | null {
  const copy: Record<string, unknown> = {};
  for (const name in document) {
    const value = document[name];
    copy[name] = isRecords.has(name) && isObject(value) ? { ...value } : value;
  }
  const found = completed(copy);
  return found !== null && isWhole(found) ? { ...found, ...counters } : null;
}

function isWhole(document: InstanceDocument): document is InstanceDocument & Omit<Instance, keyof Counters> {
  const { tenant, process, version, digest, status }: Parts = { ...document };
  const texts = [tenant, process, digest, status];
  return texts.every((text) => typeof text === 'string') && typeof version === 'number';
}

/** Whether a document, or a patch, is a whole one that the chain proves: earlier programs kept columns out of it. */
export function isTraced(parts: object): boolean {
  return 'tenant' in parts;
}

function addMissing(parts: object, missing: object): void {
  for (const [name, value] of Object.entries(missing))
    if (Reflect.get(parts, name) === undefined) Reflect.set(parts, name, value);
}

function isDocument(parts: Parts): parts is Parts & InstanceDocument {
  const { marking, position, waiting } = parts;
  const isMarking = typeof marking === 'string' || isObject(marking);
  return (
    isMarking && Array.isArray(position) && Array.isArray(waiting) && records.every((name) => isRecordMap(parts[name]))
  );
}

function isRecordMap(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
