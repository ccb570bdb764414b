import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

const BATCH = 64;

/** Delivers kept signals as soon as an instance takes them, and ends those whose time is over. */
export function createSignals(
  service: Pick<Service, 'settleSignals' | 'whenAwaited'>,
  { everyMs = 10_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const name = 'signals';
  const loop = createLoop({
    name,
    everyMs,
    onError,
    runOnce: async () => {
      const { more, failed } = await service.settleSignals(BATCH);
      for (const error of failed) onError(error, name);
      return more;
    },
  });
  service.whenAwaited(loop.wake);
  return loop;
}

/** Forgets signals that were settled long ago, in small batches. */
export function createSignalRetention(
  service: Pick<Service, 'forgetSignals'>,
  { everyMs = 60 * 60_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const batch = 1_000;
  return createLoop({
    name: 'signal-retention',
    everyMs,
    onError,
    runOnce: async () => (await service.forgetSignals(batch)) === batch,
  });
}
