import { describe, expect, it } from 'vitest';
import type { EventInput, InstanceDetail, Service } from '../../src/service/index.ts';
import { FINANCE, GUARDED, MANAGER, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN, CLERK, SMALL } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

const FORM = { type: 'complete', activity: 'form', with: { staff: 60, price: 80000, secret: '王女士' } };

const course: readonly EventInput[] = [
  FORM,
  { type: 'advance' },
  { type: 'complete', activity: 'pick', choices: ['a', 'c'] },
  { type: 'undo', activity: 'pick' },
  { type: 'complete', activity: 'pick', choices: ['a'] },
  { type: 'complete', activity: 'pick', choices: ['b', 'c'] },
  { type: 'complete', activity: 'copy' },
  { type: 'hold', reason: 'waiting', until: '2026-03-01' },
  { type: 'resume' },
  { type: 'advance' },
  { type: 'note', text: 'on the way' },
  { type: 'override', criteria: ['build'], reason: 'agreed' },
  { type: 'assign', owner: 'bo' },
  { type: 'recall' },
  { type: 'close', outcome: 'dropped', reason: 'cost' },
  { type: 'reopen', reason: 'they came back' },
];

/** All that is kept of an instance: what can be done, and what evidence is worth today, is of today alone. */
const kept = (detail: InstanceDetail): InstanceDetail => ({ ...detail, evidence: [], actions: [] });

/** What it is after each event, accepted or refused, by the number of the entry. */
async function played(service: Service, id: string, move: () => void): Promise<ReadonlyMap<number, InstanceDetail>> {
  const states = new Map<number, InstanceDetail>();
  const look = async () => {
    const detail = await service.getInstance(id, ADMIN);
    states.set(detail.seq, kept(detail));
  };
  await look();
  for (const event of course) {
    move();
    await service.send(id, event, request(ADMIN)).catch(() => {});
    await look();
  }
  return states;
}

