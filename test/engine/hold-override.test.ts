import { describe, expect, it } from 'vitest';
import { explain } from '../../src/engine/index.ts';
import { actor, BOSS, CLERK, compiled, failing, NOW, run, SMALL } from './process.ts';
import { atMake, FORM, small } from './small.ts';

const WHY = 'agreed by the board';

describe('hold', () => {
  it('is recorded with since, by whom, why and until, and says so to whoever wants to go on', () => {
    const it = atMake();
    const at = '2026-02-13T09:31:00.000Z';
    const { entries } = it.do('hold', { reason: 'waiting', until: '2026-03-01T08:00:00+08:00' }, BOSS, at);
    const hold = { since: at, by: 'bo', reason: 'waiting', until: '2026-03-01T00:00:00.000Z', recordedAt: NOW };
    expect(it.instance).toMatchObject({ status: 'on-hold', hold, position: [{ phase: 'work', step: 'make' }] });
    expect(entries[0]?.changes).toEqual({ status: 'on-hold', hold });
    const refusal = it.refuse('complete', { activity: 'build', choices: ['fast'] }, CLERK);
    expect([refusal.code, failing(refusal)]).toEqual(['not-allowed-now', ['not-on-hold']]);
    expect(refusal.detail).toEqual({
      zh: expect.stringMatching(/自 2026-02-13T09:31:00.000Z 起由 bo 挂起（原因：waiting；预计到 2026-03-01/),
      en: 'the instance is on hold since 2026-02-13T09:31:00.000Z by bo (for: waiting; until 2026-03-01T00:00:00.000Z); resume it first',
    });
    expect(it.do('resume', {}, BOSS).entries[0]?.changes).toEqual({ status: 'active', hold: null });
    it.do('complete', { activity: 'build', choices: ['fast'] }, CLERK);
  });

  it('lets nothing through but a resume, a note and a close, which ends it', () => {
    const it = atMake();
    it.do('complete', { activity: 'build', choices: ['fast'] }, BOSS);
    it.do('hold', { reason: 'waiting' }, BOSS);
    const actions = explain({
      process: small,
      instance: it.instance,
      actor: actor('ada', 'admin'),
      at: NOW,
      now: NOW,
    });
    expect(actions.filter(({ allowed }) => allowed).map(({ type, outcome }) => [type, outcome])).toEqual([
      ['resume', undefined],
      ['close', 'dropped'],
      ['note', undefined],
    ]);
    it.do('note', { text: 'still waiting' }, CLERK);
    it.do('close', { outcome: 'dropped', reason: 'time' }, CLERK);
    expect(it.instance).toMatchObject({ status: 'closed', hold: null });
  });

  it.each(['2026-02-13', '2026-02-12', '2026-02-13T09:30:00Z', '2026-02-30', 'soon', 7, null])(
    'refuses until %j: it is no day or moment to come',
    (until) => {
      const refusal = run(small).refuse('hold', { reason: 'x', until }, CLERK);
      expect(refusal.problems.map(({ pointer }) => pointer)).toEqual(['/until']);
    },
  );

  it('takes one of the reasons and is for the roles that the definition names', () => {
    const reasons = '{ customer: { zh: 客户, en: Customer }, budget: { zh: 预算, en: Budget } }';
    const named = compiled(SMALL.replace('override: {', `hold: { by: [boss], reasons: ${reasons} }\noverride: {`));
    const it = run(named);
    expect(it.refuse('hold', { reason: 'budget' }, CLERK).code).toBe('role-required');
    const refusal = it.refuse('hold', { reason: 'budgt' }, BOSS);
    expect(refusal.problems[0]).toMatchObject({
      pointer: '/reason',
      message: { en: expect.stringContaining('did you mean budget?') },
    });
    it.do('hold', { reason: 'budget', until: '2026-02-14' }, BOSS);
    expect(it.refuse('undo', { activity: 'form' }).detail.zh).toContain('原因：预算；预计到 2026-02-14');
    expect(it.refuse('resume', {}, CLERK).code).toBe('role-required');
  });
});

