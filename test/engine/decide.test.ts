import { describe, expect, it } from 'vitest';
import { decide, personalDigest, start } from '../../src/engine/index.ts';
import { ADMIN, accepted, actor, BOSS, CLERK, command, environment, failing, NOW, run } from './process.ts';
import { atMake, FORM, small } from './small.ts';

describe('start', () => {
  it('stands in every step of a parallel first phase and records who, when and what', () => {
    const decision = accepted(
      start(small, 3, command('start', { key: 'N-1', fields: { limit: 0.5 } }, CLERK), environment()),
    );
    expect(decision.instance.position).toEqual([
      { phase: 'begin', step: 'intake' },
      { phase: 'begin', step: 'papers' },
    ]);
    expect(decision.instance).toMatchObject({
      id: 'id-1',
      process: 'small',
      version: 3,
      digest: small.digest,
      key: 'N-1',
      status: 'active',
      outcome: null,
      revision: 1,
      seq: 1,
      startedAt: NOW,
      startedBy: 'carla',
    });
    expect(decision.instance.fields.limit).toEqual({
      value: { amount: 50, currency: 'CNY' },
      by: 'carla',
      at: NOW,
      recordedAt: NOW,
      seq: 1,
      digest: null,
    });
    expect(decision.entries).toMatchObject([
      {
        seq: 1,
        type: 'start',
        accepted: true,
        actor: 'carla',
        roles: ['clerk'],
        at: NOW,
        recordedAt: NOW,
        command: { key: 'N-1', fields: { limit: 0.5 } },
        changes: {
          fields: { number: { from: null, to: 'N-1' }, limit: { from: null, to: { amount: 50, currency: 'CNY' } } },
          status: 'active',
        },
      },
    ]);
  });

  it.each([
    [{ fields: { nonsense: 1 } }, '/fields/nonsense'],
    [{ fields: { grade: 'high' } }, '/fields/grade'],
    [{ fields: { staff: 101 } }, '/fields/staff'],
    [{ fields: [1] }, '/fields'],
    [{ key: 7 }, '/key'],
    [{ key: 'A', fields: { number: 'B' } }, '/key'],
    [{ feilds: {} }, '/feilds'],
  ])('refuses %j at %s and leaves no trace', (input, pointer) => {
    const refusal = start(small, 1, command('start', input), environment());
    expect(refusal).toMatchObject({ ok: false, code: 'invalid-input', instance: null, entries: [] });
    expect(!refusal.ok && refusal.problems.map((problem) => problem.pointer)).toEqual([pointer]);
  });

  it('needs a role of the process', () => {
    const refusal = start(small, 1, command('start', {}, actor('x', 'visitor')), environment());
    expect(refusal).toMatchObject({ ok: false, code: 'role-required' });
  });
});

describe('complete', () => {
  it('supplies fields, and decision tables follow', () => {
    const it = run(small);
    const { entries } = it.do('complete', FORM, CLERK);
    expect(it.instance.activities.form).toMatchObject({ status: 'done', count: 1, by: 'carla', round: 1 });
    expect(it.instance.fields.grade).toMatchObject({ value: 'high', by: 'table:grading' });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.changes).toEqual({
      activities: { form: { from: 'open', to: 'done' } },
      fields: {
        staff: { from: null, to: 60 },
        price: { from: null, to: { amount: 8000000, currency: 'CNY' } },
        grade: { from: null, to: 'high' },
      },
    });
  });

  it.each([
    ['a required field left out', { activity: 'form', with: { staff: 1 } }, ['/with/price']],
    ['no input at all', { activity: 'form' }, ['/with/staff', '/with/price']],
    ['a field of another activity', { ...FORM, with: { ...FORM.with, grade: 'low' } }, ['/with/grade']],
    ['a wrong type', { activity: 'form', with: { staff: '60', price: 1 } }, ['/with/staff']],
    ['too many decimals', { activity: 'form', with: { staff: 1, price: 0.001 } }, ['/with/price']],
    ['a wrong item', { activity: 'form', with: { ...FORM.with, tags: ['a', 2] } }, ['/with/tags/1']],
    ['too few choices', { activity: 'pick', choices: ['a'] }, ['/choices']],
    ['a choice twice', { activity: 'pick', choices: ['a', 'a'] }, ['/choices']],
    ['a choice that is none', { activity: 'pick', choices: ['a', 'z'] }, ['/choices']],
    ['choices where there are none', { ...FORM, choices: ['a'] }, ['/choices']],
    ['an unknown activity', { activity: 'fomr' }, ['/activity']],
    [
      '__proto__ for a field',
      { activity: 'form', with: JSON.parse('{"__proto__":1,"staff":1,"price":1}') },
      ['/with/__proto__'],
    ],
  ])('refuses %s', (_what, input, pointers) => {
    const it = run(small);
    const refusal = it.refuse('complete', input);
    expect(refusal.code).toBe('invalid-input');
    expect(refusal.problems.map((problem) => problem.pointer)).toEqual(pointers);
    expect(refusal.instance).toEqual({ ...it.instance, seq: 2 });
  });

  it('says what was meant by a misspelt id', () => {
    expect(run(small).refuse('complete', { activity: 'fomr' }).detail.en).toContain('did you mean form?');
  });

  it('takes a form whose facts are known without asking for them again', () => {
    const it = run(small, { staff: 1, price: 1 });
    it.do('complete', { activity: 'form' });
    expect(it.instance.activities.form?.status).toBe('done');
  });

  it('counts a repeatable activity and refuses any other a second time', () => {
    const further = atMake();
    further.do('complete', { activity: 'build', choices: ['fast'] });
    further.do('complete', { activity: 'build', choices: ['slow'] });
    expect(further.instance.activities.build).toMatchObject({ count: 2, choices: ['slow'] });
    const it = run(small);
    it.do('complete', FORM);
    expect(failing(it.refuse('complete', FORM))).toEqual(['activity-open']);
  });

  it('is for whoever has the role: of the activity, else of the step', () => {
    const it = run(small);
    const refusal = it.refuse('complete', FORM, BOSS);
    expect(refusal).toMatchObject({ code: 'role-required' });
    expect(refusal.detail.en).toContain('clerk');
    expect(atMake().do('complete', { activity: 'build', choices: ['fast'] }, CLERK).ok).toBe(true);
  });

  it('refuses an activity of a step that is not open', () => {
    const refusal = run(small).refuse('complete', { activity: 'build', choices: ['fast'] });
    expect(refusal.code).toBe('not-allowed-now');
    expect(failing(refusal)).toEqual(['step-open']);
  });
});

