import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Tells streams of what this node commits, a moment later for several commits at once, and of what other nodes do. */
export function createStreaming(
  service: Pick<Service, 'feedStreams' | 'whenStreamed'>,
  {
    everyMs = 1_000,
    gatherMs = 250,
    onError,
  }: { readonly everyMs?: number; readonly gatherMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const loop = createLoop({
    name: 'streaming',
    everyMs,
    onError,
    runOnce: async () => {
      await service.feedStreams();
      return false;
    },
  });
  let isWaiting = false;
  service.whenStreamed(() => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      loop.wake();
    }, gatherMs).unref();
  });
  return loop;
}
