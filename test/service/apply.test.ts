import { describe, expect, it } from 'vitest';
import { ADMIN, CLERK } from '../engine/process.ts';
import { databases, node, refusal, request, setup, withKey } from './setup.ts';

const FORM = { type: 'complete', activity: 'form', with: { staff: 60, price: 80000, secret: '王女士' } };

describe.each(databases)('commands on %s', (_name, url) => {
  it('are answered with the instance and the entries that stand in its history', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin({ ready: true });
    const accepted = await service.send(id, FORM, request(CLERK));
    expect(accepted.instance).toMatchObject({ id, revision: 2, seq: 2, fields: { secret: '王女士' } });
    const { entries } = await service.history(id, 0, 100, ADMIN);
    expect(entries[1]).toEqual(accepted.entries[0]);
    expect(entries.map(({ seq, type, actor }) => `${seq} ${type} ${actor}`)).toEqual([
      '1 start ada',
      '2 complete carla',
    ]);
    const { actions, records, evidence: _, ...detail } = await service.getInstance(id, CLERK);
    expect(detail).toEqual(accepted.instance);
    expect(records.fields.secret).toMatchObject({ value: '王女士', by: 'carla', seq: 2 });
    expect(actions.length).toBeGreaterThan(5);
  });

  it('that come at once to one instance are decided in order, each on top of the one before', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const sent = Array.from({ length: 200 }, (_, i) => service.send(id, { type: 'note', text: `n${i}` }, request()));
    const accepted = await Promise.all(sent);
    expect(accepted.map(({ instance }) => instance.revision)).toEqual(accepted.map((_, i) => i + 2));
    expect(await service.verifyInstance(id, null)).toEqual({ ok: true, checked: 201, broken: null });
  });

  it('that are bad never fail their neighbours', async () => {
    const { service, begin } = await setup(await url());
    const ids = await Promise.all(Array.from({ length: 30 }, () => begin()));
    const bad = [
      { type: 'complete', activity: 'nothing' },
      { type: 'xstate.done.state.small' },
      { type: 'advance', step: 'intake' },
      { type: 7 },
    ];
    const answers = await Promise.allSettled(
      ids.flatMap((id, i) => [
        service.send(id, bad[i % bad.length] ?? { type: '' }, request()),
        service.send(id, { type: 'note', text: 'good' }, request()),
        service.send('019a0000-0000-7000-8000-000000000000', { type: 'note', text: 'lost' }, request()),
      ]),
    );
    expect(answers.map(({ status }) => status)).toEqual(ids.flatMap(() => ['rejected', 'fulfilled', 'rejected']));
    for (const id of ids) {
      const { entries } = await service.history(id, 0, 10, ADMIN);
      expect(entries.map(({ accepted, revision }) => [accepted, revision])).toEqual([
        [true, 1],
        [false, 1],
        [true, 2],
      ]);
    }
    expect(await service.verifyAll(null)).toEqual({ ok: true, checked: 90, broken: null, next: null });
  });

  it('record what was refused with the tree that refused it', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const error = await refusal(service.send(id, { type: 'advance', step: 'intake' }, request(CLERK)));
    expect(error).toMatchObject({ code: 'gate-shut', extra: { revision: 1, seq: 2 } });
    const { entries } = await service.history(id, 1, 10, ADMIN);
    expect(entries).toMatchObject([
      { seq: 2, accepted: false, actor: 'carla', verdicts: error.extra.reasons, refusal: { code: 'gate-shut' } },
    ]);
  });

  it('give one open instance per business key, and the key back when it closes', async () => {
    const { service, begin } = await setup(await url());
    const first = await begin({ number: 'N-1' });
    expect(await refusal(service.start({ process: 'small', key: 'N-1' }, request()))).toMatchObject({
      code: 'key-in-use',
    });
    const second = await begin();
    const taken = { type: 'set', fields: { number: 'N-1' } };
    expect(await refusal(service.send(second, taken, request()))).toMatchObject({ code: 'key-in-use' });
    expect((await service.history(second, 1, 10, ADMIN)).entries).toMatchObject([
      { accepted: false, refusal: { code: 'key-in-use' } },
    ]);
    await service.send(first, { type: 'close', outcome: 'dropped', reason: 'cost' }, request());
    expect((await service.send(second, taken, request())).instance.key).toBe('N-1');
    expect(await refusal(service.start({ process: 'small', key: 'N-1' }, request()))).toMatchObject({
      code: 'key-in-use',
    });
  });

  it('that race for one business key are won by exactly one, and the rest of the batch goes through', async () => {
    const { service, begin } = await setup(await url());
    const ids = await Promise.all(Array.from({ length: 12 }, () => begin()));
    const answers = await Promise.allSettled([
      ...ids.map((id) => service.send(id, { type: 'set', fields: { number: 'ONE' } }, request())),
      ...ids.map((id) => service.send(id, { type: 'note', text: 'with it' }, request())),
      ...ids.map(() => service.start({ process: 'small', key: 'ONE' }, request())),
    ]);
    const [sets, notes, starts] = [0, 12, 24].map(
      (first) => answers.slice(first, first + 12).filter(({ status }) => status === 'fulfilled').length,
    );
    // Two batches are under way at once: the winner may be of either. A refused start leaves no trace.
    expect([(sets ?? 0) + (starts ?? 0), notes]).toEqual([1, 12]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true, checked: 36 + (starts ?? 0) });
  });

  it('with If-Match are refused once the instance has changed, and leave no trace', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const note = { type: 'note', text: 'x' };
    await service.send(id, note, request(undefined, { ifMatch: 1 }));
    expect(await refusal(service.send(id, note, request(undefined, { ifMatch: 1 })))).toMatchObject({
      code: 'revision-stale',
      extra: { revision: 2 },
    });
    expect((await service.history(id, 0, 10, ADMIN)).entries).toHaveLength(2);
  });

  it('with an idempotency key happen once: the same again is answered the same, another body is refused', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const once = await service.send(id, FORM, withKey('k1', FORM));
    const again = await service.send(id, FORM, withKey('k1', FORM));
    expect(again).toEqual({ ...once, replayed: true });
    expect(await refusal(service.send(id, FORM, withKey('k1', 'other')))).toMatchObject({
      code: 'idempotency-mismatch',
    });
    // Another caller's key of the same name is another key; there the activity is already done.
    expect(await refusal(service.send(id, FORM, withKey('k1', FORM, CLERK)))).toMatchObject({
      code: 'not-allowed-now',
    });
    expect((await service.history(id, 0, 10, ADMIN)).entries.map(({ accepted }) => accepted)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('with an idempotency key start one instance, and a refusal is repeated rather than recorded again', async () => {
    const { service } = await setup(await url());
    const order = { process: 'small', key: 'K' };
    const started = await service.start(order, withKey('s1', order));
    expect((await service.start(order, withKey('s1', order))).instance.id).toBe(started.instance.id);
    const { id } = started.instance;
    const shut = { type: 'advance', step: 'intake' };
    const first = await refusal(service.send(id, shut, withKey('a1', shut)));
    const second = await refusal(service.send(id, shut, withKey('a1', shut)));
    expect(second.detail).toEqual(first.detail);
    expect(second.extra.reasons).toEqual(first.extra.reasons);
    expect((await service.history(id, 0, 10, ADMIN)).entries).toHaveLength(2);
  });

  it('with a key that is still running are told so', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const running = service.send(id, FORM, withKey('k', FORM));
    expect(await refusal(service.send(id, FORM, withKey('k', FORM)))).toMatchObject({ code: 'request-in-flight' });
    expect(await refusal(service.send(id, FORM, withKey('k', 'x')))).toMatchObject({ code: 'idempotency-mismatch' });
    await running;
    expect((await service.send(id, FORM, withKey('k', FORM))).replayed).toBe(true);
  });

  it('keep personal values out of the history and the document', async () => {
    const { service, begin, database, store } = await setup(await url());
    const id = await begin();
    await service.send(id, FORM, withKey('p', FORM));
    const tables = ['instances', 'snapshots', 'history', 'idempotency', 'positions'];
    for (const table of tables) {
      expect(JSON.stringify(await database.reader(table).select()), table).not.toContain('王女士');
    }
    expect((await service.getInstance(id, CLERK)).fields.secret).toBe('王女士');
    expect(await store.erasePersonal(id)).toBe(1);
    expect((await service.getInstance(id, CLERK)).fields.secret).toBeNull();
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
  });

  it('are refused once the service stops, after what came before is answered', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin();
    const running = service.send(id, { type: 'note', text: 'x' }, request());
    const stopped = service.stop();
    expect(await refusal(service.send(id, { type: 'note', text: 'y' }, request()))).toMatchObject({
      code: 'unavailable',
    });
    await stopped;
    expect((await running).instance.revision).toBe(2);
  });
});

it('two nodes on one PostgreSQL database lose nothing', async () => {
  const { service, options, begin, store } = await setup(await databases[1]?.[1]());
  const other = await node(options);
  const ids = await Promise.all(Array.from({ length: 4 }, () => begin()));
  const sent: Promise<unknown>[] = [];
  for (let i = 0; i < 40; i += 1) {
    for (const id of ids) {
      const { send } = i % 2 === 0 ? service : other.service;
      sent.push(send(id, { type: 'note', text: `${i}` }, request()));
    }
    // Let both nodes take turns rather than each writing one large batch.
    if (i % 5 === 4) await Promise.all(sent);
  }
  await Promise.all(sent);
  for (const id of ids) {
    expect(await other.service.verifyInstance(id, null)).toEqual({ ok: true, checked: 41, broken: null });
    const { entries } = await service.history(id, 1, 100, ADMIN);
    expect(new Set(entries.map(({ command }) => JSON.stringify(command))).size).toBe(40);
  }
  await other.service.stop();
  await other.store.close();
  expect(await store.listApiKeys()).toEqual([]);
});
