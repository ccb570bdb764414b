import { describe, expect, it, onTestFinished } from 'vitest';
import type { CalendarDefinition } from '../../src/calendar/index.ts';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import { storeOn } from '../../src/store/open-store.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { ADMIN } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

/** Who brings something has two working days for it: where it is unloaded says whose. */
const PARCEL = `
process: parcel
title: { zh: 包裹, en: Parcel }
subject: parcel
calendar: [{ when: port == "hamburg", use: germany }, { use: china }]
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields: { port: { type: choice, of: [shanghai, hamburg], title: { zh: 港口, en: Port } } }
outcomes: { brought: { title: { zh: 送到, en: Brought } } }
phases:
  way:
    title: { zh: 路上, en: On the way }
    steps:
      carry:
        title: { zh: 运送, en: Carry }
        owner: rep
        sla: { within: 2 working days }
        activities: { load: { title: { zh: 装货, en: Load }, may_supply: [port] } }
        milestone: brought
`;

/** China's, with a holiday of the company on 24 and 25 February 2026. */
const withHoliday: readonly CalendarDefinition[] = shippedCalendars.map((calendar) =>
  calendar.calendar === 'china'
    ? {
        ...calendar,
        days: [
          {
            id: 'founding',
            title: { zh: '司庆', en: 'Founding days' },
            kind: 'holiday',
            on: [{ from: '2026-02-24', until: '2026-02-25' }],
            hours: [],
          },
        ],
      }
    : calendar,
);

describe.each(databases)('the calendars that a process names, on %s', (_name, url) => {
  async function published() {
    const made = await setup(await url());
    await made.service.publish(PARCEL, ADMIN);
    return made;
  }

  /** Another server on the same database, with calendars of its own. */
  function beside(
    { database, clock }: Awaited<ReturnType<typeof published>>,
    calendars: readonly CalendarDefinition[],
  ) {
    const service = createService({ store: storeOn(database), clock, newId, calendars, review: 'off' });
    onTestFinished(() => service.stop());
    return service;
  }

  async function dueOf(service: ReturnType<typeof beside>, port: string, version: number | null = null) {
    // Friday before the Spring Festival of 2026, 17:30 in Shanghai: Saturday is made up for, Tuesday 24 is the next day.
    const at = '2026-02-13T09:30:00.000Z';
    const input = { process: 'parcel', at, fields: { port }, ...(version !== null && { version }) };
    const { id } = (await service.start(input, request())).instance;
    const { clocks } = await service.getSla(id, null, ADMIN);
    return [clocks[0]?.due, clocks[0]?.calendar];
  }

  it('decide when a step is due, each by its condition', async () => {
    const { service } = await published();
    expect(await dueOf(service, 'shanghai')).toEqual(['2026-02-24T09:30:00.000Z', 'china']);
    // 10:30 in Germany, whose Fridays end at 15:00: the whole of Monday, and on Tuesday the share that Friday had begun with.
    expect(await dueOf(service, 'hamburg')).toEqual([expect.stringMatching(/^2026-02-17T/), 'germany']);
  });

  it('are part of the version, which goes on with them when they are edited', async () => {
    const made = await published();
    const first = await made.service.getProcess('parcel', null, ADMIN);
    expect(first.calendars.map(({ calendar }) => calendar)).toEqual(['china', 'germany']);
    expect(first.calendars.map(({ digest }) => digest)).toEqual(
      made.service.listCalendars().map(({ digest }) => digest),
    );

    const edited = beside(made, withHoliday);
    expect(await edited.publish(PARCEL, ADMIN)).toMatchObject({ version: 2, created: true });
    expect(await edited.publish(PARCEL, ADMIN)).toMatchObject({ version: 2, created: false });
    expect(await dueOf(edited, 'shanghai')).toEqual(['2026-02-26T09:30:00.000Z', 'china']);
    expect(await dueOf(edited, 'shanghai', 1)).toEqual(['2026-02-24T09:30:00.000Z', 'china']);
    // A server that has no calendars at all runs what was published as it was.
    expect(await dueOf(beside(made, []), 'shanghai', 2)).toEqual(['2026-02-26T09:30:00.000Z', 'china']);
  });

  it('must be there to be published, and are looked for by a check', async () => {
    const made = await published();
    const bare = beside(made, shippedCalendars.slice(0, 1));
    const found = [{ code: 'unknown-calendar', line: 5, message: { en: 'There is no calendar "germany"' } }];
    expect(bare.check(PARCEL).problems).toMatchObject(found);
    expect((await refusal(bare.publish(PARCEL, ADMIN))).extra.problems).toMatchObject(found);
    expect(made.service.check(PARCEL).problems).toEqual([]);
  });

  it.each([
    ['others', JSON.stringify(withHoliday)],
    ['none', null],
    ['what is no calendar', '[{ "calendar": "china" }]'],
    ['no JSON', '{'],
  ])('cannot be replaced behind our back by %s', async (_, calendars) => {
    const made = await published();
    await made.database.writer('definitions').where({ process: 'parcel' }).update({ calendars });
    const error = await refusal(beside(made, shippedCalendars).start({ process: 'parcel' }, request()));
    expect([error.code, error.detail.en]).toEqual([
      'unavailable',
      expect.stringContaining('does not match its digest'),
    ]);
  });
});
