import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CalendarDefinition } from '../../src/calendar/index.ts';
import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import type { Sla } from '../../src/definition/sla-types.ts';
import { decide, nextTimer, retime, start, statementOf } from '../../src/engine/index.ts';
import type { ClockRecord, ClockStatement, Command, Instance } from '../../src/engine/types.ts';
import { activity, definition, field, phase, step } from '../compile/build-definition.ts';
import { ADMIN, accepted, command, environment } from './process.ts';
import { office, sla } from './slas.ts';

const HOUR = 3_600_000;
const BEGAN = Date.UTC(2026, 1, 9, 1, 30);
const iso = (ms: number) => new Date(BEGAN + ms).toISOString();

/** What one version says of the five parts that it times, and when people work. */
interface Version {
  readonly slas: Readonly<Record<Part, Partial<Sla> | null>>;
  readonly calendar: CalendarDefinition;
}

const parts = ['process', 'phase', 'step', 'activity', 'sometimes'] as const;
type Part = (typeof parts)[number];

function compiledOf({ slas, calendar }: Version): CompiledProcess {
  const of = (part: Part) => {
    const words = slas[part];
    return words === null ? null : sla(words);
  };
  const supplies = { maySupply: ['class', 'seen', 'until'] };
  const offer = activity('offer', { ...supplies, sla: of('activity') });
  const survey = activity('survey', { when: 'class >= 2', optional: true, sla: of('sometimes') });
  const quote = step('quote', { activities: [offer, survey], sla: of('step') });
  const check = step('check', { rework: { to: ['quote'], limit: null, resets: [] } });
  const fields = [field('class'), field('seen', { type: 'datetime' }), field('until', { type: 'date' })];
  return compileProcess(
    definition([phase('sell', [quote, check], { sla: of('phase') }), phase('after', [step('care')])], {
      fields,
      calendar: [{ when: null, use: 'office' }],
      sla: of('process'),
    }),
    [calendar],
  );
}

interface Sent {
  readonly now: string;
  readonly order: Command;
}

/** Everything that came, decided by one version, with what time did in between. */
function played(process: CompiledProcess, history: readonly Sent[]): Instance {
  let { instance } = accepted(start(process, 1, command('start', {}), environment(iso(0))));
  for (const { now, order } of history) {
    instance = ticked(process, instance, now);
    const answer = decide(process, instance, order, environment(now));
    if (answer.ok) instance = answer.instance;
  }
  return instance;
}

function ticked(process: CompiledProcess, instance: Instance, now: string): Instance {
  const next = nextTimer(process, instance);
  if (next === null || next.due > now) return instance;
  const order = { ...command(next.what, {}, ADMIN, next.due), internal: true as const };
  return ticked(process, accepted(decide(process, instance, order, environment(now))).instance, now);
}

/** What a person is told of a clock, but for when it was told. */
function said(process: CompiledProcess, instance: Instance, now: string, clock: string) {
  const statement = statementOf(process, instance, now).find(({ id }) => id === clock);
  return statement === undefined ? null : { ...untold(statement), told: told(instance.clocks[clock]) };
}

function untold({ marks, earlier: _, raised: __, ...statement }: ClockStatement) {
  return { ...statement, marks: marks.map(({ id, due }) => [id, due]) };
}

const told = (record: ClockRecord | undefined) =>
  record?.marks.filter(({ firedAt }) => firedAt !== null).map(({ id }) => id);

const running = ({ clocks }: Instance) =>
  Object.keys(clocks)
    .filter((id) => clocks[id]?.ended === null)
    .sort();

/** A further holiday, and a Saturday that is worked for it. */
const day = (id: string, kind: 'holiday' | 'workday', on: string) => ({
  id,
  title: { zh: id, en: id },
  kind,
  on: [{ from: on, until: on }],
  hours: [],
});
const calendars = fc
  .tuple(fc.subarray(['2026-02-11', '2026-02-13', '2026-02-18']), fc.subarray(['2026-02-14', '2026-02-21']))
  .map(([off, on]): CalendarDefinition => {
    const days = [
      ...off.map((date) => day(`off-${date}`, 'holiday', date)),
      ...on.map((date) => day(`on-${date}`, 'workday', date)),
    ];
    return { ...office, days };
  });

