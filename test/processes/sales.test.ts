import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import { readProcess } from '../../src/definition/index.ts';
import type { Activity, ProcessDefinition, Step } from '../../src/definition/types.ts';

const yaml = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');

/** Clauses of the written policy on the three phases (2) and on customer screening (2b.2). */
const clauses = [
  ['2.1', '2.1.1', '2.1.1.1', '2.1.1.2', '2.1.1.3', '2.1.2', '2.1.2.1', '2.1.2.2', '2.1.2.3'],
  ['2.2', '2.2.1', '2.2.1.1', '2.2.1.2', '2.2.1.3', '2.2.2', '2.2.2.1', '2.2.2.2', '2.2.2.3'],
  ['2.2.3', '2.2.3.1', '2.2.3.2', '2.2.3.3'],
  ['2.3', '2.3.1', '2.3.1.1', '2.3.1.2', '2.3.1.3', '2.3.2', '2.3.2.1', '2.3.2.2', '2.3.2.3'],
  ['2.3.3', '2.3.3.1', '2.3.3.2', '2.3.3.3'],
  ['2b.2.1', '2b.2.2'],
].flat();

function setup(): ProcessDefinition {
  const { definition } = readProcess(yaml, 'processes/sales.yaml');
  if (definition === null) throw new Error('processes/sales.yaml does not read');
  return definition;
}

describe('the sales process', () => {
  it('reads without an error, a warning or a hint', () => {
    expect(readProcess(yaml, 'processes/sales.yaml').problems).toEqual([]);
  });

  it('stays short enough to be read: at most 450 lines, none wider than 190 characters', () => {
    const lines = yaml.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(450);
    expect(lines.filter((line) => line.length > 190)).toEqual([]);
  });

  it('has the 3 phases, 8 steps and 24 activities of the policy', () => {
    const { phases } = setup();
    const outline = phases.map(({ id, steps }) => [
      id,
      ...steps.map((step) => [step.id, ...step.activities.map((activity) => activity.id)].join(' ')),
    ]);
    expect(outline).toEqual([
      ['preparation', 'market-analysis gather screen strategy', 'sales-tools materials scripts crm'],
      [
        'follow-up',
        'first-contact contact needs solution',
        'demo present proposal questions',
        'negotiation quote terms sign',
      ],
      [
        'wrap-up',
        'delivery review-order arrange track',
        'satisfaction first-visit survey opinions',
        'long-term maintenance cross-sell customer-file',
      ],
    ]);
    const steps = phases.flatMap((phase) => phase.steps);
    expect([phases.length, steps.length, steps.flatMap((step) => step.activities).length]).toEqual([3, 8, 24]);
  });

  it('names every clause of the policy on phases, steps, activities and customer screening', () => {
    const named = new Set(sourcesOf(setup()));
    expect(clauses.filter((clause) => !named.has(clause))).toEqual([]);
    expect([...named].filter((source) => !clauses.includes(source))).toEqual(['建立销售流程的细则规定']);
  });

  it('gives every element its clause', () => {
    const { roles, fields, tables, outcomes, hold, reopen, override, phases } = setup();
    const steps = phases.flatMap((phase) => phase.steps);
    const activities = steps.flatMap((step) => step.activities);
    const criteria = [...phases, ...steps].flatMap(({ entry, exit }) => [...entry, ...exit]);
    const slas = [...steps, ...activities].flatMap(({ id, sla }) => (sla === null ? [] : [{ id, ...sla }]));
    const policies = Object.entries({ hold, reopen, override }).map(([id, policy]) => ({
      id,
      source: null,
      ...policy,
    }));
    const approvals = steps.flatMap((step) => step.approvals);
    const elements = [
      roles,
      fields,
      tables,
      outcomes,
      phases,
      steps,
      activities,
      approvals,
      criteria,
      slas,
      policies,
    ].flat();
    expect(elements.filter(({ source }) => source === null).map(({ id }) => id)).toEqual([]);
  });

  it('tells people what to do at every gate', () => {
    const gates = setup().phases.flatMap((phase) => [phase, ...phase.steps].flatMap((of) => [...of.entry, ...of.exit]));
    expect(gates.filter(({ say }) => say === null).map(({ id }) => id)).toEqual([]);
  });

  it('marks as assumed each target that the policy does not name', () => {
    const targets = setup().phases.flatMap((phase) =>
      phase.steps.flatMap((step) => [step, ...step.activities].flatMap((of) => describeTarget(of))),
    );
    expect(targets).toEqual([
      'contact within 1 working day or within 2 working days, assumed',
      'negotiation within 30 days, assumed',
      'arrange due delivery_date, assumed',
      'track within 1 working day, assumed',
      'first-visit within 1 week from delivered_at',
      'maintenance every 6 months, assumed',
      'customer-file every 3 months, assumed',
    ]);
  });

  it('asks the manager for a discount above 10 %, and the director too above 20 %', () => {
    const approvals = setup().phases.flatMap(({ steps }) => steps.flatMap((step) => step.approvals));
    expect(approvals).toMatchObject([
      {
        id: 'discount',
        assumed: true,
        when: 'discount > 10',
        of: 'discount',
        bands: [
          { upTo: 20, by: [{ id: 'manager' }] },
          { upTo: null, by: [{ id: 'manager' }, { id: 'director' }], mode: 'all', order: 'sequence' },
        ],
        exclude: ['requester', 'earlier-approvers'],
        voidsOn: ['discount', 'quote'],
      },
    ]);
  });

  it.each([
    ['A at the lower edge of the ideal customer', 80, 50, 50_000, 'A'],
    ['A at its upper edge', 100, 200, 100_000, 'A'],
    ['B with fewer than 50 staff', 80, 49, 50_000, 'B'],
    ['B with more than 200 staff', 80, 201, 100_000, 'B'],
    ['B with a budget below CNY 50,000', 80, 50, 49_999, 'B'],
    ['B with a budget above CNY 100,000', 80, 200, 100_001, 'B'],
    ['B when the match is below 80 %', 79.9, 50, 50_000, 'B'],
    ['B at a match of 50 %', 50, 1, 0, 'B'],
    ['C below a match of 50 %', 49.9, 100, 80_000, 'C'],
  ])('classes a customer %s', (_case, icp_match, staff, budget, expected) => {
    const table = compileProcess(setup()).tables.find(({ sets }) => sets === 'class');
    const facts = new Map<string, number>(Object.entries({ icp_match, staff, budget }));
    const rule = table?.rules.find(
      ({ when }) => when === null || when.explain((field) => facts.get(field)).verdict === 'met',
    );
    expect(rule?.then).toBe(expected);
  });
});

/** Every `source` anywhere in a value. */
function sourcesOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'source' && typeof member === 'string' ? [member] : sourcesOf(member),
  );
}

function describeTarget(of: Step | Activity): string[] {
  const targets: string[] = [];
  const mark = (assumed: boolean) => (assumed ? ', assumed' : '');
  if (of.sla !== null) {
    const { from, assumed } = of.sla;
    const target = (of.sla.targets.length === 0 ? [of.sla] : of.sla.targets)
      .map(({ within, due }) => (within === null ? `due ${due}` : `within ${within}`))
      .join(' or ');
    targets.push(`${of.id} ${target}${from === null ? '' : ` from ${from}`}${mark(assumed)}`);
  }
  if ('every' in of && of.every !== null) targets.push(`${of.id} every ${of.every}${mark(of.assumed)}`);
  return targets;
}
