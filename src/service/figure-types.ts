import type { Text } from '../text.ts';

/** What figures are asked for. */
export interface FigureQuery {
  /** A date `YYYY-MM-DD` or an instant with its offset; null: 90 days before the end. */
  readonly since: string | null;
  /** Likewise; of a date the whole day counts. Null: until now. */
  readonly until: string | null;
  /** Instances on this version alone; null: on any. */
  readonly version: number | null;
}

/** The figures of a process in a period. Days are numbers of 24 hours; amounts integer minor units of their currency. */
export interface Figures extends FigurePeriod {
  readonly process: string;
  readonly version: number | null;
  /** False: instances of an earlier program are still being counted. */
  readonly complete: boolean;
  readonly funnel: readonly FunnelStep[];
  readonly days: readonly StepDays[];
  readonly slas: readonly SlaKept[];
  readonly refusals: readonly RefusedFor[];
  /** The field that says what an instance is worth; null: there is none, or the actor may not see it. */
  readonly amount: Named | null;
  readonly outcomes: readonly OutcomeFigure[];
  readonly series: Series;
}

export interface FigurePeriod {
  /** Instants: from the first on, until before the second. */
  readonly since: string;
  readonly until: string;
  /** The zone of the process: where its days begin and end. */
  readonly zone: string;
}

export interface Named {
  readonly id: string;
  readonly title: Text;
}

/** A step; `phase` null: only other versions have it. */
export interface StepName {
  readonly phase: string | null;
  readonly step: string;
  readonly title: Text;
}

/** Rounds of a step that were entered in the period, and what has become of each by now. */
export interface FunnelStep extends StepName {
  readonly entered: number;
  readonly onward: number;
  readonly sentBack: number;
  readonly closed: number;
  readonly open: number;
  /** Of those that are no longer open, the share that went onward, from 0 to 1; null: none has ended. */
  readonly conversion: number | null;
}

/** How long the rounds took that ended in the period. */
export interface StepDays extends StepName {
  readonly rounds: number;
  readonly p50: number;
  readonly p90: number;
  /** On average, of the rounds of which it is known how they were spent; null: of none. */
  readonly spent: {
    readonly rounds: number;
    readonly working: number;
    readonly waiting: number;
    readonly paused: number;
  } | null;
}

export interface SlaKept {
  readonly clock: string;
  readonly title: Text;
  readonly inTime: number;
  readonly late: number;
  readonly runningLate: number;
  /** In time of all three, from 0 to 1. */
  readonly kept: number;
}

export interface RefusedFor {
  readonly step: StepName | null;
  readonly gate: string;
  readonly criterion: string;
  readonly title: Text;
  /** The clause of the policy. */
  readonly source: string | null;
  readonly refusals: number;
  readonly instances: number;
}

export interface Amount {
  readonly currency: string;
  readonly amount: number;
  /** Of how many instances it is the sum. */
  readonly instances: number;
}

export interface OutcomeFigure {
  /** Null: closed without any. */
  readonly outcome: string | null;
  readonly title: Text;
  /** `reached`: by passing a milestone; `closed`: by being closed with it. */
  readonly kind: 'reached' | 'closed';
  readonly instances: number;
  readonly amounts: readonly Amount[];
  /** By the reasons that the outcome lists; null: none of them. */
  readonly reasons: readonly {
    readonly reason: string | null;
    readonly title: Text;
    readonly instances: number;
    readonly amounts: readonly Amount[];
  }[];
}

export interface Series {
  readonly every: 'day' | 'week' | 'month';
  readonly parts: readonly {
    readonly since: string;
    readonly until: string;
    readonly started: number;
    readonly ended: readonly { readonly outcome: string | null; readonly instances: number }[];
  }[];
}

export const figureNames = [
  'entered',
  'onward',
  'sent-back',
  'closed-there',
  'open',
  'ended-rounds',
  'in-time',
  'late',
  'running-late',
  'refused',
  'started',
  'ended',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Which figure's instances are asked for; `-` stands for none. */
export interface FigureInstancesQuery extends FigureQuery {
  /** `next` of the page before; null: the first page. */
  readonly cursor: string | null;
  readonly limit: number;
  readonly figure: FigureName;
  readonly step: string | null;
  readonly clock: string | null;
  readonly gate: string | null;
  readonly criterion: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
}
