import type { Text } from '../text.ts';

/** Kleene's three values: `unknown` because a fact that the condition reads is not there. */
export type Verdict = 'met' | 'not-met' | 'unknown';

/** Types that conditions know. Money is read in major units (`budget >= 100000` means CNY 100,000). */
export type ExprType = 'text' | 'number' | 'boolean' | 'time' | 'text-list' | 'number-list';

/** What a field's value looks like to a condition: times as epoch milliseconds' `Date`. */
export type Fact = string | number | boolean | Date | readonly string[] | readonly number[];

/** The value of a field, or undefined where it is unknown (missing and null alike). */
export type Facts = (field: string) => Fact | undefined;

/** The verdict with its reasons: one node per `&&`, `||`, `!`, `?:` and comparison. */
export interface Explanation {
  readonly kind: 'all' | 'any' | 'not' | 'if' | 'condition';
  /** The source text of this part. */
  readonly text: string;
  readonly verdict: Verdict;
  /** Fields this part reads (leaves only; inner nodes leave it empty). */
  readonly reads: readonly string[];
  /** Fields it would need to be known (leaves only). */
  readonly missing: readonly string[];
  readonly of: readonly Explanation[];
}

export interface Condition {
  readonly text: string;
  /** Every field it reads, in order of first appearance. */
  readonly reads: readonly string[];
  /** Total: never throws, whatever the facts. */
  explain(facts: Facts): Explanation;
}

/** A part of the text (0-based offset and length) and what to write in its place. */
export interface ConditionFix {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** Where in the text (0-based offset and length) a condition is wrong. */
export interface ConditionError {
  readonly code:
    | 'condition-syntax'
    | 'condition-type'
    | 'condition-unknown-field'
    | 'condition-unknown-value'
    | 'condition-forbidden'
    | 'condition-too-large';
  readonly offset: number;
  readonly length: number;
  readonly message: Text;
  readonly remedy: Text;
  /** The remedy carried out, where no more than a word has to be changed for it. */
  readonly fix: ConditionFix | null;
}

/** What a condition may read: the fields with their types and, where a field has a closed set of values, these. */
export interface Vocabulary {
  readonly types: ReadonlyMap<string, ExprType>;
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

export type CompiledCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly errors: readonly ConditionError[] };
