import { describe, expect, it } from 'vitest';
import { actor, compiled } from '../engine/process.ts';
import { type Happening, MANAGER, onDay, REP, replayed, tell } from './told-stories.ts';

const TWO_STEPS = `
process: small
title: { zh: 小, en: Small }
subject: deal
roles: { rep: { title: { zh: 代表, en: Rep } }, manager: { title: { zh: 经理, en: Manager } } }
fields: { amount: { type: integer } }
outcomes:
  won: { title: { zh: 赢单, en: Won } }
  lost: { title: { zh: 输单, en: Lost }, from: any, reasons: [late] }
phases:
  only:
    title: { zh: 唯一, en: Only }
    steps:
      a:
        title: { zh: 甲, en: A }
        owner: rep
        sla: { within: 10 days }
        activities: { fill: { title: { zh: 填写, en: Fill }, may_supply: [amount] } }
      b:
        title: { zh: 乙, en: B }
        owner: rep
        activities: { sign: { title: { zh: 签署, en: Sign } } }
        approvals: { ok: { title: { zh: 批准, en: Approve }, by: [manager, { actor: b }], mode: all } }
        milestone: won
`;
const within = (words: string) => compiled(TWO_STEPS.replace('{ within: 10 days }', words));
const plain = compiled(TWO_STEPS);

const begun: readonly Happening[] = [
  { day: 1, who: REP, type: 'start' },
  { day: 2, who: REP, type: 'complete', input: { activity: 'fill', with: { amount: 50 } } },
];
const signed: readonly Happening[] = [
  ...begun,
  { day: 3, who: REP, type: 'advance' },
  { day: 4, who: REP, type: 'complete', input: { activity: 'sign' } },
];

describe('what time leads to', () => {
  const breach = (what: string) => within(`{ within: 10 days, breach: { notify: manager${what} } }`);
  const closes = breach(', do: { type: close, outcome: lost, reason: late }');

  it.each([
    ['a breach closes', breach(''), closes, 'lost'],
    [
      'an escalation advances',
      within('{ within: 10 days, escalate: [{ after: 1 day, notify: manager }] }'),
      within('{ within: 10 days, escalate: [{ after: 1 day, notify: manager, do: { type: advance, step: a } }] }'),
      'b',
    ],
  ])('is told where %s now', (_what, from, to, place) => {
    const { found } = replayed(tell(from, begun, 20), to);
    expect(found).toMatchObject([{ kind: 'elsewhere', led: { from: 'a' } }]);
    expect(JSON.stringify(found)).toContain(place);
  });

  it('is told where it no longer closes, with no reasons of an event that nobody sent', () => {
    const { found } = replayed(tell(closes, begun, 20), breach(''));
    expect(found).toMatchObject([{ kind: 'refused', command: 'close', findings: [] }]);
  });

  it('is no difference by itself where it is due at another time: that is for the SLAs to say', () => {
    const later = within('{ within: 15 days, breach: { notify: manager } }');
    const { found } = replayed(tell(breach(''), [...begun, { day: 13, who: REP, type: 'advance' }], 20), later);
    expect(found).toMatchObject([{ kind: 'saved', clock: 'step/a' }]);
  });
});

it('a person called like a step is no step that was renamed', () => {
  const story: readonly Happening[] = [
    ...signed,
    { day: 5, who: REP, type: 'request-approval', input: { approval: 'ok' } },
    { day: 6, who: MANAGER, type: 'reassign', input: { approval: 'ok', from: 'manager', to: 'a' } },
    { day: 7, who: actor('a', 'rep'), type: 'approve', input: { approval: 'ok' } },
  ];
  const told = tell(plain, story, 8);
  expect(told.entries.map(({ type, accepted }) => [type, accepted])).toContainEqual(['approve', true]);
  const renamed = compiled(TWO_STEPS.replace('      a:\n', '      aa:\n        was: a\n'));
  const { found, counts } = replayed(told, renamed);
  expect([found, counts.same]).toEqual([[], counts.commands]);
});

it('an SLA that would have been breached before it went over to the candidate is told', () => {
  const shorter = within('{ within: 3 days, on_change: keep }');
  const story = tell(plain, [...begun, { day: 9, who: REP, type: 'advance' }], 10, { day: 7, to: shorter });
  const { found } = replayed(story, shorter);
  const due = { from: onDay(11), to: onDay(4) };
  expect(found).toMatchObject([{ kind: 'breached', clock: 'step/a', due, endedAt: null }]);
});
