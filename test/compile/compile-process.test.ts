import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProcess, compileVariant } from '../../src/compile/index.ts';
import type { DecisionTable } from '../../src/definition/table-types.ts';
import type { Criterion, NamedCriterion } from '../../src/definition/types.ts';
import { activity, definition, field, phase, rule, step } from './build-definition.ts';
import { definitions } from './random-definition.ts';

const criterion = (id: string, tree: Criterion): NamedCriterion => ({
  id,
  say: null,
  source: null,
  assumed: false,
  criterion: tree,
});
const when = (text: string): Criterion => ({ kind: 'condition', text });
const role = (id: string) => ({
  id,
  title: { zh: id, en: id },
  source: null,
  assumed: false,
  note: null,
  holders: null,
  heldBy: [],
  was: [],
  calendar: null,
});

function setup() {
  const table: DecisionTable = {
    ...role('grade'),
    sets: 'grade',
    hit: 'first',
    collect: null,
    rules: [rule('budget >= 10', 3), rule(null, 1)],
  };
  const nested = criterion('ready', {
    kind: 'at-least',
    n: 2,
    of: [when('budget >= 10'), { kind: 'not', of: when('grade == 1') }, { kind: 'any', of: [when('known(budget)')] }],
  });
  const written = definition(
    [
      phase(
        'sell',
        [
          step('meet', {
            owner: 'rep',
            activities: [
              activity('ask', { supplies: ['budget'], maySupply: ['discount'] }),
              activity('haggle', { by: ['rep', 'boss'], supplies: ['discount'], maySupply: ['discount', 'budget'] }),
            ],
            exit: [nested],
          }),
        ],
        { entry: [criterion('early', when('budget >= 10'))] },
      ),
      phase('serve', [
        step('call', { activities: [activity('ring')], entry: [criterion('paid', when('grade == 1'))] }),
      ]),
    ],
    {
      roles: [role('rep'), role('boss')],
      fields: [field('budget'), field('discount'), field('grade')],
      tables: [table],
    },
  );
  return { written, nested, process: compileProcess(written) };
}

describe('compileProcess', () => {
  it('keeps order and place of every element', () => {
    const { process, written } = setup();
    expect([...process.phases.keys()]).toEqual(['sell', 'serve']);
    expect([...process.steps].map(([id, { phase, index }]) => [id, phase.id, index])).toEqual([
      ['meet', 'sell', 0],
      ['call', 'serve', 1],
    ]);
    expect([...process.activities].map(([id, { step, phase }]) => [id, step.id, phase.id])).toEqual([
      ['ask', 'meet', 'sell'],
      ['haggle', 'meet', 'sell'],
      ['ring', 'call', 'serve'],
    ]);
    expect([...process.fields.values()]).toEqual(written.fields);
    expect(process.definition).toBe(written);
  });

  it('says who may do an activity: its own roles, else the owner, else every role', () => {
    const { process } = setup();
    expect([...process.activities].map(([id, { roles }]) => [id, roles])).toEqual([
      ['ask', ['rep']],
      ['haggle', ['rep', 'boss']],
      ['ring', ['rep', 'boss']],
    ]);
  });

  it('says which activities can supply a field, and which fields a table sets', () => {
    const { process } = setup();
    expect([...process.suppliers]).toEqual([
      ['budget', ['ask', 'haggle']],
      ['discount', ['ask', 'haggle']],
      ['grade', []],
    ]);
    expect([...process.derived]).toEqual([['grade', 'grade']]);
  });

  it('compiles each distinct condition once', () => {
    const { process, nested } = setup();
    const condition = (text: string) => process.conditions.get(text);
    expect([...process.conditions.keys()]).toEqual(['budget >= 10', 'grade == 1', 'known(budget)']);
    const [ready] = process.steps.get('meet')?.exit ?? [];
    expect(ready).toEqual({
      named: nested,
      criterion: {
        kind: 'at-least',
        n: 2,
        of: [
          { kind: 'condition', condition: condition('budget >= 10') },
          { kind: 'not', of: { kind: 'condition', condition: condition('grade == 1') } },
          { kind: 'any', of: [{ kind: 'condition', condition: condition('known(budget)') }] },
        ],
      },
    });
    const entry = process.phaseGates.get('sell')?.entry[0]?.criterion;
    expect(entry?.kind === 'condition' && entry.condition).toBe(condition('budget >= 10'));
    expect(process.tables.map(({ rules }) => rules.map(({ when, then }) => [when, then]))).toEqual([
      [
        [condition('budget >= 10'), 3],
        [null, 1],
      ],
    ]);
    expect(process.phaseGates.get('serve')).toEqual({ entry: [], exit: [] });
  });

  it('bounds every way back, as written or by a hundred, and no way forward that does not say', () => {
    const to = (id: string, limit: number | null = null) => ({ when: 'budget > 1', to: id, limit });
    const process = compileProcess(
      definition(
        [
          phase('meet', [step('ask'), step('tell')]),
          phase('sell', [
            step('draft'),
            step('check', {
              activities: [activity('look', { when: 'budget > 2' })],
              next: [to('draft'), to('check', 7), to('sell'), to('meet'), to('sign'), to('serve', 3), to('end')],
            }),
            step('sign'),
          ]),
          phase('serve', [step('pack')]),
        ],
        { fields: [field('budget')] },
      ),
    );
    expect(process.steps.get('check')?.routes.map((route) => [route.to, route.when?.text, route.limit])).toEqual([
      ['draft', 'budget > 1', 100],
      ['check', 'budget > 1', 7],
      ['sell', 'budget > 1', 100],
      ['meet', 'budget > 1', 100],
      ['sign', 'budget > 1', null],
      ['serve', 'budget > 1', 3],
      ['end', 'budget > 1', null],
    ]);
    expect(process.activities.get('look')?.when?.text).toBe('budget > 2');
  });

  it('throws for a condition that the check should have refused', () => {
    const gate = [criterion('bad', when('colour == 1'))];
    expect(() => compileProcess(definition([phase('sell', [step('meet', { exit: gate })])]))).toThrow(
      'condition colour == 1: ',
    );
  });
});

describe('a variant', () => {
  it('is what compiling it anew makes, but for its digest, and uses again what is the same', () => {
    fc.assert(
      fc.property(definitions, (each) => {
        const original = compileProcess(each);
        const changed = { ...each, phases: each.phases.map((phase) => ({ ...phase, entry: [], exit: [] })) };
        const variant = compileVariant(original, changed);
        const anew = compileProcess(changed);
        expect(variant.config).toEqual(anew.config);
        expect([...variant.steps.keys()]).toEqual([...anew.steps.keys()]);
        expect([...variant.conditions.keys()]).toEqual([...anew.conditions.keys()]);
        for (const [text, condition] of variant.conditions) expect(condition).toBe(original.conditions.get(text));
        expect(variant.digest).toBe('');
        expect(compileVariant(original, { ...each, subject: 'other' }).machine).toBe(original.machine);
      }),
      { numRuns: 30 },
    );
  });
});

describe('digest', () => {
  it('is the hash of the content, whatever the order of keys', () => {
    fc.assert(
      fc.property(definitions, (each) => {
        const { digest } = compileProcess(each);
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
        expect(compileProcess(reversed(each)).digest).toBe(digest);
        expect(compileProcess({ ...each, subject: `${each.subject}-2` }).digest).not.toBe(digest);
      }),
      { numRuns: 50 },
    );
  });
});

/** The same value with the keys of every object the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  ) as T;
}
