import type { CompiledProcess } from '../compile/types.ts';
import { type Wait, waitsAlike, waitsOf } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { WorkChange } from '../store/types.ts';

const UNCHANGED: WorkChange = { gone: [], listed: [] };

/** Of instances that changed lately: what comes of them is held against it next. */
const known = new WeakMap<Instance, readonly Wait[]>();

/** What of the list of work is other after an instance of `from` has become one of `process`; `before` null: it is new. */
export function workChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): WorkChange {
  if (before === null) return { gone: [], listed: waitsOf(process, after) };
  // Owner and team stand in every row.
  const isKept = before.team === after.team && before.owner === after.owner;
  if (isKept && from === process && waitsAlike(process, before, after)) return UNCHANGED;
  const last = known.get(before) ?? waitsOf(from, before);
  const now = waitsOf(process, after);
  known.set(after, now);
  const listed = now.filter((wait) => {
    const found = last.find((other) => isSame(other, wait));
    return !isKept || found === undefined || found.since !== wait.since || found.due !== wait.due;
  });
  return { gone: last.filter((wait) => !now.some((other) => isSame(other, wait))), listed };
}

function isSame(one: Wait, other: Wait): boolean {
  return one.step === other.step && one.who === other.who;
}
