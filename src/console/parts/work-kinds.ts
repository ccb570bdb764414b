import type { Text, WorkItem } from '../api.ts';
import { workWords } from '../words/work.ts';

/** Something that can be done with an item of the list, by the type of its event and what that names. */
export interface Kind {
  readonly type: 'complete' | 'approve' | 'reject' | 'advance' | 'enter';
  /** The activity, approval or step. */
  readonly id: string;
  readonly title: Text;
  /** The same of every item of which it is the same thing. */
  readonly name: string;
}

export function kindsOf({ instance: { process }, step, title, activities, approvals, advance, enter }: WorkItem) {
  const kind = (type: Kind['type'], id: string, titled: Text): Kind => ({
    type,
    id,
    title: titled,
    name: `${process} ${type} ${id}`,
  });
  return [
    ...activities.map((each) => kind('complete', each.id, each.title)),
    ...approvals.map((each) => kind('approve', each.id, both(workWords.approve, each.title))),
    ...approvals.map((each) => kind('reject', each.id, both(workWords.reject, each.title))),
    ...(advance ? [kind('advance', step, both(workWords.advance, title))] : []),
    ...(enter ? [kind('enter', step, both(workWords.enter, title))] : []),
  ];
}

/** What can be done with all of them. */
export function sharedKinds(items: readonly WorkItem[]): readonly Kind[] {
  const [first, ...others] = items.map(kindsOf);
  return (first ?? []).filter(({ name }) => others.every((kinds) => kinds.some((kind) => kind.name === name)));
}

function both(verb: Text, title: Text): Text {
  return { zh: `${verb.zh}：${title.zh}`, en: `${verb.en}: ${title.en}` };
}

export const dueGroups = ['late', 'today', 'week', 'later', 'never'] as const;
export type DueGroup = (typeof dueGroups)[number];

/** When something is due, by the reader's own days; weeks end with Sunday. */
export function dueGroup(due: string | null, now: Date): DueGroup {
  if (due === null) return 'never';
  const time = Date.parse(due);
  const midnight = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime();
  if (time < now.getTime()) return 'late';
  if (time < midnight(1)) return 'today';
  return time < midnight(((7 - now.getDay()) % 7) + 1) ? 'week' : 'later';
}

export function nameOf({ instance, step }: WorkItem): string {
  return `${instance.id} ${step}`;
}
