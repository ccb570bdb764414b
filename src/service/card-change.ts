import type { CompiledProcess } from '../compile/types.ts';
import { type Card, cardsAlike, cardsOf } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { CardChange } from '../store/types.ts';

const UNCHANGED: CardChange = { gone: null, listed: [] };

/** Of instances that changed lately: what comes of them is held against it next. */
const known = new WeakMap<Instance, readonly Card[]>();

/** What of the cards is other after an instance of `from` has become one of `process`; `before` null: it is new. */
export function cardChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): CardChange {
  if (before === null) return { gone: null, listed: cardsOf(process, after) };
  // Owner, team and version stand in every row.
  const isKept = from === process && before.team === after.team && before.owner === after.owner;
  if (isKept && cardsAlike(process, before, after)) {
    const last = known.get(before);
    if (last !== undefined) known.set(after, last);
    return UNCHANGED;
  }
  const last = known.get(before) ?? cardsOf(from, before);
  const now = cardsOf(process, after);
  known.set(after, now);
  return {
    gone: now.length < last.length ? now.length : null,
    listed: now.filter((card) => !isKept || !last.some((other) => isSame(other, card))),
  };
}

/** The same row in the table. */
export function isSame(one: Card, other: Card): boolean {
  return (
    one.slot === other.slot &&
    one.step === other.step &&
    one.phase === other.phase &&
    one.shared === other.shared &&
    one.class === other.class &&
    one.amount?.amount === other.amount?.amount &&
    one.amount?.currency === other.amount?.currency &&
    one.clock === other.clock &&
    one.due === other.due &&
    one.words === other.words
  );
}
