import type { CompiledProcess } from '../compile/types.ts';
import type { ClockEnd } from './clock-types.ts';
import type { Instance } from './types.ts';

/** One round of a clock that is or was due. Instants are event times. */
export interface Deadline {
  /** `process`, `phase/<id>`, `step/<id>`, `activity/<id>`, `approval/<id>`. */
  readonly clock: string;
  readonly round: number;
  readonly due: string;
  /** Null, as `how`: it runs. */
  readonly endedAt: string | null;
  readonly how: ClockEnd['how'] | null;
}

/**
 * When what the version times was due, and when it ended: what runs, and the last 10 rounds before it of each. A round that was
 * taken back and begun again counts once, as it went the last time. `ids`: of these clocks alone.
 */
export function deadlinesOf(
  { clocks }: CompiledProcess,
  instance: Instance,
  ids: Iterable<string> = clocks.keys(),
): readonly Deadline[] {
  const found = new Map<string, Deadline>();
  const add = (deadline: Deadline) => found.set(`${deadline.clock} ${deadline.round}`, deadline);
  for (const clock of ids) {
    const record = instance.clocks[clock];
    if (record === undefined || !clocks.has(clock)) continue;
    for (const { round, due, endedAt, how } of record.earlier)
      if (due !== null) add({ clock, round, due, endedAt, how });
    const { round, due, ended } = record;
    if (due !== null) add({ clock, round, due, endedAt: ended?.at ?? null, how: ended?.how ?? null });
  }
  return [...found.values()];
}
