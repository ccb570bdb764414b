import type { NewCard } from './card-types.ts';
import type { NewWorkRow } from './work-types.ts';

/** All that is stored of an instance beside its document, of which no commit has said what it is; it stands at `seq`. */
export interface Filing {
  readonly instance: string;
  readonly seq: number;
  readonly work: readonly NewWorkRow[];
  readonly cards: readonly NewCard[];
}

/** Rows that follow from documents, of instances of earlier programs and of those bereft of personal values. */
export interface FilingStore {
  /** Instances whose rows are not filed yet, in order (bucket, id) after a place; at most `limit`. */
  pendingFilings(
    after: { readonly bucket: number; readonly id: string } | null,
    limit: number,
  ): Promise<readonly { readonly bucket: number; readonly id: string }[]>;
  /** Replaces the rows of instances in one transaction, of those that still stand at their `seq`; returns how many. */
  fileRows(filings: readonly Filing[]): Promise<number>;
}
