import type { EntryView } from './types.ts';

/** Which entries are looked for, across instances; null: whatever it is. */
export interface HistorySearch {
  readonly process: string | null;
  /** Who did it, or for whom it was done. */
  readonly actor: string | null;
  readonly type: string | null;
  /** Record times (ISO 8601, any zone): from one on, and before the other. */
  readonly since: string | null;
  readonly until: string | null;
  readonly accepted: boolean | null;
  readonly overridden: boolean | null;
  readonly instance: string | null;
  readonly key: string | null;
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

export interface FoundEntries {
  /** The newest first, each as `history` shows it. */
  readonly entries: readonly EntryView[];
  /** Business keys of their instances, by id; null: it has none, or has others hidden from the actor. */
  readonly keys: Readonly<Record<string, string | null>>;
  readonly next: string | null;
  /** Everything recorded since then (ISO 8601 UTC) was looked at; null: everything that there is. */
  readonly reached: string | null;
}
