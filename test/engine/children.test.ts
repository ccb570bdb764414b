import { describe, expect, it } from 'vitest';
import { BOSS, PARENT, parentRun } from './parent.ts';
import { CLERK, failing, NOW } from './process.ts';

const ENDED = { outcome: 'fine', reason: null, endedAt: NOW };
const STARTED = { startedAt: NOW };
const BROKEN = { zh: '坏了', en: 'broken' };

/** In the step `both`, which waits for all. */
function inBoth(fields: Record<string, unknown> = {}) {
  const it = parentRun(fields);
  it.do('advance', {}, CLERK);
  return it;
}

describe('a step that starts other processes', () => {
  it('requests them when it is entered, and its history says so', () => {
    const it = parentRun({ wanted: true });
    const { entries } = it.do('advance', {}, CLERK);
    const record = {
      step: 'both',
      round: 1,
      process: 'child',
      status: 'requested',
      need: 'wanted',
      outcome: null,
      incident: null,
      requestedBy: 'carla',
      requestedAt: NOW,
      startedAt: null,
      endedAt: null,
    };
    const [first, second] = Object.keys(it.instance.children);
    expect(it.instance.children).toEqual({
      [String(first)]: { name: 'first', ...record },
      [String(second)]: { name: 'second', ...record },
    });
    expect(entries.map(({ changes }) => changes?.children)).toEqual([it.instance.children]);
  });

  it('requests one with a condition as soon as it holds, once in each round', () => {
    const it = inBoth();
    expect(it.children).toEqual(['first 1 requested wanted']);
    it.do('set', { fields: { wanted: true } });
    expect(it.children).toEqual(['first 1 requested wanted', 'second 1 requested wanted']);
    it.do('set', { fields: { wanted: false } });
    it.do('set', { fields: { wanted: true } });
    expect(it.children).toHaveLength(2);
  });

  it('requests what its first step starts when the instance begins', () => {
    const yaml = PARENT.replace(
      'activities:\n          think:',
      'starts: { early: { process: child } }\n        activities:\n          think:',
    );
    expect(parentRun({}, {}, yaml).children).toEqual(['early 1 requested wanted']);
  });

  it('says that the engine moved where it advances by itself', () => {
    const yaml = PARENT.replace(
      'title: { zh: 计划, en: Plan }',
      'title: { zh: 计划, en: Plan }\n        advance: auto',
    );
    const it = parentRun({}, {}, yaml);
    expect(it.child('first').requestedBy).toBe('phasegate');
  });
});

describe('the exit of a step that waits', () => {
  const exit = (it: ReturnType<typeof parentRun>) =>
    it.refuse('advance').reasons?.of?.find(({ id }) => id === 'children-ended');

  it.each<[string, string, Record<string, unknown>, 'met' | 'not-met']>([
    ['is open when all have ended', 'child-ended', ENDED, 'met'],
    ['is shut while one runs', 'child-started', STARTED, 'not-met'],
    ['is shut when one failed', 'child-failed', BROKEN, 'not-met'],
  ])('for all %s', (_what, type, input, verdict) => {
    const it = inBoth({ wanted: true });
    it.tell('child-ended', 'second', ENDED);
    it.tell(type, 'first', input);
    if (verdict === 'met') expect(it.do('advance').instance.position).toEqual([{ phase: 'work', step: 'race' }]);
    else expect(failing(it.refuse('advance'))).toEqual(['children-ended']);
  });

  it('says which child is open, which failed and what to do', () => {
    const it = inBoth({ wanted: true });
    it.tell('child-started', 'first', STARTED);
    it.tell('child-failed', 'second', BROKEN);
    const refusal = it.refuse('advance');
    expect(refusal.code).toBe('gate-shut');
    expect(refusal.detail.en).toBe(
      '1 criterion does not hold: the child first (child) has not ended yet; the child second (child) failed: broken. Try again with retry-child, or give it up with dismiss-child',
    );
    expect(exit(it)).toMatchObject({
      kind: 'all',
      verdict: 'not-met',
      of: [
        { kind: 'children', id: 'first', verdict: 'not-met', child: { instance: it.id('first'), status: 'started' } },
        { kind: 'children', id: 'second', verdict: 'not-met', child: { status: 'failed', incident: BROKEN } },
      ],
    });
    expect(refusal.missing).toEqual([
      { kind: 'child', id: it.id('first'), title: { zh: 'first', en: 'first' }, activities: [], roles: [] },
      { kind: 'child', id: it.id('second'), title: { zh: 'second', en: 'second' }, activities: [], roles: ['boss'] },
    ]);
  });

  it('is not known while it is not known whether a child is started, and asks for the fact', () => {
    const it = inBoth();
    it.tell('child-ended', 'first', ENDED);
    expect(exit(it)).toMatchObject({ verdict: 'unknown' });
    expect(it.refuse('advance').missing).toMatchObject([{ kind: 'field', id: 'wanted' }]);
    it.do('set', { fields: { wanted: false } });
    expect(it.do('advance').instance.position[0]?.step).toBe('race');
  });

  it('for any is open with the first that ends, for none at once', () => {
    const it = inBoth({ wanted: false });
    it.tell('child-ended', 'first', ENDED);
    it.do('advance');
    expect(exit(it)).toMatchObject({ kind: 'any', verdict: 'not-met' });
    it.tell('child-ended', 'slow', ENDED);
    it.do('advance');
    expect(it.instance.position[0]?.step).toBe('last');
    expect(it.do('advance').instance.status).toBe('closed');
    expect(it.child('care')).toMatchObject({ status: 'requested', need: 'wanted' });
  });

  it('lets it count as met by an override', () => {
    const it = inBoth({ wanted: false });
    it.do('override', { criteria: ['children-ended'], reason: 'known by phone' }, BOSS);
    expect(it.do('advance').instance.position[0]?.step).toBe('race');
  });

  it('lets a step go on by itself that waits for nothing else', () => {
    const yaml = PARENT.replace(
      'title: { zh: 两项, en: Both }',
      'title: { zh: 两项, en: Both }\n        advance: auto',
    );
    const it = parentRun({ wanted: false }, {}, yaml);
    it.do('advance', {}, CLERK);
    const { entries } = it.tell('child-ended', 'first', ENDED);
    expect(entries.map(({ type, actor, via }) => [type, actor, via])).toEqual([
      ['child-ended', 'phasegate', null],
      ['advance', 'phasegate', null],
    ]);
    expect(it.instance.position[0]?.step).toBe('race');
  });
});

