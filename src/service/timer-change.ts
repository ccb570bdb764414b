import type { CompiledProcess } from '../compile/types.ts';
import { nextTimer } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { NextTimer } from '../store/types.ts';

/** The row of an instance's next timer after it has changed; null: none any more; undefined: as it was. */
export function timerChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): NextTimer | null | undefined {
  if (isUntimed(from) && isUntimed(process)) return undefined;
  const isAlike =
    from === process &&
    before?.clocks === after.clocks &&
    before.calls === after.calls &&
    before.status === after.status;
  if (isAlike) return undefined;
  const last = before === null ? null : nextTimer(from, before);
  const next = nextTimer(process, after);
  if (next === null) return last === null ? undefined : null;
  if (last?.due === next.due && last.what === next.what && last.of === next.of) return undefined;
  return { due: next.due, what: next.what };
}

const isUntimed = ({ clocks, calling }: CompiledProcess): boolean => clocks.size === 0 && calling.length === 0;
