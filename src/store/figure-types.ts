/** One round of a step, as figures count it. Instants are event times, spans whole seconds. */
export interface NewStayRow {
  readonly step: string;
  readonly round: number;
  readonly enteredAt: string;
  readonly leftAt: string | null;
  /** How it ended; null: it is open; `void`: the instance no longer says that it was. */
  readonly ended: string | null;
  readonly elapsed: number | null;
  readonly waiting: number | null;
  readonly paused: number | null;
}

/** One round of a clock that is or was due. */
export interface NewDeadlineRow {
  readonly clock: string;
  readonly round: number;
  readonly due: string;
  readonly endedAt: string | null;
  /** How it ended; null: it runs; `void`: the instance no longer says that it was. */
  readonly how: string | null;
}

/** What has become of an instance; `at` null: nothing yet, or nothing any more. */
export interface NewEndingRow {
  readonly at: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  /** Integer minor units of the currency. */
  readonly amount: number | null;
  readonly currency: string | null;
}

/** One criterion that a refusal gave. */
export interface NewTurnedDownRow {
  readonly seq: number;
  readonly at: string;
  readonly version: number;
  readonly step: string | null;
  readonly gate: string;
  readonly criterion: string;
}

/** What of the rows that figures are counted from is other than it was. */
export interface FigureChange {
  readonly stays: readonly NewStayRow[];
  readonly deadlines: readonly NewDeadlineRow[];
  /** Absent: as it was. */
  readonly ending?: NewEndingRow;
  readonly turnedDown: readonly NewTurnedDownRow[];
}

/** All rows of an instance that stands at `seq`. */
export interface FigureFiling extends FigureChange {
  readonly instance: string;
  readonly seq: number;
}

/** Which instances count; `versions` null: whatever version they are on. */
export interface FigureScope {
  readonly tenant: string;
  readonly process: string;
  readonly versions: readonly number[] | null;
  /** What the caller may see; null: everything of the tenant. */
  readonly sight: VersionSight | null;
}

/** Instances of one process that an actor may see, whichever of these holds. */
export interface VersionSight {
  /** Those of this owner. */
  readonly owner: string;
  /** Those on these versions. */
  readonly versions: readonly number[];
  /** Those of the team on these versions. */
  readonly team: { readonly name: string; readonly versions: readonly number[] } | null;
}

/** From an instant on, until before another. */
export interface Span {
  readonly since: string;
  readonly until: string;
}

export interface FunnelCount {
  readonly step: string;
  readonly ended: string | null;
  readonly rounds: number;
}

/** Of the rounds of a step that ended. Spans are seconds; percentiles by nearest rank. */
export interface StayCount {
  readonly step: string;
  readonly rounds: number;
  readonly p50: number;
  readonly p90: number;
  /** Of how many it is known how they were spent, and how long these were in all. */
  readonly known: number;
  readonly elapsed: number;
  readonly waiting: number;
  readonly paused: number;
}

export interface DeadlineCount {
  readonly clock: string;
  readonly inTime: number;
  readonly late: number;
  readonly runningLate: number;
}

export interface TurnedDownCount {
  readonly step: string | null;
  readonly gate: string;
  readonly criterion: string;
  /** The newest version that refused for it. */
  readonly version: number;
  readonly refusals: number;
  readonly instances: number;
}

export interface EndingCount {
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly currency: string | null;
  readonly instances: number;
  /** Of how many the amount is known, and told; the sum in integer minor units. */
  readonly known: number;
  readonly amount: number;
}

export interface SeriesCount {
  /** Which part of the period, counted from 0. */
  readonly part: number;
  readonly what: 'started' | 'ended';
  readonly outcome: string | null;
  readonly instances: number;
}

/** The instances behind one figure. */
export type FigurePick =
  /** Rounds entered in the period; `ended` null: however they ended, a null among them: still open. */
  | { readonly of: 'entered'; readonly step: string; readonly ended: readonly (string | null)[] | null }
  /** Rounds that ended in the period. */
  | { readonly of: 'left'; readonly step: string }
  | { readonly of: 'deadline'; readonly clock: string; readonly state: 'in-time' | 'late' | 'running-late' }
  | { readonly of: 'refused'; readonly step: string | null; readonly gate: string; readonly criterion: string }
  | { readonly of: 'started' }
  /** Undefined: any; null: none. */
  | { readonly of: 'ended'; readonly outcome: string | null | undefined; readonly reason: string | null | undefined };

export interface FigureStore {
  countFunnel(scope: FigureScope, span: Span): Promise<readonly FunnelCount[]>;
  countStays(scope: FigureScope, span: Span): Promise<readonly StayCount[]>;
  countDeadlines(scope: FigureScope, span: Span, now: string): Promise<readonly DeadlineCount[]>;
  countTurnedDown(scope: FigureScope, span: Span): Promise<readonly TurnedDownCount[]>;
  /** `amounts`: the versions of whose instances the amount is told; null: of all. */
  countEndings(scope: FigureScope, span: Span, amounts: readonly number[] | null): Promise<readonly EndingCount[]>;
  /** `starts`: where each part of the period begins, ascending; at most 100. */
  countSeries(scope: FigureScope, span: Span, starts: readonly string[]): Promise<readonly SeriesCount[]>;
  /** Ids in order of creation after one; at most `limit`. */
  pickInstances(
    scope: FigureScope,
    span: Span,
    pick: FigurePick,
    page: { readonly now: string; readonly after: string | null; readonly limit: number },
  ): Promise<readonly string[]>;
  /** Whether instances of the tenant's process are still to be filed. */
  lacksFigures(tenant: string, process: string): Promise<boolean>;
  /** Instances of earlier programs whose rows are not filed yet, in order (bucket, id) after a place; at most `limit`. */
  pendingFigures(
    after: { readonly bucket: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly { readonly bucket: number; readonly id: string }[]>;
  /** Replaces the rows of instances, of those that still stand at their `seq`, in one transaction; returns how many. */
  fileFigures(filings: readonly FigureFiling[]): Promise<number>;
}
