import { describe, expect, it } from 'vitest';
import { BOSS, CLERK, compiled, failing, NOW, run, SMALL } from './process.ts';
import { atMake, FORM, small } from './small.ts';

const DAY = 86_400_000;
const later = (days: number, ms = 0) => new Date(Date.parse(NOW) + days * DAY + ms).toISOString();

/** A case ready to leave its first steps. */
function atIntake() {
  const it = run(small, { ready: true, limit: 100000 });
  it.do('complete', FORM, CLERK);
  it.do('complete', { activity: 'pick', choices: ['a', 'c'] }, CLERK);
  it.do('complete', { activity: 'copy' }, CLERK);
  return it;
}

describe('recall', () => {
  it('puts position, steps, activities and outcome back as they were, keeps the facts, and says what it took back', () => {
    const it = atMake();
    it.do('complete', { activity: 'build', choices: ['fast'] }, BOSS);
    const before = it.instance;
    const advanced = it.do('advance', {}, BOSS);
    expect(advanced.instance).toMatchObject({ outcome: 'done', position: [{ phase: 'work', step: 'check' }] });
    it.do('complete', { activity: 'look' }, BOSS);
    it.do('set', { fields: { limit: 5 } }, BOSS);
    const { entries } = it.do('recall', { reason: 'too early' }, BOSS);
    expect(entries).toMatchObject([
      {
        type: 'recall',
        actor: 'bo',
        command: { reason: 'too early', took: advanced.instance.seq },
        changes: {
          position: { from: [{ phase: 'work', step: 'check' }], to: [{ phase: 'work', step: 'make' }] },
          activities: { look: { from: 'done', to: 'open' } },
          outcome: null,
        },
      },
    ]);
    expect(it.instance).toMatchObject({ marking: before.marking, position: before.position, outcome: null });
    expect(it.instance.steps.make).toEqual(before.steps.make);
    expect(it.instance.steps.check).toMatchObject({ round: 0, leftAt: NOW });
    expect(it.instance.activities).toMatchObject({ build: { status: 'done', count: 1 }, look: { count: 0 } });
    expect(it.instance.fields.limit?.value).toEqual({ amount: 500, currency: 'CNY' });
    expect(failing(it.refuse('recall', {}, BOSS))).toEqual(['recall-move']);
    it.do('advance', {}, BOSS);
    expect(it.instance.steps.check).toMatchObject({ round: 1, leftAt: null });
  });

  it('takes back what the engine did after the command, and the activity that set it going', () => {
    const it = run(small);
    it.do('complete', FORM, CLERK);
    const { entries } = it.do('complete', { activity: 'copy' }, CLERK);
    expect(entries.map(({ type, actor }) => `${type} ${actor}`)).toEqual(['complete carla', 'advance phasegate']);
    expect(it.instance.position).toEqual([{ phase: 'begin', step: 'intake' }]);
    expect(it.do('recall', {}, CLERK).entries).toHaveLength(1);
    expect(it.instance.position).toEqual([
      { phase: 'begin', step: 'intake' },
      { phase: 'begin', step: 'papers' },
    ]);
    expect(it.instance.activities).toMatchObject({ copy: { status: 'open', count: 0 }, form: { status: 'done' } });
  });

  it('takes a rework back with its round and its count; what was reset stays unknown', () => {
    const it = atMake();
    it.do('set', { fields: { seen_at: NOW } }, BOSS);
    const before = it.instance;
    it.do('rework', { to: 'intake', reason: 'wrong' }, BOSS);
    expect(it.instance.fields.seen_at?.value).toBeNull();
    expect(it.instance.activities.form?.status).toBe('open');
    it.do('recall', {}, BOSS);
    expect(it.instance).toMatchObject({ marking: before.marking, steps: before.steps, activities: before.activities });
    expect(it.instance.fields.seen_at?.value).toBeNull();
    it.do('rework', { to: 'intake', reason: 'right after all' }, BOSS);
    expect(it.instance.steps.make?.reworks).toBe(1);
  });

  it('has nothing to take back of what a fact alone set going: it would go again at once', () => {
    const gated = SMALL.replace('advance: auto\n', 'advance: auto\n        exit: { told: ready }\n');
    const it = run(compiled(gated));
    it.do('complete', { activity: 'copy' }, CLERK);
    expect(it.instance.position).toHaveLength(2);
    expect(it.do('set', { fields: { ready: true } }, CLERK).entries.map(({ type }) => type)).toEqual([
      'set',
      'advance',
    ]);
    expect(failing(it.refuse('recall', {}, CLERK))).toEqual(['recall-move']);
  });

  it('is refused on another version of the process', () => {
    const it = atIntake();
    const moved = it.do('advance', {}, CLERK).instance;
    const other = run(small, {}, { ...moved, version: 2 });
    expect(failing(other.refuse('recall', {}, CLERK))).toEqual(['recall-same-version']);
  });
});

