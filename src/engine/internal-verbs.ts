import type { Text } from '../text.ts';
import type { ChildRecord } from './child-types.ts';
import { changeChild } from './child-verbs.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { follow } from './draft.ts';
import { notClosed, state } from './state-criteria.ts';
import type { Reason } from './types.ts';
import type { Members, Parsed, Verb } from './verb.ts';

// What instances tell each other. Nobody offers these commands and none is taken from outside: the service alone sends
// them, on the one write path, so that they are decided, recorded and proved like any other.

/** The reason that an instance was closed for by the one that started it. */
export const BY_PARENT = 'parent';

function internal<Input>(
  type: string,
  members: readonly string[],
  verb: Pick<Verb<Input>, 'parse' | 'apply'> & Partial<Verb<Input>>,
): Verb<Input> {
  return {
    type,
    members,
    candidates: () => [],
    title: () => ({ zh: type, en: type }),
    roles: () => [],
    schema: () => ({}),
    check: () => all([]),
    ...verb,
  };
}

/** The child that is meant, and what it is called in the file. */
function told<Input>({ instance }: Context, members: Members, input: Input): Parsed<Input> | null {
  const child = members.id('child', Object.keys(instance.children));
  return child === null ? null : { target: { child }, input, told: { name: instance.children[child]?.name ?? '' } };
}

export const childStarted = internal<string>('child-started', ['child', 'startedAt'], {
  parse: (context, members) => told(context, members, String(members.raw('startedAt'))),
  check: ({ instance }, { child = '' }) => {
    const record = instance.children[child];
    return all([news(record?.status === 'requested', record)]);
  },
  apply: (draft, { target, input }) =>
    changeChild(draft, target.child ?? '', { status: 'started', startedAt: input, incident: null }),
});

/** What it is told changes something; another node may have told it first. */
function news(isNews: boolean, record: ChildRecord | undefined): Reason {
  return state('child-news', isNews, {
    zh: `子流程 ${record?.name} 的这一变化应尚未记录；现为 ${record?.status}`,
    en: `this should be news of the child ${record?.name}; it is ${record?.status} already`,
  });
}

interface Ended {
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly endedAt: string;
}

export const childEnded = internal<Ended>('child-ended', ['child', 'outcome', 'reason', 'endedAt'], {
  parse: (context, members) =>
    told(context, members, {
      outcome: nullable(members.raw('outcome')),
      reason: nullable(members.raw('reason')),
      endedAt: String(members.raw('endedAt')),
    }),
  apply(draft, { target, input: { outcome, reason, endedAt } }) {
    const { child = '' } = target;
    const record = draft.instance.children[child];
    const status = record?.need === 'dropped' && reason === BY_PARENT ? 'cancelled' : 'ended';
    const startedAt = record?.startedAt ?? endedAt;
    changeChild(draft, child, { status, outcome, incident: null, startedAt, endedAt });
  },
});

/** Of one that has ended it changes nothing: what became of it is known. */
export const childFailed = internal<Text>('child-failed', ['child', 'zh', 'en'], {
  parse: (context, members) => told(context, members, { zh: String(members.raw('zh')), en: String(members.raw('en')) }),
  apply(draft, { target, input }) {
    const { child = '' } = target;
    const status = draft.instance.children[child]?.status;
    const isOver = status === 'ended' || status === 'cancelled';
    changeChild(draft, child, isOver ? {} : { status: 'failed', incident: input });
  },
});

/** Closed because of the instance that started it: what its steps left open is left. */
export const cancel = internal<null>('cancel', [], {
  isFinal: true,
  parse: () => ({ target: {}, input: null }),
  check: (context) => all([notClosed(context)]),
  apply(draft) {
    const actions = draft.instance.position.map(({ step }) => ({ type: 'leave', params: { step } }) as const);
    follow(draft, { marking: 'closed', actions }, () => 'closed');
    draft.instance = { ...draft.instance, reason: BY_PARENT };
  },
});

function nullable(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
