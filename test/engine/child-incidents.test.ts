import { describe, expect, it } from 'vitest';
import { explain, internalVerbs, start } from '../../src/engine/index.ts';
import { BOSS, CHILD, internal, parentRun } from './parent.ts';
import { ADMIN, accepted, actor, CLERK, command, compiled, environment, NOW } from './process.ts';

const ENDED = { outcome: 'fine', reason: null, endedAt: NOW };
const STARTED = { startedAt: NOW };
const BROKEN = { zh: '坏了', en: 'broken' };

/** In the step `both`, which waits for all. */
function inBoth(fields: Record<string, unknown> = {}) {
  const it = parentRun(fields);
  it.do('advance', {}, CLERK);
  return it;
}

describe('a child that failed', () => {
  function failedIn() {
    const it = inBoth({ wanted: false });
    it.tell('child-failed', 'first', BROKEN);
    return it;
  }

  it('is tried again under the same id, or given up with a reason', () => {
    const it = failedIn();
    const id = it.id('first');
    it.do('retry-child', { child: id }, BOSS);
    expect(it.instance.children[id]).toMatchObject({ status: 'requested', incident: null });
    it.tell('child-failed', 'first', BROKEN);
    const { entries } = it.do('dismiss-child', { child: id, reason: 'by hand' }, BOSS);
    expect(entries[0]?.command).toEqual({ child: id, name: 'first', reason: 'by hand' });
    expect(it.children).toEqual(['first 1 failed dismissed']);
    expect(it.do('advance').instance.position[0]?.step).toBe('race');
  });

  it('is for those who may override, else for the owner of the step', () => {
    const it = failedIn();
    const child = it.id('first');
    expect(it.refuse('retry-child', { child }, CLERK).code).toBe('role-required');
    expect(it.refuse('dismiss-child', { child, reason: 'x' }, CLERK).code).toBe('role-required');
    it.do('dismiss-child', { child, reason: 'x' }, BOSS);
    it.do('advance');
    it.tell('child-failed', 'fast', BROKEN);
    it.do('retry-child', { child: it.id('fast') }, CLERK);
  });

  it('is offered with the id that the event takes', () => {
    const it = failedIn();
    const { process, instance } = it;
    const actions = explain({ process, instance, actor: ADMIN, at: NOW, now: NOW });
    const mine = actions.filter(({ type }) => type.endsWith('-child'));
    expect(mine.map(({ type, child, allowed, roles }) => [type, child, allowed, roles])).toEqual([
      ['retry-child', it.id('first'), true, ['boss']],
      ['dismiss-child', it.id('first'), true, ['boss']],
    ]);
  });

  it.each<[string, string, Record<string, unknown>, string]>([
    ['without a reason', 'dismiss-child', {}, 'invalid-input'],
    ['that is not there', 'retry-child', { child: 'id-99' }, 'invalid-input'],
    ['that runs', 'retry-child', {}, 'not-allowed-now'],
    ['that runs', 'dismiss-child', { reason: 'x' }, 'not-allowed-now'],
  ])('refuses one %s: %s', (what, type, input, code) => {
    const it = failedIn();
    const child = it.id('first');
    if (what === 'that runs') it.do('retry-child', { child });
    expect(it.refuse(type, { child, ...input }).code).toBe(code);
  });

  it('waits while the instance is on hold, and is seen to after it is closed', () => {
    const it = failedIn();
    const child = it.id('first');
    it.do('hold', { reason: 'x' });
    expect(it.refuse('retry-child', { child }).reasons?.of?.map(({ id }) => id)).toContain('not-on-hold');
    it.do('resume');
    it.do('dismiss-child', { child, reason: 'x' });
    it.do('advance');
    it.tell('child-ended', 'fast', ENDED);
    it.do('advance');
    it.do('advance');
    expect(it.instance.status).toBe('closed');
    it.tell('child-failed', 'care', BROKEN);
    it.do('retry-child', { child: it.id('care') });
    expect(it.child('care').status).toBe('requested');
  });
});