describe('reopen', () => {
  it('goes on where it was closed, in the same round, without the outcome that closing gave', () => {
    const it = atMake();
    it.do('complete', { activity: 'build', choices: ['fast'] }, BOSS);
    const before = it.instance;
    it.do('close', { outcome: 'dropped', reason: 'cost' }, BOSS);
    const { entries } = it.do('reopen', { reason: 'they came back' }, BOSS, NOW);
    expect(entries[0]?.changes).toEqual({
      position: { from: [], to: [{ phase: 'work', step: 'make' }] },
      steps: { make: { round: 1, reworks: 0, skips: 0, routes: {} } },
      outcome: null,
      status: 'active',
    });
    const { position, marking, activities, steps } = before;
    expect(it.instance).toMatchObject({ position, marking, activities, steps, outcome: null, reason: null });
    expect(it.instance).toMatchObject({ status: 'active', closedAt: null, closedFrom: null });
    it.do('advance', {}, BOSS);
  });

  it('keeps an outcome that a milestone had fixed before', () => {
    const it = atMake();
    it.do('complete', { activity: 'build', choices: ['fast'] });
    it.do('advance');
    it.do('complete', { activity: 'look' });
    it.do('advance');
    expect(it.instance).toMatchObject({ status: 'closed', outcome: 'done' });
    it.do('reopen', { reason: 'a complaint' });
    expect(it.instance).toMatchObject({ outcome: 'done', position: [{ phase: 'work', step: 'check' }] });
    expect(it.instance.activities.look?.status).toBe('done');
  });

  it('begins a new round of the step that the definition names, once the case has been there', () => {
    const named = compiled(SMALL.replace('by: boss }\noverride', 'by: boss, to: make }\noverride'));
    const early = run(named);
    early.do('close', { outcome: 'dropped', reason: 'cost' });
    early.do('reopen', { reason: 'x' });
    expect(early.instance.position.map(({ step }) => step)).toEqual(['intake', 'papers']);
    const it = run(named, { ready: true, limit: 100000 });
    it.do('complete', FORM);
    it.do('complete', { activity: 'pick', choices: ['a', 'c'] });
    it.do('complete', { activity: 'copy' });
    it.do('advance');
    it.do('complete', { activity: 'build', choices: ['fast'] });
    it.do('close', { outcome: 'dropped', reason: 'cost' });
    it.do('reopen', { reason: 'x' });
    expect(it.instance.position).toEqual([{ phase: 'work', step: 'make' }]);
    expect(it.instance.steps.make).toMatchObject({ round: 2, leftAt: null });
    expect(it.instance.activities.build).toMatchObject({ status: 'open', count: 1, round: 2 });
  });

  it.each([
    ['30 days', later(30), later(30, 1)],
    ['2 weeks', later(14), later(14, 1)],
    ['36 hours', later(1.5), later(1.5, 1)],
    ['5 minutes', later(0, 300_000), later(0, 300_001)],
    ['1 month', '2026-03-13T09:30:00.000Z', '2026-03-13T09:30:00.001Z'],
  ])('within %s is open to its last moment and shut after it', (within, last, after) => {
    const it = run(compiled(SMALL.replace('within: 30 days', `within: ${within}`)));
    it.do('close', { outcome: 'dropped', reason: 'cost' });
    const refusal = it.refuse('reopen', { reason: 'x' }, BOSS, undefined, after);
    expect(refusal.code).toBe('not-allowed-now');
    expect(failing(refusal)).toEqual(['reopen-within']);
    expect(refusal.detail.en).toContain(`within ${within} of closing (${NOW}), until ${last}`);
    // The event's own time decides, not when it is recorded.
    expect(it.do('reopen', { reason: 'x' }, BOSS, last, after).instance.status).toBe('active');
  });
});

