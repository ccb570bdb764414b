import { describe, expect, test } from 'vitest';
import type { CalendarDefinition } from '../../src/calendar/index.ts';
import { compileProcess } from '../../src/compile/index.ts';
import type { Sla } from '../../src/definition/sla-types.ts';
import type { ProcessDefinition } from '../../src/definition/types.ts';
import { decide, hiddenFrom, maskEntry, nextTimer, start, waitsOf } from '../../src/engine/index.ts';
import type { Instance } from '../../src/engine/types.ts';
import { activity, definition, field, phase, step } from '../compile/build-definition.ts';
import { ADMIN, accepted, actor, command, environment } from './process.ts';
import { sla } from './slas.ts';

const REP = actor('rita', 'rep');
const MANAGER = actor('mei', 'manager');
const nothing = { notify: [], raise: null, reassign: null, do: null };

const office = [
  { opens: 540, closes: 720 },
  { opens: 780, closes: 1080 },
];
const CHINA: CalendarDefinition = {
  calendar: 'china',
  title: { zh: '中国', en: 'China' },
  source: null,
  assumed: false,
  note: null,
  zone: 'Asia/Shanghai',
  extends: 'cn',
  week: [office, office, office, office, office, [], []],
  makeUp: office,
  days: [],
  knownUntil: null,
};

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

/** A deal whose offer is timed by `words`, in two steps that may go back. */
function deal(words: Partial<Sla>, top: Partial<ProcessDefinition> = {}) {
  const offer = activity('offer', { sla: sla(words), maySupply: ['class', 'delivered', 'until'] });
  const steps = [
    step('quote', { owner: 'rep', activities: [offer] }),
    step('check', { owner: 'rep', rework: { to: ['quote'], limit: null, resets: [] } }),
  ];
  const fields = [field('class'), field('delivered', { type: 'datetime' }), field('until', { type: 'date' })];
  const defined = definition([phase('sell', steps)], {
    roles: [role('rep'), role('manager')],
    fields,
    calendar: [{ when: null, use: 'china' }],
    ...top,
  });
  const process = compileProcess(defined, [CHINA]);
  let { instance } = accepted(start(process, 1, command('start', {}, REP), environment(utc('02-02 09:00'))));
  return {
    process,
    get instance(): Instance {
      return instance;
    },
    get clock() {
      return instance.clocks['activity/offer'];
    },
    do(now: string, type: string, input: Record<string, unknown> = {}, by = REP, at?: string) {
      const sent = command(type, input, by, at === undefined ? undefined : utc(at));
      const decision = accepted(decide(process, instance, sent, environment(utc(now))));
      instance = decision.instance;
      return decision.entries;
    },
    /** What time does next, at `now`; null: nothing. */
    tick(now: string) {
      const next = nextTimer(process, instance);
      if (next === null || next.due > utc(now)) return null;
      const order = { ...command(next.what, {}, ADMIN, next.due), internal: true as const };
      const decision = accepted(decide(process, instance, order, environment(utc(now))));
      instance = decision.instance;
      return decision.entries;
    },
  };
}

/** `MM-DD hh:mm` of 2026 in Shanghai. */
function utc(text: string): string {
  return new Date(`2026-${text.replace(' ', 'T')}:00+08:00`).toISOString();
}

const setting = (fields: Record<string, unknown>) => ({ fields });

