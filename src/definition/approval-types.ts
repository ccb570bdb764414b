import type { Sla } from './sla-types.ts';
import type { Described, Renamed } from './types.ts';

/** Somebody must agree before a step is left. */
export interface Approval extends Described, Renamed {
  readonly id: string;
  /** It is needed only while this holds; null: always. */
  readonly when: string | null;
  /** The money, percent or number field that chooses the band; null: there is one band. */
  readonly of: string | null;
  /** At least one, by rising limit; the first that fits says who approves. */
  readonly bands: readonly ApprovalBand[];
  readonly exclude: readonly Exclusion[];
  /** Fields whose change voids it, as written; empty: those that `when` and `of` read. */
  readonly voidsOn: readonly string[];
  /** How long a decision may take, from the request on. */
  readonly sla: Sla | null;
}

export interface ApprovalBand {
  /** Largest value of the band, inclusive, money in major units; null: no limit. */
  readonly upTo: number | null;
  /** In the order written; no two are the same. */
  readonly by: readonly Approver[];
  /** `any`: the first decision counts; `all`: each must agree; `at-least`: `n` of them. */
  readonly mode: 'any' | 'all' | 'at-least';
  /** How many of `by` must agree. */
  readonly n: number;
  /** `parallel`: all are asked at once; `sequence`: one after the other, in the order written. */
  readonly order: 'parallel' | 'sequence';
}

/** Whoever holds a role, a person by actor id, or the person whom the process names as the owner's manager. */
export type Approver =
  | { readonly kind: 'role' | 'actor'; readonly id: string }
  | { readonly kind: 'manager-of'; readonly id: 'owner' };

/** Who may not approve: whoever asked for it, whoever has already agreed to the same request. */
export type Exclusion = 'requester' | 'earlier-approvers';

/** Somebody who decides approvals for somebody else, on whole days (`YYYY-MM-DD`, UTC+8), both ends included. */
export interface Substitute {
  readonly for: string;
  readonly by: string;
  readonly from: string;
  readonly until: string;
}

/** Who manages whom, by actor id. */
export interface Manager {
  readonly of: string;
  readonly is: string;
}