describe('rework with resets', () => {
  it('makes the listed values unknown, personal ones too, and leaves what they were to the history', () => {
    const it = run(compiled(SMALL.replace('resets: [seen_at]', 'resets: [staff, secret]')), {
      ready: true,
      limit: 100000,
    });
    it.do('complete', { ...FORM, with: { ...FORM.with, secret: '王女士' } });
    it.do('complete', { activity: 'pick', choices: ['a', 'c'] });
    it.do('complete', { activity: 'copy' });
    it.do('advance');
    const digest = it.instance.fields.secret?.digest ?? '';
    const { entries, personal } = it.do('rework', { to: 'intake', reason: 'again' });
    expect(it.instance.fields).toMatchObject({
      staff: { value: null },
      secret: { value: null },
      grade: { value: null },
    });
    expect(it.instance.fields.price?.value).toEqual({ amount: 8000000, currency: 'CNY' });
    expect(entries[0]?.changes?.fields).toEqual({
      staff: { from: 60, to: null },
      grade: { from: 'high', to: null },
      secret: { from: digest, to: it.instance.fields.secret?.digest },
    });
    expect(personal).toMatchObject([{ field: 'secret', value: null }]);
    // It is to be supplied anew.
    expect(it.refuse('complete', { activity: 'form' }).problems.map(({ pointer }) => pointer)).toEqual(['/with/staff']);
  });
});

describe('undo', () => {
  it('leaves the values, even those that it could not have been done without', () => {
    const it = run(small);
    it.do('complete', FORM, CLERK);
    const { entries } = it.do('undo', { activity: 'form' }, CLERK);
    expect(entries[0]?.changes).toEqual({ activities: { form: { from: 'done', to: 'open' } } });
    expect(it.instance.fields).toMatchObject({ staff: { value: 60 }, grade: { value: 'high' } });
    it.do('complete', { activity: 'form' }, CLERK);
  });

  it('opens what was skipped, and counts a repeatable one down', () => {
    const it = atMake();
    it.do('skip', { activity: 'budget', reason: 'no' }, BOSS);
    it.do('undo', { activity: 'budget' }, BOSS);
    expect(it.instance.activities.budget).toMatchObject({ status: 'open', count: 0 });
    it.do('complete', { activity: 'build', choices: ['fast'] }, CLERK);
    it.do('complete', { activity: 'build', choices: ['slow'] }, CLERK);
    it.do('undo', { activity: 'build' }, CLERK);
    expect(it.instance.activities.build).toMatchObject({ status: 'open', count: 1 });
  });

  it('is for who may do the activity, while its step is open', () => {
    const it = run(small);
    it.do('complete', FORM, CLERK);
    expect(it.refuse('undo', { activity: 'form' }, BOSS).code).toBe('role-required');
    const further = atMake();
    const left = further.refuse('undo', { activity: 'form' }, CLERK);
    expect([left.code, failing(left)]).toEqual(['not-allowed-now', ['step-open']]);
  });
});
