import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Starts the processes that start by themselves. As with timers, nothing is waited for in memory. */
export function createSchedules(
  service: Pick<Service, 'runSchedules'>,
  { everyMs = 1_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const name = 'schedules';
  return createLoop({
    name,
    everyMs,
    onError,
    runOnce: async () => {
      const { isFull, failed } = await service.runSchedules();
      for (const error of failed) onError(error, name);
      return isFull;
    },
  });
}
