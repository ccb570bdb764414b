import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Instances filed in one transaction. */
const BATCH = 200;

/** Files the work of instances that an earlier program left, beside what the server does; then it has nothing to do. */
export function createWorkFiling(
  service: Pick<Service, 'fileWork'>,
  { everyMs = 1_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  return createLoop({
    name: 'work-filing',
    everyMs,
    onError,
    runOnce: async () => (await service.fileWork(BATCH)) === BATCH,
  });
}

/** Likewise what figures are counted from. */
export function createFigureFiling(
  service: Pick<Service, 'fileFigures'>,
  { everyMs = 1_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  return createLoop({
    name: 'figure-filing',
    everyMs,
    onError,
    runOnce: async () => (await service.fileFigures(BATCH)) === BATCH,
  });
}
