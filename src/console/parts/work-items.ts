import { useEffect, useRef, useState } from 'preact/hooks';
import type { WorkItem, WorkPage } from '../api.ts';
import { get, Refused } from '../client.ts';
import { useNews } from '../news.ts';
import { nameOf } from './work-kinds.ts';

/** Items that are read: whoever has more narrows the list. */
const MOST_ITEMS = 2_000;

interface Read {
  readonly items: readonly WorkItem[];
  /** There is more than was read. */
  readonly isCut: boolean;
}

export interface WorkItems extends Read {
  /** Null: they are being read. */
  readonly isThere: boolean;
  readonly refused: Refused | null;
  /** Those that wait no more. */
  readonly gone: ReadonlySet<string>;
  /** How many have come since. */
  readonly fresh: number;
  /** Shows what waits now. */
  readonly refresh: () => void;
  /** After something was done here with items: takes out those that wait no more; the names of those that still do. */
  readonly settle: (names: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
}

const NOTHING: Read = { items: [], isCut: false };

/**
 * Everything that waits, what is due first. What happens meanwhile is shown at once while `isFree`; else it is only said,
 * so that nothing moves under the hand of who reads.
 */
export function useWorkItems(role: string, isFree: () => boolean): WorkItems {
  const [shown, setShown] = useState<Read | null>(null);
  const [latest, setLatest] = useState<Read>(NOTHING);
  const [refused, setRefused] = useState<Refused | null>(null);
  const times = useRef(0);

  /** Of several that are under way the last one counts. Null: it was refused. */
  async function read(show: () => boolean): Promise<Read | null> {
    times.current += 1;
    const own = times.current;
    try {
      const found = await readAll(role);
      if (own !== times.current) return found;
      setLatest(found);
      setRefused(null);
      if (show()) setShown(found);
      return found;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (own === times.current && show()) setRefused(error);
      return null;
    }
  }

  useEffect(() => {
    setShown(null);
    void read(() => true);
    return () => {
      times.current += 1;
    };
  }, [role]);
  useNews({}, () => void read(isFree));

  const now = new Set(latest.items.map(nameOf));
  const { items, isCut } = shown ?? NOTHING;
  const names = new Set(items.map(nameOf));
  return {
    items,
    isCut,
    isThere: shown !== null,
    refused,
    gone: new Set([...names].filter((name) => !now.has(name) && !latest.isCut)),
    fresh: [...now].filter((name) => !names.has(name)).length,
    refresh: () => (refused === null ? setShown(latest) : void read(() => true)),
    async settle(done) {
      const found = await read(() => false);
      const still = new Map(found?.items.map((item) => [nameOf(item), item]));
      const after = (item: WorkItem) => (done.has(nameOf(item)) ? (still.get(nameOf(item)) ?? []) : item);
      setShown((known) => known && { ...known, items: known.items.flatMap(after) });
      return new Set([...done].filter((name) => still.has(name)));
    },
  };
}

async function readAll(role: string): Promise<Read> {
  const items: WorkItem[] = [];
  for (let cursor: string | null = null; ; ) {
    const query = new URLSearchParams({ limit: '200' });
    if (role !== '') query.set('role', role);
    if (cursor !== null) query.set('cursor', cursor);
    const page: WorkPage = await get<WorkPage>(`/v1/work?${query}`);
    items.push(...page.work);
    cursor = page.next;
    if (cursor === null || items.length >= MOST_ITEMS) return { items, isCut: cursor !== null };
  }
}
