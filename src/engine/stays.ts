import type { CompiledProcess } from '../compile/types.ts';
import { roundsOf } from './rounds.ts';
import { spentIn } from './times.ts';
import type { Instance, RoundEnd } from './types.ts';

/** One round of a step. Instants are event times, spans whole seconds. */
export interface Stay {
  readonly step: string;
  readonly round: number;
  readonly enteredAt: string;
  /** Null, as what follows: it is open. */
  readonly leftAt: string | null;
  readonly ended: RoundEnd | null;
  readonly elapsed: number | null;
  /** How much of that it waited for an approval, a service or a child, and was paused; null: nobody kept it. */
  readonly waiting: number | null;
  readonly paused: number | null;
}

/**
 * The rounds of the steps that the version has: what is open, and the last 10 of each that ended. What an instance went
 * through under a version that had other steps is told by its history alone. `from`: the first round of a step that is
 * asked for; absent: all of all steps.
 */
export function staysOf(
  { steps }: CompiledProcess,
  instance: Instance,
  from?: ReadonlyMap<string, number>,
): readonly Stay[] {
  const stays: Stay[] = [];
  for (const step of from?.keys() ?? steps.keys()) {
    const record = instance.steps[step];
    if (record === undefined || !steps.has(step)) continue;
    for (const ended of roundsOf(instance, step, from?.get(step))) {
      const { round, enteredAt, leftAt } = ended;
      const elapsed = Math.max(0, Math.floor((Date.parse(leftAt) - Date.parse(enteredAt)) / 1000));
      const spent = spentIn(instance, step, ended);
      const paused = spent === null ? null : Math.min(elapsed, Math.round(spent.paused / 1000));
      const waiting = spent === null ? null : Math.min(elapsed - (paused ?? 0), Math.round(spent.waiting / 1000));
      stays.push({ step, round, enteredAt, leftAt, ended: ended.ended, elapsed, waiting, paused });
    }
    if (!instance.position.some((place) => place.step === step)) continue;
    const { round, enteredAt } = record;
    const open = { leftAt: null, ended: null, elapsed: null, waiting: null, paused: null };
    stays.push({ step, round, enteredAt, ...open });
  }
  return stays;
}
