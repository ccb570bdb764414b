import type { RecordedRefusal } from '../engine/index.ts';
import { turnedDown } from '../engine/index.ts';
import type { FigureFiling } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { figuresOf } from './figure-change.ts';
import type { Service } from './types.ts';

/** Entries that are read at a time. */
const PART = 500;

/**
 * Files what figures are counted from of instances that an earlier program left: rounds and clocks as their documents tell
 * them, refusals as their histories do. Commits file only what changes, so that until then figures lack the rest.
 */
export function createFigureFiling(context: Pick<ServiceContext, 'store' | 'processes'>): Service['fileFigures'] {
  const { store } = context;
  let after: { readonly bucket: number; readonly id: string } | null = null;
  /** Instances that were written to while they were looked at. */
  let missed = 0;
  let isThrough = false;

  return async (limit) => {
    if (isThrough) return 0;
    const places = await store.pendingFigures(after, limit);
    const filings: FigureFiling[] = [];
    for (const row of await store.loadInstances(places.map(({ id }) => id))) {
      const loaded = await loadDocument(context, row);
      if (!loaded.ok) continue;
      const { process, instance } = loaded;
      const { id, seq } = instance;
      const refused = (await refusalsIn(store, id, seq)).flatMap(turnedDown);
      filings.push({ instance: id, seq, ...figuresOf(process, instance, refused) });
    }
    missed += filings.length - (filings.length === 0 ? 0 : await store.fileFigures(filings));
    after = places.at(-1) ?? after;
    if (places.length === limit) return limit;
    // Once more from the first for what was missed; what cannot be read would be missed for ever.
    isThrough = missed === 0;
    if (!isThrough) after = null;
    missed = 0;
    return isThrough ? places.length : limit;
  };
}

/** The refused entries of a history, up to one. */
async function refusalsIn(
  store: ServiceContext['store'],
  instance: string,
  until: number,
): Promise<readonly RecordedRefusal[]> {
  const found: RecordedRefusal[] = [];
  for (let after = 0; after < until; ) {
    const rows = await store.history(instance, after, PART);
    const last = rows.at(-1);
    if (last === undefined) return found;
    for (const { text } of rows) {
      const entry: RecordedRefusal = JSON.parse(text);
      if (!entry.accepted) found.push(entry);
    }
    after = last.seq;
  }
  return found;
}
