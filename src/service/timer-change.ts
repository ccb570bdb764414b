import type { CompiledProcess } from '../compile/types.ts';
import { nextTimer } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { NextTimer } from '../store/types.ts';

/** The row of an instance's next timer after it has changed; null: none any more; undefined: as it was. */
export function timerChange(
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): NextTimer | null | undefined {
  if (process.clocks.size === 0 && process.calling.length === 0) return undefined;
  const isAlike = before?.clocks === after.clocks && before.calls === after.calls && before.status === after.status;
  if (isAlike) return undefined;
  const last = before === null ? null : nextTimer(process, before);
  const next = nextTimer(process, after);
  if (next === null) return last === null ? undefined : null;
  if (last?.due === next.due && last.what === next.what && last.of === next.of) return undefined;
  return { due: next.due, what: next.what };
}
