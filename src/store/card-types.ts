import type { Sight } from './types.ts';

/** What a board shows of an open instance in one of the places that it stands in. */
export interface NewCard {
  /** Counts the places that it stands in, from 0. A deal that moves on from its only place keeps the row. */
  readonly slot: number;
  readonly phase: string;
  /** Empty while no step of the phase is open. */
  readonly step: string;
  /** It stands in other places too. */
  readonly shared: boolean;
  readonly class: string | null;
  /** Integer minor units. */
  readonly amount: { readonly amount: number; readonly currency: string } | null;
  /** How the deadline stands that comes first there, but for whether it is late, and when it is due; null: never. */
  readonly clock: 'none' | 'running' | 'warned' | 'paused';
  readonly due: string | null;
  /** What a search looks in, in lower case. */
  readonly words: string;
}

/** What has become of the cards of an instance. */
export interface CardChange {
  /** Those from this slot on; null: none. */
  readonly gone: number | null;
  /** New, or other than they were. Version, owner and team stand in every row: when they change, all are listed. */
  readonly listed: readonly NewCard[];
}

/** `soon`: somebody was told that it is near. `none`: there is none, or it has not begun. */
export type DeadlineState = 'late' | 'soon' | 'running' | 'paused' | 'none';

/** Which cards are wanted; null: whatever it is. */
export interface CardFilter {
  readonly class: string | null;
  /** How the deadline stands at `now`. */
  readonly deadline: DeadlineState | null;
  /** A part of what a search looks in, in lower case. */
  readonly text: string | null;
  readonly now: string;
}

/**
 * Which instances of one process an actor may see, whichever of these holds: those of the owner, all on some versions, and
 * the team's own on others.
 */
export interface CardSight extends Pick<Sight, 'owner'> {
  readonly versions: readonly number[];
  readonly team: { readonly name: string; readonly versions: readonly number[] } | null;
}

/** Open instances of a process; `sight` null: all of the tenant. */
export interface CardQuery {
  readonly tenant: string;
  readonly process: string;
  readonly version: number | null;
  readonly owner: string | null;
  readonly filter: CardFilter;
  readonly sight: CardSight | null;
}

export interface MoneySum {
  readonly currency: string;
  /** Integer minor units; beyond 2^53 the nearest number that there is. */
  readonly amount: number;
}

export interface CardCount {
  readonly open: number;
  /** By currency, in its order. */
  readonly sums: readonly MoneySum[];
}

export interface PlaceCount extends CardCount {
  readonly phase: string;
  readonly step: string;
}

export interface CardCounts {
  /** In order of phase and step. */
  readonly places: readonly PlaceCount[];
  /** Each instance once, in however many places it stands. */
  readonly total: CardCount;
}

/** The cards of one instance as they are stored. */
export interface StoredCards {
  readonly instance: string;
  /** The instance's `seq` when it was read. */
  readonly seq: number;
  /** Not filed yet: the rows do not say everything. */
  readonly isPending: boolean;
  readonly rows: readonly StoredCard[];
}

export interface StoredCard extends NewCard {
  /** Whether tenant, process, version, owner and team in it are those of its instance. */
  readonly isOwn: boolean;
}

/** What every database does with cards. */
export interface CardStore {
  /** How many there are in each place, and what their amounts come to. */
  countCards(query: CardQuery): Promise<CardCounts>;
  /** The rows of these instances; unknown ids are left out. At most 256. */
  loadCards(instances: readonly string[]): Promise<readonly StoredCards[]>;
}
