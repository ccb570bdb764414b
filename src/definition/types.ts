import type { Text } from '../text.ts';
import type { Approval, Manager, Substitute } from './approval-types.ts';
import type { Call } from './call-types.ts';
import type { Evidence, Shared } from './evidence-types.ts';
import type { Schedule } from './schedule-types.ts';
import type { Signal } from './signal-types.ts';
import type { Sla } from './sla-types.ts';
import type { DecisionTable } from './table-types.ts';

/**
 * A process as its owner wrote it, checked and typed: plain JSON, in the order of the file, without positions.
 * What is not written is `null`, `[]` or `false`; the canonical JSON of this value is what a version is the hash of.
 */
export interface ProcessDefinition extends Described {
  readonly process: string;
  /** The clauses of the written policy; empty: they are not listed. */
  readonly policy: readonly string[];
  /** What one instance runs, e.g. `deal`. */
  readonly subject: string;
  /** The field that is the business key: at most one open instance per value. */
  readonly key: string | null;
  /** By whose working time, and in whose zone, it is timed: the first whose condition holds; empty: none is named. */
  readonly calendar: readonly CalendarChoice[];
  /** When it starts by itself; null: somebody starts it. */
  readonly schedule: Schedule | null;
  /** How long an instance may take. */
  readonly sla: Sla | null;
  readonly roles: readonly Role[];
  readonly substitutes: readonly Substitute[];
  readonly managers: readonly Manager[];
  /** Null: every role of the process sees and starts it. */
  readonly access: Access | null;
  readonly fields: readonly Field[];
  readonly tables: readonly DecisionTable[];
  readonly outcomes: readonly Outcome[];
  /** What its instances leave behind for other processes. */
  readonly evidence: readonly Evidence[];
  /** What other systems may tell its instances. */
  readonly signals: readonly Signal[];
  readonly hold: HoldPolicy | null;
  readonly reopen: ReopenPolicy | null;
  /** Who may override criteria of a step that does not say so itself; null: nobody. */
  readonly override: OverridePolicy | null;
  /** Steps that it no longer has. */
  readonly retired: readonly RetiredStep[];
  readonly phases: readonly Phase[];
}

/** A step of an earlier version, and where instances that stand in it go. */
export interface RetiredStep {
  readonly id: string;
  readonly moveTo: string;
  readonly note: string | null;
}

/** What every element may carry beside its own words. */
export interface Described {
  readonly title: Text;
  /** The clause of the written policy that this element implements. */
  readonly source: string | null;
  /** True: the number is ours until a process owner confirms it. */
  readonly assumed: boolean;
  readonly note: string | null;
}

/** What may have had another id in earlier versions. */
export interface Renamed {
  /** The ids that it had; empty: it has had no other. */
  readonly was: readonly string[];
}

export interface Role extends Described, Renamed {
  readonly id: string;
  /** How many people hold it, where the file says so; null: any number. */
  readonly holders: number | null;
  /** Who they are, by actor id, where the file says so. Who holds it in fact is what the keys say. */
  readonly heldBy: readonly string[];
  /** The calendar by which its holders work; null: that of the process. */
  readonly calendar: string | null;
}

/** `use` names a calendar, where `when` holds; null: always. */
export interface CalendarChoice {
  readonly when: string | null;
  readonly use: string;
}

/** Who may, beside `admin`; an empty list is one that was not written. */
export interface Access {
  /** Roles that see its instances; empty: every role of the process. The owner of an instance always sees it. */
  readonly see: readonly string[];
  /** Roles that start one; empty: every role of the process. */
  readonly start: readonly string[];
  /** Roles that give an instance another owner, beside the present one. */
  readonly assign: readonly string[];
  /** `separate`: only the instance's own team, its owner and the roles of `across` see it and act on it. */
  readonly teams: 'open' | 'separate';
  readonly across: readonly string[];
}

export type FieldType =
  | 'text'
  | 'integer'
  | 'number'
  | 'percent'
  | 'money'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'choice'
  | 'list';

export interface Field extends Described, Renamed {
  readonly id: string;
  readonly type: FieldType;
  /** Smallest and largest value (money in major units), or number of items of a list; inclusive. */
  readonly min: number | null;
  readonly max: number | null;
  /** Most characters of a text (of each text in a list). */
  readonly maxLength: number;
  /** The values of a choice (or of the items of a list of choices), in order. */
  readonly choices: readonly Choice[];
  /** Item type of a list. */
  readonly items: Exclude<FieldType, 'list'> | null;
  /** ISO 4217 code of a money field. */
  readonly currency: string | null;
  /** Erasable: the history holds only a salted digest of its values. */
  readonly personal: boolean;
}

export interface Choice {
  readonly id: string;
  readonly title: Text;
}

export interface Outcome extends Described, Renamed {
  readonly id: string;
  /** Phases and steps from which `close` may reach it: all of them, those listed, or none (a milestone's outcome). */
  readonly from: 'any' | readonly string[];
  /** Reasons of which `close` must name one; empty: a free text. */
  readonly reasons: readonly Choice[];
}

export interface Phase extends Described, Renamed {
  readonly id: string;
  /** `sequence`: one step after the other; `any`: each begins when somebody enters it; `parallel`: all at once. */
  readonly order: 'sequence' | 'any' | 'parallel';
  /** When a phase whose steps run side by side is left: all that are not optional are done, or so many of them. */
  readonly join: 'all' | { readonly atLeast: number };
  readonly sla: Sla | null;
  readonly entry: Gate;
  readonly exit: Gate;
  readonly steps: readonly Step[];
}

