import type { CompiledProcess } from '../compile/types.ts';
import { childFailed } from './child-criteria.ts';
import type { ChildRecord } from './child-types.ts';
import { isStartable } from './children.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import type { Draft } from './draft.ts';
import { eventSchema } from './input-schema.ts';
import { overridePolicy } from './overrides.ts';
import { instanceOpen, roleHeld, state } from './state-criteria.ts';
import { stepOf } from './step-target.ts';
import type { Instance, Reason, Target } from './types.ts';
import { type Members, textSchema, type Verb } from './verb.ts';

/** Whoever may override its step's criteria, else who moves that step on. */
export function childRoles(process: CompiledProcess, instance: Instance, id: string | undefined): readonly string[] {
  const step = stepOf(process, instance.children[id ?? '']?.step);
  return overridePolicy(process, step)?.by ?? step.roles;
}

/** A closed instance still has children to see to; one on hold takes nothing. */
function notHeld(context: Context): readonly Reason[] {
  return context.instance.hold === null ? [] : [instanceOpen(context)];
}

function failed({ instance }: Context): readonly Target[] {
  return Object.entries(instance.children)
    .filter(([, { status, need }]) => status === 'failed' && need === 'wanted')
    .map(([child]) => ({ child }));
}

const idOf = ({ instance }: Context, members: Members) => members.id('child', Object.keys(instance.children));

const nameOf = (instance: Instance, { child }: Target) => instance.children[child ?? '']?.name ?? '';

export function changeChild(draft: Draft, id: string, change: Partial<ChildRecord>): void {
  const record = draft.instance.children[id];
  if (record === undefined) throw new Error(`${draft.instance.id} has no child ${id}`);
  draft.instance = { ...draft.instance, children: { ...draft.instance.children, [id]: { ...record, ...change } } };
}

/** What failed is started once more, under the same id: whatever came of it before is found again. */
export const retryChild: Verb<null> = {
  type: 'retry-child',
  members: ['child', 'reason'],
  candidates: failed,
  title: () => ({ zh: '重试子流程', en: 'Try the child again' }),
  roles: (process, target, instance) => childRoles(process, instance, target.child),
  schema: (context, { child = '' }) =>
    eventSchema(
      'retry-child',
      { child: { const: child, title: nameOf(context.instance, { child }) }, reason: textSchema },
      ['child'],
    ),
  parse(context, members) {
    const child = idOf(context, members);
    members.optionalText('reason');
    return child === null
      ? null
      : { target: { child }, input: null, told: { name: nameOf(context.instance, { child }) } };
  },
  check: (context, { child = '' }) =>
    all([
      roleHeld(context, childRoles(context.process, context.instance, child)),
      ...notHeld(context),
      childFailed(context, child),
      state('child-startable', isStartable(context.instance, child), {
        zh: '子流程的个数和层数应未达上限；达到上限的只能放弃（dismiss-child）',
        en: 'the child should be within the limits of number and depth; beyond them it can only be given up (dismiss-child)',
      }),
    ]),
  apply: (draft, { target }) => changeChild(draft, target.child ?? '', { status: 'requested', incident: null }),
};

/** Nobody waits any more for what failed. */
export const dismissChild: Verb<null> = {
  type: 'dismiss-child',
  members: ['child', 'reason'],
  candidates: failed,
  title: () => ({ zh: '放弃子流程', en: 'Give the child up' }),
  roles: (process, target, instance) => childRoles(process, instance, target.child),
  schema: (context, { child = '' }) =>
    eventSchema(
      'dismiss-child',
      { child: { const: child, title: nameOf(context.instance, { child }) }, reason: textSchema },
      ['child', 'reason'],
    ),
  parse(context, members) {
    const child = idOf(context, members);
    const reason = members.text('reason');
    if (child === null || reason === null) return null;
    return { target: { child }, input: null, told: { name: nameOf(context.instance, { child }) } };
  },
  check: (context, { child = '' }) =>
    all([
      roleHeld(context, childRoles(context.process, context.instance, child)),
      ...notHeld(context),
      childFailed(context, child),
    ]),
  apply: (draft, { target }) => changeChild(draft, target.child ?? '', { need: 'dismissed' }),
};
