import { bucketOf } from '../ids.ts';
import { type Batch, NEVER } from './batch-lists.ts';
import type { NewDeadlineRow, NewStayRow } from './figure-types.ts';
import { storedKey } from './stored-key.ts';
import type { Change, CorrelationRow, NewCard } from './types.ts';

/** The place of a business key, the same for every tenant; one open instance of each may hold it. */
export function keyBucket(process: string, key: string): number {
  return bucketOf(`${process}\u0000${key}`);
}

/** The place of a value that signals find instances by, the same for every tenant and process. */
export function correlationBucket(value: string): number {
  return bucketOf(value);
}

/** The place of an idempotency key. */
export function requestBucket(scope: string, key: string): number {
  return bucketOf(`${scope}\u0000${key}`);
}

export function batchOf(changes: readonly Change[]): Batch {
  const batch: Batch = {
    created: [],
    updated: [],
    moved: [],
    snapshots: [],
    positions: [],
    work_gone: [],
    work_new: [],
    cards_gone: [],
    cards_new: [],
    entries: [],
    personal: [],
    evidence: [],
    released: [],
    claimed: [],
    requests: [],
    linked: [],
    timers_gone: [],
    timers_new: [],
    messages: [],
    uncorrelated: [],
    correlated: [],
    stays: [],
    deadlines: [],
    endings: [],
    turned_down: [],
  };
  for (const change of changes) addChange(batch, change);
  return batch;
}

function addChange(batch: Batch, change: Change): void {
  const { row } = change;
  const bucket = bucketOf(row.id);
  const instance = row.id;
  const counters = { revision: row.revision, seq: row.seq, head: row.head, updated_at: row.updatedAt };
  const standing = {
    version: row.version,
    digest: row.digest,
    business_key: row.key === null ? null : storedKey(row.key),
    status: row.status === 'on-hold' ? 'active' : row.status,
    on_hold: row.status === 'on-hold' ? 1 : 0,
    outcome: row.outcome,
    owner: row.owner,
    team: row.team,
  };
  if (change.expectedSeq === null) {
    const { id, tenant, parent, process, startedAt: started_at } = row;
    batch.created.push({ bucket, id, tenant, parent, process, started_at, ...standing, ...counters });
  } else {
    batch.updated.push({ bucket, id: row.id, expected: change.expectedSeq, ...counters });
    if (change.moved) batch.moved.push({ bucket, id: row.id, ...standing });
  }
  if (change.moved || change.expectedSeq === null) {
    for (const { phase, step } of distinct(change.position, (place) => `${place.phase}\u0000${place.step}`))
      batch.positions.push({ bucket, instance, tenant: row.tenant, phase, step });
  }
  for (const { step, who } of change.work.gone) batch.work_gone.push({ bucket, instance, step, who });
  for (const { step, who, since, due } of change.work.listed) {
    const { tenant, process, owner, team } = row;
    batch.work_new.push({ bucket, instance, step, who, tenant, process, owner, team, since, due: due ?? NEVER });
  }
  if (change.cards.gone !== null) batch.cards_gone.push({ bucket, instance, slot: change.cards.gone });
  for (const card of change.cards.listed) batch.cards_new.push(cardRow(bucket, row, card));
  if (change.snapshot !== null) batch.snapshots.push({ bucket, instance, seq: row.seq, doc: change.snapshot });
  for (const { seq, recordedAt, hash, text, patch, type, actor, via, accepted, overridden } of change.entries) {
    const { tenant, process } = row;
    const said = { tenant, process, type, actor, via, accepted: Number(accepted), overridden: Number(overridden) };
    batch.entries.push({ bucket, instance, seq, recorded_at: recordedAt, hash, text, patch, ...said });
  }
  for (const { field, value, salt } of distinct(change.personal, (personal) => personal.field))
    batch.personal.push({ bucket, instance, field, value, salt });
  for (const { name, scope, validFrom, validTo, madeAt, seq, withdrawnAt } of change.evidence) {
    const { tenant, process } = row;
    const days = { valid_from: validFrom, valid_to: validTo, made_at: madeAt, withdrawn_at: withdrawnAt };
    batch.evidence.push({ bucket, instance, name, tenant, process, scope, seq, ...days });
  }
  if (change.releaseKey !== null) batch.released.push(keyRow(change, change.releaseKey));
  if (change.claimKey !== null) batch.claimed.push(keyRow(change, change.claimKey));
  for (const request of change.idempotency) {
    batch.requests.push({
      bucket: requestBucket(request.scope, request.key),
      scope: request.scope,
      request_key: storedKey(request.key),
      request_hash: request.requestHash,
      owner: row.id,
      instance: request.instance,
      first_seq: request.firstSeq,
      last_seq: request.lastSeq,
      recorded_at: request.recordedAt,
    });
  }
  for (const { parent, child, state, seq } of change.links) {
    // With the parent; `owner` is the instance whose change it is part of.
    batch.linked.push({ bucket: bucketOf(parent), parent, child, state, seq, owner: row.id });
  }
  if (change.timer === null) batch.timers_gone.push({ bucket, instance });
  if (change.timer) batch.timers_new.push({ bucket, instance, tenant: row.tenant, ...change.timer });
  for (const { subscription, seq, since } of change.messages)
    batch.messages.push({ bucket, subscription, instance, seq, since, due: since });
  for (const row of change.correlations.gone) batch.uncorrelated.push(correlationRow(change, row));
  for (const row of change.correlations.found) batch.correlated.push(correlationRow(change, row));
  const { figures } = change;
  const of = { bucket, instance, tenant: row.tenant, process: row.process };
  for (const stay of figures.stays) batch.stays.push(stayRow(of, stay));
  for (const deadline of figures.deadlines) batch.deadlines.push(deadlineRow(of, deadline));
  if (figures.ending !== undefined) batch.endings.push({ ...of, ...figures.ending });
  for (const turned of figures.turnedDown) batch.turned_down.push({ ...of, ...turned });
}

