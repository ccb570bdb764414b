import type { AnyStateMachine } from 'xstate';
import type { Calendar, Duration, Recurrence } from '../calendar/index.ts';
import type { Approval } from '../definition/approval-types.ts';
import type { Call } from '../definition/call-types.ts';
import type { Schedule } from '../definition/schedule-types.ts';
import type { Signal } from '../definition/signal-types.ts';
import type { DecisionRule, DecisionTable } from '../definition/table-types.ts';
import type {
  Activity,
  ChildStart,
  Criterion,
  Field,
  NamedCriterion,
  Outcome,
  Phase,
  ProcessDefinition,
  Step,
} from '../definition/types.ts';
import type { Condition } from '../expr/types.ts';
import type { CompiledClock } from './clock-types.ts';

/** A definition made ready to run: immutable, shared by all instances of the version. */
export interface CompiledProcess {
  readonly definition: ProcessDefinition;
  /** SHA-256 of the canonical definition, 64 hexadecimal digits: the identity of the version. */
  readonly digest: string;
  /** The calendars that the definition names, as far as they are known, by their ids. */
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** When it starts by itself; null: somebody starts it. */
  readonly schedule: CompiledSchedule | null;
  /** What is timed, by the ids of its clocks. */
  readonly clocks: ReadonlyMap<string, CompiledClock>;
  /** Plain JSON: what `createMachine` was given. */
  readonly config: MachineConfigJson;
  readonly machine: AnyStateMachine;
  readonly access: CompiledAccess;
  /** Activities and fields that not everybody sees who sees the instance, each with the roles that do. */
  readonly guarded: {
    readonly activities: ReadonlyMap<string, readonly string[]>;
    readonly fields: ReadonlyMap<string, readonly string[]>;
  };
  readonly phases: ReadonlyMap<string, Phase>;
  /** Gates of the phases themselves, by phase. */
  readonly phaseGates: ReadonlyMap<string, CompiledGates>;
  /** In order of the definition. */
  readonly steps: ReadonlyMap<string, CompiledStep>;
  /** Those of them that start other processes. */
  readonly starting: readonly CompiledStep[];
  readonly activities: ReadonlyMap<string, CompiledActivity>;
  /** What other systems may tell its instances, by the signal's id. */
  readonly signals: ReadonlyMap<string, CompiledSignal>;
  /** Activities that rest on evidence of other processes. */
  readonly resting: readonly CompiledActivity[];
  /** Activities that services do. */
  readonly calling: readonly CompiledActivity[];
  readonly approvals: ReadonlyMap<string, CompiledApproval>;
  readonly fields: ReadonlyMap<string, Field>;
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly tables: readonly CompiledTable[];
  /** Compiled conditions by their text. */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** Which activities can supply a field (`supplies` or `may_supply`), in order of the file. */
  readonly suppliers: ReadonlyMap<string, readonly string[]>;
  /** Fields that a decision table sets, and which nobody else may. */
  readonly derived: ReadonlyMap<string, string>;
}

export interface CompiledSchedule {
  readonly schedule: Schedule;
  /** Id of the calendar whose workdays and zone count; null: it goes by none. */
  readonly calendar: string | null;
  readonly recurrence: Recurrence;
}

/** Roles that may, beside `admin`. The owner of an instance always sees it. */
export interface CompiledAccess {
  readonly see: readonly string[];
  readonly start: readonly string[];
  /** Who gives an instance another owner, beside the present one. */
  readonly assign: readonly string[];
  /** True: others than the instance's team, its owner and the roles of `across` neither see it nor act on it. */
  readonly separate: boolean;
  readonly across: readonly string[];
}

/** What must hold before entering and before leaving. */
export interface CompiledGates {
  readonly entry: readonly CompiledCriterion[];
  readonly exit: readonly CompiledCriterion[];
}

export interface CompiledStep extends CompiledGates {
  readonly step: Step;
  readonly phase: Phase;
  /** Position in the whole process, counted from 0. */
  readonly index: number;
  readonly routes: readonly CompiledRoute[];
  readonly starts: readonly CompiledChild[];
  /** Roles that move it on: its owner, else whoever sees it. */
  readonly roles: readonly string[];
  /** Roles that may skip it, where it may be skipped. */
  readonly skippers: readonly string[];
  /** Roles that see its activities; null: whoever sees the instance. */
  readonly see: readonly string[] | null;
}

