import { describe, expect, it } from 'vitest';
import { ADMIN, CLERK, compiled, run } from './process.ts';

const RATED = `
process: rated
title: { zh: 评级, en: Rated }
subject: case
roles: { clerk: { title: { zh: 职员, en: Clerk } } }
fields:
  staff:  { type: integer, min: 0 }
  growth: { type: number }
  urgent: { type: boolean }
  limit:  { type: money, currency: CNY }
  points: { type: number }
  best:   { type: integer }
  worst:  { type: integer }
  hits:   { type: integer }
  tags:   { type: list, of: [big, fast, now] }
  fee:    { type: money, currency: CNY }
  level:  { type: choice, of: [low, high] }
tables:
  points: { sets: points, hit: all, collect: sum, rules: [{ then: 0.1 }, { when: staff > 5, then: 0.2 }, { when: growth > 1, then: -3 }] }
  best:   { sets: best, hit: all, collect: max, rules: [{ when: staff > 5, then: 2 }, { when: growth > 1, then: 7 }] }
  worst:  { sets: worst, hit: all, collect: min, rules: [{ when: staff > 5, then: 2 }, { when: growth > 1, then: 7 }] }
  hits:   { sets: hits, hit: all, collect: count, rules: [{ when: staff > 5 }, { when: growth > 1 }] }
  tags:   { sets: tags, hit: all, collect: list, rules: [{ when: growth > 1, then: fast }, { when: staff > 5, then: big }, { when: growth > 2, then: fast }] }
  fee:    { sets: fee, hit: all, collect: sum, rules: [{ when: staff > 5, then: 0.1 }, { when: growth > 1, then: 0.2 }] }
  level:  { sets: level, hit: unique, rules: [{ when: staff > 5, then: high }, { when: urgent && staff <= 5, then: low }, { when: limit > fee && staff <= 5, then: high }] }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        owner: clerk
        activities:
          form: { title: { zh: 表单, en: Form }, repeatable: true, may_supply: [staff, growth, urgent, limit] }
        exit: { rated: hits >= 1, paid: fee < 1 }
        milestone: done
`;

const rated = compiled(RATED);

function valuesAfter(...forms: readonly Readonly<Record<string, unknown>>[]) {
  const it = run(rated);
  for (const form of forms) it.do('complete', { activity: 'form', with: form }, CLERK);
  return Object.fromEntries(rated.tables.map(({ sets }) => [sets, it.instance.fields[sets]?.value ?? null]));
}

const cny = (amount: number) => ({ amount, currency: 'CNY' });

describe('a decision table of which all rules count', () => {
  it('says nothing while a rule is unknown: it could still make the result another', () => {
    expect(valuesAfter({ staff: 9 })).toEqual({
      points: null,
      best: null,
      worst: null,
      hits: null,
      tags: null,
      fee: null,
      // No second rule can hold beside the one that does.
      level: 'high',
    });
  });

  it('puts together what holds', () => {
    expect(valuesAfter({ staff: 9, growth: 1.5 })).toEqual({
      points: -2.7,
      best: 7,
      worst: 2,
      hits: 2,
      tags: ['fast', 'big'],
      fee: cny(30),
      level: 'high',
    });
    expect(valuesAfter({ staff: 9, growth: 3 }).tags).toEqual(['fast', 'big']);
    expect(valuesAfter({ staff: 9, growth: 0 }).points).toBe(0.3);
  });

  it('comes to nothing where no rule holds: 0 and an empty list, but no smallest and no largest value', () => {
    expect(valuesAfter({ staff: 1, growth: 0 })).toEqual({
      points: 0.1,
      best: null,
      worst: null,
      hits: 0,
      tags: [],
      fee: cny(0),
      level: null,
    });
  });

  it('is read again with every fact, and writes only what is another', () => {
    const it = run(rated);
    it.do('complete', { activity: 'form', with: { staff: 9, growth: 3 } }, CLERK);
    const { tags, fee } = it.instance.fields;
    it.do('complete', { activity: 'form', with: { urgent: true } }, CLERK);
    expect(it.instance.fields.tags).toBe(tags);
    expect(it.instance.fields.fee).toBe(fee);
    it.do('complete', { activity: 'form', with: { growth: 0 } }, CLERK);
    expect(it.instance.fields.tags).toMatchObject({ value: ['big'], by: 'table:tags' });
  });

  it('names the facts that a gate waits for', () => {
    const it = run(rated);
    it.do('complete', { activity: 'form', with: { staff: 9 } }, CLERK);
    const { missing } = it.refuse('advance', {}, ADMIN);
    expect(missing.map(({ kind, id }) => [kind, id])).toEqual([['field', 'growth']]);
    it.do('complete', { activity: 'form', with: { growth: 0 } }, CLERK);
    it.do('advance', {}, CLERK);
  });
});

describe('a decision table of which one rule holds', () => {
  it('waits for no other, and decides nothing where the file could not be held to it', () => {
    expect(valuesAfter({ staff: 1, growth: 0, urgent: true }).level).toBe('low');
    expect(valuesAfter({ staff: 1, growth: 0, urgent: true, limit: 5 }).level).toBe(null);
    expect(valuesAfter({ staff: 1, growth: 0, urgent: false, limit: 5 }).level).toBe('high');
  });
});
