import type { Knex } from 'knex';
import { NEVER } from './batch-lists.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { placesOf } from './places.ts';
import type { Sight } from './types.ts';
import type { NewWorkRow, StoredWork, StoredWorkRow, WorkQuery, WorkRow, WorkStore } from './work-types.ts';

/** Most holders that one list is of. */
const MOST_WHOS = 200;

export function workQueries(database: Database): WorkStore {
  const { reader, dialect } = database;
  // SQLite keeps the order of a cross join.
  const loadSql = reader
    .from(reader.raw(`${dialect.places} as p`))
    .joinRaw('cross join instances as i')
    .joinRaw('left join work as w on w.bucket = i.bucket and w.instance = i.id')
    .whereRaw('i.bucket = p.bucket and i.id = p.id')
    .select({ instance: 'i.id', seq: 'i.seq', step: 'w.step', who: 'w.who', since: 'w.since', due: 'w.due' })
    .select(
      reader.raw(
        `(case when w.tenant = i.tenant and w.process = i.process and w.owner is not distinct from i.owner
          and w.team is not distinct from i.team then 1 else 0 end) as ??`,
        ['own'],
      ),
    )
    .select(
      reader.raw('(select count(*) from work_pending q where q.bucket = i.bucket and q.instance = i.id) as ??', [
        'pending',
      ]),
    )
    .toString();

  return {
    async listWork(query) {
      if (query.whos.length > MOST_WHOS) throw new Error(`work is listed of at most ${MOST_WHOS} holders at once`);
      if (query.whos.length === 0) return [];
      return (await workListQuery(database, query)).map(workRow);
    },
    async loadWork(instances) {
      if (instances.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} instances are loaded at once`);
      if (instances.length === 0) return [];
      return storedWork(await database.ask(loadSql, JSON.stringify(placesOf(instances))));
    },
  };
}

/** One page of the list: each holder's rows walk the index for themselves, so that a page costs the same wherever it begins. */
export function workListQuery(database: Database, query: WorkQuery): Knex.QueryBuilder {
  const { reader } = database;
  const [first, ...others] = query.whos.map((who) => reader.from(walk(database, query, who).as('one')).select('*'));
  if (first === undefined) throw new Error('work is always listed of somebody');
  return reader
    .from(first.unionAll(others).as('w'))
    .select('*')
    .orderBy(['due', 'since', 'instance', 'step', 'who'])
    .limit(query.limit);
}

function walk(database: Database, { tenant, sight, process, after, limit }: WorkQuery, who: string): Knex.QueryBuilder {
  const rows = database
    .reader('work')
    .select('instance', 'step', 'who', 'since', 'due')
    .where({ tenant, who })
    .orderBy(['due', 'since', 'instance', 'step'])
    .limit(limit);
  if (process !== null) rows.where({ process });
  if (sight !== null && !who.startsWith('actor:')) seenOnly(rows, sight);
  if (after === null) return rows;
  return rows.whereRaw('(due, since, instance, step) > (?, ?, ?, ?)', [
    after.due ?? NEVER,
    after.since,
    after.instance,
    after.step,
  ]);
}

/** Leaves out what the caller may not see; all that this asks is in the index. */
function seenOnly(rows: Knex.QueryBuilder, { processes, team, owner }: Sight): void {
  rows.where((any) => {
    any.where({ owner });
    if (processes.length > 0) any.orWhereIn('process', [...processes]);
    if (team !== null && team.processes.length > 0)
      any.orWhere((both) => both.where({ team: team.name }).whereIn('process', [...team.processes]));
  });
}

function workRow<R extends NewWorkRow>(row: R): R {
  return { ...row, due: row.due === NEVER ? null : row.due };
}

type JoinedRow = WorkRow & { readonly seq: number; readonly pending: number | string; readonly own: number };

/** Rows of the join, those of one instance beside each other. */
function storedWork(joined: readonly unknown[]): readonly StoredWork[] {
  const found = new Map<
    string,
    { readonly seq: number; readonly isPending: boolean; readonly rows: StoredWorkRow[] }
  >();
  for (const row of joined) {
    // The columns are those that `loadSql` names.
    const { instance, seq, pending, step, who, since, due, own } = row as JoinedRow;
    const one = found.get(instance) ?? { seq, isPending: Number(pending) > 0, rows: [] };
    found.set(instance, one);
    // An instance without work has one row of the join without any.
    if (step !== null) one.rows.push(workRow({ step, who, since, due, isOwn: own === 1 }));
  }
  return [...found].map(([instance, one]) => ({ instance, ...one }));
}
