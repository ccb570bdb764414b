import { waitsOf } from '../engine/index.ts';
import type { Filing } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import type { Service } from './types.ts';

/**
 * Files the work of instances of which no commit has said whom they wait for: those of programs that knew no work, and
 * those that were bereft of personal values. Commits file only what changes, so that until then the list lacks the rest.
 */
export function createFiling(context: Pick<ServiceContext, 'store' | 'processes'>): Service['fileWork'] {
  const { store } = context;
  let after: { readonly bucket: number; readonly id: string } | null = null;
  /** Instances that were written to while they were looked at. */
  let missed = 0;
  let isThrough = false;

  return async (limit) => {
    if (isThrough) return 0;
    const places = await store.pendingWork(after, limit);
    const filings: Filing[] = [];
    for (const row of await store.loadInstances(places.map(({ id }) => id))) {
      const loaded = await loadDocument(context, row);
      if (!loaded.ok) continue;
      const { process, instance } = loaded;
      filings.push({ instance: instance.id, seq: instance.seq, rows: waitsOf(process, instance) });
    }
    missed += filings.length - (filings.length === 0 ? 0 : await store.fileWork(filings));
    after = places.at(-1) ?? after;
    if (places.length === limit) return limit;
    // Once more from the first for what was missed; what cannot be read would be missed for ever.
    isThrough = missed === 0;
    if (!isThrough) after = null;
    missed = 0;
    return isThrough ? places.length : limit;
  };
}
