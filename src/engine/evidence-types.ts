import type { Json } from '../json.ts';

/** Evidence that an instance produced with an outcome, as its own record keeps it: the last of each. */
export interface EvidenceRecord {
  /** Values of its scope fields; none: it holds for everything. */
  readonly scope: Readonly<Record<string, Json>>;
  /** First and last valid day, `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly validTo: string;
  /** Who reached the outcome, and when (event time). */
  readonly by: string;
  readonly at: string;
  readonly recordedAt: string;
  /** History entry that produced it. */
  readonly seq: number;
  /** The entry that took its outcome back; null: it stands. */
  readonly withdrawn: { readonly seq: number; readonly by: string; readonly at: string } | null;
}

/** Evidence as others find it. */
export interface FoundEvidence {
  /** The instance that produced it. */
  readonly instance: string;
  readonly validFrom: string;
  readonly validTo: string;
}

/**
 * What stands of `<process>/<evidence>` for a scope ({@link scopeText}): at least what is valid for longest of what has
 * begun, and what begins next.
 */
export type EvidenceOf = (name: string, scope: string) => readonly FoundEvidence[];

/** What an activity rests on, as it stands. */
export interface EvidenceState {
  /** `<process>/<evidence>`. */
  readonly evidence: string;
  /** The scope looked for; null: that value is not known. */
  readonly scope: Readonly<Record<string, Json>>;
  readonly state: 'valid' | 'expired' | 'upcoming' | 'none' | 'unknown';
  /** The instance that produced it, its first and last valid day; null where there is none. */
  readonly instance: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}
