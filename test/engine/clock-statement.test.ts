import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import { readCalendar } from '../../src/definition/index.ts';
import type { Sla } from '../../src/definition/sla-types.ts';
import { decide, start, statementOf } from '../../src/engine/index.ts';
import type { ClockStatement, Instance } from '../../src/engine/types.ts';
import { definition, phase, step } from '../compile/build-definition.ts';
import { ADMIN, accepted, command, environment } from './process.ts';

const file = new URL('../../processes/calendars/china.yaml', import.meta.url);
const china = readCalendar(readFileSync(file, 'utf8'), 'china.yaml').definition;

/** A step that is timed so, started at an instant. */
function timed(within: string, startedAt: string) {
  if (china === null) throw new Error('the calendar reads');
  const sla: Sla = {
    within,
    due: null,
    targets: [],
    from: null,
    calendar: null,
    warn: ['80%'],
    breach: null,
    escalate: [],
    pause: 'any',
    onRework: 'restart',
    onChange: 'keep',
    assumed: false,
    source: null,
  };
  const steps = [step('quote', { sla }), step('sign')];
  const process = compileProcess(
    definition([phase('sell', steps)], { calendar: [{ when: null, use: 'china' }], hold: null }),
    [china],
  );
  let { instance } = accepted(start(process, 1, command('start', {}, ADMIN), environment(startedAt)));
  return {
    process,
    get instance() {
      return instance;
    },
    do(now: string, type: string, input: Record<string, unknown> = {}) {
      instance = accepted(decide(process, instance, command(type, input, ADMIN), environment(now))).instance;
    },
    statement(now: string): ClockStatement {
      const [only] = statementOf(process, instance, now);
      if (only === undefined) throw new Error('there is a clock');
      return only;
    },
  };
}

/** `DD hh:mm` of February 2026 in Shanghai. */
const utc = (text: string) => new Date(`2026-02-${text.replace(' ', 'T')}:00+08:00`).toISOString();
const wall = (instant: string) =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(8, 16).replace('T', ' ');

test('a deal over the Spring Festival of 2026, waiting for its customer for a day, checked by hand', () => {
  const it = timed('5 working days', utc('13 17:00'));
  it.do(utc('24 10:00'), 'hold', { reason: 'waiting' });
  it.do(utc('25 10:00'), 'resume');
  const { lines, ...said } = it.statement(utc('26 12:00'));
  expect(
    lines.map(({ from, to, kind, name, pause, counted, duration }) =>
      [wall(from), wall(to), kind, name?.zh, pause?.reason, counted ? '+' : '', duration].join('|'),
    ),
  ).toEqual([
    '13 17:00|13 18:00|working|||+|PT1H',
    '13 18:00|14 09:00|off-hours||||PT15H',
    '14 09:00|14 12:00|make-up|春节||+|PT3H',
    '14 12:00|14 13:30|off-hours||||PT1H30M',
    '14 13:30|14 18:00|make-up|春节||+|PT4H30M',
    '14 18:00|15 00:00|off-hours||||PT6H',
    '15 00:00|24 00:00|holiday|春节|||P9D',
    '24 00:00|24 09:00|off-hours||||PT9H',
    '24 09:00|24 10:00|working|||+|PT1H',
    '24 10:00|25 10:00|paused||waiting||P1D',
    '25 10:00|25 12:00|working|||+|PT2H',
    '25 12:00|25 13:30|off-hours||||PT1H30M',
    '25 13:30|25 18:00|working|||+|PT4H30M',
    '25 18:00|26 09:00|off-hours||||PT15H',
    '26 09:00|26 12:00|working|||+|PT3H',
  ]);
  expect(said).toMatchObject({
    id: 'step/quote',
    state: 'running',
    target: '5 working days',
    calendar: 'china',
    zone: 'Asia/Shanghai',
    // Without the pause it were the 27th; the 28th is a Saturday that is worked.
    due: utc('28 17:00'),
    provisional: null,
    elapsed: 'P12DT19H',
    counted: 'PT19H',
    used: { amount: 2.533333, left: 2.466667, unit: 'working days' },
    late: null,
    omitted: null,
  });
});

