import { describe, expect, it } from 'vitest';
import { explain, maskRound, roundsOf } from '../../src/engine/index.ts';
import { ADMIN, BOSS, CLERK, failing, NOW, run } from './process.ts';
import { side } from './side.ts';

const LATER = '2026-02-13T09:32:00.000Z';

function asking() {
  const it = run(side, { score: 50, urgent: false });
  it.do('enter', { step: 'ask' }, CLERK);
  return it;
}

describe('repeat', () => {
  it('ends a round and begins the next, each with its own record', () => {
    const it = asking();
    it.do('complete', { activity: 'call', choices: ['mail'] }, CLERK);
    const { entries } = it.do('repeat', { step: 'ask' }, CLERK, LATER);
    expect(entries[0]?.changes).toEqual({
      activities: { call: { from: 'done', to: 'open' } },
      steps: { ask: { round: 2, reworks: 0, skips: 0, routes: {} } },
    });
    expect(it.instance.position).toEqual([{ phase: 'gather', step: 'ask' }]);
    it.do('complete', { activity: 'call', choices: ['phone'] });
    it.do('advance', { step: 'ask' });
    expect(it.instance.steps.ask).toEqual({
      round: 2,
      enteredAt: LATER,
      leftAt: NOW,
      reworks: 0,
      skips: 0,
      routes: {},
    });
    expect(roundsOf(it.instance, 'ask')).toEqual([
      { round: 1, enteredAt: NOW, leftAt: LATER, ended: 'repeated', activities: ['call'] },
      { round: 2, enteredAt: LATER, leftAt: NOW, ended: 'done', activities: ['call'] },
    ]);
    expect(it.instance.activities.call).toMatchObject({
      count: 2,
      completions: [
        { round: 1, by: 'carla', at: NOW, choices: ['mail'] },
        { round: 2, by: 'ada', at: NOW, choices: ['phone'] },
      ],
    });
  });

  it('asks what the step asks, not what follows', () => {
    const it = asking();
    const refusal = it.refuse('repeat', { step: 'ask' });
    expect(refusal.code).toBe('gate-shut');
    expect(failing(refusal)).toEqual(['call']);
    it.do('set', { fields: { urgent: null } });
    it.do('complete', { activity: 'call', choices: ['mail'] });
    it.do('repeat', { step: 'ask' });
    expect(it.instance.steps.ask?.round).toBe(2);
  });

  it('ends at the most rounds, is not for every step, and not for everybody', () => {
    const it = asking();
    for (const round of [2, 3]) {
      it.do('complete', { activity: 'call', choices: ['mail'] });
      it.do('repeat');
      expect(it.instance.steps.ask?.round).toBe(round);
    }
    it.do('complete', { activity: 'call', choices: ['mail'] });
    expect(failing(it.refuse('repeat'))).toEqual(['repeat-limit']);
    expect(it.refuse('repeat', { step: 'ask' }, BOSS).code).toBe('role-required');
    it.do('enter', { step: 'look' });
    expect(failing(it.refuse('repeat', { step: 'look' }))).toEqual(['step-repeatable', 'repeat-limit']);
    const offered = explain({ process: side, instance: it.instance, actor: ADMIN, at: NOW, now: NOW });
    expect(offered.filter(({ type }) => type === 'repeat').map(({ step }) => step)).toEqual(['ask']);
  });
});

describe('the record of a round', () => {
  it('leaves out what somebody may not see', () => {
    const it = asking();
    it.do('complete', { activity: 'call', choices: ['mail'] });
    it.do('repeat');
    const rounds = roundsOf(it.instance, 'ask');
    const hidden = { activities: new Set(['call']), fields: new Set<string>(), clocks: new Set<string>() };
    expect(rounds).toMatchObject([{ activities: ['call'] }]);
    expect(rounds.map((round) => maskRound(hidden, round))).toMatchObject([
      { round: 1, ended: 'repeated', activities: [] },
    ]);
  });
});

describe('an activity that is repeated', () => {
  it('keeps each time it was done, and forgets one that is undone', () => {
    const it = asking();
    it.do('complete', { activity: 'call', choices: ['mail'] });
    it.do('complete', { activity: 'call', choices: ['phone'] }, CLERK);
    it.do('undo', { activity: 'call' });
    expect(it.instance.activities.call).toMatchObject({
      status: 'open',
      count: 1,
      completions: [{ round: 1, by: 'ada', at: NOW, choices: ['mail'] }],
    });
  });

  it('keeps the last ten times and counts all', () => {
    const it = asking();
    for (let time = 1; time <= 12; time += 1) it.do('complete', { activity: 'call', choices: ['mail'] });
    expect(it.instance.activities.call?.count).toBe(12);
    expect(it.instance.activities.call?.completions).toHaveLength(10);
  });
});

describe('an activity with a condition', () => {
  function looking(fields: Record<string, unknown>) {
    const it = run(side, { score: 50, ...fields });
    it.do('enter', { step: 'look' });
    return it;
  }

  it('is required where it holds', () => {
    const it = looking({ urgent: true });
    expect(it.refuse('advance')).toMatchObject({ code: 'gate-shut', missing: [{ kind: 'activity', id: 'visit' }] });
    it.do('complete', { activity: 'visit' });
    it.do('set', { fields: { urgent: null } });
    it.do('advance');
    expect(roundsOf(it.instance, 'look')).toMatchObject([{ activities: ['visit'] }]);
  });

  it('is neither required nor possible where it does not hold', () => {
    const it = looking({ urgent: false });
    const refusal = it.refuse('complete', { activity: 'visit' });
    expect(failing(refusal)).toEqual(['activity-needed']);
    expect(refusal.detail.en).toContain('only needed where urgent holds');
    it.do('advance');
  });

  it('keeps the exit shut while it is not known, and says what is missing', () => {
    const it = looking({});
    const refusal = it.refuse('advance');
    expect(failing(refusal)).toEqual(['visit']);
    expect(refusal.missing).toMatchObject([{ kind: 'field', id: 'urgent', activities: ['call'] }]);
    expect(it.refuse('complete', { activity: 'visit' }).missing).toMatchObject([{ id: 'urgent' }]);
  });
});
