import type { Text } from '../text.ts';
import type { ChildRecord } from './child-types.ts';
import { changeChild } from './child-verbs.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { follow } from './draft.ts';
import { notClosed, state } from './state-criteria.ts';
import type { Members, Parsed, Verb } from './verb.ts';

// What instances tell each other. Nobody offers these commands and none is taken from outside: the service alone sends
// them, on the one write path, so that they are decided, recorded and proved like any other.

/** The reason that an instance was closed for by the one that started it. */
export const BY_PARENT = 'parent';

export function internal<Input>(
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

/** What it is told must change something: another node may have told it first. */
function isNews(...from: readonly ChildRecord['status'][]): Verb<unknown>['check'] {
  return ({ instance }, { child = '' }) => {
    const record = instance.children[child];
    const says = state('child-news', record !== undefined && from.includes(record.status), {
      zh: `子流程 ${record?.name} 应为 ${from.join('、')} 之一；现为 ${record?.status}`,
      en: `the child ${record?.name} should be one of ${from.join(', ')}; it is ${record?.status}`,
    });
    return all([says]);
  };
}

export const childStarted = internal<string>('child-started', ['child', 'startedAt'], {
  parse: (context, members) => told(context, members, String(members.raw('startedAt'))),
  check: isNews('requested'),
  apply: (draft, { target, input }) =>
    changeChild(draft, target.child ?? '', { status: 'started', startedAt: input, incident: null }),
});

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
  check: isNews('requested', 'started', 'failed'),
  apply(draft, { target, input: { outcome, reason, endedAt } }) {
    const { child = '' } = target;
    const record = draft.instance.children[child];
    const status = record?.need === 'dropped' && reason === BY_PARENT ? 'cancelled' : 'ended';
    const startedAt = record?.startedAt ?? endedAt;
    changeChild(draft, child, { status, outcome, incident: null, startedAt, endedAt });
  },
});

/** Its own people have opened it again: whoever waits for it waits anew. */
export const childReopened = internal<null>('child-reopened', ['child'], {
  parse: (context, members) => told(context, members, null),
  check: isNews('ended', 'cancelled'),
  apply: (draft, { target }) =>
    changeChild(draft, target.child ?? '', { status: 'started', outcome: null, endedAt: null }),
});

export const childFailed = internal<Text>('child-failed', ['child', 'zh', 'en'], {
  parse: (context, members) => told(context, members, { zh: String(members.raw('zh')), en: String(members.raw('en')) }),
  check: isNews('requested', 'started'),
  apply: (draft, { target, input }) => changeChild(draft, target.child ?? '', { status: 'failed', incident: input }),
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
