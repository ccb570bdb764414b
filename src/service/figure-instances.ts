import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { FigurePick } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { instanceCursor } from './cursor.ts';
import type { FigureInstancesQuery } from './figure-types.ts';
import { type Asked, askedOf, ENDS } from './figures.ts';
import { listPage } from './list-page.ts';
import type { ListPage } from './types.ts';

/**
 * The instances behind one figure, in order of creation, each once. They are found by the very conditions that the figure
 * is counted by. Throws what `getFigures` throws, and `malformed-request` where the figure is not said in full.
 */
export async function figureInstances(
  context: ServiceContext,
  name: string,
  query: FigureInstancesQuery,
  actor: Actor,
): Promise<ListPage> {
  const { cursor, limit } = query;
  const { since, until, version } = query;
  const asked = await askedOf(context, name, { since, until, version }, actor);
  const after = cursor === null ? null : instanceCursor(cursor);
  const pick = pickOf(query);
  requireShown(asked, pick, actor);
  const { scope, period, now } = asked;
  const ids = await context.store.pickInstances(scope, period, pick, { now, after, limit: limit + 1 });
  const page = ids.slice(0, limit);
  const rows = new Map((page.length === 0 ? [] : await context.store.loadInstances(page)).map((row) => [row.id, row]));
  const found = page.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined || row.tenant !== actor.tenant ? [] : [row];
  });
  return {
    ...(await listPage(context, found, actor, now)),
    next: ids.length > limit ? (page.at(-1) ?? null) : null,
  };
}

function pickOf(query: FigureInstancesQuery): FigurePick {
  const { figure } = query;
  const asked = (parameter: 'step' | 'clock' | 'gate' | 'criterion'): string => {
    const value = query[parameter];
    if (value !== null) return value;
    throw new ProcessError(
      'malformed-request',
      {
        zh: `缺少查询参数 ${parameter}：figure=${figure} 还需指明它。`,
        en: `The query parameter ${parameter} is missing: figure=${figure} needs it.`,
      },
      { parameter },
    );
  };
  switch (figure) {
    case 'entered':
      return { of: 'entered', step: asked('step'), ended: null };
    case 'onward':
      return { of: 'entered', step: asked('step'), ended: ENDS.onward };
    case 'sent-back':
      return { of: 'entered', step: asked('step'), ended: ENDS.sentBack };
    case 'closed-there':
      return { of: 'entered', step: asked('step'), ended: ENDS.closed };
    case 'open':
      return { of: 'entered', step: asked('step'), ended: ENDS.open };
    case 'ended-rounds':
      return { of: 'left', step: asked('step') };
    case 'in-time':
    case 'late':
    case 'running-late':
      return { of: 'deadline', clock: asked('clock'), state: figure };
    case 'refused':
      return { of: 'refused', step: query.step, gate: asked('gate'), criterion: asked('criterion') };
    case 'started':
      return { of: 'started' };
    case 'ended':
      return { of: 'ended', outcome: orNone(query.outcome), reason: orNone(query.reason) };
  }
}

/** Left out: any; `-`: none. */
function orNone(value: string | null): string | null | undefined {
  return value === null ? undefined : value === '-' ? null : value;
}

/** What is hidden from the actor has no list either. */
function requireShown({ hidden }: Asked, pick: FigurePick, { id, roles }: Actor): void {
  const isHidden =
    (pick.of === 'deadline' && hidden.clocks.has(pick.clock)) ||
    (pick.of === 'refused' && !pick.gate.includes('/') && hidden.activities.has(pick.criterion));
  if (!isHidden) return;
  throw new ProcessError('role-required', {
    zh: `这项指标所依据的内容对 ${id} 不可见；其角色：${roles.join(', ') || '无'}`,
    en: `what this figure is about is hidden from ${id}, who holds ${roles.join(', ') || 'none'}`,
  });
}