/** Another process that a step starts. */
export interface CompiledChild {
  readonly child: ChildStart;
  /** Null: always. */
  readonly when: Condition | null;
}

export interface CompiledRoute {
  /** Null: always. */
  readonly when: Condition | null;
  /** A step, a phase, or `end`. */
  readonly to: string;
  /** How often it may be taken at most; null for a way forward that does not say. */
  readonly limit: number | null;
}

export interface CompiledActivity {
  readonly activity: Activity;
  readonly step: Step;
  readonly phase: Phase;
  /** Where it does not hold, the activity is not needed; null: always needed. */
  readonly when: Condition | null;
  /** Roles that may do it: its own `by`, else the owner of the step, else whoever sees it. */
  readonly roles: readonly string[];
  /** Roles that may skip it, where it may be skipped. */
  readonly skippers: readonly string[];
  /** Roles that see it; null: whoever sees the instance. */
  readonly see: readonly string[] | null;
  /** The service that does it; null: people do. */
  readonly call: CompiledCall | null;
}

export interface CompiledCall extends Pick<Call, 'service' | 'sends' | 'tries'> {
  readonly timeoutMs: number;
  readonly waitMs: number;
}

export interface CompiledSignal {
  readonly signal: Signal;
  /** The field by whose value instances are found. */
  readonly match: string;
  /** How long one that comes too early is kept; null: it is not. */
  readonly keep: Duration | null;
}

export interface CompiledApproval {
  readonly approval: Approval;
  readonly step: Step;
  readonly phase: Phase;
  readonly when: Condition | null;
  /** Fields whose change voids it. */
  readonly covers: readonly string[];
  /** What may be skipped with it, and who may; null: it is a criterion of the exit. */
  readonly skips: { readonly activity: string | null; readonly roles: readonly string[] } | null;
}

export interface CompiledTable extends Pick<DecisionTable, 'id' | 'sets' | 'hit' | 'collect'> {
  readonly rules: readonly { readonly when: Condition | null; readonly then: DecisionRule['then'] }[];
}

export interface CompiledCriterion {
  readonly named: NamedCriterion;
  readonly criterion: CriterionTree;
}

/** A criterion with its conditions compiled; same shape as {@link Criterion}. */
export type CriterionTree =
  | { readonly kind: 'condition'; readonly condition: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly CriterionTree[] }
  | { readonly kind: 'at-least'; readonly n: number; readonly of: readonly CriterionTree[] }
  | { readonly kind: 'not'; readonly of: CriterionTree };

export type { Criterion };

/** The part of an XState v5 machine config that we emit. */
export interface MachineConfigJson {
  readonly id: string;
  readonly initial: string;
  readonly on: Readonly<Record<string, MachineTransitionJson>>;
  readonly states: Readonly<Record<string, MachineStateJson>>;
}

export interface MachineStateJson {
  readonly type?: 'parallel' | 'final';
  readonly initial?: string;
  readonly description?: string;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly entry?: readonly MachineActionJson[];
  readonly exit?: readonly MachineActionJson[];
  readonly on?: Readonly<Record<string, MachineTransitionJson>>;
  readonly states?: Readonly<Record<string, MachineStateJson>>;
}

/** Several targets: one per region of a parallel phase. */
export interface MachineTransitionJson {
  readonly target: string | readonly string[];
  /** True: a state that leads to itself is left and entered again. */
  readonly reenter?: true;
  readonly actions?: readonly MachineActionJson[];
}

/** Actions come back from `transition` as data: `enter`/`leave` a step, `reach` a milestone. */
export interface MachineActionJson {
  readonly type: 'enter' | 'leave' | 'reach';
  readonly params: { readonly step?: string; readonly outcome?: string };
}

/** XState state value: where an instance stands. `closed` at the end. */
export type Marking = string | { readonly [key: string]: Marking };

/** A step and the phase it belongs to. */
export interface Place {
  readonly phase: string;
  readonly step: string;
}

/** Where a move leads, and what happened on the way, in order. */
export interface MachineMove {
  readonly marking: Marking;
  readonly actions: readonly MachineActionJson[];
}
