import type { Instance } from '../engine/types.ts';
import type { Change, Link } from '../store/types.ts';

const none: Change['links'] = { open: [], done: [] };

/** What is to be done between an instance and its children, or its parent, because of how it changed, and what is done. */
export function linksOf(before: Instance | null, after: Instance): Change['links'] {
  const closed = after.parent !== null && after.status === 'closed' && before?.status !== 'closed';
  if (before?.children === after.children && !closed) return none;
  const open: Link[] = [];
  const done: Link[] = [];
  for (const child in after.children) {
    const record = after.children[child];
    const last = before?.children[child];
    if (record === undefined || record === last) continue;
    const { status, need } = record;
    const due = status === 'requested' ? 'start' : status === 'started' && need === 'dropped' ? 'cancel' : null;
    if (due !== null) open.push({ parent: after.id, child, state: due });
    if (last === undefined) continue;
    const over = status === 'started' || status === 'requested' ? [] : (['tell'] as const);
    for (const state of ['start', 'cancel', ...over] as const) {
      if (state !== due) done.push({ parent: after.id, child, state });
    }
  }
  if (closed) open.push({ parent: after.parent.instance, child: after.id, state: 'tell' });
  return { open, done };
}
