import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

const BATCH = 1_000;

/** Forgets idempotency keys that are older than promised, in small batches, so that no writer waits long. */
export function createRetention(
  service: Pick<Service, 'forgetIdempotent'>,
  { everyMs = 60 * 60_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  return createLoop({
    name: 'retention',
    everyMs,
    onError,
    runOnce: async () => (await service.forgetIdempotent(BATCH)) === BATCH,
  });
}
