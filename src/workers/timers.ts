import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Timers fired together. */
const BATCH = 256;

/** Does what time does to instances. Nothing is waited for in memory: what is due stands in rows, and is looked for again and again. */
export function createTimers(
  service: Pick<Service, 'fireTimers'>,
  { everyMs = 500, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const name = 'timers';
  return createLoop({
    name,
    everyMs,
    onError,
    runOnce: async () => {
      const { isFull, failed } = await service.fireTimers(BATCH);
      for (const error of failed) onError(error, name);
      return isFull;
    },
  });
}