describe('a clock', () => {
  test('counts the working time of its calendar over the Spring Festival of 2026', () => {
    // Friday 13 Feb is the tenth day of work; the 14th is made up, 15 to 23 are off, the 24th is worked.
    expect(deal({ within: '11 working days' }).clock?.due).toBe(utc('02-14 18:00'));
    expect(deal({ within: '12 working days' }).clock?.due).toBe(utc('02-24 18:00'));
  });

  test('stands still for the reasons it names, and goes on with what is left', () => {
    const it = deal({ within: '10 days', pause: ['customer'] });
    expect(it.clock?.due).toBe(utc('02-12 09:00'));
    it.do('02-05 09:00', 'hold', { reason: 'customer' }, ADMIN);
    expect(it.clock?.due).toBeNull();
    expect(nextTimer(it.process, it.instance)).toBeNull();
    it.do('02-07 12:30', 'resume', {}, ADMIN);
    expect(it.clock?.due).toBe(utc('02-14 12:30'));
    it.do('02-08 09:00', 'hold', { reason: 'holiday' }, ADMIN);
    expect(it.clock?.due).toBe(utc('02-14 12:30'));
  });

  test('chooses the first target that is met, anew when the facts change', () => {
    const targets = [
      { when: 'class >= 2', within: '2 days', due: null },
      { when: null, within: '5 days', due: null },
    ];
    const it = deal({ targets });
    expect(it.clock).toMatchObject({ target: '5 days', due: utc('02-07 09:00') });
    it.do('02-03 09:00', 'set', setting({ class: 2 }));
    expect(it.clock).toMatchObject({ target: '2 days', due: utc('02-04 09:00') });
  });

  test('starts from a field, and not before it is known', () => {
    const it = deal({ within: '1 week', from: 'delivered' });
    expect(it.clock).toMatchObject({ startedAt: null, due: null });
    it.do('02-03 09:00', 'set', setting({ delivered: utc('02-01 10:00') }));
    expect(it.clock).toMatchObject({ startedAt: utc('02-01 10:00'), due: utc('02-08 10:00') });
  });

  test('is due with the end of a day that a field says, and not at all in a year that nobody reckons with', () => {
    const it = deal({ due: 'until', warn: ['1 day'] });
    it.do('02-03 09:00', 'set', setting({ until: '2026-02-10' }));
    expect(it.clock?.due).toBe(utc('02-11 00:00'));
    expect(it.clock?.marks[0]).toMatchObject({ id: 'warn/1', due: utc('02-10 00:00') });
    it.do('02-03 09:30', 'set', setting({ until: '9999-12-31' }));
    expect(it.clock?.due).toBeNull();
  });

  test('withdraws a breach when it is told later that the work was done in time', () => {
    const it = deal({ within: '2 days' });
    it.tick('02-04 09:05');
    expect(it.clock?.marks).toEqual([
      { id: 'breach', due: utc('02-04 09:00'), firedAt: utc('02-04 09:05'), withdrawnAt: null },
    ]);
    it.do('02-04 15:00', 'complete', { activity: 'offer' }, REP, '02-03 17:00');
    expect(it.clock).toMatchObject({
      ended: { at: utc('02-03 17:00'), how: 'done' },
      marks: [{ id: 'breach', firedAt: null, withdrawnAt: utc('02-04 15:00') }],
    });
  });

  test('that ends late says so though nobody told it', () => {
    const it = deal({ within: '2 days' });
    it.do('02-05 09:00', 'complete', { activity: 'offer' });
    expect(it.clock?.marks[0]?.firedAt).toBe(utc('02-05 09:00'));
    expect(nextTimer(it.process, it.instance)).toBeNull();
  });

  test('goes on as if nothing had been when a completion is undone', () => {
    const it = deal({ within: '2 days' });
    const before = it.clock;
    it.do('02-02 10:00', 'complete', { activity: 'offer' });
    it.do('02-02 11:00', 'undo', { activity: 'offer' });
    expect(it.clock).toEqual(before);
  });

  test.each([
    ['restart', 2, utc('02-09 09:00'), 0],
    ['continue', 2, utc('02-07 09:00'), 1],
  ] as const)('begins a further round: %s', (onRework, round, due, pauses) => {
    const it = deal({ within: '4 days', onRework });
    it.do('02-04 09:00', 'complete', { activity: 'offer' });
    it.do('02-04 09:00', 'advance');
    it.do('02-05 09:00', 'rework', { to: 'quote', reason: 'again' });
    expect(it.clock).toMatchObject({ round, due, ended: null });
    expect(it.clock?.pauses).toHaveLength(pauses);
  });
});

describe('time', () => {
  const ladder = {
    within: '2 days',
    warn: ['50%'],
    breach: { ...nothing, raise: 'manager' },
    escalate: [{ ...nothing, after: '1 day', do: { type: 'close', outcome: 'lost', reason: 'late' } }],
  };
  const lost = {
    id: 'lost',
    title: { zh: '丢单', en: 'Lost' },
    source: null,
    assumed: false,
    note: null,
    from: 'any',
    reasons: [],
    was: [],
  } as const;

  test('warns, tells the breach and escalates, each once and with its own due time', () => {
    const it = deal(ladder, { outcomes: [lost] });
    expect(it.tick('02-03 08:59')).toBeNull();
    expect(it.tick('02-03 09:07')?.[0]).toMatchObject({
      type: 'warn',
      at: utc('02-03 09:00'),
      recordedAt: utc('02-03 09:07'),
      command: {
        clock: 'activity/offer',
        mark: 'warn/1',
        due: utc('02-03 09:00'),
        late: 'PT7M',
        notify: { roles: ['rep'], actors: [] },
      },
    });
    expect(it.tick('02-03 09:08')).toBeNull();
    expect(it.tick('02-04 09:00')?.[0]?.type).toBe('breach');
    const entries = it.tick('02-05 09:00') ?? [];
    expect(entries.map(({ type, accepted }) => [type, accepted])).toEqual([
      ['escalate', true],
      ['close', true],
    ]);
    expect(entries[1]).toMatchObject({ actor: 'phasegate', command: { because: entries[0]?.seq } });
    expect(it.instance.status).toBe('closed');
    expect(nextTimer(it.process, it.instance)).toBeNull();
  });

  test('records that what it should do was refused', () => {
    const it = deal({ within: '1 day', breach: { ...nothing, do: { type: 'advance' } } });
    const entries = it.tick('02-03 09:00') ?? [];
    expect(entries.map(({ type, accepted }) => [type, accepted])).toEqual([
      ['breach', true],
      ['advance', false],
    ]);
    expect(it.instance.position).toEqual([{ phase: 'sell', step: 'quote' }]);
  });

  test('raises a role that may then do it too, and for which it waits', () => {
    const it = deal(ladder, { outcomes: [lost] });
    const complete = command('complete', { activity: 'offer' }, MANAGER);
    expect(decide(it.process, it.instance, complete, environment(utc('02-02 10:00'))).ok).toBe(false);
    it.tick('02-03 09:00');
    it.tick('02-04 09:00');
    expect(waitsOf(it.process, it.instance).map(({ who, due }) => [who, due])).toEqual([
      ['role:rep', utc('02-04 09:00')],
      ['role:manager', utc('02-04 09:00')],
    ]);
    it.do('02-04 10:00', 'complete', { activity: 'offer' }, MANAGER);
  });

  test('does nothing for a command for which nothing is due, and takes none from outside', () => {
    const it = deal({ within: '2 days' });
    const early = { ...command('breach', {}, ADMIN, utc('02-03 09:00')), internal: true as const };
    expect(decide(it.process, it.instance, early, environment(utc('02-03 09:00')))).toMatchObject({ ok: false });
    // A clock that was set back: what was due by another is not due by this one.
    const ahead = { ...early, at: utc('02-04 09:00') };
    expect(decide(it.process, it.instance, ahead, environment(utc('02-04 08:58')))).toMatchObject({ ok: false });
    expect(decide(it.process, it.instance, ahead, environment(utc('02-04 09:00')))).toMatchObject({ ok: true });
    const outside = command('breach', {}, ADMIN);
    expect(decide(it.process, it.instance, outside, environment(utc('02-05 09:00')))).toMatchObject({
      ok: false,
      code: 'unknown-event',
    });
  });
});

