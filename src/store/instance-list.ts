import type { Knex } from 'knex';
import { filterCards } from './card-queries.ts';
import type { Database } from './database.ts';
import { selectRows } from './instance-rows.ts';
import { storedKey } from './stored-key.ts';
import type { InstanceQuery, Sight } from './types.ts';

/** A filter of the list on one column of `instances`. */
interface Filter {
  readonly column: string;
  readonly value: string;
}

/**
 * One page of the list in order of id. Exactly one filter, the most selective one asked for, walks its index, which is
 * in order of id under each value; the others are looked at on the way. So a page costs the same wherever it begins.
 */
export function instanceListQuery(database: Database, query: InstanceQuery): Knex.QueryBuilder {
  const filters = filtersOf(query);
  const placed = query.step !== null || query.phase !== null;
  const quarantined = query.status === 'quarantined';
  const held = query.status === 'on-hold';
  // Both are few, and each has its index.
  const rare = quarantined || held;
  const selective = query.key !== null || query.parent !== null;
  const walksCards = query.cards !== null && query.process !== null && query.step !== null && !selective && !rare;
  const walksFilter = !walksCards && (selective || query.owner !== null || !(placed || rare));
  const walksPlaces = placed && !walksCards && !walksFilter && !rare;
  const walked = walksFilter ? filters[0] : undefined;

  const walk = walksCards ? cardWalk : walksPlaces ? placeWalk : idWalk;
  const rows = walk(database, query);
  if (walked !== undefined) rows.where(walked.column, walked.value);
  for (const filter of filters) {
    if (filter !== walked) rows.whereRaw(`${database.dialect.unindexed(filter.column)} = ?`, [filter.value]);
  }
  if (query.version !== null) rows.whereRaw(`${database.dialect.unindexed('i.version')} = ?`, [query.version]);
  if (query.cards !== null && !walksCards) rows.whereExists(cardsOf(database, query));
  if (placed && !walksPlaces && !walksCards) rows.whereExists(placesOf(database, query));
  if (quarantined) rows.whereNotNull('i.quarantine');
  else if (query.status !== null) rows.whereNull('i.quarantine');
  if (held) rows.whereRaw(`${walksFilter ? database.dialect.unindexed('i.on_hold') : 'i.on_hold'} = 1`);
  else if (query.status === 'active') rows.whereRaw(`${database.dialect.unindexed('i.on_hold')} = 0`);
  if (query.sight !== null) seenOnly(rows, database, query.sight);
  return rows.limit(query.limit);
}

/** The filters asked for, the most selective first. */
function filtersOf({ key, parent, owner, team, outcome, status, process }: InstanceQuery): readonly Filter[] {
  const filter = (column: string, value: string | null) => (value === null ? [] : [{ column: `i.${column}`, value }]);
  return [
    ...filter('business_key', key === null ? null : storedKey(key)),
    ...filter('parent', parent),
    ...filter('owner', owner),
    ...filter('outcome', outcome),
    ...filter('team', team),
    ...filter('status', status === 'active' ? status : null),
    ...filter('process', process),
    ...filter('status', status === 'closed' ? status : null),
  ];
}

function idWalk({ reader }: Database, query: InstanceQuery): Knex.QueryBuilder {
  const rows = selectRows(reader('instances as i'), reader).where('i.tenant', query.tenant).orderBy('i.id');
  return query.after === null ? rows : rows.where('i.id', '>', query.after);
}

/** Walks the places; an instance that stands in several of the phase is taken at the first of them. */
function placeWalk(database: Database, query: InstanceQuery): Knex.QueryBuilder {
  const { tenant, phase, step, after } = query;
  // SQLite keeps the written order of a cross join.
  const places = database.reader('positions as p').joinRaw('cross join instances as i');
  const rows = selectRows(places, database.reader)
    .where('p.tenant', tenant)
    .whereRaw('i.bucket = p.bucket and i.id = p.instance')
    .whereNotExists(placesOf(database, query).whereRaw('(q.phase, q.step) < (p.phase, p.step)'))
    .orderBy('p.instance');
  if (step === null) rows.where('p.phase', phase);
  else {
    rows.where('p.step', step);
    if (phase !== null) rows.whereRaw(`${database.dialect.unindexed('p.phase')} = ?`, [phase]);
  }
  return after === null ? rows : rows.where('p.instance', '>', after);
}

/** Walks the cards of one step, whose index tells all that boards filter by but the words. */
function cardWalk(
  database: Database,
  { tenant, process, phase, step, owner, version, cards, after }: InstanceQuery,
): Knex.QueryBuilder {
  // SQLite keeps the written order of a cross join.
  const rows = selectRows(database.reader('cards as c').joinRaw('cross join instances as i'), database.reader)
    .where({ 'c.tenant': tenant, 'c.process': process, 'c.step': step })
    .whereRaw('i.bucket = c.bucket and i.id = c.instance')
    .orderBy('c.instance');
  if (phase !== null) rows.where('c.phase', phase);
  if (owner !== null) rows.where('c.owner', owner);
  if (version !== null) rows.where('c.version', version);
  if (cards !== null) filterCards(rows, cards);
  return after === null ? rows : rows.where('c.instance', '>', after);
}

/** The cards `c` of instance `i` that the query asks for. */
function cardsOf({ reader, dialect }: Database, { step, cards }: InstanceQuery): Knex.QueryBuilder {
  const rows = reader('cards as c').select(reader.raw('1')).whereRaw('c.bucket = i.bucket and c.instance = i.id');
  if (step !== null) rows.whereRaw(`${dialect.unindexed('c.step')} = ?`, [step]);
  if (cards !== null) filterCards(rows, cards);
  return rows;
}

/** The places `q` of instance `i` that the query asks for. */
function placesOf({ reader, dialect }: Database, { phase, step }: InstanceQuery): Knex.QueryBuilder {
  const places = reader('positions as q').select(reader.raw('1')).whereRaw('q.bucket = i.bucket and q.instance = i.id');
  if (step !== null) places.whereRaw(`${dialect.unindexed('q.step')} = ?`, [step]);
  if (phase !== null) places.whereRaw(`${dialect.unindexed('q.phase')} = ?`, [phase]);
  return places;
}

/** Leaves out what the caller may not see; looked at on the way, whichever index is walked. */
export function seenOnly(rows: Knex.QueryBuilder, { dialect }: Database, { processes, team, owner }: Sight): void {
  const column = (name: string) => dialect.unindexed(`i.${name}`);
  const among = (names: readonly string[]) => `${column('process')} in (${names.map(() => '?').join(', ')})`;
  rows.where((any) => {
    any.whereRaw(`${column('owner')} = ?`, [owner]);
    if (processes.length > 0) any.orWhereRaw(among(processes), [...processes]);
    if (team !== null && team.processes.length > 0)
      any.orWhereRaw(`(${column('team')} = ? and ${among(team.processes)})`, [team.name, ...team.processes]);
  });
}

/**
 * What has to be asked for one page. Whoever sees no process as a whole has few instances among many: each of the two ways
 * to see one is then asked along its own index.
 */
export function narrowed(query: InstanceQuery): readonly InstanceQuery[] {
  const { sight, parent, owner, team } = query;
  if (sight === null || parent !== null || sight.processes.length > 0 || owner !== null || team !== null)
    return [query];
  const own = { ...query, owner: sight.owner, sight: null };
  return sight.team === null ? [own] : [own, { ...query, team: sight.team.name }];
}
