import { advance, by, complete, type DemoEvent, event, refused } from './demo-event.ts';

/** What differs between sample fairs. Money in CNY, sizes in square metres. */
export interface Fair {
  readonly name: string;
  readonly region: 'home' | 'abroad';
  readonly visitors: number;
  readonly size: number;
  readonly budget: number;
}

// The people of the sample fairs: anna plans, mei manages her, li is in finance, zhou directs, tom sells.
export const anna = (happens: DemoEvent) => by('anna', happens);
export const mei = (happens: DemoEvent) => by('mei', happens);
export const li = (happens: DemoEvent) => by('li', happens);
export const tom = (happens: DemoEvent) => by('tom', happens);

export const approve = (approval: string) => event('approve', { approval });
export const enter = (step: string) => event('enter', { step });
const skip = (what: Readonly<Record<string, string>>, reason: string) => event('skip', { ...what, reason });

// The steps of the shipped process of trade fairs, each as the events that take an ordinary fair through it.

/** All but leaving the step. `more` is known of the fair beside the usual. */
export const draft = (fair: Fair, key: string, more: Readonly<Record<string, unknown>> = {}): readonly DemoEvent[] =>
  [
    complete('choose', {
      fair_no: key,
      fair: fair.name,
      region: fair.region,
      visitors: fair.visitors,
      new_market: false,
      new_target: false,
      ...more,
    }),
    complete('compare', undefined, 'costs', 'rivals'),
    complete('cost', { stand_size: fair.size, budget: fair.budget }),
  ].map(anna);

export const propose = (fair: Fair, key: string): readonly DemoEvent[] => [
  ...draft(fair, key),
  anna(advance('propose')),
];

export const settle = (decision: 'go' | 'cheaper' | 'no') => anna(complete('settle', { decision }));

/** Decided, and the budget of a middling stand approved by two people. */
export const decide = (): readonly DemoEvent[] => [
  settle('go'),
  refused('approval-requested', anna(advance('decide'))),
  mei(approve('budget')),
  refused('gate-shut', anna(advance('decide'))),
  li(approve('budget')),
  anna(advance('decide')),
];

/** The steps of preparation that every fair needs, in one of their orders; the evening for customers is still to come. */
export const prepare = (travellers = 2): readonly DemoEvent[] => [
  tom(enter('invitations')),
  tom(complete('invite', { invited: 40 })),
  tom(advance('invitations')),
  anna(enter('stand')),
  anna(event('fail-call', { activity: 'order', reason: '搭建商系统停机 / the builder’s system is down' })),
  anna(event('retry-call', { activity: 'order', reason: '已恢复 / it is back' })),
  anna(complete('order', { stand_cost: 38_000 })),
  refused('approval-requested', anna(skip({ activity: 'test' }, '展位与去年相同 / the same stand as last year'))),
  mei(approve('no-trial')),
  anna(skip({ activity: 'test' }, '展位与去年相同 / the same stand as last year')),
  anna(advance('stand')),
  anna(enter('travel')),
  anna(complete('book', { travellers })),
];

/** Left out where the manager agrees: refused, approved, skipped. Where all else is done, preparation ends with it. */
export const withoutParty = (): readonly DemoEvent[] => [
  tom(enter('party')),
  refused('approval-requested', tom(skip({ step: 'party' }, '预算不足 / no money left for it'))),
  mei(approve('no-party')),
  tom(skip({ step: 'party' }, '预算不足 / no money left for it')),
];

export const ready = (): readonly DemoEvent[] => [...prepare(), anna(advance('travel')), ...withoutParty()];

const day = (visitors: readonly number[], hotLeads: number) =>
  tom(complete('talk', { day_visitors: visitors, hot_leads: hotLeads }));

/** Three days, a round each. */
export const days = (): readonly DemoEvent[] => [
  day([210], 4),
  tom(event('repeat')),
  day([210, 340], 9),
  tom(event('repeat', { step: 'days' })),
  day([210, 340, 180], 11),
  tom(advance('days')),
];

/** Two of the three ways are enough: the third, still open, is left with the phase. */
export const followUp = (): readonly DemoEvent[] => [tom(advance('calls')), tom(advance('mails'))];

export const lessons = (lastDay: string) => ({
  lessons: ['展台要靠近入口 / a stand near the entrance'],
  closed_on: '2025-10-05',
  lessons_until: lastDay,
});
