import { describe, expect, it } from 'vitest';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { mappingOf } from '../../src/diff/index.ts';
import { decide, migrate, revert, start } from '../../src/engine/index.ts';
import type { Decision, Instance, Refusal } from '../../src/engine/types.ts';
import { internal } from './parent.ts';
import { ADMIN, compiled, environment } from './process.ts';

const NOW = '2026-03-02T01:00:00.000Z';
const env = { ...environment(NOW), ids: () => 'salt' };

/** A case of one step; `name` is a field's words, `more` what stands beside it. */
const version = (name: string, more = '', form = 'name') =>
  compiled(`
process: small
title: { zh: 小, en: Small }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  ${name}
  amount: { type: integer }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        activities:
          form: { title: { zh: 表单, en: Form }, may_supply: [${form}, amount] }
${more}
        milestone: done
`);

const CHECK = '          check: { title: { zh: 核对, en: Check } }';
const V1 = version('name: { type: text }', CHECK);
const WITHOUT = version('other: { type: text }', '', 'other');

function made(answer: Decision | Refusal): Instance {
  if (!answer.ok) throw new Error(answer.detail.en);
  return answer.instance;
}

/** On a version, with a name given and the check done, where it has them. */
function begun(process: CompiledProcess, field = 'name'): Instance {
  const actor = ADMIN;
  const fields = { [field]: '张三' };
  const first = made(start(process, 1, { type: 'start', input: { fields }, actor, requestId: 'r' }, env));
  if (!process.activities.has('check')) return first;
  return made(decide(process, first, { type: 'complete', input: { activity: 'check' }, actor, requestId: 'r' }, env));
}

function over(from: CompiledProcess, instance: Instance, to: CompiledProcess) {
  const mapping = mappingOf(from.definition, to.definition);
  const migration = { process: to, version: 9, mapping, moves: {} };
  return migrate(from, instance, internal('migrate', { plan: null }), env, migration);
}

describe('an element that a version does not have', () => {
  it('has its records again in one that does', () => {
    const before = begun(V1);
    const there = made(over(V1, before, WITHOUT));
    for (const again of [V1, version('name: { type: text, title: { zh: 名, en: Name } }', CHECK)]) {
      const back = made(over(WITHOUT, there, again));
      expect(back.fields.name).toEqual(before.fields.name);
      expect(back.activities.check).toEqual(before.activities.check);
    }
  });

  it('has its personal value again', () => {
    const personal = version('name: { type: text, personal: true }', CHECK);
    const before = begun(personal);
    const back = made(over(WITHOUT, made(over(personal, before, WITHOUT)), personal));
    expect(back.fields.name).toEqual(before.fields.name);
  });

  it('begins anew where a value is none of its type', () => {
    const back = made(over(WITHOUT, made(over(V1, begun(V1), WITHOUT)), version('name: { type: integer }', CHECK)));
    expect(back.fields.name).toMatchObject({ value: null, digest: null });
  });

  it('begins anew where its id was that of something that is there by another', () => {
    const renamed = version('called: { type: text, was: name }', '', 'called');
    const both = version('called: { type: text }\n  name: { type: text }', '', 'called, name');
    const there = made(over(renamed, made(over(V1, begun(V1), renamed)), both));
    expect([there.fields.called?.value, there.fields.name?.value]).toEqual(['张三', null]);
  });
});

describe('a value', () => {
  it('that was personal stays beside the history under another id', () => {
    const from = version('name: { type: text, personal: true }');
    const answer = over(from, begun(from), version('called: { type: text, was: name }', '', 'called'));
    expect(made(answer).fields.called).toMatchObject({ value: '张三', digest: expect.stringMatching(/^sha256:/) });
    expect(answer).toMatchObject({ personal: [{ field: 'called', value: '张三', salt: 'salt' }] });
  });

  it.each([
    ['by its id', 'name: { type: text, personal: true }', 'name'],
    ['by another', 'called: { type: text, personal: true, was: name }', 'called'],
  ])('that becomes personal is not written once more: %s', (_how, field, id) => {
    const from = version('name: { type: text }');
    const answer = over(from, begun(from), version(field, '', id));
    const { entries, instance } = answer;
    expect(JSON.stringify([entries, instance?.migration])).not.toContain('张三');
    expect(instance?.fields[id]?.value).toBe('张三');
  });
});

/** Graded by a table; the grade says how soon, and is what was approved. */
const GRADED = `
process: small
title: { zh: 小, en: Small }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  amount: { type: integer }
  grade: { type: choice, of: [high, low] }
tables:
  grading: { sets: grade, rules: [{ when: amount >= 50, then: high }, { then: low }] }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        sla: { targets: [{ when: grade == "high", within: 1 day }, { within: 3 days }] }
        activities:
          form: { title: { zh: 表单, en: Form }, supplies: [amount] }
        approvals:
          sign: { title: { zh: 签批, en: Sign }, by: clerk, voids_on: [grade] }
        milestone: done
`;

describe('a value that a table gives otherwise', () => {
  const from = compiled(GRADED);
  const to = compiled(GRADED.replace('amount >= 50', 'amount >= 10'));
  const steps: readonly (readonly [string, Record<string, unknown>])[] = [
    ['complete', { activity: 'form', with: { amount: 20 } }],
    ['request-approval', { approval: 'sign' }],
  ];
  const clerk = { ...ADMIN, id: 'cai', roles: ['clerk'] };
  const first = made(start(from, 1, { type: 'start', input: {}, actor: clerk, requestId: 'r' }, env));
  const before = steps.reduce(
    (instance, [type, input]) => made(decide(from, instance, { type, input, actor: clerk, requestId: 'r' }, env)),
    first,
  );
  const answer = over(from, before, to);

  it('is told of with the approval that it voids and the deadline that it moves', () => {
    if (!answer.ok) throw new Error(answer.detail.en);
    expect([before.fields.grade?.value, answer.instance.fields.grade?.value]).toEqual(['low', 'high']);
    expect([before.approvals.sign?.status, answer.instance.approvals.sign?.status]).toEqual(['requested', 'void']);
    expect(answer.voided).toEqual(['sign']);
    const due = { from: '2026-03-05T01:00:00.000Z', to: '2026-03-03T01:00:00.000Z' };
    expect(answer.clocks).toEqual([{ clock: 'step/take', how: 'recalculated', due }]);
  });

  it('is what it was, and so are they, when the migration is taken back', () => {
    const back = made(revert(to, made(answer), internal('revert', { plan: null }), env, from));
    for (const name of ['fields', 'approvals', 'clocks', 'position'] as const) expect(back[name]).toEqual(before[name]);
  });
});
