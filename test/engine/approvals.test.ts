import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { dealProcess, people, play } from './deal.ts';
import { actor, run } from './process.ts';

describe('the cases of an approval', () => {
  it.each<readonly [string, string, string]>([
    ['one role, one decision', 'by: manager', 'asked; mei approve → approved'],
    [
      'any of two: the first decides',
      'by: [manager, director]',
      'asked; dora approve → approved; mei approve → approval-decided',
    ],
    ['any of two: the first no is a no', 'by: [manager, director]', 'asked; dora reject comment=no → rejected'],
    [
      'all of two, in whatever order',
      'by: [manager, director], mode: all',
      'asked; dora approve → requested; mei approve → approved',
    ],
    [
      'all of two: one no is a no',
      'by: [manager, director], mode: all',
      'asked; dora approve → requested; mei reject comment=no → rejected',
    ],
    [
      'at least two of three',
      'by: [manager, director, legal], mode: { at_least: 2 }',
      'asked; lea approve → requested; mei approve → approved',
    ],
    [
      'at least two of three: rejected as soon as two can no longer agree',
      'by: [manager, director, legal], mode: { at_least: 2 }',
      'asked; lea reject comment=no → requested; mei approve → requested; dora reject comment=no → rejected',
    ],
    [
      'in sequence: not before one’s turn',
      'by: [manager, director], order: sequence',
      'asked; dora approve → approval-turn; mei approve → requested; dora approve → approved',
    ],
    [
      'in sequence: a no ends it',
      'by: [manager, director], order: sequence',
      'asked; mei reject comment=no → rejected; dora approve → approval-decided',
    ],
    [
      'nobody decides twice in a role',
      'by: [manager, director], mode: all',
      'asked; mei approve → requested; mei approve → approval-decided',
    ],
    [
      'who holds both roles may say so twice',
      'by: [manager, director], mode: all',
      'asked; both approve → requested; both approve → approved',
    ],
    [
      '… but not where others must',
      'by: [manager, director], mode: all, exclude: [earlier-approvers]',
      'asked; both approve → requested; both approve → approval-earlier-approver; dora approve → approved',
    ],
    ['a requester may approve', 'by: manager', 'boss request-approval → requested; boss approve → approved'],
    [
      '… but not where excluded',
      'by: manager, exclude: [requester]',
      'boss request-approval → requested; boss approve → approval-own-request; mei approve → approved',
    ],
    ['an administrator stands in a role’s place', 'by: manager', 'asked; ada approve → approved'],
    ['… and in nobody’s', 'by: { actor: mei }', 'asked; ada approve → role-required; mei approve → approved'],
    ['a stranger', 'by: manager', 'asked; lea approve → role-required; anna reject comment=x → role-required'],
    [
      'nothing was requested',
      'by: manager',
      'mei approve → approval-not-requested; anna withdraw → approval-not-requested',
    ],
    ['requested twice', 'by: manager', 'asked; anna request-approval → approval-requested'],
    ['requested by a stranger', 'by: manager', 'lea request-approval → role-required'],
    [
      'withdrawn, and asked for again',
      'by: manager',
      'asked; anna withdraw → withdrawn; mei approve → approval-withdrawn; asked; mei approve → approved',
    ],
    ['rejecting takes a comment', 'by: manager', 'asked; mei reject → invalid-input'],
    [
      'rejected, and asked for again',
      'by: manager',
      'asked; mei reject comment=no → rejected; anna advance → gate-shut; anna request-approval → requested',
    ],
    [
      'a changed value voids a request',
      'by: manager, when: discount > 10',
      'asked; anna set discount=18 → void; mei approve → approval-void; asked; mei approve → approved',
    ],
    [
      '… and what was given',
      'by: manager, when: discount > 10',
      'asked; mei approve → approved; anna set discount=18 → void; anna advance → approval-requested',
    ],
    [
      '… and what was refused',
      'by: manager, when: discount > 10',
      'asked; mei reject comment=no → rejected; anna set discount=18 → void; anna advance → approval-requested',
    ],
    [
      'the same value again voids nothing',
      'by: manager, when: discount > 10',
      'asked; anna set discount=15 → requested',
    ],
    ['another field voids nothing', 'by: manager, when: discount > 10', 'asked; anna set terms=x → requested'],
    [
      '… unless it is declared',
      'by: manager, when: discount > 10, voids_on: [terms]',
      'asked; anna set discount=20 → requested; anna set terms=x → void',
    ],
    [
      'the band’s field always does',
      'of: discount, bands: [{ by: manager }], voids_on: terms',
      'asked; anna set discount=20 → void',
    ],
    [
      'not needed, not asked for',
      'by: manager, when: discount > 20',
      'anna request-approval → not-allowed-now; anna advance → none',
    ],
    [
      'unknown whether it is needed',
      'by: manager, when: discount > 10',
      'anna set discount=null → none; anna request-approval → gate-shut; anna advance → gate-shut',
    ],
    [
      'the first band that fits, its limit included',
      'of: discount, bands: [{ up_to: 15, by: manager }, { by: [manager, director], order: sequence }]',
      'asked; dora approve → role-required; mei approve → approved',
    ],
    [
      'the band above',
      'of: discount, bands: [{ up_to: 14, by: manager }, { by: [manager, director], order: sequence }]',
      'asked; mei approve → requested; dora approve → approved',
    ],
    [
      'bands of money in whole units',
      'of: amount, bands: [{ up_to: 1000, by: manager }, { by: director }]',
      'anna set amount=1000.01 → none; asked; mei approve → role-required; dora approve → approved',
    ],
    [
      'a turn is reassigned, for good',
      'by: manager',
      'asked; mei reassign to=wang → requested; mei approve → role-required; wang approve → approved',
    ],
    [
      '… only by whoever’s turn it is',
      'by: [manager, director], mode: all',
      'asked; dora reassign from=manager to=wang → role-required; ada reassign from=manager to=wang → requested',
    ],
    [
      '… not to one who is excluded',
      'by: manager, exclude: [requester]',
      'asked; mei reassign to=anna → invalid-input',
    ],
    [
      '… nor to one who approves already',
      'by: [manager, { actor: lea }], mode: all',
      'asked; mei reassign to=lea → invalid-input',
    ],
    [
      '… nor a turn that is taken',
      'by: [manager, director], mode: all',
      'asked; mei approve → requested; mei reassign from=manager to=wang → role-required; ada reassign from=manager to=wang → approval-turn',
    ],
    [
      'an added approver must agree, whatever the mode',
      'by: [manager, director]',
      'asked; mei add-approver actor=lea → requested; mei approve → requested; dora approve → approval-turn; lea approve → approved',
    ],
    [
      '… before one’s own turn in sequence',
      'by: manager, order: sequence',
      'asked; mei add-approver actor=lea → requested; mei approve → approval-turn; lea approve → requested; mei approve → approved',
    ],
    [
      '… or after',
      'by: manager, order: sequence',
      'asked; mei add-approver actor=lea place=after → requested; lea approve → approval-turn; mei approve → requested; lea approve → approved',
    ],
    ['… a place is for sequences', 'by: manager', 'asked; mei add-approver actor=lea place=after → invalid-input'],
    [
      '… a no of theirs is a no',
      'by: manager',
      'asked; mei add-approver actor=lea → requested; mei approve → requested; lea reject comment=no → rejected',
    ],
    ['… by an approver', 'by: manager', 'asked; anna add-approver actor=lea → role-required'],
    [
      'work sent back takes a request along',
      'by: manager',
      'asked; anna rework to=visit reason=x → void; mei approve → approval-void; anna advance → void; anna advance → approval-requested; mei approve → approved',
    ],
    [
      '… and in the new round what was given is void',
      'by: manager',
      'asked; mei approve → approved; anna rework to=visit reason=x → approved; anna advance → void; anna advance → approval-requested',
    ],
    [
      'a step that was left keeps what was given',
      'by: manager, when: discount > 10',
      'asked; mei approve → approved; anna advance → approved; mei approve → approval-decided; anna set discount=50 → void',
    ],
  ])('%s', (_case, words, moves) => {
    expect(play(words, moves).found).toBe(moves);
  });

  it.each([
    ['is the one whom the file names', 'anna', 'asked; max approve → role-required; mei approve → approved'],
    ['is nobody', 'ben', 'anna request-approval → not-allowed-now; anna advance → gate-shut'],
  ])('the manager of the owner %s', (_case, of, moves) => {
    expect(play('by: { manager_of: owner }', moves, { top: `managers: { ${of}: mei }` }).found).toBe(moves);
  });

  const substitutes = { top: 'substitutes: [{ for: mei, by: wang, from: 2026-02-10, until: 2026-02-20 }]' };
  it.each<readonly [string, string, string]>([
    ['for a named person', 'by: { actor: mei }', 'asked; wang approve @10 → approved'],
    ['for a holder of the role', 'by: manager', 'asked; wang approve @20 → approved'],
    ['not the day before', 'by: manager', 'asked; wang approve @09 → role-required'],
    ['nor the day after', 'by: manager', 'asked; wang approve @21 → role-required'],
    [
      'nor by an event time of a day that was',
      'by: manager',
      'asked; wang approve @21 at=2026-02-14T00:00:00Z → role-required',
    ],
    ['nor for somebody else', 'by: { actor: max }', 'asked; wang approve → role-required'],
    [
      'who agrees twice, once for another',
      'by: [manager, { actor: wang }], mode: all',
      'asked; wang approve → requested; wang approve → approved',
    ],
    [
      '… but not where others must',
      'by: [manager, { actor: wang }], mode: all, exclude: [earlier-approvers]',
      'asked; wang approve → requested; wang approve → approval-earlier-approver',
    ],
  ])('a substitute %s', (_case, words, moves) => {
    expect(play(words, moves, substitutes).found).toBe(moves);
  });

  it('a substitute is kept out where the one they stand in for is', () => {
    const definition = dealProcess('by: manager, exclude: [requester]', {
      top: 'substitutes: [{ for: mei, by: wang, from: 2026-02-01, until: 2026-02-20 }]',
      step: '',
    });
    const both: Actor = actor('mei', 'rep', 'manager');
    const it = run(definition, { discount: 15 });
    it.do('advance');
    it.do('request-approval', { approval: 'price' }, both);
    expect(it.refuse('approve', { approval: 'price' }, people.wang).code).toBe('approval-own-request');
    it.do('approve', { approval: 'price' }, people.max);
  });
});