describe('limits', () => {
  const parent = (depth: number) => ({ instance: 'p', step: 's', child: 'c', depth });
  const origin = (depth: number) => ({ id: 'me', parent: parent(depth), tick: null, owner: 'anna', team: 'east' });

  it.each([
    [6, 'requested'],
    [7, 'failed'],
  ])('%i instances above: a further child is %s', (depth, status) => {
    const it = parentRun({ wanted: false }, { internal: true, origin: origin(depth) });
    it.do('advance');
    expect(it.child('first').status).toBe(status);
    if (status === 'failed') {
      expect(it.child('first').incident?.en).toMatch(/at most 8 levels/);
      expect(it.refuse('retry-child', { child: it.id('first') }).code).toBe('not-allowed-now');
    }
  });

  it('a hundred children, then an incident in the place of the one before it', () => {
    const it = parentRun({ wanted: true });
    for (let round = 0; round < 50; round += 1) {
      it.do('advance');
      it.do('rework', { to: 'plan', reason: 'x' });
    }
    expect(it.children).toHaveLength(100);
    for (let round = 0; round < 3; round += 1) {
      it.do('advance');
      expect(it.child('first')).toMatchObject({ status: 'failed', round: 51 + round });
      it.do('rework', { to: 'plan', reason: 'x' });
    }
    expect(it.children).toHaveLength(102);
    expect(it.child('first').incident?.en).toMatch(/at most 100 children/);
  });
});

describe('what instances tell each other', () => {
  it('is taken from nobody else', () => {
    const it = inBoth({ wanted: false });
    for (const type of internalVerbs.keys()) {
      const refusal = it.refuse(type, { child: it.id('first') });
      expect([type, refusal.code]).toEqual([type, 'unknown-event']);
      expect(refusal.detail.en).not.toMatch(/Known are .*child-started/);
    }
  });

  it('is no answer to a move, so that it can be recalled', () => {
    const it = inBoth({ wanted: false });
    it.tell('child-started', 'first', STARTED);
    expect(it.do('recall', {}, CLERK).instance.position[0]?.step).toBe('plan');
  });

  it('is refused when it is no news', () => {
    const it = inBoth({ wanted: false });
    it.tell('child-started', 'first', STARTED);
    const again = it.decide(internal('child-started', { child: it.id('first'), ...STARTED }));
    expect(again).toMatchObject({ ok: false, code: 'not-allowed-now' });
  });

  it('closes a child: what is open in it is left, its outcome stays open, the reason names the parent', () => {
    const child = parentRun({}, {}, CHILD);
    const decision = accepted(child.decide(internal('cancel')));
    expect(decision.instance).toMatchObject({ status: 'closed', outcome: null, reason: 'parent', position: [] });
    expect(decision.instance.rounds).toMatchObject({ 'help/1': { ended: 'closed' } });
    expect(decision.entries[0]).toMatchObject({ type: 'cancel', actor: 'phasegate' });
  });
});

describe('the start of a child', () => {
  const child = compiled(CHILD);
  const origin = {
    id: 'me',
    parent: { instance: 'p', step: 's', child: 'c', depth: 1 },
    tick: null,
    owner: 'anna',
    team: 'east',
  };
  const who = { ...actor('carla'), via: 'phasegate' };

  it('has the id, the owner and the team that its parent gives, whoever may start the process otherwise', () => {
    const order = { ...command('start', { fields: { sum: 7 } }, who), internal: true as const, origin };
    const { instance, entries } = accepted(start(child, 1, order, environment()));
    expect(instance).toMatchObject({
      id: 'me',
      owner: 'anna',
      team: 'east',
      parent: origin.parent,
      startedBy: 'carla',
    });
    expect(entries[0]).toMatchObject({ actor: 'carla', via: 'phasegate', changes: { parent: origin.parent } });
    expect(start(child, 1, command('start', {}, who), environment())).toMatchObject({ code: 'role-required' });
  });

  it('gives fields too that whoever moved the parent does not see in the child', () => {
    const guarded = compiled(
      CHILD.replace('{ title: { zh: 做, en: Do },', '{ title: { zh: 做, en: Do }, see: [helper],'),
    );
    const order = { ...command('start', { fields: { sum: 7 } }, who), internal: true as const, origin };
    const { instance } = accepted(start(guarded, 1, order, environment()));
    expect(instance.fields.sum?.value).toEqual({ amount: 700, currency: 'CNY' });
  });
});
