import type { Card, Instance, InstancePage, Stand } from './api.ts';
import { get } from './client.ts';

/** What a column shows of a deal. */
export interface Deal {
  readonly instance: Pick<Instance, 'id' | 'key' | 'owner' | 'revision' | 'status' | 'version'>;
  readonly card: Card | null;
  readonly stand: Stand | null;
}

/** A part of a column as it was read: the deals behind one place. */
export interface Page {
  /** Where it begins; null: at the first deal. */
  readonly after: string | null;
  readonly deals: readonly Deal[];
  /** Where the next one begins; null: there is none. */
  readonly next: string | null;
}

/** Deals that are read at once. */
const SIZE = 40;
/** Most that the API gives at once. */
const MOST = 200;

/** Reads one page of a column. `query`: whose column it is, and what it is narrowed to. Throws `Refused`. */
export async function readPage(query: string, step: string, after: string | null, limit: number = SIZE): Promise<Page> {
  const page = await get<InstancePage>(
    `/v1/instances?${query}&limit=${limit}${after === null ? '' : `&cursor=${encodeURIComponent(after)}`}`,
  );
  const deals = page.instances.map(({ id, key, owner, revision, status, version }) => ({
    instance: { id, key, owner, revision, status, version },
    card: page.cards[id] ?? null,
    stand: page.stands[id]?.find((stand) => stand.step === step) ?? null,
  }));
  return { after, deals, next: page.next };
}

/**
 * Reads those pages of a column again in which deals may be that something has happened to; they come in order of their ids. A
 * page ends where it ended, so that none is shown twice and none is left out.
 */
export async function readAgain(
  query: string,
  step: string,
  pages: readonly Page[],
  changed: readonly string[],
): Promise<readonly Page[]> {
  const read = await Promise.all(
    pages.map(async (page) => {
      const here = changed.filter((id) => isIn(page, id)).length;
      if (here === 0) return page;
      const again = await readPage(query, step, page.after, Math.min(MOST, Math.max(SIZE, page.deals.length) + here));
      const { next } = page;
      // What is behind its end is of the next page.
      const deals = next === null ? again.deals : again.deals.filter(({ instance }) => instance.id <= next);
      const isWhole = next === null || again.next === null || again.next >= next;
      return { ...again, deals, next: isWhole && next !== null ? next : again.next };
    }),
  );
  // Behind a page that no longer reaches the next one, one goes on as one scrolls.
  const gap = read.findIndex(({ next }, n) => n + 1 < read.length && next !== read[n + 1]?.after);
  return gap < 0 ? read : read.slice(0, gap + 1);
}

function isIn({ after, next }: Page, id: string): boolean {
  return (after === null || id > after) && (next === null || id <= next);
}
