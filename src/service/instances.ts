import { explain } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { ServiceContext } from './context.ts';
import { noInstance } from './decide-batch.ts';
import { loadDocument } from './document.ts';
import type { InstanceDetail, ListPage, ListQuery } from './types.ts';
import { instanceView, loadedView } from './view.ts';

/** An instance with everything that could be done with it now, and why not. */
export async function getInstance(context: ServiceContext, id: string, actor: Actor): Promise<InstanceDetail> {
  const [row] = await context.store.loadInstances([id]);
  if (row === undefined) throw noInstance(id);
  const loaded = await loadDocument(context, row);
  if (!loaded.ok) return { ...loadedView(loaded), records: NO_RECORDS, actions: [] };
  const { process, instance } = loaded;
  const { steps, activities, fields, approvals } = instance;
  const now = context.clock.now();
  const actions = explain({ process, instance, actor, at: now, now });
  return { ...instanceView(process, instance), records: { steps, activities, fields, approvals }, actions };
}

const NO_RECORDS: InstanceDetail['records'] = { steps: {}, activities: {}, fields: {}, approvals: {} };

/** Instances in order of creation. Personal values are only in the single instance. */
export async function listInstances(context: ServiceContext, { cursor, ...query }: ListQuery): Promise<ListPage> {
  const after = cursor === null ? null : parseCursor(cursor);
  const rows = await context.store.listInstances({ ...query, after, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const instances = await Promise.all(
    page.map(async (row) => loadedView(await loadDocument(context, { ...row, personal: [] }))),
  );
  const last = page.at(-1);
  return { instances, next: rows.length > query.limit && last !== undefined ? last.id : null };
}

function parseCursor(cursor: string): string {
  if (/^[0-9a-f-]{36}$/.test(cursor)) return cursor;
  throw new ProcessError('malformed-request', {
    zh: 'cursor 应为上一页的 next 值，原样传回',
    en: 'cursor should be the `next` of the page before, as it was given',
  });
}
