import { cardsOf, waitsOf } from '../engine/index.ts';
import type { Filing } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import type { Service } from './types.ts';

/**
 * Files the rows of instances of which no commit has said what they are: those of programs that did not know them, and
 * those that were bereft of personal values. Commits file only what changes, so that until then lists lack the rest.
 */
export function createFiling(context: Pick<ServiceContext, 'store' | 'processes'>): Service['fileRows'] {
  const { store } = context;
  let after: { readonly bucket: number; readonly id: string } | null = null;
  /** Instances that were written to while they were looked at. */
  let missed = 0;
  let isThrough = false;

  return async (limit) => {
    if (isThrough) return 0;
    const places = await store.pendingFilings(after, limit);
    const filings: Filing[] = [];
    for (const row of await store.loadInstances(places.map(({ id }) => id))) {
      const loaded = await loadDocument(context, row);
      if (!loaded.ok) continue;
      const { process, instance } = loaded;
      const { id, seq } = instance;
      filings.push({ instance: id, seq, work: waitsOf(process, instance), cards: cardsOf(process, instance) });
    }
    missed += filings.length - (filings.length === 0 ? 0 : await store.fileRows(filings));
    after = places.at(-1) ?? after;
    if (places.length === limit) return limit;
    // Once more from the first for what was missed; what cannot be read would be missed for ever.
    isThrough = missed === 0;
    if (!isThrough) after = null;
    missed = 0;
    return isThrough ? places.length : limit;
  };
}
