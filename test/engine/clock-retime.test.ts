import { describe, expect, test } from 'vitest';
import type { CalendarDefinition } from '../../src/calendar/index.ts';
import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import type { Sla } from '../../src/definition/sla-types.ts';
import type { ProcessDefinition } from '../../src/definition/types.ts';
import { decide, nextTimer, retime, start, statementOf } from '../../src/engine/index.ts';
import type { Instance } from '../../src/engine/types.ts';
import { activity, definition, field, outcome, phase, step } from '../compile/build-definition.ts';
import { ADMIN, accepted, command, environment } from './process.ts';
import { office, sla } from './slas.ts';

/** `MM-DD hh:mm` of 2026 in Shanghai. */
const utc = (text: string) => new Date(`2026-${text.replace(' ', 'T')}:00+08:00`).toISOString();

/** An offer within a step within a phase; of each what times it. */
interface Words {
  readonly offer?: Partial<Sla>;
  readonly survey?: Partial<Sla>;
  readonly quote?: Partial<Sla>;
  readonly sell?: Partial<Sla>;
  readonly calendar?: CalendarDefinition;
  readonly top?: Partial<ProcessDefinition>;
}

const fields = [field('class'), field('delivered', { type: 'datetime' }), field('until', { type: 'date' })];

function version({ offer, survey, quote, sell, calendar = office, top }: Words): CompiledProcess {
  const of = (words: Partial<Sla> | undefined) => (words === undefined ? null : sla(words));
  const asked = activity('offer', { sla: of(offer), maySupply: fields.map(({ id }) => id) });
  const sometimes = activity('survey', { sla: of(survey), when: 'class >= 2', optional: true });
  const steps = [
    step('ask'),
    step('quote', { sla: of(quote), activities: [asked, sometimes] }),
    step('check', { rework: { to: ['quote'], limit: null, resets: [] } }),
  ];
  const said: Partial<ProcessDefinition> = { fields, outcomes: [outcome('lost', 'any')], ...top };
  return compileProcess(
    definition([phase('sell', steps, { sla: of(sell) })], {
      ...said,
      calendar: [{ when: null, use: calendar.calendar }],
    }),
    [calendar],
  );
}

/** An instance of one version, in `quote` since Monday 2 February 10:00, the whole of it since 09:00. */
function begunIn(process: CompiledProcess) {
  let { instance } = accepted(start(process, 1, command('start', {}), environment(utc('02-02 09:00'))));
  const it = {
    get instance(): Instance {
      return instance;
    },
    process,
    do(now: string, type: string, input: Record<string, unknown> = {}, at?: string) {
      const sent = command(type, input, ADMIN, at === undefined ? undefined : utc(at));
      const decision = accepted(decide(it.process, instance, sent, environment(utc(now))));
      instance = decision.instance;
      return decision.entries;
    },
    /** All that is due by then. */
    tick(now: string): readonly string[] {
      const next = nextTimer(it.process, instance);
      if (next === null || next.due > utc(now)) return [];
      const order = { ...command(next.what, {}, ADMIN, next.due), internal: true as const };
      const decision = accepted(decide(it.process, instance, order, environment(utc(now))));
      instance = decision.instance;
      return [next.of, ...decision.entries.slice(1).map(({ type }) => type), ...it.tick(now)];
    },
    goOver(now: string, words: Words) {
      const other = version(words);
      const { clocks, changes } = retime(it.process, other, instance, utc(now));
      // As it comes back from where it is stored.
      instance = JSON.parse(JSON.stringify({ ...instance, clocks }));
      it.process = other;
      return changes.map(({ clock, how, due }) => [clock, how, due.from, due.to]);
    },
    clock: (id: string) => instance.clocks[id],
  };
  it.do('02-02 10:00', 'advance', { step: 'ask' });
  return it;
}

const OFFER = 'activity/offer';
const QUOTE = 'step/quote';

