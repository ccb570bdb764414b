import type { FigureStore } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';

/** Rows beside documents that commits keep, and how those are filed that no commit has given. */
export interface Rows<F> {
  /** Instances whose rows are not filed yet. */
  readonly pending: FigureStore['pendingFigures'];
  filingOf(loaded: Extract<Loaded, { ok: true }>): F | Promise<F>;
  /** How many still stood where they stood when they were read. */
  file(filings: readonly F[]): Promise<number>;
}

/**
 * Files the rows of instances of which no commit has said what they are: those of programs that did not know them, and
 * those that were bereft of personal values. Commits file only what changes, so that until then lists lack the rest.
 */
export function createFiling<F>(
  context: Pick<ServiceContext, 'store' | 'processes'>,
  { pending, filingOf, file }: Rows<F>,
): (limit: number) => Promise<number> {
  let after: { readonly bucket: number; readonly id: string } | null = null;
  /** Instances that were written to while they were looked at. */
  let missed = 0;
  let isThrough = false;

  return async (limit) => {
    if (isThrough) return 0;
    const places = await pending(after, limit);
    const filings: F[] = [];
    for (const row of await context.store.loadInstances(places.map(({ id }) => id))) {
      const loaded = await loadDocument(context, row);
      if (loaded.ok) filings.push(await filingOf(loaded));
    }
    missed += filings.length - (filings.length === 0 ? 0 : await file(filings));
    after = places.at(-1) ?? after;
    if (places.length === limit) return limit;
    // Once more from the first for what was missed; what cannot be read would be missed for ever.
    isThrough = missed === 0;
    if (!isThrough) after = null;
    missed = 0;
    return isThrough ? places.length : limit;
  };
}