describe('children of a step that is left', () => {
  it('are dropped where the file says cancel, and kept otherwise', () => {
    const it = inBoth({ wanted: true });
    it.tell('child-started', 'first', STARTED);
    it.tell('child-started', 'second', STARTED);
    it.do('rework', { to: 'plan', reason: 'again' });
    expect(it.children).toEqual(['first 1 started dropped', 'second 1 started wanted']);
    it.tell('child-ended', 'first', { outcome: null, reason: 'parent', endedAt: NOW });
    it.tell('child-ended', 'second', ENDED);
    expect(it.children).toEqual(['first 1 cancelled dropped', 'second 1 ended wanted']);
  });

  it('have ended, whatever their parent wanted, when they closed by themselves', () => {
    const it = inBoth({ wanted: false });
    it.tell('child-started', 'first', STARTED);
    it.do('close', { outcome: 'dropped', reason: 'x' });
    it.tell('child-ended', 'first', ENDED);
    expect(it.children).toEqual(['first 1 ended dropped']);
  });

  it('are others in the next round, by rework and by repeating', () => {
    const it = inBoth({ wanted: false });
    it.tell('child-ended', 'first', ENDED);
    it.do('advance');
    it.tell('child-ended', 'fast', ENDED);
    it.do('repeat');
    expect(it.children).toEqual([
      'first 1 ended wanted',
      'fast 1 ended wanted',
      'slow 1 requested dropped',
      'fast 2 requested wanted',
      'slow 2 requested wanted',
    ]);
    expect(failing(it.refuse('advance'))).toEqual(['children-ended']);
    it.do('rework', { to: 'both', reason: 'again' });
    expect(it.child('first')).toMatchObject({ round: 2, status: 'requested', need: 'wanted' });
  });

  it('are dropped when the entering is recalled, however far they are, and started anew after', () => {
    const it = inBoth({ wanted: true });
    it.tell('child-started', 'first', STARTED);
    it.tell('child-ended', 'second', ENDED);
    it.do('recall', {}, CLERK);
    expect(it.children).toEqual(['first 1 started dropped', 'second 1 ended dropped']);
    it.do('advance');
    expect(it.children.slice(2)).toEqual(['first 1 requested wanted', 'second 1 requested wanted']);
  });

  it('are started anew when the step that dropped them is open again', () => {
    const it = inBoth({ wanted: false });
    it.do('close', { outcome: 'dropped', reason: 'x' });
    it.do('reopen', { reason: 'y' });
    expect(it.children).toEqual(['first 1 requested dropped', 'first 1 requested wanted']);
  });
});