describe('an edited SLA', () => {
  const was = { within: '4 days' };

  test.each([
    ['keep', 'kept', '02-06 10:00', '02-02 10:00'],
    ['recalculate', 'recalculated', '02-09 10:00', '02-02 10:00'],
    ['restart', 'restarted', '02-10 12:00', '02-03 12:00'],
  ] as const)('%s: a running clock is %s', (onChange, how, due, startedAt) => {
    const it = begunIn(version({ quote: was }));
    const changes = it.goOver('02-03 12:00', { quote: { within: '7 days', onChange } });
    expect(changes).toEqual([[QUOTE, how, utc('02-06 10:00'), utc(due)]]);
    expect(it.clock(QUOTE)).toMatchObject({ due: utc(due), startedAt: utc(startedAt), begun: utc('02-02 10:00') });
  });

  test.each(['keep', 'recalculate', 'restart'] as const)(
    'that says the same of time leaves its clocks alone: %s',
    (onChange) => {
      const it = begunIn(version({ quote: was, offer: { within: '2 working days' } }));
      const { clocks } = it.instance;
      const told = { notify: [{ kind: 'actor' as const, id: 'mei' }], raise: null, reassign: null, do: null };
      const calendar = { ...office, title: { zh: '新名字', en: 'A new name' } };
      const quote = { ...was, onChange, breach: told, source: '2.1' };
      expect(it.goOver('02-03 12:00', { quote, offer: { within: '2 working days', onChange }, calendar })).toEqual([]);
      expect(it.instance.clocks).toEqual(clocks);
    },
  );

  test('an edited calendar is an edit too, of what takes working time and of nothing else', () => {
    const day = (id: string, kind: 'holiday' | 'workday', on: string) => ({
      id,
      title: { zh: id, en: id },
      kind,
      on: [{ from: on, until: on }],
      hours: [],
    });
    const words = { quote: was, offer: { within: '4 working days', onChange: 'recalculate' as const } };
    const it = begunIn(version(words));
    expect(it.clock(OFFER)?.due).toBe(utc('02-06 10:00'));
    const holiday = { ...office, days: [day('party', 'holiday', '2026-02-04')] };
    expect(it.goOver('02-05 12:00', { ...words, calendar: holiday })).toEqual([
      [OFFER, 'recalculated', utc('02-06 10:00'), utc('02-09 10:00')],
    ]);
    // The Saturday is worked instead.
    const made = { ...office, days: [...holiday.days, day('instead', 'workday', '2026-02-07')] };
    expect(it.goOver('02-05 12:00', { ...words, calendar: made })).toEqual([
      [OFFER, 'recalculated', utc('02-09 10:00'), utc('02-07 10:00')],
    ]);
    expect(statementOf(it.process, it.instance, utc('02-05 12:00'))[1]?.lines.map(({ name }) => name?.en)).toContain(
      'party',
    );
  });

  test('recalculated, tells nothing twice, whatever number it now has, and nothing that came before what was told', () => {
    const it = begunIn(version({ quote: { within: '4 days', warn: ['50%'] } }));
    expect(it.tick('02-04 12:00')).toEqual([`${QUOTE}/warn/1`]);
    it.goOver('02-04 13:00', { quote: { within: '4 days', warn: ['25%', '50%', '3 hours'], onChange: 'recalculate' } });
    expect(it.clock(QUOTE)?.marks).toEqual([
      { id: 'warn/1', due: utc('02-03 10:00'), firedAt: utc('02-04 12:00'), withdrawnAt: null },
      { id: 'warn/2', due: utc('02-04 10:00'), firedAt: utc('02-04 12:00'), withdrawnAt: null },
      { id: 'warn/3', due: utc('02-06 07:00'), firedAt: null, withdrawnAt: null },
      { id: 'breach', due: utc('02-06 10:00'), firedAt: null, withdrawnAt: null },
    ]);
  });

  test('recalculated, withdraws a breach that is still to come, and tells at once one that has passed', () => {
    const it = begunIn(version({ quote: was }));
    it.tick('02-06 11:00');
    it.goOver('02-06 12:00', { quote: { within: '8 days', onChange: 'recalculate' } });
    expect(it.clock(QUOTE)?.marks).toEqual([
      { id: 'breach', due: utc('02-10 10:00'), firedAt: null, withdrawnAt: utc('02-06 12:00') },
    ]);
    it.goOver('02-08 12:00', { quote: { within: '5 days', onChange: 'recalculate' } });
    expect(it.tick('02-08 12:00')).toEqual([`${QUOTE}/breach`]);
  });

  test('recalculated, no longer counts a pause whose reason pauses no more, and pauses for the hold that stands', () => {
    const it = begunIn(version({ quote: { within: '4 days', pause: ['a', 'b'] } }));
    it.do('02-03 10:00', 'hold', { reason: 'a' });
    it.do('02-03 12:00', 'resume');
    it.do('02-04 10:00', 'hold', { reason: 'c' });
    it.goOver('02-05 10:00', { quote: { within: '4 days', pause: ['b', 'c'], onChange: 'recalculate' } });
    expect(it.clock(QUOTE)?.pauses).toEqual([{ from: utc('02-04 10:00'), to: null, why: 'hold', reason: 'c' }]);
    it.do('02-05 11:00', 'resume');
    expect(it.clock(QUOTE)?.due).toBe(utc('02-07 11:00'));
  });
});

