/** Where an entry stands, and when it was recorded (ISO 8601 UTC). */
export interface RecordedPlace {
  readonly recordedAt: string;
  readonly instance: string;
  readonly seq: number;
}

/** Entries of a tenant recorded after one instant, up to and with another, by their times. */
export interface RecordedQuery {
  readonly tenant: string;
  readonly from: string;
  readonly to: string;
  readonly order: 'asc' | 'desc';
  /** Go on behind this one, in the same order; null: begin. */
  readonly after: RecordedPlace | null;
  readonly limit: number;
}

export interface RecordedStore {
  /** Places of entries, whatever instance they are of, without their texts. */
  recordedEntries(query: RecordedQuery): Promise<readonly RecordedPlace[]>;
}
