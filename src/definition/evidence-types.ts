import type { Described } from './types.ts';

/** What an instance leaves behind for other processes when it reaches an outcome. */
export interface Evidence extends Described {
  readonly id: string;
  /** The outcome that it comes into being with, and is withdrawn with. */
  readonly on: string;
  readonly valid: {
    /** How long, as written (`3 months`); null: `until` says it. */
    readonly for: string | null;
    /** The field whose day is the last one. */
    readonly until: string | null;
    /** The field whose day is the first one; null: the day on which the outcome is reached. */
    readonly from: string | null;
  };
  /** Fields whose values say what it holds for; none: everything. */
  readonly scope: readonly string[];
}

/** The evidence that an activity rests on. */
export interface Shared {
  /** `<process>/<evidence>`. */
  readonly evidence: string;
  /** For each scope field of the evidence the own field that has its value. */
  readonly scope: readonly { readonly field: string; readonly from: string }[];
}
