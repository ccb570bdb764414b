import { describe, expect, it } from 'vitest';
import { ADMIN } from '../engine/process.ts';
import { ACME, messaging } from './messaging.ts';
import { receiver, verify } from './receiver.ts';
import { databases, refusal } from './setup.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe.each(databases)('messages on %s', (_, database) => {
  it('tell what was committed, in order, signed, once', async () => {
    const { service, begin, send, note, deliver, clock, failures } = await messaging(await database());
    const { url, received } = await receiver();
    const { secret, ...subscription } = await service.subscribe({ url }, ADMIN);
    const id = await begin();
    await send(id, 'set', { fields: { secret: 'what nobody may know', staff: 7 } });
    expect((await refusal(send(id, 'advance', { step: 'intake' }))).code).toBe('gate-shut');
    await note(id);
    await deliver();
    await deliver();
    expect(received.map(({ body }) => [body.type, body.data.seq])).toEqual([
      ['phasegate.instance.started', 1],
      ['phasegate.instance.changed', 2],
      ['phasegate.instance.changed', 4],
    ]);
    const [started, set] = received;
    if (started === undefined || set === undefined) throw new Error('there are three');
    expect(started.body).toEqual({
      specversion: '1.0',
      id: `${id}-1`,
      source: '/v1/processes/small',
      type: 'phasegate.instance.started',
      subject: id,
      time: clock.now(),
      datacontenttype: 'application/json',
      data: {
        instance: id,
        process: 'small',
        version: 1,
        seq: 1,
        revision: 1,
        type: 'start',
        actor: ADMIN.id,
        via: null,
        at: clock.now(),
        recordedAt: clock.now(),
        changes: expect.objectContaining({ status: 'active', position: expect.anything() }),
      },
    });
    expect(started.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': `${id}-1`,
      'webhook-timestamp': String(Math.floor(Date.parse(clock.now()) / 1_000)),
    });
    for (const message of received) expect(verify(secret, message)).toEqual(message.body);
    expect(set.body.data.changes.fields).toMatchObject({ staff: { from: null, to: 7 } });
    expect(set.text).not.toContain('nobody may know');
    expect(
      JSON.stringify([await service.listSubscriptions(ADMIN), await service.getSubscription(subscription.id, ADMIN)]),
    ).not.toContain(secret);
    expect(failures).toEqual([]);
  });

  it('are those that were subscribed to, of the tenant', async () => {
    const { service, begin, note, deliver } = await messaging(await database());
    const { url, received } = await receiver();
    const on = async (name: string, members: object, as = ADMIN) =>
      await service.subscribe({ url: `${url}?${name}`, ...members }, as);
    await on('process', { process: 'small', types: ['phasegate.instance.changed'] });
    await on('types', { types: ['phasegate.instance.started', 'phasegate.instance.closed'] });
    await on('none', { types: ['phasegate.instance.closed'] });
    await on('acme', {}, ACME);
    const gone = await on('gone', {});
    expect(await service.unsubscribe(gone.id, ADMIN)).toMatchObject({ id: gone.id, state: 'active' });
    const id = await begin();
    await note(id);
    await deliver();
    expect(received.map(({ body }) => body.type).sort()).toEqual([
      'phasegate.instance.changed',
      'phasegate.instance.started',
    ]);
    expect((await refusal(service.getSubscription(gone.id, ADMIN))).code).toBe('not-found');
    expect(await service.listSubscriptions(ACME)).toHaveLength(1);
  });

  it('carry both signatures while a secret is rotated', async () => {
    const { service, begin, note, deliver, clock } = await messaging(await database());
    const { url, received } = await receiver();
    const first = await service.subscribe({ url }, ADMIN);
    const second = await service.rotateSecret(first.id, { overlapHours: 2 }, ADMIN);
    expect(second.formerUntil).toBe(new Date(Date.parse(clock.now()) + 120 * MINUTE).toISOString());
    const id = await begin();
    await deliver();
    clock.move(120 * MINUTE);
    await note(id);
    await deliver();
    const [during, after] = received;
    if (during === undefined || after === undefined) throw new Error('there are two');
    for (const { secret } of [first, second]) expect(verify(secret, during)).toEqual(during.body);
    expect(verify(second.secret, after)).toEqual(after.body);
    expect(() => verify(first.secret, after)).toThrow('No matching signature');
  });

  it('that fail are tried again under the same id, and hold up their own instance alone', async () => {
    const { service, begin, note, deliver, clock } = await messaging(await database());
    let bad = '';
    const { url, received } = await receiver((res, { body }) => {
      res.writeHead(body.subject === bad ? 503 : 204).end();
    });
    await service.subscribe({ url }, ADMIN);
    bad = await begin();
    await note(bad);
    const good = await begin({ number: '2' });
    await note(good);
    await deliver();
    clock.move(9_000);
    await deliver();
    const ids = () =>
      received
        .splice(0)
        .map(({ id }) => id.replace(bad, 'bad').replace(good, 'good'))
        .sort();
    expect(ids()).toEqual(['bad-1', 'good-1', 'good-2']);
    clock.move(1_000);
    await deliver();
    expect(ids()).toEqual(['bad-1']);
    bad = '';
    clock.move(20_000);
    await deliver();
    expect(received.map(({ body }) => body.data.seq)).toEqual([1, 2]);
  });

  it('are dead letters after three days, which can be read and sent again', async () => {
    const { service, begin, note, deliver, clock } = await messaging(await database());
    let status = 500;
    const { url, received } = await receiver((res) => res.writeHead(status).end());
    const { id: subscription } = await service.subscribe({ url }, ADMIN);
    const id = await begin();
    const since = clock.now();
    for (let hours = 0; hours <= 72; hours += 1) {
      await deliver();
      clock.move(60 * MINUTE);
    }
    const page = await service.deadLetters(subscription, null, 10, ADMIN);
    expect(page).toEqual({
      messages: [
        {
          id: `${id}-1`,
          instance: id,
          seq: 1,
          since,
          diedAt: expect.any(String),
          attempts: received.length,
          why: 'HTTP 500',
        },
      ],
      next: null,
    });
    expect(received.length).toBeGreaterThan(10);
    expect(new Set(received.splice(0).map((message) => message.id))).toEqual(new Set([`${id}-1`]));
    status = 200;
    await note(id);
    await deliver();
    expect((await refusal(service.resend(subscription, `${id}-7`, ADMIN))).code).toBe('not-found');
    expect((await refusal(service.resend(subscription, `${id}-1`, ACME))).code).toBe('not-found');
    await service.resend(subscription, `${id}-1`, ADMIN);
    await deliver();
    expect(received.map((message) => message.id)).toEqual([`${id}-2`, `${id}-1`]);
    expect((await service.deadLetters(subscription, null, 10, ADMIN)).messages).toEqual([]);
  });

  it('end when the receiver is gone (410), and what waited becomes dead letters', async () => {
    const { service, begin, note, deliver, clock } = await messaging(await database());
    const { url, received } = await receiver((res) => res.writeHead(410).end());
    const { id: subscription } = await service.subscribe({ url }, ADMIN);
    const id = await begin();
    await note(id);
    await deliver();
    expect(await service.getSubscription(subscription, ADMIN)).toMatchObject({ state: 'disabled', why: 'HTTP 410' });
    await note(id);
    clock.move(DAY);
    await deliver();
    expect(received).toHaveLength(1);
    while (await service.tidyMessages(1)) {}
    const letters = await service.deadLetters(subscription, null, 10, ADMIN);
    expect(letters.messages.map(({ seq, why }) => [seq, why])).toEqual([
      [1, 'HTTP 410'],
      [2, 'HTTP 410'],
    ]);
    const paged = await service.deadLetters(subscription, null, 1, ADMIN);
    expect((await service.deadLetters(subscription, paged.next, 1, ADMIN)).messages).toEqual(letters.messages.slice(1));
    expect((await refusal(service.resend(subscription, `${id}-1`, ADMIN))).code).toBe('not-allowed-now');
    clock.move(31 * DAY);
    while (await service.tidyMessages(1)) {}
    expect((await service.deadLetters(subscription, null, 10, ADMIN)).messages).toEqual([]);
  });

  it('of a deleted subscription are cleared away with it', async () => {
    const { service, store, begin, clock } = await messaging(await database());
    const { id } = await service.subscribe({ url: 'https://example.com/' }, ADMIN);
    await begin();
    await service.unsubscribe(id, ADMIN);
    for (const seconds of [0, 59, 1]) {
      expect(await store.allSubscriptions()).toHaveLength(1);
      clock.move(seconds * 1_000);
      while (await service.tidyMessages(1)) {}
    }
    // One run drops the message, the next sees it empty, and a minute after it goes.
    clock.move(MINUTE);
    await service.tidyMessages(1);
    expect(await store.allSubscriptions()).toEqual([]);
    expect(await store.claimMessages(id, clock.now(), clock.now(), 9)).toEqual([]);
  });

  it('are neither lost nor out of order at a receiver that fails, hangs and resets', async () => {
    const { service, begin, note, deliver, clock, failures } = await messaging(await database(), { totalMs: 250 });
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const taken: string[] = [];
    const { url, received } = await receiver((res, { id }, req) => {
      const chance = random();
      if (chance < 0.3) res.writeHead(500).end();
      else if (chance < 0.35) return;
      else if (chance < 0.4) req.socket.resetAndDestroy();
      else {
        taken.push(id);
        res.end();
      }
    });
    const { secret } = await service.subscribe({ url }, ADMIN);
    const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => begin({ number: `n${n}` })));
    for (let n = 0; n < 5; n += 1) await Promise.all(ids.map((id) => note(id)));
    const expected = ids.flatMap((id) => [1, 2, 3, 4, 5, 6].map((seq) => `${id}-${seq}`));
    for (let round = 0; round < 200 && taken.length < expected.length; round += 1) {
      await deliver();
      clock.move(30_000);
    }
    expect([...new Set(taken)].sort()).toEqual([...expected].sort());
    for (const id of ids) {
      const firsts = [...new Set(taken.filter((one) => one.startsWith(id)))];
      expect(firsts).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `${id}-${seq}`));
    }
    // The same message at each repeat, and every signature good.
    const texts = new Map(received.map(({ id, text }) => [id, text]));
    for (const message of received) {
      expect(message.text).toBe(texts.get(message.id));
      verify(secret, message);
    }
    expect(received.length).toBeGreaterThan(taken.length);
    expect(failures).toEqual([]);
  });
});

describe('one receiver', () => {
  it('that hangs keeps no other waiting, and takes no more sockets than it may', async () => {
    const { service, begin } = await messaging(undefined, { totalMs: 2_000, sockets: 2 });
    const hanging = await receiver(() => {});
    let resolve = () => {};
    const all = new Promise<void>((done) => {
      resolve = done;
    });
    const good = await receiver((res) => {
      res.end();
      if (good.received.length === 9) resolve();
    });
    await service.subscribe({ url: hanging.url }, ADMIN);
    await service.subscribe({ url: good.url }, ADMIN);
    for (let n = 0; n < 9; n += 1) await begin({ number: `n${n}` });
    const failures: unknown[] = [];
    const { ended } = await service.deliverMessages((error) => failures.push(error));
    await all;
    // Stopping gives up what hangs, and leaves it to be delivered by whoever comes next.
    await service.stop();
    await ended;
    expect(hanging.received.length).toBeLessThanOrEqual(2);
    expect(failures).toEqual([]);
  });
});
