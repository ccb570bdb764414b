import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import { readProcess } from '../../src/definition/index.ts';
import { failing, run } from '../engine/process.ts';

const names = ['quarterly-market-review', 'ideal-customer', 'sales', 'account-care'] as const;
const text = (name: string) => readFileSync(new URL(`../../processes/${name}.yaml`, import.meta.url), 'utf8');

function definitionOf(name: string) {
  const { definition } = readProcess(text(name), name);
  if (definition === null) throw new Error(`${name}.yaml does not read`);
  return definition;
}

const others = () => new Map(names.map((name) => [name, definitionOf(name)]));
const compiled = (name: string) => compileProcess(definitionOf(name));

describe('the processes that produce evidence', () => {
  it.each(names)('%s reads without an error, a warning or a hint, beside the others', (name) => {
    expect(readProcess(text(name), name, { others: others() }).problems).toEqual([]);
    expect(
      text(name)
        .split('\n')
        .filter((line) => line.length > 190),
    ).toEqual([]);
  });

  it('names its clause at every part', () => {
    for (const [name, clauses] of [
      ['quarterly-market-review', ['2b.1.1', '2b.1.2', '2b.1.3']],
      ['ideal-customer', ['2b.2.1']],
    ] as const) {
      const { phases, fields, roles, outcomes, evidence, tables } = definitionOf(name);
      const steps = phases.flatMap((phase) => phase.steps);
      const activities = steps.flatMap((step) => step.activities);
      const sources = [phases, fields, roles, outcomes, evidence, tables, steps, activities]
        .flat()
        .map((e) => e.source);
      expect([...new Set(sources)].sort()).toEqual(clauses);
    }
  });

  it('is rested on by the first two activities of sales', () => {
    const rested = compiled('sales').resting.map(({ activity }) => [activity.source, activity.shared?.evidence]);
    expect(rested).toEqual([
      ['2.1.1.1', 'quarterly-market-review/market-review'],
      ['2.1.1.2', 'ideal-customer/customer-profile'],
    ]);
  });
});

const swot = { strengths: ['a'], weaknesses: ['b'], opportunities: ['c'], threats: ['d'] };
const aspects = ['product', 'pricing', 'marketing', 'reviews'];
const rival = { competitor: 'Nimbus', features: ['a', 'b', 'c'], price_delta_pct: -8 };

function review(growth_rate: number, disruptive_technology: boolean) {
  const it = run(compiled('quarterly-market-review'));
  const trends = { quarter: '2026-Q1', growth_rate, disruptive_technology, trends: ['x'] };
  it.do('complete', { activity: 'study', choices: ['reports'], with: trends });
  it.do('advance', { step: 'trends' });
  return it;
}

function toSwot(growth: number, disruptive: boolean) {
  const it = review(growth, disruptive);
  it.do('complete', { activity: 'compare', choices: aspects, with: rival });
  it.do('advance', { step: 'competitors' });
  it.do('complete', { activity: 'swot', with: swot });
  it.do('complete', { activity: 'strategy', with: { strategy: 's' } });
  return it;
}

