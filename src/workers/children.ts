import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

const BATCH = 64;

/**
 * Starts the children that instances have requested, and brings them and their parents news of each other: as soon as
 * there is something to do, and again and again for what a crash or another's failure has left.
 */
export function createChildren(
  service: Pick<Service, 'settleLinks' | 'whenLinked'>,
  { everyMs = 10_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const name = 'children';
  let after: Parameters<Service['settleLinks']>[0] = null;
  const loop = createLoop({
    name,
    everyMs,
    onError,
    runOnce: async () => {
      const { next, failed } = await service.settleLinks(after, BATCH);
      after = next;
      for (const error of failed) onError(error, name);
      return next !== null;
    },
  });
  service.whenLinked(loop.wake);
  return loop;
}