describe('a kept clock', () => {
  const ladder = (outcomeId: string) => ({
    within: '4 working days',
    warn: ['50%'],
    pause: ['customer'],
    escalate: [
      {
        after: '1 working day',
        notify: [],
        raise: null,
        reassign: null,
        do: { type: 'close', outcome: outcomeId, reason: 'late' },
      },
    ],
  });

  test('goes on by its own calendar through later pauses, warnings and rungs', () => {
    const it = begunIn(version({ quote: ladder('lost') }));
    const night: CalendarDefinition = { ...office, week: office.week.map(() => [{ opens: 0, closes: 60 }]) };
    const edited = { quote: { within: '3 hours', onChange: 'keep' as const }, calendar: night };
    it.goOver('02-02 11:00', edited);
    it.do('02-03 10:00', 'hold', { reason: 'customer' });
    it.do('02-04 10:00', 'resume');
    expect(it.clock(QUOTE)?.due).toBe(utc('02-09 10:00'));
    expect(it.tick('02-05 10:00')).toEqual([`${QUOTE}/warn/1`]);
    expect(it.tick('02-10 10:00')).toEqual([`${QUOTE}/breach`, `${QUOTE}/escalate/1`, 'close']);
    expect(it.instance.outcome).toBe('lost');
  });

  test('is kept through further versions, until one recalculates it', () => {
    const it = begunIn(version({ quote: ladder('lost') }));
    expect(it.goOver('02-02 11:00', { quote: { within: '1 day' } })[0]?.[1]).toBe('kept');
    expect(it.goOver('02-02 12:00', { quote: { within: '2 days' } })[0]?.[1]).toBe('kept');
    expect(it.clock(QUOTE)).toMatchObject({ target: '4 working days', due: utc('02-06 10:00') });
    expect(it.goOver('02-02 13:00', { quote: { within: '3 days', onChange: 'recalculate' } })).toEqual([
      [QUOTE, 'recalculated', utc('02-06 10:00'), utc('02-05 10:00')],
    ]);
    expect(it.clock(QUOTE)).not.toHaveProperty('measure');
  });

  test.each([
    ['restart', '02-05 10:00', '02-12 10:00'],
    ['continue', '02-05 10:00', '02-11 10:00'],
  ] as const)('is kept for its round alone: %s', (onRework, again, due) => {
    const it = begunIn(version({ quote: { within: '4 days' } }));
    it.goOver('02-03 10:00', { quote: { within: '7 days', onRework } });
    expect(it.clock(QUOTE)?.due).toBe(utc('02-06 10:00'));
    it.do('02-03 10:00', 'complete', { activity: 'offer' });
    it.do('02-03 10:00', 'advance', { step: 'quote' });
    expect(it.clock(QUOTE)?.measure?.sla.within).toBe('4 days');
    it.do(again, 'rework', { to: 'quote', reason: 'again' });
    expect(it.clock(QUOTE)).toMatchObject({ round: 2, target: '7 days', due: utc(due) });
    expect(it.clock(QUOTE)).not.toHaveProperty('measure');
  });

  test('is recalculated after all where nothing measured it, or where its field is gone', () => {
    const none = begunIn(version({ quote: { targets: [{ when: 'class >= 2', within: '1 day', due: null }] } }));
    expect(none.goOver('02-03 10:00', { quote: { within: '2 days' } })[0]?.[1]).toBe('recalculated');
    const dated = begunIn(version({ quote: { due: 'until' } }));
    dated.do('02-03 10:00', 'set', { fields: { until: '2026-02-10' } });
    const gone = { fields: [field('class')] };
    expect(dated.goOver('02-03 11:00', { quote: { within: '2 days' }, top: gone })).toEqual([
      [QUOTE, 'recalculated', utc('02-11 00:00'), utc('02-04 10:00')],
    ]);
  });
});

