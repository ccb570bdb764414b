import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { fileFigures } from './figure-filing.ts';
import { pickInstances } from './figure-picks.ts';
import { COUNTED_ENDS, countedInstances, countedRows, marks, NOT_DONE, runningLate, within } from './figure-scope.ts';
import type { FigureScope, FigureStore, Span } from './figure-types.ts';

/** Most parts that a period is cut into. */
const MOST_PARTS = 100;

type Row = Readonly<Record<string, unknown>>;

/** What figures are counted by: one query each, over the rows of the period alone. */
export function figureQueries(database: Database): FigureStore {
  const { reader } = database;
  return {
    async countFunnel(scope, span) {
      const rows: readonly Row[] = await within(countedRows(database, 'stays', scope), 't.entered_at', span)
        .whereRaw("t.ended is distinct from 'void'")
        .groupBy('t.step', 't.ended')
        .select({ step: 't.step', ended: 't.ended' }, reader.raw('count(*) as rounds'));
      return rows.map(({ step, ended, rounds }) => ({
        step: String(step),
        ended: textOf(ended),
        rounds: Number(rounds),
      }));
    },

    async countStays(scope, span) {
      const rows: readonly Row[] = await reader
        .from(ranked(database, scope, span).as('r'))
        .groupBy('r.step')
        .select('r.step', reader.raw('count(*) as rounds'))
        // Nearest rank: the smallest that at least so many in a hundred do not exceed.
        .select(reader.raw('min(case when r.rank * 100 >= r.size * 50 then r.elapsed end) as p50'))
        .select(reader.raw('min(case when r.rank * 100 >= r.size * 90 then r.elapsed end) as p90'))
        .select(reader.raw('count(r.waiting) as known'))
        .select(reader.raw('sum(case when r.waiting is not null then r.elapsed end) as elapsed'))
        .select(reader.raw('sum(r.waiting) as waiting, sum(r.paused) as paused'));
      return rows.map(({ step, ...counts }) => ({
        step: String(step),
        rounds: Number(counts.rounds),
        p50: Number(counts.p50),
        p90: Number(counts.p90),
        known: Number(counts.known),
        elapsed: Number(counts.elapsed ?? 0),
        waiting: Number(counts.waiting ?? 0),
        paused: Number(counts.paused ?? 0),
      }));
    },

    async countDeadlines(scope, span, now) {
      const ended: readonly Row[] = await within(countedRows(database, 'deadlines', scope), 't.ended_at', span)
        .whereIn('t.how', [...COUNTED_ENDS])
        .groupBy('t.clock')
        .select({ clock: 't.clock' })
        .select(reader.raw("sum(case when t.how = 'done' and t.ended_at <= t.due then 1 else 0 end) as in_time"))
        .select(reader.raw('sum(case when t.ended_at > t.due then 1 else 0 end) as late'));
      const running: readonly Row[] = await runningLate(countedRows(database, 'deadlines', scope), span, now)
        .groupBy('t.clock')
        .select({ clock: 't.clock' }, reader.raw('count(*) as running'));
      const late = new Map(running.map((row) => [String(row.clock), Number(row.running)]));
      const clocks = new Set([...ended.map(({ clock }) => String(clock)), ...late.keys()]);
      return [...clocks].map((clock) => {
        const row = ended.find((each) => each.clock === clock);
        return {
          clock,
          inTime: Number(row?.in_time ?? 0),
          late: Number(row?.late ?? 0),
          runningLate: late.get(clock) ?? 0,
        };
      });
    },

    async countTurnedDown(scope, span) {
      const rows: readonly Row[] = await within(countedRows(database, 'turned_down', scope), 't.at', span)
        .groupBy('t.step', 't.gate', 't.criterion')
        .select({ step: 't.step', gate: 't.gate', criterion: 't.criterion' })
        .select(reader.raw('max(t.version) as version, count(*) as refusals, count(distinct t.instance) as instances'));
      return rows.map(({ step, gate, criterion, version, refusals, instances }) => ({
        step: textOf(step),
        gate: String(gate),
        criterion: String(criterion),
        version: Number(version),
        refusals: Number(refusals),
        instances: Number(instances),
      }));
    },

    async countEndings(scope, span, amounts) {
      const { sql, values } = told(database, amounts);
      const rows: readonly Row[] = await within(countedRows(database, 'endings', scope, amounts !== null), 't.at', span)
        .groupBy('t.outcome', 't.reason', 't.currency')
        .select({ outcome: 't.outcome', reason: 't.reason', currency: 't.currency' })
        .select(reader.raw('count(*) as instances'))
        .select(reader.raw(`count(case when ${sql} then t.amount end) as known`, values))
        .select(reader.raw(`sum(case when ${sql} then t.amount end) as amount`, values));
      return rows.map(({ outcome, reason, currency, instances, known, amount }) => ({
        outcome: textOf(outcome),
        reason: textOf(reason),
        currency: textOf(currency),
        instances: Number(instances),
        known: Number(known),
        amount: Number(amount ?? 0),
      }));
    },

    async countSeries(scope, span, starts) {
      if (starts.length === 0 || starts.length > MOST_PARTS)
        throw new Error(`a series has between 1 and ${MOST_PARTS} parts`);
      const started = within(countedInstances(database, scope), 'i.started_at', span);
      const ended = within(countedRows(database, 'endings', scope), 't.at', span);
      const [startedRows, endedRows]: readonly (readonly Row[])[] = await Promise.all([
        reader
          .from(started.select(partOf(database, 'i.started_at', starts)).as('p'))
          .groupBy('p.part')
          .select('p.part', reader.raw('count(*) as instances')),
        reader
          .from(ended.select(partOf(database, 't.at', starts), { outcome: 't.outcome' }).as('p'))
          .groupBy('p.part', 'p.outcome')
          .select('p.part', 'p.outcome', reader.raw('count(*) as instances')),
      ]);
      const count = (what: 'started' | 'ended') => (row: Row) => ({
        part: Number(row.part),
        what,
        outcome: textOf(row.outcome),
        instances: Number(row.instances),
      });
      return [...(startedRows ?? []).map(count('started')), ...(endedRows ?? []).map(count('ended'))];
    },

    pickInstances: (scope, span, pick, page) => pickInstances(database, scope, span, pick, page),

    async lacksFigures(tenant, process) {
      const found = await reader('figures_pending as q')
        .joinRaw('cross join instances as i')
        .whereRaw('i.bucket = q.bucket and i.id = q.instance')
        .where({ 'i.tenant': tenant, 'i.process': process })
        .first(reader.raw('1 as one'));
      return found !== undefined;
    },

    async pendingFigures(after, limit) {
      const places = reader('figures_pending').select('bucket', { id: 'instance' }).limit(limit);
      if (after !== null) places.whereRaw('(bucket, instance) > (?, ?)', [after.bucket, after.id]);
      return await places.orderBy(['bucket', 'instance']);
    },

    fileFigures: (filings) => fileFigures(database, filings),
  };
}

