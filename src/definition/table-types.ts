import type { Described } from './types.ts';

/** Sets a field by its rules; read again whenever a fact changes. */
export interface DecisionTable extends Described {
  readonly id: string;
  readonly sets: string;
  /**
   * Which rules decide: `first`, the first that holds; `unique`, the one that holds, for there is never a second; `all`,
   * every one that holds, put together by `collect`.
   */
  readonly hit: 'first' | 'unique' | 'all';
  /** What is made of the values of all rules that hold; null unless `hit` is `all`. */
  readonly collect: Collect | null;
  readonly rules: readonly DecisionRule[];
}

/** `count`: how many rules hold; `list`: their values, each once, in the order of the rules. */
export type Collect = 'sum' | 'max' | 'min' | 'count' | 'list';

export interface DecisionRule {
  /** Null: it always holds. */
  readonly when: string | null;
  /** Null where rules are only counted. */
  readonly then: string | number | boolean | null;
  readonly assumed: boolean;
}
