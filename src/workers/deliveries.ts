import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Messages cleared away in one transaction. */
const BATCH = 500;

/** Delivers what goes out: as soon as there is something, and again and again for what is to be tried once more. */
export function createDeliveries(
  service: Pick<Service, 'deliverMessages' | 'whenMessaged'>,
  { everyMs = 1_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  const loop = createLoop({
    name: 'deliveries',
    everyMs,
    onError,
    runOnce: async () => {
      // Not waited for: a receiver that hangs keeps nobody else from being looked after.
      const { ended } = await service.deliverMessages((error) => onError(error, 'deliveries'));
      void ended;
      return false;
    },
  });
  service.whenMessaged(loop.wake);
  return loop;
}

/** Clears away messages that nobody waits for any more. */
export function createMessageTidying(
  service: Pick<Service, 'tidyMessages'>,
  { everyMs = 30_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  return createLoop({ name: 'message-tidying', everyMs, onError, runOnce: () => service.tidyMessages(BATCH) });
}
