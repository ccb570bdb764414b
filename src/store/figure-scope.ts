import type { Knex } from 'knex';
import type { Database } from './database.ts';
import type { FigureScope, Span } from './figure-types.ts';

/** A table that figures are counted from, and its column that says when. */
export type Counted = 'stays' | 'deadlines' | 'turned_down' | 'endings';

/**
 * The rows `t` of a table whose instances count. Without sight and versions the table alone says which; else each is looked
 * up: whose an instance is, and its version, stand in its own row `i` and nowhere else.
 */
export function countedRows(
  database: Database,
  table: Counted,
  scope: FigureScope,
  withInstances = false,
): Knex.QueryBuilder {
  const { reader } = database;
  const { tenant, process, versions, sight } = scope;
  const rows = reader(`${table} as t`).where({ 't.tenant': tenant, 't.process': process });
  if (!withInstances && versions === null && sight === null) return rows;
  // SQLite keeps the written order of a cross join.
  rows.joinRaw('cross join instances as i').whereRaw('i.bucket = t.bucket and i.id = t.instance');
  narrow(rows, database, scope);
  return rows;
}

/** The instances `i` themselves. */
export function countedInstances(database: Database, scope: FigureScope): Knex.QueryBuilder {
  const { tenant, process } = scope;
  const rows = database.reader('instances as i').where({ 'i.tenant': tenant, 'i.process': process });
  narrow(rows, database, scope);
  return rows;
}

function narrow(rows: Knex.QueryBuilder, { dialect }: Database, { versions, sight }: FigureScope): void {
  const column = (name: string) => dialect.unindexed(`i.${name}`);
  const among = (numbers: readonly number[]) => `${column('version')} in (${marks(numbers)})`;
  if (versions !== null) rows.whereRaw(versions.length === 0 ? '1 = 0' : among(versions), [...versions]);
  if (sight === null) return;
  const { owner, team } = sight;
  rows.where((any) => {
    any.whereRaw(`${column('owner')} = ?`, [owner]);
    if (sight.versions.length > 0) any.orWhereRaw(among(sight.versions), [...sight.versions]);
    if (team !== null && team.versions.length > 0)
      any.orWhereRaw(`(${column('team')} = ? and ${among(team.versions)})`, [team.name, ...team.versions]);
  });
}

/** Ends of a round that nobody took any time for: it was skipped, or the instance no longer says that it was. */
export const NOT_DONE = ['skipped', 'void'] as const;

/** Ends of a clock that say whether it was kept: what was not needed any more had no deadline. */
export const COUNTED_ENDS = ['done', 'left', 'closed'] as const;

export function within(rows: Knex.QueryBuilder, column: string, { since, until }: Span): Knex.QueryBuilder {
  return rows.where(column, '>=', since).where(column, '<', until);
}

/** What runs and was due within the period, and before now. */
export function runningLate(rows: Knex.QueryBuilder, { since, until }: Span, now: string): Knex.QueryBuilder {
  return within(rows.whereNull('t.ended_at'), 't.due', { since, until: until < now ? until : now });
}

export function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
