import type { CompiledActivity, CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { activityOf, completable, complete } from './activity-verbs.ts';
import type { CallRecord } from './call-types.ts';
import { type CallTimer, failCall as fail, nextCall, requestCall as request } from './calls.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { eventSchema } from './input-schema.ts';
import { internal } from './internal-verbs.ts';
import { activityRoles, moverRoles } from './raised.ts';
import { instanceOpen, roleHeld, state, stepOpen } from './state-criteria.ts';
import { durationText } from './time.ts';
import type { Instance, Reason, Target } from './types.ts';
import { Members, textSchema, type Verb } from './verb.ts';

/** What a service says of a failure, and what is kept of it. */
const MOST_WHY = 500;

function recordOf(instance: Instance, { activity = '' }: Target): CallRecord | undefined {
  return instance.calls[activity];
}

function standsAt({ instance }: Context, target: Target, ...wanted: readonly CallRecord['status'][]): Reason {
  const status = recordOf(instance, target)?.status ?? null;
  return state('call-stands', status !== null && wanted.includes(status), {
    zh: `服务请求应为 ${wanted.join('、')} 之一；现为 ${status ?? '没有请求'}`,
    en: `the call should be ${wanted.join(' or ')}; it is ${status ?? 'none'}`,
  });
}

/** What both verbs about a call share: it is one of an open step. */
function callVerb(type: string, title: Text, wanted: readonly CallRecord['status'][], roles: Verb<string>['roles']) {
  return {
    type,
    members: ['activity', 'reason'],
    candidates: ({ process, instance }: Context): readonly Target[] =>
      process.calling
        .map(({ activity }) => ({ activity: activity.id }))
        .filter((target) => wanted.includes(recordOf(instance, target)?.status ?? 'done')),
    title: (process: CompiledProcess, target: Target): Text => {
      const { title: of } = activityOf(process, target).activity;
      return { zh: `${title.zh}：${of.zh}`, en: `${title.en}: ${of.en}` };
    },
    roles,
    schema: (_: Context, { activity = '' }: Target) =>
      eventSchema(type, { activity: { const: activity }, reason: textSchema }, ['activity', 'reason']),
    parse(context: Context, members: Members) {
      const called = context.process.calling.map(({ activity }) => activity.id);
      const activity = members.id('activity', called);
      const reason = members.text('reason');
      return activity === null || reason === null ? null : { target: { activity }, input: reason };
    },
    check: (context: Context, target: Target): Reason =>
      all([
        roleHeld(context, roles(context.process, target, context.instance)),
        instanceOpen(context),
        stepOpen(context, activityOf(context.process, target)),
        standsAt(context, target, ...wanted),
      ]),
  };
}

const doers: Verb<string>['roles'] = (process, target, instance) =>
  activityRoles(process, instance, activityOf(process, target));

/** Who does it by hand, or moves its step on. */
const keepers: Verb<string>['roles'] = (process, target, instance) => {
  const compiled = activityOf(process, target);
  const step = process.steps.get(compiled.step.id);
  const movers = step === undefined ? [] : moverRoles(process, instance, step);
  return [...new Set([...activityRoles(process, instance, compiled), ...movers])];
};

/** The service, or somebody for it, says that it could not. */
export const failCall: Verb<string> = {
  ...callVerb('fail-call', { zh: '报告失败', en: 'Report a failure' }, ['requested'], doers),
  apply(draft, { target, input }) {
    const record = recordOf(draft.instance, target);
    if (record !== undefined) fail(draft, activityOf(draft.process, target), record, input.slice(0, MOST_WHY));
  },
};

/** Somebody has seen to it: the service is asked again, as often as at first, with what the fields now say. */
export const retryCall: Verb<string> = {
  ...callVerb('retry-call', { zh: '重新请求服务', en: 'Ask the service again' }, ['failed', 'waiting'], keepers),
  apply: (draft, { target }) => request(draft, activityOf(draft.process, target), 1),
};

/** What is due of calls, by the event time of the command and by the clock. */
function dueOf({ process, instance, at }: Context, type: CallTimer) {
  const next = nextCall(process, instance, type);
  return next === null || next.due > at ? null : next;
}

function callTimer(
  type: CallTimer,
  apply: (draft: Parameters<Verb<string>['apply']>[0], compiled: CompiledActivity, record: CallRecord) => void,
): Verb<ReturnType<typeof dueOf>> {
  return internal<ReturnType<typeof dueOf>>(type, [], {
    parse(context) {
      const due = dueOf(context, type);
      if (due === null) return { target: {}, input: null };
      const late = durationText(Math.max(0, Date.parse(context.now) - Date.parse(due.due)));
      return { target: { activity: due.compiled.activity.id }, input: due, told: { due: due.due, late } };
    },
    check: (context) => {
      const due = dueOf(context, type);
      return all([
        state('timer-due', due !== null, {
          zh: `应有到时的服务请求（${type}）；现在没有`,
          en: `a call should be due (${type}); none is`,
        }),
        state('timer-time', due === null || due.due <= context.now, {
          zh: `应已到 ${due?.due}；现在是 ${context.now}`,
          en: `it should be ${due?.due} or later; it is ${context.now}`,
        }),
      ]);
    },
    apply(draft, { input }) {
      if (input !== null) apply(draft, input.compiled, input.record);
    },
  });
}

/** It failed some time ago: it is asked again. */
export const requestCall = callTimer('request-call', (draft, compiled, { attempt }) =>
  request(draft, compiled, attempt + 1),
);

/** It has not answered in time. */
export const timeOutCall = callTimer('time-out-call', (draft, compiled, record) =>
  fail(draft, compiled, record, 'timeout'),
);

type Answer = { readonly failed: string } | { readonly done: Parameters<typeof complete.apply>[1]['input'] };

/**
 * What a service answers by its callback, brought by the service alone. All of the activity's own rules hold but who does
 * it. Also late, as long as people have not done it.
 */
export const answerCall = internal<Answer>('answer-call', ['activity', 'choices', 'with', 'failed'], {
  parse(context, members) {
    const activity = members.id(
      'activity',
      context.process.calling.map((called) => called.activity.id),
    );
    if (activity === null) return null;
    const target = { activity };
    if (members.raw('failed') !== undefined) {
      const failed = members.text('failed');
      return failed === null ? null : { target, input: { failed: failed.slice(0, MOST_WHY) } };
    }
    const [choices, given] = [members.raw('choices'), members.raw('with')];
    const input = {
      activity,
      ...(choices === undefined ? {} : { choices }),
      ...(given === undefined ? {} : { with: given }),
    };
    const inner = new Members(input, complete.members, complete.members);
    const parsed = complete.parse(context, inner);
    for (const { pointer, message } of inner.problems) members.problem(pointer, message);
    return parsed === null ? null : { target, input: { done: parsed.input } };
  },
  check(context, target) {
    const compiled = activityOf(context.process, target);
    return all([
      instanceOpen(context),
      stepOpen(context, compiled),
      standsAt(context, target, 'requested', 'waiting', 'failed'),
      ...completable(context, compiled),
    ]);
  },
  apply(draft, { target, input }) {
    if ('done' in input) {
      complete.apply(draft, { target, input: input.done });
      return;
    }
    const record = recordOf(draft.instance, target);
    if (record?.status === 'requested') fail(draft, activityOf(draft.process, target), record, input.failed);
  },
});
