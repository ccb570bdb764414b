import { describe, expect, test } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import type { Sla } from '../../src/definition/sla-types.ts';
import { decide, explain, start, statementOf } from '../../src/engine/index.ts';
import type { ClockPause, Instance } from '../../src/engine/types.ts';
import { definition, phase, step } from '../compile/build-definition.ts';
import { ADMIN, accepted, command, environment, failing } from './process.ts';
import { sla } from './slas.ts';

const HOUR = 3_600_000;
const BEGAN = Date.UTC(2026, 1, 2);
const iso = (hours: number) => new Date(BEGAN + hours * HOUR).toISOString();
const MOST = 100;

/** A step that stood still so often for the customer, every second hour. */
function paused(times: number, pause: Sla['pause'], reasons: readonly string[]) {
  const hold = {
    by: [],
    source: null,
    assumed: false,
    reasons: reasons.map((id) => ({ id, title: { zh: id, en: id } })),
  };
  const steps = [step('quote', { sla: sla({ within: '30 days', pause }) }), step('check')];
  const process = compileProcess(definition([phase('sell', steps)], { hold }));
  let { instance } = accepted(start(process, 1, command('start', {}), environment(iso(0))));
  const it = {
    process,
    get instance(): Instance {
      return instance;
    },
    now: 2 * times + 1,
    do(type: string, input: Record<string, unknown> = {}) {
      const answer = decide(process, instance, command(type, input), environment(iso(it.now)));
      if (answer.ok) instance = answer.instance;
      it.now += 1;
      return answer;
    },
    hold: () => {
      const { now } = it;
      const at = iso(now);
      const actions = explain({ process, instance, actor: ADMIN, at, now: at });
      return actions.find(({ type }) => type === 'hold');
    },
  };
  const record = instance.clocks['step/quote'];
  if (record === undefined) throw new Error('there is a clock');
  const pauses = Array.from({ length: times }, (_, n): ClockPause => {
    return { from: iso(2 * n + 1), to: iso(2 * n + 2), why: 'hold', reason: 'customer' };
  });
  instance = { ...instance, clocks: { 'step/quote': { ...record, pauses } } };
  return it;
}

describe('a clock that stood still as often as is kept', () => {
  test('stands still one last time, and says so', () => {
    const it = paused(MOST - 1, 'any', []);
    expect(statementOf(it.process, it.instance, iso(it.now))[0]?.full).toBeNull();
    expect(it.do('hold', { reason: 'whatever' })).toMatchObject({ ok: true });
    expect(it.instance.clocks['step/quote']?.pauses).toHaveLength(MOST);
    expect(it.do('resume')).toMatchObject({ ok: true });
    expect(statementOf(it.process, it.instance, iso(it.now))[0]?.full?.en).toContain('stood still 100 times');
  });

  test('refuses every further hold where any pauses it, and the offer says why', () => {
    const it = paused(MOST, 'any', []);
    const refusal = it.do('hold', { reason: 'whatever' });
    if (refusal.ok) throw new Error('it was accepted');
    expect([refusal.code, failing(refusal)]).toEqual(['not-allowed-now', ['pauses-left']]);
    expect(refusal.detail.en).toContain('step/quote has stood still 100 times in this round, as often as is kept');
    expect(it.hold()).toMatchObject({ allowed: false, reasons: refusal.reasons });
  });

  test('refuses the reasons that pause it and offers the others', () => {
    const it = paused(MOST, ['customer'], ['customer', 'budget']);
    expect(it.hold()).toMatchObject({ allowed: true, input: { properties: { reason: { enum: ['budget'] } } } });
    const refusal = it.do('hold', { reason: 'customer' });
    if (refusal.ok) throw new Error('it was accepted');
    expect(refusal.problems).toEqual([
      {
        pointer: '/reason',
        message: {
          zh: '时限 step/quote 在这一轮已暂停 100 次，不能再为它暂停；可用的原因：budget',
          en: 'step/quote has stood still 100 times in this round, as often as is kept; reasons that do not pause it: budget',
        },
      },
    ]);
    expect(it.do('hold', { reason: 'budget' })).toMatchObject({ ok: true });
    expect(it.instance.clocks['step/quote']?.pauses).toHaveLength(MOST);
    it.do('resume');
    // Without the step there is nothing to pause.
    it.do('advance', { step: 'quote' });
    expect(it.do('hold', { reason: 'customer' })).toMatchObject({ ok: true });
  });

  test('refuses nothing where there is no other reason than those that do not pause it', () => {
    expect(paused(MOST, [], ['customer']).hold()).toMatchObject({ allowed: true });
    expect(paused(MOST, ['customer'], ['customer']).hold()).toMatchObject({ allowed: false });
  });
});
