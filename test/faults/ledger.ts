/** What clients were told, and what must therefore be in the database for good. */
export interface Ledger {
  /** Entries that an answer named. */
  readonly acknowledged: AcknowledgedEntry[];
  /** Every request sent, answered or not, by its request id. */
  readonly requests: Map<string, SentRequest>;
  /** Requests with an idempotency key that were sent again after a crash. */
  retried: number;
  /** Those of them that had been carried out before the crash. */
  replayed: number;
}

export interface AcknowledgedEntry {
  readonly instance: string;
  readonly seq: number;
  /** Null for a refused command: its answer names the entry's number alone. */
  readonly hash: string | null;
  readonly requestId: string;
}

export interface SentRequest {
  readonly requestId: string;
  readonly path: string;
  readonly body: string;
  /** `Idempotency-Key`; null: the request is never sent twice. */
  readonly key: string | null;
  /** Null: a start. */
  readonly instance: string | null;
  answered: boolean;
}

export function openLedger(): Ledger {
  return { acknowledged: [], requests: new Map(), retried: 0, replayed: 0 };
}