/** Whose a row is that figures are counted from. */
type Of = Pick<Batch['stays'][number], 'bucket' | 'instance' | 'tenant' | 'process'>;

export function stayRow(of: Of, { enteredAt: entered_at, leftAt: left_at, ...stay }: NewStayRow) {
  return { ...of, ...stay, entered_at, left_at };
}

export function deadlineRow(of: Of, { endedAt: ended_at, ...deadline }: NewDeadlineRow) {
  return { ...of, ...deadline, ended_at };
}

/** A card as a row of its table. */
export function cardRow(
  bucket: number,
  { id, tenant, process, version, owner, team }: CardOwner,
  { slot, phase, step, shared, class: of, amount, clock, due, words }: NewCard,
): Batch['cards_new'][number] {
  return {
    bucket,
    instance: id,
    slot,
    tenant,
    process,
    phase,
    step,
    version,
    shared: shared ? 1 : 0,
    owner,
    team,
    class: of,
    amount: amount?.amount ?? null,
    currency: amount?.currency ?? null,
    clock,
    due: due ?? NEVER,
    words,
  };
}

/** What of its instance stands in every row. */
export type CardOwner = Pick<Change['row'], 'id' | 'tenant' | 'process' | 'version' | 'owner' | 'team'>;

function correlationRow({ row }: Change, { field, value }: CorrelationRow): Batch['correlated'][number] {
  const { tenant, process, id: instance } = row;
  return { bucket: correlationBucket(value), tenant, value: storedKey(value), process, field, instance };
}

function keyRow({ row }: Change, key: string): Batch['claimed'][number] {
  return {
    bucket: keyBucket(row.process, key),
    tenant: row.tenant,
    process: row.process,
    business_key: storedKey(key),
    instance: row.id,
  };
}

/** One item per name: the last. One statement may not touch a row twice. */
function distinct<T>(items: readonly T[], name: (item: T) => string): Iterable<T> {
  return items.length < 2 ? items : new Map(items.map((item) => [name(item), item])).values();
}
