import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { COUNTED_ENDS, countedInstances, countedRows, NOT_DONE, runningLate, within } from './figure-scope.ts';
import type { FigurePick, FigureScope, Span } from './figure-types.ts';

interface Page {
  readonly now: string;
  readonly after: string | null;
  readonly limit: number;
}

/** The instances behind one figure, counted by the same conditions as the figure itself. */
export async function pickInstances(
  database: Database,
  scope: FigureScope,
  span: Span,
  pick: FigurePick,
  { now, after, limit }: Page,
): Promise<readonly string[]> {
  const isStart = pick.of === 'started';
  const column = isStart ? 'i.id' : 't.instance';
  const rows = picked(database, scope, span, pick, now).distinct({ id: column }).orderBy(column).limit(limit);
  if (after !== null) rows.where(column, '>', after);
  const found: readonly { readonly id: string }[] = await rows;
  return found.map(({ id }) => id);
}

function picked(database: Database, scope: FigureScope, span: Span, pick: FigurePick, now: string): Knex.QueryBuilder {
  switch (pick.of) {
    case 'entered': {
      const rows = within(countedRows(database, 'stays', scope), 't.entered_at', span)
        .where('t.step', pick.step)
        .whereRaw("t.ended is distinct from 'void'");
      const { ended } = pick;
      if (ended === null) return rows;
      const ends = ended.filter((each) => each !== null);
      return rows.where((any) => {
        any.whereIn('t.ended', ends);
        if (ended.includes(null)) any.orWhereNull('t.ended');
      });
    }
    case 'left':
      return within(countedRows(database, 'stays', scope), 't.left_at', span)
        .where('t.step', pick.step)
        .whereNotIn('t.ended', [...NOT_DONE]);
    case 'deadline': {
      const rows = countedRows(database, 'deadlines', scope).where('t.clock', pick.clock);
      if (pick.state === 'running-late') return runningLate(rows, span, now);
      within(rows, 't.ended_at', span).whereIn('t.how', [...COUNTED_ENDS]);
      return pick.state === 'late'
        ? rows.whereRaw('t.ended_at > t.due')
        : rows.where('t.how', 'done').whereRaw('t.ended_at <= t.due');
    }
    case 'refused':
      return within(countedRows(database, 'turned_down', scope), 't.at', span)
        .where({ 't.gate': pick.gate, 't.criterion': pick.criterion })
        .whereRaw('t.step is not distinct from ?', [pick.step]);
    case 'started':
      return within(countedInstances(database, scope), 'i.started_at', span);
    case 'ended': {
      const { outcome, reason } = pick;
      const rows = within(countedRows(database, 'endings', scope), 't.at', span);
      if (outcome !== undefined) rows.whereRaw('t.outcome is not distinct from ?', [outcome]);
      return reason === undefined ? rows : rows.whereRaw('t.reason is not distinct from ?', [reason]);
    }
  }
}