describe('what has ended', () => {
  test('stays measured by what it was, and says so line by line', () => {
    const it = begunIn(version({ offer: { within: '1 working day' } }));
    it.do('02-03 11:00', 'complete', { activity: 'offer' });
    const said = statementOf(it.process, it.instance, utc('02-05 10:00'));
    expect(said[0]).toMatchObject({ state: 'breached', target: '1 working day' });
    expect(it.goOver('02-05 10:00', { offer: { within: '5 days', onChange: 'recalculate' } })).toEqual([]);
    expect(statementOf(it.process, it.instance, utc('02-05 10:00'))).toEqual(said);
  });

  test.each(['keep', 'recalculate', 'restart'] as const)('and goes on so when it is opened again: %s', (onChange) => {
    const it = begunIn(version({ offer: { within: '1 working day' } }));
    it.do('02-03 11:00', 'complete', { activity: 'offer' });
    it.goOver('02-05 10:00', { offer: { within: '5 days', onChange } });
    it.do('02-05 11:00', 'undo', { activity: 'offer' });
    expect(it.clock(OFFER)).toMatchObject({ due: utc('02-03 10:00'), ended: null });
  });
});

describe('an SLA that comes or goes', () => {
  test('ends its clock, and begins as it would have where the instance stands', () => {
    const it = begunIn(version({ quote: { within: '4 days' } }));
    it.do('02-03 11:00', 'set', { fields: { class: 2 } });
    const words = { within: '2 days' };
    expect(it.goOver('02-03 12:00', { sell: words, offer: words, survey: words })).toEqual([
      // The phase began with its first step, the survey with the fact that asks for it.
      ['phase/sell', 'begun', null, utc('02-04 09:00')],
      [OFFER, 'begun', null, utc('02-04 10:00')],
      ['activity/survey', 'begun', null, utc('02-05 11:00')],
      [QUOTE, 'dropped', utc('02-06 10:00'), null],
    ]);
    expect(it.clock(QUOTE)?.ended).toEqual({
      at: utc('02-03 12:00'),
      recordedAt: utc('02-03 12:00'),
      how: 'dropped',
    });
    // And comes again.
    expect(it.goOver('02-03 13:00', { quote: { within: '3 days' } })[0]).toEqual([
      QUOTE,
      'begun',
      utc('02-06 10:00'),
      utc('02-05 10:00'),
    ]);
  });

  test('changes nothing of a closed instance', () => {
    const it = begunIn(version({ quote: { within: '4 days' } }));
    it.do('02-03 11:00', 'close', { outcome: 'lost', reason: 'price' });
    const { ended } = it.clock(QUOTE) ?? {};
    expect(it.goOver('02-04 10:00', { sell: { within: '1 day' }, quote: { within: '1 day' } })).toEqual([]);
    expect(it.clock(QUOTE)?.ended).toEqual(ended);
  });
});
