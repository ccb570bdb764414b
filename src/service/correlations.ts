import type { CompiledProcess } from '../compile/types.ts';
import { type Correlation, correlationsOf } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import type { CorrelationChange } from '../store/types.ts';

const UNCHANGED: CorrelationChange = { gone: [], found: [] };

/** What of the values that signals find an instance by is other after it has changed; `before` null: it is new. */
export function correlationChange(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): CorrelationChange {
  if (from.signals.size === 0 && process.signals.size === 0) return UNCHANGED;
  if (from === process && before?.fields === after.fields && before.status === after.status) return UNCHANGED;
  const last = before === null ? [] : correlationsOf(from, before);
  const now = correlationsOf(process, after);
  const lacks = (list: readonly Correlation[]) => (one: Correlation) =>
    !list.some(({ field, value }) => field === one.field && value === one.value);
  return { gone: last.filter(lacks(now)), found: now.filter(lacks(last)) };
}

/** The values of which signals may be kept that an instance takes now and did not before. */
export function awaitedValues(
  from: CompiledProcess,
  process: CompiledProcess,
  before: Instance | null,
  after: Instance,
): readonly string[] {
  const { signals } = process;
  if (signals.size === 0 || ![...signals.values()].some(({ keep }) => keep !== null)) return NONE;
  const isMoved = from !== process || before?.steps !== after.steps || before?.status !== after.status;
  const { found } = correlationChange(from, process, before, after);
  return (isMoved ? correlationsOf(process, after) : found).map(({ value }) => value);
}

const NONE: readonly string[] = [];
