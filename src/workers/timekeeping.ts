import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Keeps the clock that servers share as near as one look tells: machines part by milliseconds in so long. */
export function createTimekeeping(
  look: () => Promise<void>,
  { everyMs = 10_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  return createLoop({
    name: 'timekeeping',
    everyMs,
    onError,
    runOnce: async () => {
      await look();
      return false;
    },
  });
}
