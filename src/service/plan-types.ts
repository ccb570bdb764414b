import type { MigrationEffects } from '../engine/index.ts';
import type { Place } from '../engine/types.ts';
import type { Text } from '../text.ts';

/** What becomes of an open instance: it stays, goes over, needs somebody to say where to, or cannot go. */
export type PlanKind = 'keep' | 'auto' | 'ask' | 'blocked';

/** What somebody has decided for a plan. */
export interface Choices {
  /** Steps that instances stand in, each with the step of the new version that they go on with. */
  readonly moves: Readonly<Record<string, string>>;
  /** Instances of which something else is said: that they stay, or moves of their own. */
  readonly instances: Readonly<Record<string, 'keep' | Readonly<Record<string, string>>>>;
  /** The instances that go over at all; null: every one that can. */
  readonly only: readonly string[] | null;
}

/** What `apply` is handed: what was planned, and the proof that nothing of it has changed. */
export interface Plan extends Choices {
  readonly process: string;
  readonly tenant: string;
  /** The newest version when it was made. */
  readonly base: { readonly version: number; readonly digest: string };
  /** The version that instances go over to; it need not be published while the plan is made. */
  readonly to: { readonly digest: string };
  readonly madeAt: string;
  readonly counts: Readonly<Record<PlanKind | 'open', number>>;
  /** What becomes of each open instance, and at which revision it is: 12 hexadecimal digits for each, one after the other. */
  readonly items: string;
  /** SHA-256 over all of the above. */
  readonly digest: string;
}

/** Instances of which the same becomes. */
export interface PlanGroup {
  readonly kind: PlanKind;
  readonly version: number;
  readonly from: readonly Place[];
  readonly to: readonly Place[] | null;
  readonly why: Text | null;
  readonly count: number;
  /** Of them, those that are late as soon as they go over and were not before. */
  readonly late: number;
}

export interface PlanAnswer {
  readonly plan: Plan;
  /** The largest first, at most 200. */
  readonly groups: readonly PlanGroup[];
  readonly late: number;
}

/** What becomes of one instance. */
export interface PlannedInstance {
  readonly instance: {
    readonly id: string;
    readonly key: string | null;
    readonly owner: string | null;
    readonly version: number;
    readonly revision: number;
    readonly position: readonly Place[];
  };
  readonly kind: PlanKind;
  /** Why it stays, asks or is blocked; null: it goes over. */
  readonly why: Text | null;
  /** Null where it does not go over. */
  readonly effects: MigrationEffects | null;
}

export interface PlannedPage {
  readonly instances: readonly PlannedInstance[];
  readonly next: string | null;
}

/** What one call of `apply` or `revert` has done. */
export interface PlanRun {
  /** The version that instances go over to, or from. */
  readonly version: number;
  readonly done: number;
  /** Done by an earlier call for the same plan. */
  readonly before: number;
  /** Not done, and why; at most 200 are told. */
  readonly left: readonly { readonly instance: string; readonly why: Text }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly next: string | null;
}
