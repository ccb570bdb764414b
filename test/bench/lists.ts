import { systemClock } from '../../src/clock.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import type { ListQuery } from '../../src/service/types.ts';
import type { WorkQuery } from '../../src/service/work-types.ts';
import { openStore, type StoreOptions } from '../../src/store/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { admin } from './deals.ts';
import { line, median, millis, percentile } from './figures.ts';
import { FILLED_AT } from './filled-file.ts';
import { instanceIdAt } from './instance-id.ts';

export interface ListFigure {
  readonly list: 'instances' | 'work';
  readonly filter: string;
  /** Milliseconds of a page, in process. */
  readonly median: number;
  readonly p99: number;
}

export interface ListOptions {
  /** Instances in the file. */
  readonly instances: number;
  /** Pages read of each list and filter, from random places. */
  readonly pages: number;
}

const PAGE = 50;

type InstanceFilter = Partial<Omit<ListQuery, 'cursor' | 'limit'>>;
type WorkFilter = Partial<Omit<WorkQuery, 'cursor' | 'limit'>>;

const anyInstance: Required<InstanceFilter> = {
  parent: null,
  owner: null,
  process: null,
  phase: null,
  step: null,
  status: null,
  outcome: null,
  key: null,
  version: null,
  class: null,
  deadline: null,
  text: null,
};
const anyWork: Required<WorkFilter> = { role: null, actor: null, process: null };

const instanceFilters: readonly InstanceFilter[] = [
  {},
  { process: 'sales' },
  { process: 'sales', step: 'first-contact', status: 'active' },
  { phase: 'follow-up' },
  { step: 'demo' },
  { outcome: 'won' },
  { process: 'sales', step: 'first-contact', class: 'B' },
  { process: 'sales', step: 'first-contact', text: '5000' },
];

/** The administrator's work is that of every role, and of itself as the owner. */
const workFilters: readonly WorkFilter[] = [{}, { role: 'rep' }, { role: 'rep', process: 'sales' }];

/** Pages of both lists in process, on a file that `fillFile` made and nobody else has open. */
export async function benchLists(database: StoreOptions, options: ListOptions): Promise<readonly ListFigure[]> {
  const store = await openStore(database);
  await store.migrate();
  const service = createService({ store, clock: systemClock, newId, calendars: shippedCalendars });
  try {
    const figures: ListFigure[] = [];
    for (const filter of instanceFilters) {
      const query = { ...anyInstance, ...filter, limit: PAGE };
      const read = (cursor: string) => service.listInstances({ ...query, cursor }, admin);
      figures.push({ list: 'instances', ...(await time(filter, read, (id) => id, options)) });
    }
    for (const filter of workFilters) {
      const query = { ...anyWork, ...filter, limit: PAGE };
      const read = (cursor: string) => service.listWork({ ...query, cursor }, admin);
      // All wait since the same moment, so that it is the id that goes on.
      figures.push({ list: 'work', ...(await time(filter, read, (id) => `~${FILLED_AT}~${id}~a`, options)) });
    }
    return figures;
  } finally {
    await service.stop();
    await store.close();
  }
}

async function time(
  filter: InstanceFilter | WorkFilter,
  read: (cursor: string) => Promise<unknown>,
  cursorAt: (id: string) => string,
  { instances, pages }: ListOptions,
): Promise<Omit<ListFigure, 'list'>> {
  const took: number[] = [];
  for (let page = 0; page < pages; page += 1) {
    const cursor = cursorAt(instanceIdAt(Math.floor(Math.random() * instances)));
    const before = performance.now();
    await read(cursor);
    took.push(performance.now() - before);
  }
  const name = Object.entries(filter)
    .map(([field, value]) => `${field}=${value}`)
    .join('&');
  return { filter: name === '' ? '(none)' : name, median: median(took), p99: percentile(took, 99) };
}

export function printLists(figures: readonly ListFigure[]): void {
  console.log(line(`a page of ${PAGE}, in process`, 'median', 'p99'));
  for (const { list, filter, median, p99 } of figures)
    console.log(line(`${list}: ${filter}`, millis(median), millis(p99)));
}