test('says how a clock stands from its start to its end', () => {
  const it = timed('2 days', utc('02 09:00'));
  const states = [it.statement(utc('02 10:00'))];
  it.do(utc('03 09:00'), 'hold', { reason: 'waiting' });
  states.push(it.statement(utc('03 10:00')));
  it.do(utc('04 09:00'), 'resume');
  states.push(it.statement(utc('05 10:00')));
  it.do(utc('05 12:00'), 'advance', { step: 'quote' });
  states.push(it.statement(utc('09 09:00')));
  expect(states.map(({ state, late, used, counted }) => [state, late, used?.left, counted])).toEqual([
    ['running', null, 1.958333, 'PT1H'],
    ['paused', null, 1, 'P1D'],
    ['late', 'PT1H', -0.041667, 'P2DT1H'],
    ['breached', 'PT3H', -0.125, 'P2DT3H'],
  ]);
  expect(states.at(-1)?.lines.map(({ kind, duration }) => [kind, duration])).toEqual([
    ['time', 'P1D'],
    ['paused', 'P1D'],
    ['time', 'P1DT3H'],
  ]);
});

test('tells the last lines of a long one, and what those before come to', () => {
  const it = timed('900 working days', utc('02 09:00'));
  const { lines, omitted, elapsed } = it.statement('2027-02-02T01:00:00.000Z');
  expect([lines.length, elapsed]).toEqual([500, 'P365D']);
  expect(omitted?.lines).toBeGreaterThan(200);
});

const minutes = fc.integer({ min: 0, max: 60 * 24 * 60 });

test('the lines part the time without gap or overlap, whatever the pauses, and what counts is what was used', () => {
  const base = { days: timed('5 working days', utc('02 09:00')), plain: timed('5 days', utc('02 09:00')) };
  fc.assert(
    fc.property(
      fc.constantFrom('days' as const, 'plain' as const),
      minutes,
      fc.uniqueArray(minutes, { maxLength: 8 }),
      minutes,
      fc.boolean(),
      (kind, from, edges, until, isEnded) => {
        const { process, instance } = base[kind];
        const at = (minute: number) => new Date(Date.UTC(2026, 1, 1) + minute * 60_000).toISOString();
        const sorted = edges.map((edge) => from + edge).sort((a, b) => a - b);
        const end = from + until;
        const pauses = sorted.flatMap((edge, n) => {
          if (n % 2 === 1 || edge >= end) return [];
          const to = sorted[n + 1];
          return [
            { from: at(edge), to: to === undefined || to > end ? null : at(to), why: 'hold', reason: 'x' } as const,
          ];
        });
        const last = pauses.at(-1);
        const whole = isEnded && last?.to === null ? [...pauses.slice(0, -1), { ...last, to: at(end) }] : pauses;
        const record = instance.clocks['step/quote'];
        if (record === undefined) throw new Error('there is a clock');
        const ended = isEnded ? ({ at: at(end), recordedAt: at(end), how: 'done' } as const) : null;
        const clocks = { 'step/quote': { ...record, startedAt: at(from), pauses: whole, ended } };
        const changed: Instance = { ...instance, clocks };
        const [statement] = statementOf(process, changed, at(end));
        const { lines = [] } = statement ?? {};
        const ms = (instant: string) => Date.parse(instant);
        let place = ms(at(from));
        for (const line of lines) {
          expect(ms(line.from)).toBe(place);
          expect(ms(line.to)).toBeGreaterThan(place);
          place = ms(line.to);
        }
        expect(place).toBe(ms(at(end)));
        const counted = lines.reduce((sum, line) => sum + (line.counted ? ms(line.to) - ms(line.from) : 0), 0);
        const paused = lines.reduce((sum, line) => sum + (line.kind === 'paused' ? ms(line.to) - ms(line.from) : 0), 0);
        const stood = whole.reduce((sum, pause) => sum + ms(pause.to ?? at(end)) - ms(pause.from), 0);
        expect(paused).toBe(stood);
        if (kind === 'plain') expect(counted / 86_400_000).toBeCloseTo(statement?.used?.amount ?? -1, 4);
        else expect(counted / 3_600_000 / 7.5).toBeCloseTo(statement?.used?.amount ?? -1, 4);
      },
    ),
    { numRuns: 300 },
  );
});
