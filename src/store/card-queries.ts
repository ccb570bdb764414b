import type { Knex } from 'knex';
import { NEVER } from './batch-lists.ts';
import type {
  CardCount,
  CardCounts,
  CardFilter,
  CardQuery,
  CardStore,
  MoneySum,
  StoredCard,
  StoredCards,
} from './card-types.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { placesOf } from './places.ts';

/** Amounts are summed in two parts: the whole of many large ones is beyond what a database takes for an integer. */
const PART = 1_000_000;

export function cardQueries(database: Database): CardStore {
  const { reader, dialect } = database;
  // SQLite keeps the order of a cross join.
  const loadSql = reader
    .from(reader.raw(`${dialect.places} as p`))
    .joinRaw('cross join instances as i')
    .joinRaw('left join cards as c on c.bucket = i.bucket and c.instance = i.id')
    .whereRaw('i.bucket = p.bucket and i.id = p.id')
    .select({ instance: 'i.id', seq: 'i.seq' })
    .select(
      'c.slot',
      'c.phase',
      'c.step',
      'c.shared',
      'c.class',
      'c.amount',
      'c.currency',
      'c.clock',
      'c.due',
      'c.words',
    )
    .select(
      reader.raw(
        `(case when c.tenant = i.tenant and c.process = i.process and c.version = i.version
          and c.owner is not distinct from i.owner and c.team is not distinct from i.team then 1 else 0 end) as ??`,
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
    async countCards(query) {
      const rows: readonly SumRow[] = await wantedCards(database, query)
        .select('c.phase', 'c.step', 'c.currency', ...sums(reader))
        .select(reader.raw('sum(c.shared) as shared'))
        .groupBy(['c.phase', 'c.step', 'c.currency'])
        .orderBy(['c.phase', 'c.step', 'c.currency']);
      const shared = rows.reduce((all, row) => all + Number(row.shared), 0);
      const twice: readonly SumRow[] = shared === 0 ? [] : await countedTwice(database, query);
      return countsOf(rows, twice);
    },
    async loadCards(instances) {
      if (instances.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} instances are loaded at once`);
      if (instances.length === 0) return [];
      return storedCards(await database.ask(loadSql, JSON.stringify(placesOf(instances))));
    },
  };
}

/** What counts of instances that stand in several places more than once: all their rows but one each. */
async function countedTwice(database: Database, query: CardQuery): Promise<readonly SumRow[]> {
  const { reader } = database;
  const each = wantedCards(database, query)
    .where('c.shared', 1)
    .groupBy('c.instance')
    .select(reader.raw('max(c.currency) as currency, max(c.amount) as amount, count(*) - 1 as times'));
  return await reader
    .from(each.as('e'))
    .select(
      'e.currency',
      reader.raw(
        `sum(e.times) as open, sum(e.times * (e.amount / ${PART})) as large, sum(e.times * (e.amount % ${PART})) as small`,
      ),
    )
    .groupBy('e.currency');
}

const sums = (knex: Knex) => [
  knex.raw('count(*) as open'),
  knex.raw(`sum(c.amount / ${PART}) as large`),
  knex.raw(`sum(c.amount % ${PART}) as small`),
];

/** The cards `c` that a query asks for. */
function wantedCards(
  database: Database,
  { tenant, process, version, owner, filter, sight }: CardQuery,
): Knex.QueryBuilder {
  const rows = database.reader('cards as c').where({ 'c.tenant': tenant, 'c.process': process });
  if (version !== null) rows.where('c.version', version);
  if (owner !== null) rows.where('c.owner', owner);
  filterCards(rows, filter);
  if (sight === null) return rows;
  return rows.where((any) => {
    any.where('c.owner', sight.owner);
    if (sight.versions.length > 0) any.orWhereIn('c.version', [...sight.versions]);
    const { team } = sight;
    if (team !== null && team.versions.length > 0)
      any.orWhere((both) => both.where('c.team', team.name).whereIn('c.version', [...team.versions]));
  });
}

/** Narrows a query of cards `c`. */
export function filterCards(rows: Knex.QueryBuilder, { class: of, deadline, text, now }: CardFilter): void {
  if (of !== null) rows.where('c.class', of);
  if (deadline !== null) {
    const late = deadline === 'late';
    rows.where('c.due', late ? '<' : '>=', now);
    if (late) rows.whereNot('c.clock', 'none');
    else rows.where('c.clock', deadline === 'soon' ? 'warned' : deadline);
  }
  if (text !== null) rows.whereRaw("c.words like ? escape '\\'", [`%${text.replace(/[\\%_]/g, '\\$&')}%`]);
}

interface SumRow {
  readonly phase: string;
  readonly step: string;
  readonly currency: string | null;
  // PostgreSQL gives sums of integers as texts.
  readonly open: number | string;
  readonly large: number | string | null;
  readonly small: number | string | null;
  readonly shared: number | string;
}

function countsOf(rows: readonly SumRow[], twice: readonly SumRow[]): CardCounts {
  const places = new Map<string, SumRow[]>();
  for (const row of rows) {
    const name = `${row.phase} ${row.step}`;
    places.set(name, [...(places.get(name) ?? []), row]);
  }
  return {
    places: [...places.values()].flatMap((some) => {
      const [first] = some;
      return first === undefined ? [] : [{ phase: first.phase, step: first.step, ...countOf(some, []) }];
    }),
    total: countOf(rows, twice),
  };
}

function countOf(rows: readonly SumRow[], without: readonly SumRow[]): CardCount {
  const found = new Map<string, bigint>();
  const add =
    (sign: bigint) =>
    ({ currency, large, small }: SumRow) => {
      if (currency === null) return;
      const sum = BigInt(large ?? 0) * BigInt(PART) + BigInt(small ?? 0);
      found.set(currency, (found.get(currency) ?? 0n) + sign * sum);
    };
  rows.forEach(add(1n));
  without.forEach(add(-1n));
  const count = (some: readonly SumRow[]) => some.reduce((all, { open }) => all + Number(open), 0);
  const ofEach = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    open: count(rows) - count(without),
    sums: ofEach.map(([currency, amount]): MoneySum => ({ currency, amount: Number(amount) })),
  };
}

type JoinedRow = Omit<StoredCard, 'shared' | 'amount' | 'isOwn' | 'due' | 'step'> & {
  readonly instance: string;
  readonly seq: number;
  readonly pending: number | string;
  readonly own: number;
  readonly step: string | null;
  readonly shared: number;
  readonly amount: number | string | null;
  readonly currency: string | null;
  readonly due: string;
};

/** Rows of the join, those of one instance beside each other. */
function storedCards(joined: readonly unknown[]): readonly StoredCards[] {
  const found = new Map<string, { readonly seq: number; readonly isPending: boolean; readonly rows: StoredCard[] }>();
  for (const row of joined) {
    // The columns are those that `loadSql` names.
    const { instance, seq, pending, own, step, shared, amount, currency, due, ...card } = row as JoinedRow;
    const one = found.get(instance) ?? { seq, isPending: Number(pending) > 0, rows: [] };
    found.set(instance, one);
    // An instance without cards has one row of the join without any.
    if (step === null) continue;
    one.rows.push({
      ...card,
      step,
      shared: shared === 1,
      amount: amount === null || currency === null ? null : { amount: Number(amount), currency },
      due: due === NEVER ? null : due,
      isOwn: own === 1,
    });
  }
  return [...found].map(([instance, one]) => ({ instance, ...one }));
}
