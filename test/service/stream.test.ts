import { describe, expect, it, onTestFinished } from 'vitest';
import { newId } from '../../src/ids.ts';
import { createService, type Service } from '../../src/service/index.ts';
import { storeOn } from '../../src/store/open-store.ts';
import { ADMIN } from '../engine/process.ts';
import { begin, databases, node, request, setup, stoppedClock } from './setup.ts';

const NOTE = { type: 'note', text: 'x' } as const;
const everything = { process: null, instance: null, types: null, after: null };

interface Message {
  readonly position: string;
  readonly id: string;
}

/** A stream that is read at once. */
async function follow(service: Service, after: string | null = null) {
  const told: Message[] = [];
  let caughtUp = () => {};
  const opened = new Promise<void>((resolve) => {
    caughtUp = resolve;
  });
  const stream = await service.openStream({ ...everything, after }, ADMIN, {
    open: () => caughtUp(),
    message: (position, text) => told.push({ position, id: JSON.parse(text).id }),
    drained: async () => {},
    cut: () => {},
  });
  onTestFinished(() => stream.close());
  await opened;
  return { told, ids: () => told.map(({ id }) => id), stream };
}

describe.each(databases)('streams on %s', (name, url) => {
  /** Two servers on one database; the clock of the second is three seconds behind. */
  async function pair() {
    const made = await setup(await url());
    const clock = stoppedClock('2026-02-13T09:29:57.000Z');
    const second = name === 'PostgreSQL' ? (await node(made.options)).store : storeOn(made.database);
    const other = createService({ store: second, clock, newId });
    onTestFinished(async () => {
      await other.stop();
      if (name === 'PostgreSQL') await second.close();
    });
    const move = (ms: number) => {
      made.clock.move(ms);
      clock.move(ms);
    };
    return { ...made, other, move };
  }

  it('tell of what other servers commit, each once, those of an instance in their order', async () => {
    const { service, other, move } = await pair();
    const { ids } = await follow(service);
    const mine = await begin(service);
    const theirs = await begin(other);
    for (let n = 0; n < 4; n++) {
      await (n % 2 === 0 ? service : other).send(mine, NOTE, request());
      await (n % 2 === 0 ? other : service).send(theirs, NOTE, request());
      if (n % 2 === 1) await service.feedStreams();
      move(700);
    }
    await service.feedStreams();
    move(20_000);
    await service.feedStreams();
    for (const id of [mine, theirs])
      expect(ids().filter((message) => message.startsWith(id))).toEqual([1, 2, 3, 4, 5].map((seq) => `${id}-${seq}`));
    expect(ids()).toHaveLength(10);
  });

  it('go on from every position without losing anything, also after an hour', async () => {
    const { service, other, move } = await pair();
    const { told, ids } = await follow(service);
    const instances = await Promise.all([begin(service), begin(other), begin(service)]);
    for (let n = 0; n < 12; n++) {
      for (const id of instances) await (n % 3 === 0 ? other : service).send(id, NOTE, request());
      move(n === 6 ? 3_600_000 : 900);
      await service.feedStreams();
    }
    move(10_000);
    await service.feedStreams();
    const all = ids();
    expect(new Set(all).size).toBe(3 * 13);
    for (let n = 0; n < told.length; n += 4) {
      const again = await follow(other, told[n]?.position ?? null);
      await expect.poll(() => all.slice(n + 1).filter((id) => !again.ids().includes(id))).toEqual([]);
      for (const id of instances) {
        const numbers = [...new Set(again.ids())]
          .filter((message) => message.startsWith(id))
          .map((message) => Number(message.slice(37)));
        expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      }
    }
  });

  it('lose nothing between catching up and going on', async () => {
    const { service, move } = await pair();
    const first = await follow(service);
    const id = await begin(service);
    await service.feedStreams();
    const position = first.told[0]?.position ?? '';
    first.stream.close();
    const sent: Promise<unknown>[] = [];
    for (let n = 0; n < 60; n++) sent.push(service.send(id, NOTE, request()));
    const second = await follow(service, position);
    for (let n = 0; n < 60; n++) sent.push(service.send(id, NOTE, request()));
    await Promise.all(sent);
    move(1_000);
    await expect
      .poll(async () => {
        await service.feedStreams();
        return new Set(second.ids()).size;
      })
      .toBe(121);
    const fresh = [...new Set(second.ids())].map((message) => Number(message.slice(37)));
    expect(fresh).toEqual([...fresh].sort((a, b) => a - b));
  });

  it('leave nothing behind when the database fails as one is opened', async () => {
    const made = await setup(await url());
    let fails = true;
    const store = {
      ...made.store,
      recordedEntries: (query: Parameters<typeof made.store.recordedEntries>[0]) =>
        fails ? Promise.reject(new Error('the database is away')) : made.store.recordedEntries(query),
    };
    const service = createService({ store, clock: made.clock, newId });
    onTestFinished(() => service.stop());
    const told: string[] = [];
    const reader = { open() {}, message: (position: string) => told.push(position), drained: async () => {}, cut() {} };
    await expect(service.openStream(everything, ADMIN, reader)).rejects.toThrow('the database is away');
    fails = false;
    let woken = 0;
    service.whenStreamed(() => {
      woken += 1;
    });
    await begin(service);
    await service.feedStreams();
    expect([told, woken]).toEqual([[], 0]);
  });

  it('cost nothing while nobody reads them', async () => {
    const made = await setup(await url());
    let reads = 0;
    const store = {
      ...made.store,
      recordedEntries: (query: Parameters<typeof made.store.recordedEntries>[0]) => {
        reads += 1;
        return made.store.recordedEntries(query);
      },
    };
    const service = createService({ store, clock: made.clock, newId });
    onTestFinished(() => service.stop());
    let woken = 0;
    service.whenStreamed(() => {
      woken += 1;
    });
    await begin(service);
    await service.feedStreams();
    expect([reads, woken]).toEqual([0, 0]);
    const { stream, ids } = await follow(service);
    await begin(service);
    await service.feedStreams();
    expect([ids().length, woken]).toEqual([1, 1]);
    stream.close();
    const before = reads;
    await begin(service);
    await service.feedStreams();
    expect([reads, woken]).toEqual([before, 1]);
  });
});
