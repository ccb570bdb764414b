import type { CompiledProcess } from '../compile/types.ts';
import type { Mapping } from '../diff/index.ts';
import type { ClockChange } from './clock-types.ts';
import type { Instance, Place } from './instance-types.ts';

/** Another version that instances go over to. */
export interface Migration {
  readonly process: CompiledProcess;
  /** Null while it is not published. */
  readonly version: number | null;
  readonly mapping: Mapping;
  /** Steps that instances stand in, each with the step of the other version that they go on with, where somebody has said so. */
  readonly moves: Readonly<Record<string, string>>;
}

/** Records of an instance that a migration may replace. */
export const MIGRATED_RECORDS = [
  'steps',
  'rounds',
  'activities',
  'fields',
  'approvals',
  'children',
  'overrides',
  'clocks',
  'calls',
] as const;

export type MigratedRecords = Pick<Instance, (typeof MIGRATED_RECORDS)[number]>;

/** The last migration of an instance, and what it takes to take it back. */
export interface MigrationRecord {
  /** Digest of the plan that it followed; null: none. */
  readonly plan: string | null;
  readonly seq: number;
  /** Revision before it, and after it with what the engine did then by itself. */
  readonly revision: { readonly from: number; readonly to: number };
  readonly from: { readonly version: number; readonly digest: string };
  /** As the plan said. */
  readonly moves: Readonly<Record<string, string>>;
  readonly before: Pick<Instance, 'marking' | 'outcome' | 'key' | 'lastMove'> & {
    /** The migration before it, which can no longer be taken back. */
    readonly migration: MigrationRecord | null;
    /** Records that it changed, as they were. Personal values are not kept here. */
    readonly records: MigratedRecords;
    /** Ids of those that it made. */
    readonly added: { readonly [Name in keyof MigratedRecords]?: readonly string[] };
  };
}

/** What a migration would do to one instance. */
export interface MigrationEffects {
  readonly position: { readonly from: readonly Place[]; readonly to: readonly Place[] };
  readonly status: { readonly from: Instance['status']; readonly to: Instance['status'] };
  readonly outcome: { readonly from: string | null; readonly to: string | null };
  /** Steps that it enters anew, and steps of the version before that it leaves. */
  readonly entered: readonly string[];
  readonly left: readonly string[];
  /** What the exits of the open steps ask more than before, and what they ask no longer, by id. */
  readonly required: readonly Required[];
  readonly released: readonly Required[];
  /** Criteria whose verdict is another. */
  readonly verdicts: readonly {
    readonly id: string;
    readonly of: string;
    readonly from: string;
    readonly to: string;
  }[];
  /** Approvals that no longer cover what was asked about. */
  readonly voided: readonly string[];
  /** Values that a decision table now gives. */
  readonly fields: readonly string[];
  readonly clocks: readonly (ClockChange & {
    /** It is past its deadline as soon as it goes over, and was not before. */
    readonly late: boolean;
  })[];
}

/** One thing that an exit asks: an activity to be done, a criterion to hold, an approval to be given. */
export interface Required {
  readonly kind: 'activity' | 'criterion' | 'approval';
  readonly id: string;
  /** The step or phase. */
  readonly of: string;
}