const within = fc.constantFrom('1 working day', '4 working days', '9 working hours', '3 days', '30 hours', '2 weeks');
const warn = fc.subarray(['20%', '50%', '80%', '1 hour', '2 working hours']);
const escalate = fc
  .subarray(['1 hour', '1 working day', '5 days'])
  .map((rungs) => rungs.map((after) => ({ after, notify: [], raise: null, reassign: null, do: null })));
const target = fc.oneof(
  within.map((words) => ({ within: words })),
  fc.tuple(within, within).map(([some, others]) => ({
    targets: [
      { when: 'class >= 3', within: some, due: null },
      { when: null, within: others, due: null },
    ],
  })),
  fc.constant({ due: 'until' }),
);
const from = fc.constantFrom(null, null, 'seen');
/** What it was and what it is now; a reason that pauses only now is not among what is known of the past. */
const pauses = fc.constantFrom<readonly [Sla['pause'], Sla['pause']]>(
  ['any', 'any'],
  ['any', ['customer']],
  [['customer'], ['customer']],
  [['customer'], []],
  [[], []],
);
const words = fc.record({ target, warn, escalate, from });
type Words = typeof words extends fc.Arbitrary<infer T> ? T : never;
const slaOf = ({ target: how, ...rest }: Words, pause: Sla['pause'], onChange: Sla['onChange']): Partial<Sla> => ({
  ...rest,
  ...how,
  ...('due' in how && { from: null }),
  pause,
  onChange,
});

const edited = (onChange: Sla['onChange']) =>
  fc
    .tuple(
      fc.tuple(...parts.map(() => fc.tuple(words, words, pauses, fc.boolean(), fc.boolean()))),
      calendars,
      calendars,
    )
    .map(([each, before, after]): readonly [Version, Version] => {
      const version = (n: 0 | 1, calendar: CalendarDefinition): Version => {
        const slas = parts.map((part, i) => {
          const [one, other, pause, isSame, isNew] = each[i] ?? [];
          if (one === undefined || other === undefined || pause === undefined) throw new Error('each part has words');
          // What was on hold before there was an SLA, and since when a condition holds, is not known.
          const hasBegun =
            isNew === true && part !== 'sometimes' && pause[isSame ? 0 : 1].length === 0 && onChange === 'recalculate';
          if (hasBegun && n === 0) return [part, null] as const;
          return [part, slaOf(n === 0 || isSame ? one : other, pause[isSame ? 0 : n], onChange)] as const;
        });
        return { slas: Object.fromEntries(slas) as Version['slas'], calendar };
      };
      return [version(0, before), version(1, after)];
    });

const step1 = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('customer', 'budget').map((reason) => ['hold', { reason }] as const) },
  { weight: 4, arbitrary: fc.constant(['resume', {}] as const) },
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 3, 4).map((value) => ['set', { fields: { class: value } }] as const) },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 0, max: 120 }).map((h) => ['set', { fields: { seen: iso(h * HOUR) } }] as const),
  },
  {
    weight: 2,
    arbitrary: fc.integer({ min: 10, max: 28 }).map((d) => ['set', { fields: { until: `2026-02-${d}` } }] as const),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(['complete', { activity: 'offer' }] as const, ['undo', { activity: 'offer' }] as const),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(['advance', {}] as const, ['rework', { to: 'quote', reason: 'again' }] as const),
  },
);
/** In steps of 7 minutes and some seconds, so that nothing falls together by chance. */
const histories = fc
  .tuple(
    fc.array(fc.tuple(step1, fc.integer({ min: 1, max: 400 })), { maxLength: 14 }),
    fc.integer({ min: 1, max: 600 }),
  )
  .map(([steps, rest]) => {
    let at = 0;
    const history = steps.map(([[type, input], minutes]): Sent => {
      at += minutes * 423_017;
      return { now: iso(at), order: command(type, input) };
    });
    return { history, now: iso(at + rest * 423_017) };
  });

