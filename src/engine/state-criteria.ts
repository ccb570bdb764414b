import type { CompiledActivity, CompiledApproval, CompiledStep } from '../compile/types.ts';
import type { Activity } from '../definition/types.ts';
import type { Text } from '../text.ts';
import { heldRoles, holdsAny } from './access.ts';
import type { Context } from './context.ts';
import { hasForm } from './shared-reason.ts';
import type { ActivityRecord, Instance, Reason } from './types.ts';

// The engine's own criteria: what must hold of the instance's state before any gate is asked. Their ids are listed in
// the API reference, since callers meet them in refusals.

export function state(id: string, holds: boolean, say: Text): Reason {
  return { kind: 'state', id, verdict: holds ? 'met' : 'not-met', say };
}

export function roleHeld(context: Context, roles: readonly string[]): Reason {
  const { actor, instance } = context;
  const held = heldRoles(actor, instance.owner);
  const holds = roles.length === 0 || holdsAny(actor, instance.owner, roles);
  const needed = rolesNeeded(roles);
  return {
    kind: 'role',
    id: 'role-held',
    verdict: holds ? 'met' : 'not-met',
    say: {
      zh: `${needed.zh}；${context.actor.id} 的角色：${held.join(', ') || '无'}`,
      en: `${needed.en}; ${context.actor.id} holds ${held.join(', ') || 'none'}`,
    },
  };
}

function rolesNeeded(roles: readonly string[]): Text {
  const names = roles.join(', ');
  if (roles.length === 0) return { zh: '任何角色均可', en: 'any role will do' };
  if (roles.length === 1) return { zh: `需要角色 ${names}`, en: `the role ${names} is needed` };
  return { zh: `需要角色 ${names} 之一`, en: `one of the roles ${names} is needed` };
}

/** The states as they are said in Chinese; English uses their ids. */
export const instanceStatus: Readonly<Record<Instance['status'], string>> = {
  active: '进行中',
  'on-hold': '已挂起',
  closed: '已结束',
};
const activityStatusText: Readonly<Record<ActivityRecord['status'], string>> = {
  open: '未完成',
  done: '已完成',
  skipped: '已跳过',
};

/** It is neither closed nor on hold: what every command needs that does the work of the process. */
export function instanceOpen({ process, instance }: Context): Reason {
  const { hold } = instance;
  if (hold !== null) {
    const reason = process.definition.hold?.reasons.find(({ id }) => id === hold.reason)?.title;
    const zh = `原因：${reason?.zh ?? hold.reason}；${hold.until === null ? '未定期限' : `预计到 ${hold.until}`}`;
    const en = `for: ${reason?.en ?? hold.reason}; ${hold.until === null ? 'open-ended' : `until ${hold.until}`}`;
    return state('not-on-hold', false, {
      zh: `实例自 ${hold.since} 起由 ${hold.by} 挂起（${zh}）；请先恢复（resume）`,
      en: `the instance is on hold since ${hold.since} by ${hold.by} (${en}); resume it first`,
    });
  }
  return state('instance-open', instance.status === 'active', {
    zh: `实例应为${instanceStatus.active}；现为${instanceStatus[instance.status]}`,
    en: `the instance should be active; it is ${instance.status}`,
  });
}

/** It may be on hold: for records of it, and for ending it. */
export function notClosed({ instance }: Context): Reason {
  return state('instance-open', instance.status !== 'closed', {
    zh: '实例应未结束；现为已结束',
    en: 'the instance should not be closed; it is',
  });
}

/** In words: the open steps; where none is, the phase in which some wait. */
export function whereNow({ position, waiting }: Context['instance']): Text {
  const now = position.map((place) => place.step).join(', ') || (waiting[0]?.phase ?? '');
  if (now === '') return { zh: '实例已结束', en: 'the instance is closed' };
  return { zh: `现在位于 ${now}`, en: `the instance stands in ${now}` };
}

export function stepOpen({ instance }: Context, { step }: CompiledStep | CompiledActivity | CompiledApproval): Reason {
  const open = instance.position.some((place) => place.step === step.id);
  const now = whereNow(instance);
  return state('step-open', open, {
    zh: `环节“${step.title.zh}”（${step.id}）应为当前环节；${now.zh}`,
    en: `the step “${step.title.en}” (${step.id}) should be open; ${now.en}`,
  });
}