describe('override', () => {
  /** Stands in `make`, nothing of it done. */
  const fail = () => {
    const it = atMake();
    expect(failing(it.refuse('advance', {}, BOSS))).toEqual(['build']);
    return it;
  };

  it('lets named criteria count as met: shown on the node, in the instance, in the history', () => {
    const it = fail();
    const { entries, instance } = it.do('override', { criteria: ['build'], reason: WHY }, BOSS);
    const record = { step: 'make', round: 1, criteria: ['build'], reason: WHY, by: 'bo', at: NOW, recordedAt: NOW };
    expect(instance.overrides).toEqual({ [instance.seq]: record });
    expect(entries[0]).toMatchObject({
      type: 'override',
      command: { step: 'make', criteria: ['build'], reason: WHY },
      changes: { overrides: { [instance.seq]: record } },
    });
    const advanced = it.do('advance', {}, BOSS);
    expect(advanced.entries[0]?.verdicts?.of?.find(({ id }) => id === 'build')).toMatchObject({
      kind: 'activity',
      verdict: 'met',
      overridden: { by: 'bo', at: NOW, reason: WHY },
    });
    expect(advanced.instance.overrides).toEqual(instance.overrides);
  });

  it('opens gates of the step, of its phase and of what follows, whatever is unknown', () => {
    const it = run(small, { limit: 1 });
    it.do('complete', { activity: 'copy' }, CLERK);
    const shut = ['form', 'pick', 'graded', 'ready-said', 'cheap'];
    expect(failing(it.refuse('advance', {}, CLERK))).toEqual(shut);
    it.do('override', { criteria: shut.slice(0, 3), reason: 'x' }, BOSS);
    expect(failing(it.refuse('advance', {}, CLERK))).toEqual(shut.slice(3));
    it.do('override', { criteria: shut.slice(3), reason: 'y' }, BOSS);
    it.do('advance', {}, CLERK);
    expect(it.instance.position).toEqual([{ phase: 'work', step: 'make' }]);
  });

  it('holds for this round of the step only', () => {
    const it = fail();
    it.do('override', { criteria: ['build'], reason: 'x' }, BOSS);
    it.do('advance', {}, BOSS);
    it.do('rework', { to: 'make', reason: 'y' });
    expect(it.instance.steps.make?.round).toBe(2);
    expect(failing(it.refuse('advance', {}, BOSS))).toEqual(['build']);
    expect(Object.keys(it.instance.overrides)).toHaveLength(1);
  });

  it('is shown only where it matters: what holds anyway holds by itself', () => {
    const it = fail();
    it.do('override', { criteria: ['build'], reason: 'x' }, BOSS);
    it.do('complete', { activity: 'build', choices: ['fast'] }, BOSS);
    const [entry] = it.do('advance', {}, BOSS).entries;
    expect(JSON.stringify(entry?.verdicts)).not.toContain('overridden');
  });

  it.each([
    [['buidl'], '/criteria/0', 'did you mean build?'],
    [['build', 'build'], '/criteria/1', 'each once'],
    [['role-held'], '/criteria/0', 'should be one of build'],
    [[], '/criteria', 'one or more of build'],
    ['build', '/criteria', 'one or more of build'],
    [[7], '/criteria/0', 'should be one of build'],
  ])('refuses criteria %j', (criteria, pointer, said) => {
    const refusal = fail().refuse('override', { criteria, reason: 'x' }, BOSS);
    expect([refusal.code, refusal.problems[0]?.pointer]).toEqual(['invalid-input', pointer]);
    expect(refusal.detail.en).toContain(said);
  });

  it('refuses criteria that are met already, by themselves or by an override', () => {
    const it = fail();
    it.do('override', { criteria: ['build'], reason: 'x' }, BOSS);
    const twice = it.refuse('override', { criteria: ['build'], reason: 'x' }, BOSS);
    expect([twice.code, twice.detail.en]).toEqual(['invalid-input', expect.stringContaining('is met already')]);
  });

  it('may be left to a step, and is nobody’s without a policy, not even an administrator’s', () => {
    const none = run(compiled(SMALL.replace('override: { by: boss }\n', '')));
    const refusal = none.refuse('override', { step: 'intake', criteria: ['form'], reason: 'x' });
    expect([refusal.code, failing(refusal)]).toEqual(['not-allowed-now', ['override-allowed']]);
    const own = run(
      compiled(SMALL.replace('        owner: clerk\n', '        owner: clerk\n        override: { by: clerk }\n')),
    );
    own.do('override', { step: 'intake', criteria: ['form'], reason: 'x' }, CLERK);
    expect(own.refuse('override', { step: 'papers', criteria: ['copy'], reason: 'x' }, CLERK).code).toBe(
      'role-required',
    );
  });

  it('sets a step going that advances by itself', () => {
    const it = run(small);
    const { entries } = it.do('override', { step: 'papers', criteria: ['copy'], reason: 'x' }, BOSS);
    expect(entries.map(({ type }) => type)).toEqual(['override', 'advance']);
    expect(entries[1]?.verdicts?.of?.find(({ id }) => id === 'copy')?.overridden?.by).toBe('bo');
  });

  it('offers exactly what does not hold', () => {
    const it = run(small, { ready: true });
    it.do('complete', FORM, CLERK);
    const offered = explain({ process: small, instance: it.instance, actor: BOSS, at: NOW, now: NOW }).filter(
      (a) => a.type === 'override',
    );
    expect(offered.map(({ step, allowed, roles }) => ({ step, allowed, roles }))).toEqual([
      { step: 'intake', allowed: true, roles: ['boss'] },
      { step: 'papers', allowed: true, roles: ['boss'] },
    ]);
    expect(Object(offered[0]?.input.properties).criteria.items.enum).toEqual(['pick']);
  });
});
