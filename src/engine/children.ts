import type { CompiledChild } from '../compile/types.ts';
import type { ChildRecord } from './child-types.ts';
import { factsOf } from './context.ts';
import type { Draft } from './draft.ts';
import type { Instance } from './types.ts';

/** Instances one below the other, the first among them. */
const MOST_LEVELS = 8;
/** Children that one instance ever starts. */
const MOST_CHILDREN = 100;

type Children = Record<string, ChildRecord>;

/**
 * Brings the children up to where the instance now stands: those of a step that was left or recalled are dropped as the
 * file says, and those that an open step has not started in this round are requested. To be called after every change.
 */
export function settleChildren(draft: Draft, by: string): void {
  const { process, instance } = draft;
  if (process.starting.length === 0) return;
  const children: Children = { ...instance.children };
  let changed = false;
  for (const id in children) {
    const record = children[id];
    if (record === undefined || record.need !== 'wanted' || !isDropped(draft, record)) continue;
    children[id] = { ...record, need: 'dropped' };
    changed = true;
  }
  for (const { step, starts } of process.starting) {
    if (instance.status !== 'active' || !isOpen(instance, step.id)) continue;
    for (const child of starts) {
      const known = currentChild(children, instance, step.id, child.child.id);
      if (known !== null || !isDue(draft, child)) continue;
      const [id, record] = requested(draft, step.id, child, by, children);
      children[id] = record;
      changed = true;
    }
  }
  if (changed) draft.instance = { ...instance, children };
}

/** Its round is over and the file wants it cancelled then, or its round never was. */
function isDropped({ process, instance }: Draft, { step, round, name, status }: ChildRecord): boolean {
  const now = instance.steps[step]?.round ?? 0;
  if (now < round) return true;
  if (status === 'ended' || status === 'cancelled' || (now === round && isOpen(instance, step))) return false;
  const started = process.steps.get(step)?.starts.find(({ child }) => child.id === name);
  return started?.child.onLeave === 'cancel';
}

function isDue(draft: Draft, { when }: CompiledChild): boolean {
  return when === null || when.explain(factsOf(draft.process, draft.instance.fields)).verdict === 'met';
}

function requested(
  draft: Draft,
  step: string,
  { child }: CompiledChild,
  by: string,
  children: Children,
): readonly [string, ChildRecord] {
  const { instance, at, environment } = draft;
  const record: ChildRecord = {
    name: child.id,
    step,
    round: instance.steps[step]?.round ?? 1,
    process: child.process,
    status: 'requested',
    need: 'wanted',
    outcome: null,
    incident: null,
    requestedBy: by,
    requestedAt: at,
    startedAt: null,
    endedAt: null,
  };
  if (Object.keys(children).length >= MOST_CHILDREN) {
    // In the place of the one before it: what is refused must not grow either.
    return [`${step}/${child.id}`, { ...record, status: 'failed', incident: tooMany }];
  }
  const tooDeep = (instance.parent?.depth ?? 0) + 1 >= MOST_LEVELS;
  return [environment.ids(), tooDeep ? { ...record, status: 'failed', incident: tooManyLevels } : record];
}

const tooMany = {
  zh: `一个实例最多启动 ${MOST_CHILDREN} 个子流程，已达上限；请放弃（dismiss-child）或人工处理`,
  en: `an instance starts at most ${MOST_CHILDREN} children, and this one has; dismiss it (dismiss-child) and see to it by hand`,
};
const tooManyLevels = {
  zh: `子流程最多 ${MOST_LEVELS} 层，已达上限；请放弃（dismiss-child）并另行启动`,
  en: `instances start each other at most ${MOST_LEVELS} levels deep, and these do; dismiss it (dismiss-child) and start it by itself`,
};

/** Whether a child can be tried again: one that no instance was ever meant to be cannot. */
export function isStartable(instance: Instance, id: string): boolean {
  return !id.includes('/') && (instance.parent?.depth ?? 0) + 1 < MOST_LEVELS;
}

function isOpen({ position }: Instance, step: string): boolean {
  return position.some((place) => place.step === step);
}

/** The child of a name that counts in the present round of a step, with its id; null: there is none. */
export function currentChild(
  children: Instance['children'],
  { steps }: Instance,
  step: string,
  name: string,
): { readonly id: string; readonly record: ChildRecord } | null {
  const round = steps[step]?.round ?? 0;
  for (const id in children) {
    const record = children[id];
    if (record?.step !== step || record.name !== name || record.round !== round || record.need === 'dropped') continue;
    return { id, record };
  }
  return null;
}
