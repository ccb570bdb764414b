import { describe, expect, it } from 'vitest';
import { BOSS, failing, NOW, run } from './process.ts';
import { atMake, small } from './small.ts';

describe('advance', () => {
  it('refuses with every criterion, the values read, who set them, and the smallest set that is missing', () => {
    const it = run(small);
    it.do('complete', { activity: 'copy' });
    const refusal = it.refuse('advance', { step: 'intake' });
    expect(refusal.code).toBe('gate-shut');
    expect(failing(refusal)).toEqual(['form', 'pick', 'graded', 'ready-said', 'cheap']);
    expect(refusal.reasons?.of?.find((reason) => reason.id === 'graded')).toEqual({
      kind: 'condition',
      id: 'graded',
      text: 'known(grade)',
      verdict: 'not-met',
      say: { zh: '尚未评级', en: 'Not graded yet' },
      gate: { on: 'step', which: 'exit', of: 'intake' },
      reads: [{ field: 'grade', value: null, by: null, at: null }],
      missing: ['grade'],
    });
    expect(refusal.reasons?.of?.find((reason) => reason.id === 'cheap')?.verdict).toBe('unknown');
    // The form supplies staff and price; with them the grade, which alone opens `cheap`.
    expect(refusal.missing.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'activity form',
      'activity pick',
      'field ready',
    ]);
    expect(refusal.missing[0]?.roles).toEqual(['clerk']);
    expect(refusal.possible.map((action) => `${action.type} ${action.activity ?? action.outcome ?? ''}`)).toContain(
      'complete form',
    );
  });

  it('advances steps that say auto by itself, as an entry of its own that names its cause', () => {
    const it = run(small);
    const { entries } = it.do('complete', { activity: 'copy' });
    expect(entries.map(({ seq, type, actor, command }) => ({ seq, type, actor, command }))).toEqual([
      { seq: 2, type: 'complete', actor: 'ada', command: { activity: 'copy' } },
      { seq: 3, type: 'advance', actor: 'phasegate', command: { step: 'papers', because: 2 } },
    ]);
    expect(it.instance.position).toEqual([{ phase: 'begin', step: 'intake' }]);
    expect(it.instance).toMatchObject({ revision: 3, seq: 3 });
  });

  it('asks for the step where several are open', () => {
    expect(
      run(small)
        .refuse('advance')
        .problems.map((problem) => problem.pointer),
    ).toEqual(['/step']);
  });

  it('goes to the end, fixing the outcome at the milestone', () => {
    const it = atMake();
    expect(it.instance.position).toEqual([{ phase: 'work', step: 'make' }]);
    it.do('complete', { activity: 'build', choices: ['slow'] }, BOSS);
    it.do('advance', {}, BOSS);
    expect(it.instance).toMatchObject({ outcome: 'done', status: 'active' });
    it.do('complete', { activity: 'look' });
    it.do('advance');
    expect(it.instance).toMatchObject({ outcome: 'done', status: 'closed', closedAt: NOW, position: [] });
    expect(it.refuse('advance').code).toBe('not-allowed-now');
    expect(it.do('note', { text: 'after all' }).ok).toBe(true);
  });

  it('names what is unknown rather than what would have to change', () => {
    const it = run(small, { ready: true });
    it.do('complete', { activity: 'form', with: { staff: 1, price: 80000 } });
    it.do('complete', { activity: 'pick', choices: ['a', 'b'] });
    it.do('complete', { activity: 'copy' });
    // `cheap` is any of price <= limit (limit is unknown) and grade == "high" (it is low).
    expect(it.refuse('advance').missing.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['field limit']);
  });

  it('asks the entry gate of the phase behind', () => {
    const it = run(small, { ready: true, limit: 1 });
    it.do('complete', { activity: 'form', with: { staff: 1, price: 80000 } });
    it.do('complete', { activity: 'pick', choices: ['a', 'b'] });
    it.do('complete', { activity: 'copy' });
    const refusal = it.refuse('advance');
    expect(failing(refusal)).toEqual(['cheap']);
    expect(refusal.reasons?.of?.find((reason) => reason.id === 'cheap')?.gate).toEqual({
      on: 'phase',
      which: 'entry',
      of: 'work',
    });
    it.do('set', { fields: { limit: 80000 } });
    it.do('advance');
    expect(it.instance.position).toEqual([{ phase: 'work', step: 'make' }]);
  });
});

describe('rework', () => {
  it('goes back to a listed step, keeps the facts, counts the rounds and opens the activities again', () => {
    const it = atMake();
    it.do('rework', { to: 'intake', reason: 'too small' }, BOSS);
    expect(it.instance.position).toEqual([{ phase: 'begin', step: 'intake' }]);
    expect(it.instance.steps.intake).toMatchObject({ round: 2, leftAt: null });
    expect(it.instance.steps.make).toMatchObject({ reworks: 1, leftAt: NOW });
    expect(it.instance.activities.form).toMatchObject({ status: 'open', count: 1, round: 2 });
    expect(it.instance.activities.copy).toMatchObject({ status: 'done', round: 1 });
    expect(it.instance.fields.staff?.value).toBe(60);
  });

  it('refuses a step that is not listed, a round too many, and no reason', () => {
    const it = atMake();
    expect(it.refuse('rework', { to: 'intake' }).problems.map((p) => p.pointer)).toEqual(['/reason']);
    expect(failing(it.refuse('rework', { to: 'papers', reason: 'x' }))).toEqual(['rework-listed']);
    expect(failing(it.refuse('rework', { to: 'check', reason: 'x' }))).toEqual(['rework-listed']);
    it.do('rework', { to: 'intake', reason: 'once' });
    it.do('complete', { activity: 'form' });
    it.do('complete', { activity: 'pick', choices: ['a', 'b'] });
    it.do('advance');
    expect(failing(it.refuse('rework', { to: 'intake', reason: 'twice' }))).toEqual(['rework-limit']);
  });
});

describe('close', () => {
  it('ends with an outcome for a reason of its list', () => {
    const it = run(small, { number: 'N-9' });
    it.do('close', { outcome: 'dropped', reason: 'cost' });
    expect(it.instance).toMatchObject({ status: 'closed', outcome: 'dropped', reason: 'cost', position: [] });
    expect(failing(it.refuse('close', { outcome: 'dropped', reason: 'cost' }))).toEqual([
      'instance-open',
      'outcome-open',
    ]);
  });

  it('refuses a reason off the list, an outcome of milestones, one of another place, and a second outcome', () => {
    const it = run(small);
    expect(it.refuse('close', { outcome: 'dropped', reason: 'mood' }).problems[0]?.pointer).toBe('/reason');
    expect(failing(it.refuse('close', { outcome: 'done', reason: 'x' }))).toEqual(['outcome-reachable']);
    const further = atMake();
    expect(failing(further.refuse('close', { outcome: 'early', reason: 'x' }))).toEqual(['outcome-reachable']);
    further.do('complete', { activity: 'build', choices: ['fast'] });
    further.do('advance');
    expect(failing(further.refuse('close', { outcome: 'dropped', reason: 'time' }))).toEqual(['outcome-open']);
  });
});