describe('undo and skip', () => {
  it('undo opens an activity again and keeps what it supplied', () => {
    const it = run(small);
    it.do('complete', FORM);
    it.do('undo', { activity: 'form' });
    expect(it.instance.activities.form).toMatchObject({ status: 'open', count: 0 });
    expect(it.instance.fields.staff?.value).toBe(60);
    expect(failing(it.refuse('undo', { activity: 'form' }))).toEqual(['activity-done']);
  });

  it('skip is for optional activities and needs a reason', () => {
    const it = atMake();
    expect(it.refuse('skip', { activity: 'budget' }).problems.map((p) => p.pointer)).toEqual(['/reason']);
    expect(failing(it.refuse('skip', { activity: 'build', reason: 'no' }))).toEqual(['activity-optional']);
    it.do('skip', { activity: 'budget', reason: 'not needed' });
    expect(it.instance.activities.budget).toMatchObject({ status: 'skipped', reason: 'not needed' });
  });
});

describe('set and note', () => {
  it('set takes null for a fact that is not known after all', () => {
    const it = run(small, { staff: 60 });
    expect(it.instance.fields.grade?.value).toBe('high');
    it.do('set', { fields: { staff: null } });
    expect(it.instance.fields).toMatchObject({ staff: { value: null }, grade: { value: null } });
  });

  it('set needs a field', () => {
    expect(run(small).refuse('set', { fields: {} }).problems[0]?.pointer).toBe('/fields');
    expect(run(small).refuse('set').problems[0]?.pointer).toBe('/fields');
  });

  it('note changes nothing but the count', () => {
    const it = run(small);
    const before = it.instance;
    it.do('note', { text: '你好' });
    expect(it.instance).toEqual({ ...before, revision: 2, seq: 2 });
  });
});

describe('event time', () => {
  it('is kept beside record time', () => {
    const it = run(small);
    it.do('complete', FORM, CLERK, '2026-02-13T17:31:00+08:00');
    expect(it.instance.activities.form).toMatchObject({ at: '2026-02-13T09:31:00.000Z', recordedAt: NOW });
  });

  it.each([
    '2026-02-30T10:00:00Z',
    '2026-02-13T10:00:00',
    '2026-02-13',
    5,
    null,
    '2026-02-13T09:40:00Z',
    '2025-01-01T00:00:00Z',
  ])('refuses %j', (at) => {
    expect(run(small).refuse('note', { text: 'x' }, ADMIN, at).problems[0]?.pointer).toBe('/at');
  });
});

describe('what is refused by name', () => {
  it.each(['xstate.after.1000.x', 'xstate.done.state.small', 'advance:intake', 'toString', ''])(
    '%j is unknown and recorded',
    (type) => {
      const it = run(small);
      const refusal = it.refuse(type, { anything: 1 });
      expect(refusal.code).toBe('unknown-event');
      expect(refusal.entries).toMatchObject([{ seq: 2, type, accepted: false, revision: 1, command: {} }]);
    },
  );

  it('did you mean', () => {
    expect(run(small).refuse('complet').detail.en).toContain('did you mean complete?');
  });
});

describe('personal values', () => {
  const secret = '王女士 138';

  it('are digests in every entry, accepted or refused, and values only beside them', () => {
    const it = run(small);
    const { entries, personal } = it.do('complete', { ...FORM, with: { ...FORM.with, secret } });
    const digest = personalDigest(personal[0]?.salt ?? '', secret);
    expect(personal).toEqual([{ field: 'secret', value: secret, salt: 'id-1' }]);
    expect(entries[0]?.command).toMatchObject({ with: { secret: digest } });
    expect(entries[0]?.changes?.fields?.secret).toEqual({ from: null, to: digest });
    expect(it.instance.fields.secret).toMatchObject({ value: secret, digest });
    for (const input of [
      { activity: 'form', with: { secret } },
      { activity: 'form', with: { secret: [secret] } },
    ]) {
      const { instance: _, ...told } = it.refuse('complete', input);
      expect(JSON.stringify(told)).not.toContain('138');
    }
    expect(JSON.stringify(entries)).not.toContain('138');
  });
});

it('never changes the instance it was given, even when it refuses', () => {
  const { instance } = run(small);
  const kept = structuredClone(instance);
  decide(small, instance, command('advance', { step: 'intake' }), environment());
  expect(instance).toEqual(kept);
});
