import type { Instance } from '../engine/types.ts';
import type { Link } from '../store/types.ts';

const none: readonly Link[] = [];

/** What is to be done between an instance and its children, or its parent, because of how it changed. */
export function linksOf(before: Instance | null, after: Instance): readonly Link[] {
  const { id, seq, parent } = after;
  const isNews = parent !== null && (after.status === 'closed') !== (before?.status === 'closed');
  if (before?.children === after.children && !isNews) return none;
  const links: Link[] = [];
  for (const child in after.children) {
    const record = after.children[child];
    if (record === undefined || record === before?.children[child]) continue;
    const { status, need } = record;
    if (status === 'requested') links.push({ parent: id, child, state: 'start', seq });
    if (status === 'started' && need === 'dropped') links.push({ parent: id, child, state: 'cancel', seq });
  }
  if (isNews) links.push({ parent: parent.instance, child: id, state: 'tell', seq });
  return links;
}
