import type { RecordedRefusal } from '../engine/index.ts';
import { turnedDown } from '../engine/index.ts';
import type { ServiceContext } from './context.ts';
import { figuresOf } from './figure-change.ts';
import { createFiling } from './filing.ts';
import type { Service } from './types.ts';

/** Entries that are read at a time. */
const PART = 500;

/** Files what figures are counted from: rounds and clocks as documents tell them, refusals as histories do. */
export function createFigureFiling(context: Pick<ServiceContext, 'store' | 'processes'>): Service['fileFigures'] {
  const { store } = context;
  return createFiling(context, {
    pending: store.pendingFigures,
    async filingOf({ process, instance }) {
      const { id, seq } = instance;
      const refused = (await refusalsIn(store, id, seq)).flatMap(turnedDown);
      return { instance: id, seq, ...figuresOf(process, instance, refused) };
    },
    file: store.fileFigures,
  });
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