/** Rounds that ended, each with its place among those of its step in order of how long they took. */
function ranked(database: Database, scope: FigureScope, span: Span): Knex.QueryBuilder {
  const { reader } = database;
  return within(countedRows(database, 'stays', scope), 't.left_at', span)
    .whereNotIn('t.ended', [...NOT_DONE])
    .select({ step: 't.step', elapsed: 't.elapsed', waiting: 't.waiting', paused: 't.paused' })
    .select(reader.raw('row_number() over (partition by t.step order by t.elapsed) as rank'))
    .select(reader.raw('count(*) over (partition by t.step) as size'));
}

/** The part of the period in which an instant lies. */
function partOf({ reader }: Database, column: string, starts: readonly string[]): Knex.Raw {
  const [, ...later] = starts;
  const cases = later.map((_, n) => `when ${column} < ? then ${n}`).join(' ');
  if (later.length === 0) return reader.raw('0 as part');
  return reader.raw(`case ${cases} else ${later.length} end as part`, [...later]);
}

/** That the amount of instance `i` is told. */
function told(
  { dialect }: Database,
  versions: readonly number[] | null,
): { readonly sql: string; readonly values: number[] } {
  if (versions === null) return { sql: '1 = 1', values: [] };
  if (versions.length === 0) return { sql: '1 = 0', values: [] };
  return { sql: `${dialect.unindexed('i.version')} in (${marks(versions)})`, values: [...versions] };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
