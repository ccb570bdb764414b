import { cardsOf, waitsOf } from '../engine/index.ts';
import type { ServiceContext } from './context.ts';
import { createFiling } from './filing.ts';
import type { Service } from './types.ts';

/** Files the rows of work and cards. */
export function createRowFiling(context: Pick<ServiceContext, 'store' | 'processes'>): Service['fileRows'] {
  const { store } = context;
  return createFiling(context, {
    pending: store.pendingFilings,
    filingOf: ({ process, instance }) => ({
      instance: instance.id,
      seq: instance.seq,
      work: waitsOf(process, instance),
      cards: cardsOf(process, instance),
    }),
    file: store.fileRows,
  });
}
