import type { RecordedPlace } from './recorded-types.ts';
import type { HistoryPlace, Sight } from './types.ts';

/** What an entry is looked for by. */
export interface Sought {
  readonly type: string;
  readonly actor: string;
  /** Who acted for the actor; null: nobody. */
  readonly via: string | null;
  readonly accepted: boolean;
  /** It is an override, or was let through by one. */
  readonly overridden: boolean;
}

/** Entries of a tenant that were recorded within bounds, the newest first; null: whatever it is. */
export interface SoughtQuery {
  readonly tenant: string;
  /** Whose instances; null: everybody's. */
  readonly sight: Sight | null;
  /** Of these alone (at most 50). */
  readonly instances: readonly string[] | null;
  readonly process: string | null;
  /** Finds what somebody did for the actor, and what the actor did for somebody, too. */
  readonly actor: string | null;
  readonly type: string | null;
  readonly accepted: boolean | null;
  readonly overridden: boolean | null;
  /** Record times (ISO 8601 UTC): from this one on. */
  readonly from: string | null;
  /** Before this one. */
  readonly to: string | null;
  /** Go on behind this one; null: begin. */
  readonly after: RecordedPlace | null;
  /** Look back as far as this one, and with it; null: to the beginning. */
  readonly back: RecordedPlace | null;
  readonly limit: number;
}

/** What an entry is looked for by, as it is stored. */
export interface FoundSought extends Sought {
  readonly instance: string;
  readonly seq: number;
  readonly process: string;
}

export interface SoughtStore {
  /** The rows of these entries, for verifying; what none is found by is left out. At most 256. */
  loadSought(places: readonly Pick<HistoryPlace, 'instance' | 'seq'>[]): Promise<readonly FoundSought[]>;

  seekEntries(query: SoughtQuery): Promise<readonly RecordedPlace[]>;
  /** The last of the next `rows` entries, whatever they say: so far a search looks at once. Null: there are fewer. */
  seekReach(
    query: Pick<SoughtQuery, 'tenant' | 'from' | 'to' | 'after'> & { readonly rows: number },
  ): Promise<RecordedPlace | null>;
}
