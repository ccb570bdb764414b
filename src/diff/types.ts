import type { Json } from '../json.ts';
import type { Text } from '../text.ts';

export const elementKinds = [
  'process',
  'role',
  'field',
  'table',
  'outcome',
  'evidence',
  'signal',
  'retired',
  'phase',
  'step',
  'criterion',
  'activity',
  'approval',
  'child',
] as const;
export type ElementKind = (typeof elementKinds)[number];

/** What has become of an element; `changed`: one of its words says something else. */
export const changeKinds = ['added', 'removed', 'renamed', 'moved', 'changed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What a change is about. */
export const topics = ['element', 'gate', 'sla', 'role', 'approval', 'table', 'field', 'course', 'text'] as const;
export type Topic = (typeof topics)[number];

/**
 * `tightened`: whatever was let through, or in time, before and is not now; `loosened`: the other way round; `text`: for
 * readers alone; `neutral`: neither can be told.
 */
export const effects = ['tightened', 'loosened', 'neutral', 'text'] as const;
export type Effect = (typeof effects)[number];

/** One difference of two versions of a process. */
export interface Change {
  readonly kind: ChangeKind;
  readonly topic: Topic;
  readonly effect: Effect;
  /** The element, as the newer version has it; where that has it no more, as the older one had it. */
  readonly element: ElementKind;
  readonly id: string;
  /** Where it is written: keys from the top of the file. */
  readonly path: string;
  /** The word of it that differs; null: the element itself. */
  readonly word: string | null;
  readonly summary: Text;
  /** What it was and what it is; null where there is nothing. */
  readonly before: Json;
  readonly after: Json;
  /** The lines in both files, from 1, where they are known. */
  readonly line: { readonly before: number | null; readonly after: number | null };
}

export interface Diff {
  /** How many changes there are of each kind and with each effect. */
  readonly counts: Readonly<Record<ChangeKind | Effect, number>>;
  /** In the order of the newer file, what is gone at the end of its kind. */
  readonly changes: readonly Change[];
  /** How many more there are. */
  readonly left: number;
}
