import type { Service } from '../service/types.ts';
import { createLoop, type Loop, type LoopOptions } from './loop.ts';

/** Instances filed in one transaction. */
const BATCH = 200;

interface FilingOptions {
  readonly everyMs?: number;
  readonly onError: LoopOptions['onError'];
}

/** Files the rows of instances that an earlier program left, beside what the server does; then it has nothing to do. */
export function createRowFiling(service: Pick<Service, 'fileRows'>, options: FilingOptions): Loop {
  return createFiling('row-filing', service.fileRows, options);
}

/** Likewise what figures are counted from. */
export function createFigureFiling(service: Pick<Service, 'fileFigures'>, options: FilingOptions): Loop {
  return createFiling('figure-filing', service.fileFigures, options);
}

function createFiling(
  name: string,
  file: (limit: number) => Promise<number>,
  { everyMs = 1_000, onError }: FilingOptions,
): Loop {
  return createLoop({ name, everyMs, onError, runOnce: async () => (await file(BATCH)) === BATCH });
}
