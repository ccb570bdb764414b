import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Instances filed in one transaction. */
const BATCH = 200;

/** Files the rows of instances that an earlier program left, beside what the server does; then it has nothing to do. */
export function createRowFiling(
  service: Pick<Service, 'fileRows'>,
  { everyMs = 1_000, onError }: { readonly everyMs?: number; readonly onError: LoopOptions['onError'] },
): Loop {
  return createLoop({
    name: 'row-filing',
    everyMs,
    onError,
    runOnce: async () => (await service.fileRows(BATCH)) === BATCH,
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
