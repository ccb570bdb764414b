import { expect, test } from 'vitest';
import { createDeliveries, createMessageTidying } from '../../src/workers/index.ts';
import { ADMIN } from '../engine/process.ts';
import { messaging } from '../service/messaging.ts';
import { receiver } from '../service/receiver.ts';

test('delivers what was left at its start, and what comes after as soon as it is committed', async () => {
  const { service, begin, note } = await messaging(undefined);
  const { url, received } = await receiver();
  await service.subscribe({ url }, ADMIN);
  const id = await begin();
  const failures: unknown[] = [];
  const loop = createDeliveries(service, { everyMs: 3_600_000, onError: (error) => failures.push(error) });
  loop.start();
  const until = async (count: number) => {
    while (received.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  await until(1);
  for (let n = 2; n < 20; n += 1) {
    await note(id);
    if (n % 5 === 0) await until(n);
  }
  await until(19);
  await loop.stop();
  expect(received.map(({ body }) => body.data.seq)).toEqual(Array.from({ length: 19 }, (_, n) => n + 1));
  expect(failures).toEqual([]);
});

test('reports what fails on our side, and does not wait for receivers', async () => {
  const broken = new Error('the database is away');
  const failures: unknown[] = [];
  const loop = createDeliveries(
    {
      whenMessaged: () => {},
      deliverMessages: async (onError) => {
        onError(broken);
        return { ended: new Promise(() => {}) };
      },
    },
    { onError: (error, name) => failures.push(error, name) },
  );
  await loop.runOnce();
  expect(failures).toEqual([broken, 'deliveries']);
});

test('messages are cleared away until there are no more', async () => {
  const left = [true, true, false, true];
  const loop = createMessageTidying({ tidyMessages: async () => left.shift() ?? false }, { onError: () => {} });
  await loop.runOnce();
  expect(left).toEqual([true]);
});