/** May be completed: open in this round, or repeatable. */
export function activityOpen(context: Context, { activity }: CompiledActivity): Reason {
  const status = activityStatus(context, activity);
  return state('activity-open', status === 'open' || (status === 'done' && activity.repeatable), {
    zh: `细则“${activity.title.zh}”（${activity.id}）应为${activityStatusText.open}；现为${activityStatusText[status]}`,
    en: `the activity “${activity.title.en}” (${activity.id}) should be open; it is ${status}`,
  });
}

/** There is something to complete; nothing where only evidence is asked for. */
export function activityForm({ activity }: CompiledActivity): readonly Reason[] {
  const { shared, title, id } = activity;
  if (shared === null) return [];
  return [
    state('activity-form', hasForm(activity), {
      zh: `细则“${title.zh}”（${id}）由证据 ${shared.evidence} 满足${hasForm(activity) ? '' : '，没有可完成的内容'}`,
      en: `the activity “${title.en}” (${id}) is met by the evidence ${shared.evidence}${hasForm(activity) ? '' : '; there is nothing to complete'}`,
    }),
  ];
}

export function activityTouched(context: Context, { activity }: CompiledActivity): Reason {
  return state('activity-done', activityStatus(context, activity) !== 'open', {
    zh: `细则“${activity.title.zh}”（${activity.id}）应为已完成或已跳过；现为未完成`,
    en: `the activity “${activity.title.en}” (${activity.id}) should be done or skipped; it is open`,
  });
}

export function activityOptional({ activity }: CompiledActivity): Reason {
  return state('activity-optional', activity.optional || activity.skip !== null, {
    zh: `只有标记 optional 或 skip 的细则可以跳过；“${activity.title.zh}”是必做的`,
    en: `only an activity marked optional or skip may be skipped; “${activity.title.en}” is required`,
  });
}

/** What the exit of a step asks of one of its activities: done, or skipped where it may be. */
export function activityDone(context: Context, activity: Activity): Reason {
  const status = activityStatus(context, activity);
  const done = status !== 'open';
  return {
    kind: 'activity',
    id: activity.id,
    verdict: done ? 'met' : 'not-met',
    say: {
      zh: `细则“${activity.title.zh}”（${activity.id}）${done ? '已完成' : '尚未完成'}`,
      en: `the activity “${activity.title.en}” (${activity.id}) is ${done ? 'done' : 'not done yet'}`,
    },
    ...(activity.source === null ? {} : { source: activity.source }),
    ...(done ? {} : { missing: [activity.id] }),
  };
}

function activityStatus({ instance }: Context, activity: Activity): 'open' | 'done' | 'skipped' {
  return instance.activities[activity.id]?.status ?? 'open';
}

export function reworkListed({ step }: CompiledStep, to: string): Reason {
  const listed = step.rework?.to ?? [];
  return state('rework-listed', listed.includes(to), {
    zh: `环节“${step.title.zh}”可退回到：${listed.join(', ') || '无（定义中没有 rework）'}；要求退回到 ${to}`,
    en: `from the step “${step.title.en}” work may go back to ${listed.join(', ') || 'nowhere (it has no rework)'}; asked was ${to}`,
  });
}

export function reworkWithinLimit({ instance }: Context, { step }: CompiledStep): Reason {
  const used = instance.steps[step.id]?.reworks ?? 0;
  const limit = step.rework?.limit ?? null;
  return state('rework-limit', limit === null || used < limit, {
    zh: `从环节“${step.title.zh}”最多退回 ${limit ?? '不限'} 次；已退回 ${used} 次`,
    en: `from the step “${step.title.en}” work may go back ${limit ?? 'any number of'} times; it has ${used} times`,
  });
}

export function outcomeOpen({ instance }: Context): Reason {
  return state('outcome-open', instance.outcome === null, {
    zh: `结果应尚未确定；现为 ${instance.outcome ?? '未定'}`,
    en: `the outcome should not be fixed yet; it is ${instance.outcome ?? 'open'}`,
  });
}

export function outcomeReachable({ instance }: Context, id: string, from: 'any' | readonly string[]): Reason {
  const { position, waiting } = instance;
  const here =
    from !== 'any' &&
    (position.some(({ phase, step }) => from.includes(phase) || from.includes(step)) ||
      waiting.some(({ phase }) => from.includes(phase)));
  const allowed = from === 'any' ? '任意环节' : from.join(', ');
  return state('outcome-reachable', from === 'any' || here, {
    zh: `结果 ${id} 只能在 ${allowed || '里程碑'} 达成`,
    en: `the outcome ${id} can be reached from ${from === 'any' ? 'anywhere' : from.join(', ') || 'a milestone only'}`,
  });
}