test('what is provisional is due by the calendars of today, and put right by them', () => {
  const offer = activity('offer', { sla: sla({ within: '3 working days', warn: ['1 working day'] }) });
  const defined = definition([phase('sell', [step('quote', { activities: [offer] })])], {
    calendar: [{ when: null, use: 'china' }],
  });
  const older = compileProcess(defined, [{ ...CHINA, extends: 'weekends', knownUntil: 2025 }]);
  const newer = compileProcess(defined, [CHINA]);
  const { instance } = accepted(start(older, 1, command('start', {}, REP), environment(utc('02-13 09:00'))));
  expect(instance.clocks['activity/offer']).toMatchObject({ due: utc('02-17 18:00'), provisional: true });
  const send = (type: string, at: string, on = instance) =>
    decide(newer, on, { ...command(type, {}, ADMIN, utc(at)), internal: true }, environment(utc(at)));
  expect(nextTimer(older, instance)?.due).toBe(utc('02-17 09:00'));
  // The 14th is worked, and then nobody works till the 24th.
  expect(send('warn', '02-17 09:00')).toMatchObject({ ok: false });
  expect(send('breach', '02-17 18:00')).toMatchObject({ ok: false });
  expect(send('warn', '02-24 09:00')).toMatchObject({ ok: true });
  const { instance: right, entries } = accepted(send('reckon', '02-17 18:00'));
  expect(entries).toMatchObject([
    { type: 'reckon', changes: { clocks: { 'activity/offer': { provisional: false } } } },
  ]);
  expect(nextTimer(newer, right)).toEqual({ due: utc('02-24 09:00'), what: 'warn', of: 'activity/offer/warn/1' });
  expect(right.clocks['activity/offer']?.due).toBe(utc('02-24 18:00'));
  expect(send('reckon', '02-17 18:00', right)).toMatchObject({ ok: false });
});

test('a clock of what somebody may not see is not told to them', () => {
  const offer = activity('offer', { see: ['manager'], sla: sla({ within: '1 day', warn: ['50%'] }) });
  const defined = definition([phase('sell', [step('quote', { activities: [offer, activity('call')] })])], {
    roles: [role('rep'), role('manager')],
  });
  const process = compileProcess(defined);
  const begun = accepted(start(process, 1, command('start', {}, REP), environment(utc('02-02 09:00'))));
  const order = { ...command('warn', {}, ADMIN, utc('02-02 21:00')), internal: true as const };
  const warned = accepted(decide(process, begun.instance, order, environment(utc('02-02 21:00'))));
  const seen = (who: typeof REP) => {
    const hidden = hiddenFrom(process, begun.instance, who);
    return [...begun.entries, ...warned.entries].map((entry) => {
      const { command: told, changes } = hidden === null ? entry : maskEntry(hidden, entry);
      return [typeof told === 'string' ? told : Object(told).clock, Object.keys(changes?.clocks ?? {})];
    });
  };
  expect(seen(MANAGER)).toEqual([
    [undefined, ['activity/offer']],
    ['activity/offer', ['activity/offer']],
  ]);
  expect(seen(REP)).toEqual([
    [undefined, []],
    ['(hidden)', []],
  ]);
});