export interface Step extends Described, Renamed {
  readonly id: string;
  /** May be skipped; `join: all` does not wait for it. */
  readonly optional: boolean;
  /** How it may be skipped though it is required; null: not at all. */
  readonly skip: SkipPolicy | null;
  /** May be done in several rounds, `max` at most; null: one. */
  readonly repeatable: { readonly max: number } | null;
  /** The role that advances the step and does its activities unless they say otherwise. */
  readonly owner: string | null;
  /** Roles that see its activities and what only they supply; empty: whoever sees the instance. */
  readonly see: readonly string[];
  readonly sla: Sla | null;
  readonly entry: Gate;
  readonly exit: Gate;
  readonly activities: readonly Activity[];
  readonly approvals: readonly Approval[];
  /** Other processes that are started with each round of the step. */
  readonly starts: readonly ChildStart[];
  /** How many of them its exit waits for. */
  readonly wait: 'all' | 'any' | 'none';
  readonly rework: Rework | null;
  /** Where the step leads: the first route whose condition holds; none: to what is written next. */
  readonly next: readonly Route[];
  /** Who may override criteria of this step; null: whom the process names. */
  readonly override: OverridePolicy | null;
  /** The outcome that is fixed when this step's exit is passed; the instance goes on. */
  readonly milestone: string | null;
  /** `auto`: the engine advances as soon as the gates are open. */
  readonly advance: 'manual' | 'auto';
}

export interface Activity extends Described, Renamed {
  readonly id: string;
  /** Roles that may do it; empty: the owner of the step. */
  readonly by: readonly string[];
  /** Roles that see it and what only it supplies; empty: as the step says. */
  readonly see: readonly string[];
  /** It is needed only where this condition holds; null: always. */
  readonly when: string | null;
  readonly optional: boolean;
  /** How it may be skipped though it is required; null: not at all. */
  readonly skip: SkipPolicy | null;
  /** May be completed again; every completion counts. */
  readonly repeatable: boolean;
  /** How many of these must be named to complete it; null for a plain tick or form. */
  readonly choices: { readonly atLeast: number; readonly of: readonly Choice[] } | null;
  /** Fields that must be known when it is complete, and fields that may be given with it. */
  readonly supplies: readonly string[];
  readonly maySupply: readonly string[];
  /** Evidence of another process that it rests on; null: none. */
  readonly shared: Shared | null;
  /** The service that does it; null: people do. */
  readonly call: Call | null;
  readonly sla: Sla | null;
  /** How often it recurs, as written (`6 months`). */
  readonly every: string | null;
}

/** Another process that a step starts. */
export interface ChildStart extends PolicyNotes {
  readonly id: string;
  readonly process: string;
  /** It is started as soon as this holds while the step is open, once a round; null: when the step is entered. */
  readonly when: string | null;
  /** Fields of the child, each with the field of ours whose value it is started with. */
  readonly with: Readonly<Record<string, string>>;
  /** What becomes of it when it is open and the step is left. */
  readonly onLeave: 'keep' | 'cancel';
}

export interface Rework {
  /** Earlier steps that work may go back to. */
  readonly to: readonly string[];
  /** Most rounds; null: no limit. */
  readonly limit: number | null;
  /** Fields that are unknown again afterwards. */
  readonly resets: readonly string[];
}

/** What a policy may carry: where it is written, and whether it is ours until a process owner confirms it. */
export interface PolicyNotes {
  readonly source: string | null;
  readonly assumed: boolean;
}

/** How a deal is put on hold; without it the owners of the open steps may, for a reason in their own words. */
export interface HoldPolicy extends PolicyNotes {
  /** Empty: the owners of the open steps. */
  readonly by: readonly string[];
  /** Reasons of which one must be named; empty: a free text. */
  readonly reasons: readonly Choice[];
}

/** How a closed deal is opened again; without it none is. */
export interface ReopenPolicy extends PolicyNotes {
  /** How long after closing, as written (`30 days`); in calendar time. */
  readonly within: string;
  readonly by: readonly string[];
  /** The step that work goes on with; null: the steps that it was closed from. */
  readonly to: string | null;
}

/** Who may let criteria count as met that are not. */
export interface OverridePolicy extends PolicyNotes {
  readonly by: readonly string[];
}

/** What skipping something required takes. */
export interface SkipPolicy extends PolicyNotes {
  /** Empty: whoever would do it. */
  readonly by: readonly string[];
  /** An approval of the step. Only skipping asks for it, never the exit. */
  readonly approval: string;
}

/** A way on from a step. */
export interface Route {
  /** Null: always. */
  readonly when: string | null;
  /** A step of a sequence, a phase, or `end`. */
  readonly to: string;
  /** How often this way may be taken at most; null: not written. */
  readonly limit: number | null;
}

/** All of these must hold. */
export type Gate = readonly NamedCriterion[];

export interface NamedCriterion {
  readonly id: string;
  /** What people are told when it does not hold. */
  readonly say: Text | null;
  readonly source: string | null;
  readonly assumed: boolean;
  readonly criterion: Criterion;
}

export type Criterion =
  | { readonly kind: 'condition'; readonly text: string }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Criterion[] }
  | { readonly kind: 'at-least'; readonly n: number; readonly of: readonly Criterion[] }
  | { readonly kind: 'not'; readonly of: Criterion };