describe('the quarterly market review', () => {
  it.each([
    [9.9, false, false],
    [10, false, true],
    [-5, true, true],
  ])('growth of %f %%, disruptive technology %s: the strategy must answer it %s', (growth, disruptive, must) => {
    const it = toSwot(growth, disruptive);
    if (must) {
      expect(failing(it.refuse('advance', { step: 'swot' }))).toEqual(['answer']);
      it.do('complete', { activity: 'answer', with: { change_answer: 'x' } });
    }
    const { instance } = it.do('advance', { step: 'swot' });
    expect(instance).toMatchObject({ status: 'closed', outcome: 'reviewed' });
    // 13 February 2026, one quarter.
    expect(instance.evidence).toMatchObject({
      'market-review': { scope: {}, validFrom: '2026-02-13', validTo: '2026-05-12' },
    });
  });

  it.each([
    [{ ...rival, features: ['a', 'b'] }, '/with/features'],
    [{ ...rival, features: ['a', 'b', 'c', 'd', 'e', 'f'] }, '/with/features'],
    [{ ...rival, price_delta_pct: -101 }, '/with/price_delta_pct'],
    [{ competitor: 'Nimbus', features: ['a', 'b', 'c'] }, '/with/price_delta_pct'],
  ])('refuses %j of a competitor', (given, pointer) => {
    const { problems } = review(1, false).refuse('complete', { activity: 'compare', choices: aspects, with: given });
    expect(problems.map((problem) => problem.pointer)).toEqual([pointer]);
  });

  it('takes one competitor after the other, dearer or cheaper', () => {
    const it = review(1, false);
    it.do('complete', { activity: 'compare', choices: aspects, with: rival });
    it.do('repeat', { step: 'competitors' });
    const dear = { competitor: 'Stratus', features: ['1', '2', '3', '4', '5'], price_delta_pct: 12.5 };
    expect(failing(it.refuse('advance', { step: 'competitors' }))).toEqual(['compare']);
    it.do('complete', { activity: 'compare', choices: aspects, with: dear });
    expect(it.instance.steps.competitors?.round).toBe(2);
  });

  it.each(Object.keys(swot))('wants %s not to be empty', (list) => {
    const it = review(1, false);
    it.do('complete', { activity: 'compare', choices: aspects, with: rival });
    it.do('advance', { step: 'competitors' });
    const empty = it.refuse('complete', { activity: 'swot', with: { ...swot, [list]: [] } });
    expect(empty.problems.map(({ pointer }) => pointer)).toEqual([`/with/${list}`]);
  });
});

/** The policy's own example: East China, 50–200 staff, e-commerce, the marketing manager, CNY 50,000–100,000 a year. */
const profile = {
  staff_from: 50,
  staff_to: 200,
  revenue_from: 5_000_000,
  industry: 'e-commerce',
  region: 'East China',
  contact_role: 'marketing manager',
  pains: ['conversion'],
  technology: ['website'],
  budget_from: 50_000,
  budget_to: 100_000,
};
const example = {
  example: 'Qihang',
  example_staff: 120,
  example_revenue: 9_000_000,
  example_industry: 'e-commerce',
  example_region: 'East China',
  example_role: 'marketing manager',
  example_pains: true,
  example_technology: true,
  example_budget: 80_000,
};

function proved(differs: Partial<Record<keyof typeof example, unknown>> = {}) {
  const it = run(compiled('ideal-customer'));
  it.do('complete', { activity: 'describe', with: profile });
  it.do('advance', { step: 'agree' });
  it.do('complete', { activity: 'example', with: { ...example, ...differs } });
  return it;
}

const match = ({ instance }: ReturnType<typeof proved>) => instance.fields.match?.value;

describe('the profile of the ideal customer', () => {
  it('is proved by the example of the policy, which matches by 100, and is valid for a year', () => {
    const it = proved();
    expect(match(it)).toBe(100);
    expect(it.do('advance', { step: 'prove' }).instance.evidence).toMatchObject({
      'customer-profile': { validFrom: '2026-02-13', validTo: '2027-02-12' },
    });
  });

  it.each([
    [{ example_staff: 49 }, 80],
    [{ example_staff: 50 }, 100],
    [{ example_staff: 200 }, 100],
    [{ example_staff: 201 }, 80],
    [{ example_budget: 49_999 }, 80],
    [{ example_budget: 50_000 }, 100],
    [{ example_budget: 100_000 }, 100],
    [{ example_budget: 100_001 }, 80],
    [{ example_region: 'elsewhere' }, 90],
    [{ example_pains: false, example_technology: false }, 85],
  ])('matches by its weights: %j → %i', (differs, expected) => {
    expect(match(proved(differs))).toBe(expected);
  });

  it('wants a match of 80: 80 will do, 75 will not', () => {
    expect(proved({ example_staff: 49 }).do('advance', { step: 'prove' }).instance.outcome).toBe('agreed');
    const low = proved({ example_staff: 49, example_revenue: 1 });
    expect(failing(low.refuse('advance', { step: 'prove' }))).toEqual(['example-fits']);
  });

  it('has ranges the right way round', () => {
    const it = run(compiled('ideal-customer'));
    it.do('complete', { activity: 'describe', with: { ...profile, staff_from: 300 } });
    expect(failing(it.refuse('advance', { step: 'agree' }))).toEqual(['ranges']);
  });
});
