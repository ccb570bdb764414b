import type { BacklogStore } from './backlog-types.ts';
import type { CardChange, CardFilter, CardStore } from './card-types.ts';
import type { FigureChange, FigureStore } from './figure-types.ts';
import type { FilingStore } from './filing-types.ts';
import type { MessageStore, NewMessage } from './message-types.ts';
import type { PublicationStore } from './publication-types.ts';
import type { RecordedStore } from './recorded-types.ts';
import type { ReplayStore } from './replay-types.ts';
import type { ScheduleStore } from './schedule-types.ts';
import type { CorrelationChange, SignalStore } from './signal-types.ts';
import type { Sought, SoughtStore } from './sought-types.ts';
import type { NextTimer, TimerStore } from './timer-types.ts';
import type { WorkChange, WorkStore } from './work-types.ts';

export type * from './backlog-types.ts';
export type * from './card-types.ts';
export type * from './figure-types.ts';
export type * from './filing-types.ts';
export type * from './message-types.ts';
export type * from './publication-types.ts';
export type * from './recorded-types.ts';
export type * from './replay-types.ts';
export type * from './schedule-types.ts';
export type * from './signal-types.ts';
export type * from './sought-types.ts';
export type * from './timer-types.ts';
export type * from './work-types.ts';

/** What every database must do; `test/store/contract.ts` holds each of them to it. */
export interface Store
  extends WorkStore,
    CardStore,
    FilingStore,
    FigureStore,
    MessageStore,
    SignalStore,
    TimerStore,
    ScheduleStore,
    PublicationStore,
    RecordedStore,
    SoughtStore,
    ReplayStore,
    BacklogStore {
  /** Brings the schema up to this program's; refuses a schema that is newer. */
  migrate(): Promise<void>;
  close(): Promise<void>;
  /** Answers when the database does. */
  ping(): Promise<void>;
  /** Milliseconds since 1970 by the clock that all servers on this database share; null: a server has it alone. */
  readonly askTime: (() => Promise<number>) | null;

  /** Adds a definition under the next number of its process, or returns the version that has this digest already. */
  addDefinition(definition: NewDefinition): Promise<{ readonly version: number; readonly created: boolean }>;
  /** One version, whatever is recorded of it; null when there is none. */
  getDefinition(process: string, version: number): Promise<DefinitionRow | null>;

  /** The rows of these instances with their personal values; unknown ids are left out. At most 256. */
  loadInstances(ids: readonly string[]): Promise<readonly StoredInstance[]>;
  /**
   * Writes a batch (at most 256 changes of different instances) in one transaction, as one statement where the
   * database can, and returns one result per change. A change that cannot be (stale, key taken, …) is left out; its
   * neighbours are committed all the same. Durable when the promise resolves. Throws only when the database fails.
   */
  commit(changes: readonly Change[]): Promise<readonly CommitResult[]>;
  listInstances(query: InstanceQuery): Promise<readonly InstanceRow[]>;
  /** Ids of the open instances of a process, quarantined ones too, in order after one; at most `limit`. */
  openInstances(query: {
    readonly tenant: string;
    readonly process: string;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<readonly string[]>;
  /** The open instance that has this business key; null: none has. */
  keyHolder(tenant: string, process: string, key: string): Promise<string | null>;
  /** Remembers why an instance cannot be run, which its `parent` is to be told; null when it can again. */
  quarantine(id: string, reason: string | null, parent?: string | null): Promise<void>;
  /** Open links after one, in order of their parents' places; at most `limit`. */
  openLinks(after: Link | null, limit: number): Promise<readonly Link[]>;
  closeLinks(links: readonly Link[]): Promise<void>;

  /** Entries of one instance with `seq` > `after`, ascending; at most `limit`. */
  history(instance: string, after: number, limit: number): Promise<readonly HistoryRow[]>;
  /** These entries, in no order; unknown ones are left out. At most 256. */
  findEntries(places: readonly Pick<HistoryPlace, 'instance' | 'seq'>[]): Promise<readonly HistoryRow[]>;
  /** Entries of all instances in order (bucket, instance, seq) after a place; at most `limit`. */
  scanHistory(after: HistoryPlace | null, limit: number): Promise<readonly HistoryRow[]>;
  /** All instances in order (bucket, id) after a place, for verifying; at most `limit`. */
  scanInstances(
    after: { readonly bucket: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly AuditedInstance[]>;
  /** One instance, for verifying; null: there is none. */
  auditInstance(id: string): Promise<AuditedInstance | null>;

  /**
   * What stands of evidence on a day: of each name and scope what is valid for longest of what has begun, and what begins
   * next; withdrawn evidence is none. At most 256 are asked for.
   */
  findEvidence(tenant: string, day: string, wanted: readonly EvidencePlace[]): Promise<readonly FoundEvidenceRow[]>;
  listEvidence(query: EvidenceQuery): Promise<readonly ListedEvidence[]>;

  /** What is remembered of these requests, in no order; at most 256. */
  findIdempotent(requests: readonly RequestName[]): Promise<readonly IdempotencyRow[]>;
  /** Deletes at most `limit` idempotency rows recorded before an instant; returns how many. */
  forgetIdempotent(before: string, limit: number): Promise<number>;

  /** Erases the personal values of an instance, whose rows are then to be filed anew; returns how many there were. */
  erasePersonal(instance: string): Promise<number>;

  addApiKey(key: ApiKeyRow): Promise<void>;
  listApiKeys(): Promise<readonly ApiKeyRow[]>;
  /** False when there is no such key or it was revoked before. */
  revokeApiKey(id: string, at: string): Promise<boolean>;
  /** Deletes the keys that worked until before `at`. */
  forgetApiKeys(at: string): Promise<void>;
}

export interface NewDefinition {
  readonly process: string;
  readonly digest: string;
  /** The file as it was written. */
  readonly yaml: string;
  /** JSON: the calendars that it names, as they were then; null: none. */
  readonly calendars: string | null;
  readonly addedAt: string;
  readonly addedBy: string;
}

export interface DefinitionRow extends NewDefinition {
  readonly version: number;
}

/** Columns that lists filter by. */
export interface InstanceRow {
  readonly bucket: number;
  readonly id: string;
  /** Whose it is; rows of different tenants never meet. */
  readonly tenant: string;
  /** The instance that started it; null: none did. */
  readonly parent: string | null;
  /** Actor and team that it is in the hands of; null: nobody's. */
  readonly owner: string | null;
  readonly team: string | null;
  readonly process: string;
  readonly version: number;
  readonly digest: string;
  readonly key: string | null;
  readonly status: 'active' | 'on-hold' | 'closed';
  readonly outcome: string | null;
  readonly revision: number;
  readonly seq: number;
  /** Hash of the last history entry. */
  readonly head: string;
  /** The instance document as it was when entry `snapshotSeq` was written: JSON without personal values. */
  readonly snapshot: string;
  readonly snapshotSeq: number;
  /** What of the document changed since: JSON texts with commas between them, oldest first. */
  readonly patches: string;
  readonly quarantine: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
}

export interface StoredInstance extends InstanceRow {
  readonly personal: readonly { readonly field: string; readonly value: string; readonly salt: string }[];
}

/** With the rows that repeat parts of its document for lists and look-ups. */
export interface AuditedInstance extends StoredInstance {
  readonly evidence: readonly Omit<EvidenceRow, 'instance'>[];
}

export interface Change {
  readonly row: Omit<InstanceRow, 'bucket' | 'quarantine' | 'snapshot' | 'snapshotSeq' | 'patches'>;
  /** The whole document, in place of the snapshot that was; null: the entries' patches say what changed. */
  readonly snapshot: string | null;
  /** Open steps, for the lists by phase and step; a phase with none open stands with an empty `step`. */
  readonly position: readonly { readonly phase: string; readonly step: string }[];
  /** The `seq` that the row must have now; null: the instance is new. */
  readonly expectedSeq: number | null;
  /** False: version, status, outcome, key, owner, team and position are as they were, only the counters change. */
  readonly moved: boolean;
  readonly entries: readonly NewEntry[];
  /** What of its work is other than it was. Owner and team stand in every row: when they change, all are listed. */
  readonly work: WorkChange;
  /** What of its cards is other than it was. */
  readonly cards: CardChange;
  readonly figures: FigureChange;
  /** JSON text per field; replaces what was there. */
  readonly personal: readonly { readonly field: string; readonly value: string; readonly salt: string }[];
  /** Evidence that it produced or withdrew; replaces what was there under the name. */
  readonly evidence: readonly NewEvidence[];
  /** Business key to claim (unique per tenant and process among open instances) and to give up. */
  readonly claimKey: string | null;
  readonly releaseKey: string | null;
  /** What of the values that signals find it by is other than it was. */
  readonly correlations: CorrelationChange;
  /** What is now to be done between it and its children or its parent. */
  readonly links: readonly Link[];
  /** What goes out because of its entries. */
  readonly messages: readonly NewMessage[];
  /** What time does to it next; null: nothing any more; absent: what it did before. */
  readonly timer?: NextTimer | null | undefined;
  readonly idempotency: readonly IdempotencyRow[];
}

/**
 * Something that is still to be done between two instances: `start` the child, `cancel` it, or `tell` the parent what
 * has become of it. Opened in the transaction that makes it due, and closed after what was due is recorded: after a crash
 * between the two it comes once more.
 */
export interface Link {
  readonly parent: string;
  readonly child: string;
  readonly state: 'start' | 'cancel' | 'tell';
  /** Number of the entry that made it due, in the history of the parent or (`tell`) of the child; 0: a quarantine did. */
  readonly seq: number;
}

export interface NewEvidence {
  readonly name: string;
  /** What it holds for, as canonical JSON. */
  readonly scope: string;
  /** Days `YYYY-MM-DD`, both included. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Record time, and the history entry. */
  readonly madeAt: string;
  readonly seq: number;
  readonly withdrawnAt: string | null;
}

export interface EvidenceName {
  readonly process: string;
  readonly name: string;
}

export interface EvidencePlace extends EvidenceName {
  readonly scope: string;
}

export interface FoundEvidenceRow extends EvidencePlace, Pick<NewEvidence, 'validFrom' | 'validTo'> {
  readonly instance: string;
}

export interface EvidenceRow extends NewEvidence, EvidenceName {
  readonly instance: string;
  readonly tenant: string;
}

/** With what says who may see it: the version of its instance, its owner and team. */
export type ListedEvidence = Omit<EvidenceRow, 'tenant'> & Pick<InstanceRow, 'version' | 'owner' | 'team'>;

export interface EvidenceQuery {
  readonly tenant: string;
  readonly sight: Sight | null;
  readonly process: string | null;
  readonly name: string | null;
  /** The day that states are of. */
  readonly day: string;
  readonly state: 'valid' | 'expired' | null;
  /** In order of instance and name; null: from the first. */
  readonly after: { readonly instance: string; readonly name: string } | null;
  readonly limit: number;
}

export interface NewHistoryRow {
  readonly seq: number;
  readonly recordedAt: string;
  /** Canonical JSON that the hash is of. */
  readonly text: string;
  readonly hash: string;
  /** What of the instance document the entry, with those before it that have none, changed: JSON; null: nothing. */
  readonly patch: string | null;
}

/** An entry with what it is looked for by. */
export interface NewEntry extends NewHistoryRow, Sought {}

export interface HistoryRow extends NewHistoryRow {
  readonly bucket: number;
  readonly instance: string;
}

export interface HistoryPlace {
  readonly bucket: number;
  readonly instance: string;
  readonly seq: number;
}

/** `stale`: the row is not at `expectedSeq`; the others name the unique row that stands in the way. */
export type CommitResult = 'ok' | 'stale' | 'key-in-use' | 'idempotency-taken';

export interface RequestName {
  /** Who used the key. Keys of different scopes never meet. */
  readonly scope: string;
  readonly key: string;
}

export interface IdempotencyRow extends RequestName {
  /** SHA-256 of method, path and the body's canonical JSON. */
  readonly requestHash: string;
  readonly instance: string;
  /** History entries that the request made. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly recordedAt: string;
}

/** Which instances are wanted; null: whatever it is. */
export interface InstanceFilter {
  /** The instance that started those that are wanted. */
  readonly parent: string | null;
  readonly owner: string | null;
  readonly process: string | null;
  readonly phase: string | null;
  readonly step: string | null;
  readonly status: 'active' | 'on-hold' | 'closed' | 'quarantined' | null;
  readonly outcome: string | null;
  readonly key: string | null;
  readonly version: number | null;
}

export interface InstanceQuery extends InstanceFilter {
  readonly tenant: string;
  /** What the caller may see; null: everything of the tenant. */
  readonly sight: Sight | null;
  readonly team: string | null;
  /** Open instances of `process` that have such a card, in `step` where that is asked for; null: whatever they have. */
  readonly cards: CardFilter | null;
  /** Instances with an id after this one (ids are in order of creation); null: from the first. */
  readonly after: string | null;
  readonly limit: number;
}

/** Instances that an actor may see, whichever of these holds. */
export interface Sight {
  /** Of these processes every one. */
  readonly processes: readonly string[];
  /** Of these only the team's own. */
  readonly team: { readonly name: string; readonly processes: readonly string[] } | null;
  /** Those of this owner. */
  readonly owner: string;
}

export interface ApiKeyRow {
  readonly id: string;
  /** SHA-256 of the secret. */
  readonly hash: string;
  /** The actor that the key speaks for. */
  readonly actor: string;
  readonly roles: readonly string[];
  readonly team: string | null;
  readonly tenant: string;
  /** May name another actor, for whom it then acts. */
  readonly actsForOthers: boolean;
  /** What it was made for; null: nobody said. */
  readonly name: string | null;
  readonly createdAt: string;
  /** It works until then; null: until it is revoked. */
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}