const RUNS = 40;

test('recalculated clocks are what a replay of everything under the other version gives', () => {
  let compared = 0;
  fc.assert(
    fc.property(edited('recalculate'), histories, ([before, after], { history, now }) => {
      const [old, other] = [compiledOf(before), compiledOf(after)];
      const instance = ticked(old, played(old, history), now);
      const { clocks } = retime(old, other, instance, now);
      const changed = ticked(other, { ...instance, clocks }, now);
      const replay = ticked(other, played(other, history), now);
      expect(running(changed)).toEqual(running(replay));
      for (const id of running(replay)) {
        compared += 1;
        expect(said(other, changed, now, id)).toEqual(said(other, replay, now, id));
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS);
});

test('restarted clocks are those of an instance that comes to stand there now', () => {
  let compared = 0;
  fc.assert(
    fc.property(edited('restart'), histories, ([before, after], { history, now }) => {
      const [old, other] = [compiledOf(before), compiledOf(after)];
      const instance = ticked(old, played(old, history), now);
      const { clocks, changes } = retime(old, other, instance, now);
      const changed = ticked(other, { ...instance, clocks }, now);
      const values = Object.entries(instance.fields).map(([id, { value }]) => [id, value]);
      const inCheck = instance.position.some((place) => place.step === 'check');
      const made = accepted(
        start(other, 1, command('start', { fields: Object.fromEntries(values) }), environment(now)),
      ).instance;
      const orders = [
        ...(inCheck ? [command('complete', { activity: 'offer' }), command('advance')] : []),
        ...(instance.hold === null ? [] : [command('hold', { reason: instance.hold.reason })]),
      ];
      const stands = orders.reduce(
        (now_, order) => accepted(decide(other, now_, order, environment(now))).instance,
        made,
      );
      const fresh = ticked(other, stands, now);
      for (const { clock, how } of changes) {
        if (how !== 'restarted') continue;
        // What a field starts was on hold for longer than from now on.
        if (instance.hold !== null && other.clocks.get(clock)?.sla.from !== null) continue;
        compared += 1;
        expect({ ...said(other, changed, now, clock), round: 1 }).toEqual(said(other, fresh, now, clock));
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS);
});

test('kept clocks say what they said, and go on as they would have', () => {
  let compared = 0;
  const moreOf = fc.array(
    fc.tuple(
      step1.filter(([, input]) => !('class' in Object(Object(input).fields))),
      fc.integer({ min: 1, max: 300 }),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(edited('keep'), histories, moreOf, ([before, after], { history, now }, more) => {
      const [old, other] = [compiledOf(before), compiledOf(after)];
      const instance = ticked(old, played(old, history), now);
      const { clocks, changes } = retime(old, other, instance, now);
      const kept = changes.filter(({ how }) => how === 'kept').map(({ clock }) => clock);
      // As it comes back from where it is stored.
      let changed: Instance = JSON.parse(JSON.stringify({ ...instance, clocks }));
      let same = instance;
      let at = Date.parse(now) - BEGAN;
      for (const [[type, input], minutes] of [[['set', { fields: {} }], 0] as const, ...more]) {
        at += minutes * 423_017;
        const [order, then] = [command(type, input), environment(iso(at))];
        const [one, two] = [old, other].map((process, n) => {
          const until = ticked(process, n === 0 ? same : changed, iso(at));
          const answer = decide(process, until, order, then);
          return answer.ok ? answer.instance : until;
        });
        if (one === undefined || two === undefined) throw new Error('both were decided');
        [same, changed] = [one, two];
        for (const id of kept) {
          const [was, is] = [same.clocks[id], changed.clocks[id]];
          if (is?.measure === undefined || was?.ended !== null) continue;
          compared += 1;
          expect(is.marks).toEqual(was.marks);
          expect(said(other, changed, iso(at), id)).toEqual(said(old, same, iso(at), id));
        }
      }
    }),
    { numRuns: RUNS },
  );
  expect(compared).toBeGreaterThan(RUNS);
});
