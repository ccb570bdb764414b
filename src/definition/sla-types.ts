import type { Approver } from './approval-types.ts';
import type { PolicyNotes } from './types.ts';

/** How long something may take, and what happens when it takes longer. Durations are the words of the file (`2 working days`). */
export interface Sla extends PolicyNotes {
  readonly within: string | null;
  /** A date or datetime field whose value is the deadline itself. */
  readonly due: string | null;
  /** The first whose condition holds counts; empty: `within` or `due` does. */
  readonly targets: readonly SlaTarget[];
  /** A datetime field whose value starts the clock; null: what is timed begins. */
  readonly from: string | null;
  /** The calendar whose working time counts; null: that of the role that does it, or of the process. */
  readonly calendar: string | null;
  /** When to warn: a share of the time used (`80%`), or so long before it is due (`1 working day`). */
  readonly warn: readonly string[];
  /** What happens when it is late, at once; null: nothing but that it is recorded and told. */
  readonly breach: SlaEffects | null;
  /** What happens when it stays late, by rising `after`. */
  readonly escalate: readonly SlaRung[];
  /** Reasons of `hold` for which the clock stands still; `any`: whatever the reason; empty: it never does. */
  readonly pause: 'any' | readonly string[];
  /** A further round begins with the whole time, or with what the rounds before left. */
  readonly onRework: 'restart' | 'continue';
  /**
   * What an edit of the target or calendar does to clocks that run: nothing, reckon anew from their start, start anew now.
   * Nothing unless written: what was promised is not changed by words that do not say so.
   */
  readonly onChange: 'keep' | 'recalculate' | 'restart';
}

export interface SlaTarget {
  /** Null: always. */
  readonly when: string | null;
  readonly within: string | null;
  readonly due: string | null;
}

export interface SlaEffects {
  /** Who is told, beside those whom the work waits for. */
  readonly notify: readonly Approver[];
  /** A role that may then do it too, and for which it waits; null: none. */
  readonly raise: string | null;
  /** Who then owns the instance, a person; null: it stays whose it is. */
  readonly reassign: Exclude<Approver, { readonly kind: 'role' }> | null;
  /** An event that the engine then sends, as it stands; gates hold for it as for anybody. Null: none. */
  readonly do: Readonly<Record<string, string>> | null;
}

export interface SlaRung extends SlaEffects {
  /** So long after it was due. */
  readonly after: string;
}
