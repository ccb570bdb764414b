/** `kept`: it waits for an instance; the others are what has become of it. */
export type SignalState = 'kept' | 'delivered' | 'refused' | 'unmatched';

/** What another system has told, and what became of it. */
export interface SignalRow {
  /** Made of tenant, sender and the sender's own id: the same signal comes under the same. */
  readonly receipt: string;
  readonly tenant: string;
  /** The actor who sent it, as JSON. */
  readonly sender: string;
  readonly id: string;
  readonly signal: string;
  /** The value that instances are found by. */
  readonly value: string;
  /** Event time. */
  readonly at: string;
  /** JSON; null once it is delivered. */
  readonly data: string | null;
  readonly receivedAt: string;
  /** Until when it waits; what is not kept has ended as it came. */
  readonly expiresAt: string;
  readonly isKept: boolean;
  readonly state: SignalState;
  /** How often it was tried anew. */
  readonly attempts: number;
  /** Counts what was written of it: whoever read another number reads again. */
  readonly revision: number;
  /** What became of it with each instance, as JSON. */
  readonly results: string;
  readonly settledAt: string | null;
}

export type SignalChange = Pick<SignalRow, 'state' | 'results' | 'data' | 'settledAt'> &
  Partial<Pick<SignalRow, 'expiresAt' | 'isKept' | 'attempts'>>;

/** By time and receipt. */
export interface SignalPlace {
  readonly receivedAt: string;
  readonly receipt: string;
}

export interface SignalQuery {
  readonly tenant: string;
  readonly state: SignalState | null;
  readonly after: SignalPlace | null;
  readonly limit: number;
}

/** A value by which signals find an instance. */
export interface CorrelationRow {
  readonly field: string;
  readonly value: string;
}

/** What becomes of the values that an instance is found by. */
export interface CorrelationChange {
  readonly gone: readonly CorrelationRow[];
  readonly found: readonly CorrelationRow[];
}

/** The values that one instance is found by, as they are stored. */
export interface StoredCorrelations {
  readonly instance: string;
  /** The instance's `seq` when they were read. */
  readonly seq: number;
  /** `isOwn`: tenant and process in it are those of its instance, and it lies with its value. */
  readonly rows: readonly (CorrelationRow & { readonly isOwn: boolean })[];
}

export interface SignalStore {
  /** False: there is one under this receipt. */
  addSignal(row: SignalRow): Promise<boolean>;
  getSignal(tenant: string, receipt: string): Promise<SignalRow | null>;
  /** Writes if nobody has since `row` was read; false: somebody has. */
  changeSignal(row: Pick<SignalRow, 'receipt' | 'revision'>, change: SignalChange): Promise<boolean>;
  removeSignal(tenant: string, receipt: string): Promise<boolean>;
  /** How many of a tenant are not delivered, counted up to `most`. */
  countOpenSignals(tenant: string, most: number): Promise<number>;
  listSignals(query: SignalQuery): Promise<readonly SignalRow[]>;
  /** Kept signals of these values, oldest first; at most `limit`. */
  keptSignals(tenant: string, value: string, after: SignalPlace | null, limit: number): Promise<readonly SignalRow[]>;
  /** Kept signals that some instance is found by now, of every tenant, after a receipt; at most `limit`. */
  matchedSignals(after: string | null, limit: number): Promise<readonly SignalRow[]>;
  /** Kept signals whose time is over; at most `limit`. */
  expiredSignals(now: string, limit: number): Promise<readonly SignalRow[]>;
  /** Forgets at most `limit` that were delivered, or not, before an instant; returns how many. */
  forgetSignals(isDelivered: boolean, before: string, limit: number): Promise<number>;
  /** Open instances that are found by a value in one of these fields, with the field that has it; at most `limit`. */
  findCorrelated(
    tenant: string,
    value: string,
    places: readonly { readonly process: string; readonly field: string }[],
    limit: number,
  ): Promise<readonly { readonly instance: string; readonly field: string }[]>;
  /** What these instances are found by; unknown ids are left out. At most 256. */
  loadCorrelations(instances: readonly string[]): Promise<readonly StoredCorrelations[]>;
}
