import type { Described } from './types.ts';

/** What another system may tell an instance that it knows by a value, not by its id. */
export interface Signal extends Described {
  readonly id: string;
  /** The field by whose value instances are found; null: the business key. */
  readonly match: string | null;
  /** How long one that comes too early is kept, as written (`30 days`), in calendar time; null: it is not. */
  readonly keep: string | null;
  /** Roles that may send it, beside `admin`. */
  readonly from: readonly string[];
  /** The activity that it completes; null: it sets fields. */
  readonly completes: string | null;
  /** Fields that its data may give; empty where it completes an activity. */
  readonly sets: readonly string[];
}
