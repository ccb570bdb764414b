import { waitsOf } from '../../src/engine/index.ts';
import type { Actor } from '../../src/engine/types.ts';
import { loadDocument } from '../../src/service/document.ts';
import type { Service, WorkItem, WorkQuery } from '../../src/service/index.ts';
import { createProcessCache } from '../../src/service/process-cache.ts';
import { actor } from '../engine/process.ts';
import { anyWork, type setup } from './setup.ts';

export type Setup = Awaited<ReturnType<typeof setup>>;

export const BOTH = actor('bea', 'clerk', 'boss');
export const MINUTE = 60_000;

/** Every page. */
export async function listed(
  service: Service,
  by: Actor,
  query: Partial<WorkQuery> = {},
): Promise<readonly WorkItem[]> {
  const items: WorkItem[] = [];
  let cursor: string | null = null;
  do {
    const page = await service.listWork({ ...anyWork, ...query, cursor }, by);
    items.push(...page.work);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

/** `step: what there is to do`. */
export const said = (items: readonly WorkItem[]) =>
  items.map(({ step, activities, approvals, advance, enter }) =>
    [
      `${step}:`,
      ...activities.map(({ id }) => id),
      ...approvals.map(({ id }) => `${id}?`),
      ...(advance ? ['advance'] : []),
      ...(enter ? ['enter'] : []),
    ].join(' '),
  );

/** The rows of the table, and what the documents give. */
export async function rowsAndTold({ store, clock }: Pick<Setup, 'store' | 'clock'>, ids: readonly string[]) {
  const processes = createProcessCache({ store, clock });
  const text = (id: string, rows: ReturnType<typeof waitsOf>) =>
    `${id} ${rows
      .map(({ step, who, since, due }) => `${step} ${who} ${since} ${due}`)
      .sort()
      .join(', ')}`;
  const told: string[] = [];
  for (const row of await store.loadInstances(ids)) {
    const loaded = await loadDocument({ processes }, row);
    if (loaded.ok) told.push(text(row.id, waitsOf(loaded.process, loaded.instance)));
  }
  const rows = (await store.loadWork(ids)).map(({ instance, rows }) => text(instance, rows));
  return [rows.sort(), told.sort()] as const;
}
