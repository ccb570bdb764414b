import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ticksAfter } from '../../src/calendar/index.ts';
import { ADMIN, compiled } from '../engine/process.ts';
import { request, setup } from '../service/setup.ts';

const names = [
  'daily-figures',
  'monthly-review',
  'monthly-training',
  'quarterly-targets',
  'quarterly-process-review',
] as const;
const text = (name: string) => readFileSync(new URL(`../../processes/${name}.yaml`, import.meta.url), 'utf8');

it('every clause of part 3 of the policy is named by what starts by itself', () => {
  const named = new Set(
    names.flatMap((name) => [...text(name).matchAll(/source: "([\w.]+)"/g)].map(([, clause]) => clause)),
  );
  expect([...named].sort()).toEqual([
    '3.1.1',
    '3.1.2',
    '3.1.3',
    '3.2.1',
    '3.2.2',
    '3.2.3',
    '3.3',
    '3.3.1',
    '3.3.2',
    '3.3.3',
  ]);
});

it.each([
  // Saturday the 14th and Saturday the 28th are made up for; the Spring Festival ends on the 23rd.
  ['daily-figures', '2026-02-13T18:00', '2026-02-14T18:00', '2026-02-24T18:00'],
  // The 1st of February and of March are Sundays; in May the holidays end on the 5th.
  ['monthly-review', '2026-03-02T09:00', '2026-04-01T09:00', '2026-05-06T09:00'],
  // The 15th of February is the first day of the festival, that of March a Sunday.
  ['monthly-training', '2026-02-14T14:00', '2026-03-13T14:00', '2026-04-15T14:00'],
  ['quarterly-targets', '2026-03-31T09:00', '2026-06-30T09:00', '2026-09-30T09:00'],
  ['quarterly-process-review', '2026-04-01T09:00', '2026-07-01T09:00', '2026-10-08T09:00'],
])('%s starts when the policy asks for it, on days that are worked', (name, ...ticks) => {
  const { schedule } = compiled(text(name));
  if (schedule === null) throw new Error(`${name} has no schedule`);
  const found = ticksAfter(schedule.recurrence, Date.parse('2026-02-13T00:00:00Z'), 3);
  expect(found).toEqual(ticks.map((tick) => new Date(`${tick}+08:00`).toISOString()));
});

const HOUR = 3_600_000;

/** What is filled in, step by step. */
const work: Readonly<Record<(typeof names)[number], readonly (readonly [string, Record<string, unknown>] | string)[]>> =
  {
    'daily-figures': [['record', { contacts: 12, conversion_rate: 8.5, contract_value: 40000 }], 'record'],
    'monthly-review': [
      ['summarise', { bottlenecks: ['few demos'], improvements: ['shorter scripts'] }],
      'summary',
      ['act', { action: 'Train demos', figure: 'Conversion rate of 8.5 %' }],
      'actions',
    ],
    'monthly-training': [
      ['choose', { topic: 'Demos' }],
      'prepare',
      ['train', { participants: 9 }],
      ['share', { lessons: ['Ask for the budget early'], won_deals: ['CRM-1'], lost_deals: ['CRM-2'] }],
      'hold',
    ],
    'quarterly-targets': [
      ['set', { target_value: 900000, target_contacts: 400 }],
      'set',
      ['assess', { reached: 97, assessed_until: '2026-06-30' }],
      'stage',
      ['reward', { incentive: 'A day off' }],
      'reward',
    ],
    'quarterly-process-review': [
      ['customers', { customer_feedback: ['Slow quotes'] }],
      ['team', { team_feedback: ['Too many fields'] }],
      ['gaps', { gaps: ['Quotes take a week'] }],
      'collect',
      ['rules', { changes: ['2.2.3.1'] }],
      ['automation', { automation_ratio: 35, technology: 'Quotes from the price list' }],
      'evaluate',
      ['publish', { new_version: 2 }],
      'improve',
    ],
  };

it('each is started by its schedule on the day, with the day, and can be done', async () => {
  const { service, clock } = await setup();
  for (const name of names) await service.publish(text(name), ADMIN);
  await service.runSchedules();
  const ends: unknown[] = [];
  // From 13 February, 18:00, to 4 April 2026, at 14:00 and at 18:00; what is started is done at once.
  clock.move(HOUR / 2);
  for (let look = 0; look < 100; look++) {
    if (look > 0) clock.move(look % 2 === 0 ? 4 * HOUR : 20 * HOUR);
    expect((await service.runSchedules()).failed).toEqual([]);
    for (const { process, started } of await service.listSchedules(ADMIN)) {
      const found = started === null ? null : await service.getInstance(started.instance, ADMIN);
      if (found === null || found.status === 'closed') continue;
      for (const done of work[names.find((name) => name === process) ?? 'daily-figures']) {
        const event =
          typeof done === 'string'
            ? { type: 'advance', step: done }
            : { type: 'complete', activity: done[0], with: done[1] };
        await service.send(found.id, event, request());
      }
      const { status, outcome, fields } = await service.getInstance(found.id, ADMIN);
      ends.push([process, status, outcome, fields.day ?? fields.begun_on ?? null]);
    }
  }
  const of = (name: string) => ends.filter((end) => JSON.stringify(end).includes(`"${name}"`));
  expect(of('daily-figures').slice(0, 3)).toEqual([
    ['daily-figures', 'closed', 'recorded', '2026-02-13'],
    ['daily-figures', 'closed', 'recorded', '2026-02-14'],
    ['daily-figures', 'closed', 'recorded', '2026-02-24'],
  ]);
  expect(of('monthly-review').slice(0, 2)).toEqual([
    ['monthly-review', 'closed', 'reviewed', '2026-03-02'],
    ['monthly-review', 'closed', 'reviewed', '2026-04-01'],
  ]);
  expect(names.map((name) => of(name).length)).toEqual([32, 2, 2, 1, 1]);
  expect(await service.verifyAll(null)).toMatchObject({ ok: true });
});
