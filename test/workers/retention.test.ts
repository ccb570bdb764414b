import { expect, test } from 'vitest';
import { createRetention } from '../../src/workers/index.ts';
import { ADMIN } from '../engine/process.ts';
import { setup, withKey } from '../service/setup.ts';

const HOUR = 3_600_000;

test('an idempotency key is recognised for seven days and forgotten after', async () => {
  const { service, clock } = await setup();
  const failures: unknown[] = [];
  const retention = createRetention(service, { onError: (error) => failures.push(error) });
  const { process } = (await service.listProcesses(ADMIN))[0] ?? { process: '' };
  const start = () => service.start({ process }, withKey('once', { process }, ADMIN));
  const first = await start();

  clock.move(7 * 24 * HOUR - 1);
  await retention.runOnce();
  expect(await start()).toMatchObject({ replayed: true, instance: { id: first.instance.id } });

  clock.move(2);
  await retention.runOnce();
  expect((await start()).replayed).toBe(false);
  expect(failures).toEqual([]);
});
