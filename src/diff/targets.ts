import type { Json } from '../json.ts';
import { compareAmounts } from './amounts.ts';
import { isList, isMembers, type Members } from './elements.ts';

/** The words of an SLA of which one says when it is due. */
export const targetWords: ReadonlySet<string> = new Set(['within', 'due', 'targets']);

/** As in the definition; neither `within` nor `due`: there is no limit. */
interface Target {
  readonly when: Json;
  readonly within: Json;
  readonly due: Json;
}

/**
 * How the times of one SLA are to those of another: less than 0, none is longer and some is shorter, whatever the
 * conditions of targets come to. Null: nobody can say.
 */
export function compareTargets(before: Members, after: Members): number | null {
  const [old, own] = [targetsOf(before), targetsOf(after)];
  const isAlike = old.length === own.length && old.every(({ when }, n) => when === own[n]?.when);
  // Of targets by other conditions any may take the place of any.
  const orders = old.flatMap((target, n) => (isAlike ? own.slice(n, n + 1) : own).map((other) => order(target, other)));
  if (!orders.every((known) => known !== null)) return null;
  const [least, most] = [Math.min(...orders), Math.max(...orders)];
  return least < 0 && most > 0 ? null : least + most;
}

function targetsOf({ within = null, due = null, targets }: Members): readonly Target[] {
  const written = isList(targets) ? targets.filter(isMembers) : [];
  if (written.length === 0) return [{ when: null, within, due }];
  const own = written.map((target) => {
    return { when: target.when ?? null, within: target.within ?? null, due: target.due ?? null };
  });
  return own.some(({ when }) => when === null) ? own : [...own, { when: null, within: null, due: null }];
}

function order(before: Target, after: Target): number | null {
  if (before.due === null && after.due === null) return compareAmounts(before.within, after.within);
  return before.due === after.due ? 0 : null;
}
