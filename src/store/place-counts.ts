import type { Database } from './database.ts';
import { seenOnly } from './instance-list.ts';
import type { PlaceCount, PlaceQuery } from './types.ts';

/** How many open instances of a process stand in each step, in order of phase and step. */
export async function countPlaces(
  database: Database,
  { tenant, process, owner, sight }: PlaceQuery,
): Promise<readonly PlaceCount[]> {
  const { reader, dialect } = database;
  const rows = reader('instances as i')
    .join('positions as p', (on) => on.on('p.bucket', 'i.bucket').on('p.instance', 'i.id'))
    .where({ 'i.tenant': tenant, 'i.status': 'active' })
    .whereRaw(`${dialect.unindexed('i.process')} = ?`, [process])
    .groupBy(['p.phase', 'p.step'])
    .orderBy(['p.phase', 'p.step'])
    .select({ phase: 'p.phase', step: 'p.step' }, reader.raw('count(*) as open'));
  if (owner !== null) rows.whereRaw(`${dialect.unindexed('i.owner')} = ?`, [owner]);
  if (sight !== null) seenOnly(rows, database, sight);
  const found: readonly { readonly phase: string; readonly step: string; readonly open: unknown }[] = await rows;
  return found.map(({ phase, step, open }) => ({ phase, step, open: Number(open) }));
}
