import type { CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
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
import { type Members, type Parsed, textSchema, type Verb } from './verb.ts';

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

const nameOf = (instance: Instance, child: string) => instance.children[child]?.name ?? '';

export function changeChild(draft: Draft, id: string, change: Partial<ChildRecord>): void {
  const record = draft.instance.children[id];
  if (record === undefined) throw new Error(`${draft.instance.id} has no child ${id}`);
  draft.instance = { ...draft.instance, children: { ...draft.instance.children, [id]: { ...record, ...change } } };
}

/** What both verbs about a child share: it failed, and somebody decides what becomes of it. */
function childVerb(
  type: string,
  title: Text,
  required: readonly string[],
  check: (context: Context, child: string) => readonly Reason[],
) {
  return {
    type,
    members: ['child', 'reason'],
    candidates: failed,
    title: () => title,
    roles: (process: CompiledProcess, target: Target, instance: Instance) =>
      childRoles(process, instance, target.child),
    schema: ({ instance }: Context, { child = '' }: Target) =>
      eventSchema(type, { child: { const: child, title: nameOf(instance, child) }, reason: textSchema }, required),
    check: (context: Context, { child = '' }: Target): Reason =>
      all([
        roleHeld(context, childRoles(context.process, context.instance, child)),
        ...notHeld(context),
        childFailed(context, child),
        ...check(context, child),
      ]),
  };
}

function meant({ instance }: Context, child: string): Parsed<null> {
  return { target: { child }, input: null, told: { name: nameOf(instance, child) } };
}

/** What failed is started once more, under the same id: whatever came of it before is found again. */
export const retryChild: Verb<null> = {
  ...childVerb('retry-child', { zh: '重试子流程', en: 'Try the child again' }, ['child'], ({ instance }, child) => [
    state('child-startable', isStartable(instance, child), {
      zh: '子流程的个数和层数应未达上限；达到上限的只能放弃（dismiss-child）',
      en: 'the child should be within the limits of number and depth; beyond them it can only be given up (dismiss-child)',
    }),
  ]),
  parse(context, members) {
    const child = idOf(context, members);
    members.optionalText('reason');
    return child === null ? null : meant(context, child);
  },
  apply: (draft, { target }) => changeChild(draft, target.child ?? '', { status: 'requested', incident: null }),
};

/** Nobody waits any more for what failed. */
export const dismissChild: Verb<null> = {
  ...childVerb('dismiss-child', { zh: '放弃子流程', en: 'Give the child up' }, ['child', 'reason'], () => []),
  parse(context, members) {
    const child = idOf(context, members);
    const reason = members.text('reason');
    return child === null || reason === null ? null : meant(context, child);
  },
  apply: (draft, { target }) => changeChild(draft, target.child ?? '', { need: 'dismissed' }),
};