describe.each(databases)('an instance as it was, on %s', (_name, url) => {
  it('is what was answered then, after each entry', async () => {
    const { service, begin, clock } = await setup(await url());
    const id = await begin({ ready: true, limit: 100000, number: 'N-1' });
    const states = await played(service, id, () => clock.move(60_000));
    const { entries } = await service.history(id, 0, 200, ADMIN);
    const types = new Set(entries.flatMap(({ type, accepted }) => (accepted ? [type] : [])));
    expect([...course.map(({ type }) => type)].filter((type) => typeof type === 'string' && !types.has(type))).toEqual(
      [],
    );
    expect(entries.some(({ accepted }) => !accepted)).toBe(true);
    expect(states.size).toBe(course.length + 1);
    for (const [seq, then] of states) expect([seq, await service.getPast(id, seq, ADMIN)]).toEqual([seq, then]);
  });

  it('is put together from more entries than are read at a time', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin({ number: 'N-1' });
    const notes = Array.from({ length: 600 }, (_, n) => n);
    await Promise.all(notes.map((n) => service.send(id, { type: 'note', text: `note ${n}` }, request(CLERK))));
    await service.send(id, FORM, request(CLERK));
    for (const seq of [499, 500, 501, 600, 601]) {
      const past = await service.getPast(id, seq, ADMIN);
      expect([past.seq, past.revision, past.activities.form]).toEqual([seq, seq, 'open']);
    }
    expect((await service.getPast(id, 602, ADMIN)).activities.form).toBe('done');
  });

  it('is on the version that it was on', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin({ number: 'N-1' });
    const next = SMALL.replace('Small', 'Smaller');
    const { plan } = await service.plan('small', { of: { yaml: next }, moves: {}, instances: {}, only: null }, ADMIN);
    await service.publish(next, ADMIN);
    await service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, ADMIN);
    const versions = [await service.getPast(id, 1, ADMIN), await service.getPast(id, 2, ADMIN)].map(
      (each) => each.version,
    );
    expect(versions).toEqual([1, 2]);
  });

  it('tells of personal values only those that still stand', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin({ ready: true, limit: 100000, number: 'N-1' });
    await service.send(id, FORM, request(CLERK));
    await service.send(id, { type: 'note', text: 'x' }, request(CLERK));
    expect((await service.getPast(id, 2, ADMIN)).fields.secret).toBe('王女士');
    await service.send(id, { type: 'set', fields: { secret: '李先生' } }, request(CLERK));
    const [then, now] = [await service.getPast(id, 3, ADMIN), await service.getPast(id, 4, ADMIN)];
    expect([then.fields.secret, then.records.fields.secret?.value]).toEqual([null, null]);
    expect(now.fields.secret).toBe('李先生');
    expect(JSON.stringify(then)).not.toContain('王女士');
  });

  it('hides what is hidden today, from whoever it was not hidden from then too', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const { id } = (await service.start({ process: 'loan' }, request(REP))).instance;
    await service.send(id, { type: 'complete', activity: 'credit', with: { rating: 7 } }, request(FINANCE));
    expect(await service.getPast(id, 2, REP)).toMatchObject({
      fields: { rating: '(hidden)' },
      activities: { form: 'open' },
    });
    expect(JSON.stringify(await service.getPast(id, 2, REP))).not.toMatch(/"credit"|"value":7/);
    expect(await service.getPast(id, 2, MANAGER)).toMatchObject({
      fields: { rating: 7 },
      activities: { credit: 'done' },
    });
    expect(await refusal(service.getPast(id, 1, STRANGER))).toMatchObject({ code: 'role-required' });
    expect(await refusal(service.getPast(id, 1, { ...ADMIN, tenant: 'acme' }))).toMatchObject({ code: 'not-found' });

    // What a newer version hides is hidden in what was before it.
    const stricter = GUARDED.replace('form: { title', 'form: { by: manager, see: manager, title');
    const { plan } = await service.plan(
      'loan',
      { of: { yaml: stricter }, moves: {}, instances: {}, only: null },
      ADMIN,
    );
    expect((await service.getPast(id, 1, REP)).activities).toEqual({ form: 'open' });
    await service.publish(stricter, ADMIN);
    await service.applyPlan('loan', plan, { moved: 'refuse', cursor: null }, ADMIN);
    expect((await service.getPast(id, 1, REP)).activities).toEqual({});
  });

  it('has clocks as they stood', async () => {
    const { service, clock } = await setup(await url());
    const timed = SMALL.replace('process: small', 'process: timed').replace(
      '      make:\n',
      '      make:\n        sla: { within: 2 hours }\n',
    );
    expect(timed).toContain('within: 2 hours');
    await service.publish(timed, ADMIN);
    const { id } = (await service.start({ process: 'timed', fields: { ready: true, limit: 100000 } }, request(CLERK)))
      .instance;
    for (const event of [
      FORM,
      { type: 'complete', activity: 'pick', choices: ['a', 'c'] },
      { type: 'complete', activity: 'copy' },
      { type: 'advance' },
    ])
      await service.send(id, event, request(CLERK));
    clock.move(3_600_000);
    const { instance } = await service.send(id, { type: 'note', text: 'x' }, request(CLERK));
    clock.move(36_000_000);
    const state = ({ clocks, now }: Awaited<ReturnType<Service['getSla']>>) => [
      now,
      clocks.map((each) => [each.state, each.elapsed]),
    ];
    expect(state(await service.getPastSla(id, instance.seq, ADMIN))).toEqual([
      '2026-02-13T10:30:00.000Z',
      [['running', 'PT1H']],
    ]);
    expect(state(await service.getSla(id, null, ADMIN))).toEqual(['2026-02-13T20:30:00.000Z', [['late', 'PT11H']]]);
    expect(state(await service.getPastSla(id, 1, ADMIN))).toEqual(['2026-02-13T09:30:00.000Z', []]);
  });

  it('is not there for an entry that is not', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const none = {
      code: 'not-found',
      detail: { en: `instance ${id} has no entry 2; its last one is 1` },
    };
    expect(await refusal(service.getPast(id, 2, ADMIN))).toMatchObject(none);
    expect(await refusal(service.getPastSla(id, 2, ADMIN))).toMatchObject(none);
  });
});
