import { expect, test } from 'vitest';
import { createChildren } from '../../src/workers/index.ts';
import { ADMIN } from '../engine/process.ts';
import { family } from '../service/children.ts';
import { anyInstance, request } from '../service/setup.ts';

function worker(service: Parameters<typeof createChildren>[0]) {
  const failures: unknown[] = [];
  return { loop: createChildren(service, { everyMs: 3_600_000, onError: (error) => failures.push(error) }), failures };
}

test('starts what was left at its start, and what comes after as soon as it is committed', async () => {
  const it = await family();
  await it.send('advance');
  const { loop, failures } = worker(it.service);
  loop.start();
  const statuses = async () => Object.values(await it.children()).map(({ status }) => status);
  while ((await statuses()).includes('requested')) await new Promise((resolve) => setImmediate(resolve));
  for (const { id } of Object.values(await it.children())) await it.close(id);
  while ((await statuses()).includes('started')) await new Promise((resolve) => setImmediate(resolve));
  await loop.stop();
  expect(await statuses()).toEqual(['ended', 'ended']);
  expect(failures).toEqual([]);
});

test('reports what fails and goes on with the rest', async () => {
  const it = await family();
  await it.send('advance');
  const broken = new Error('the database is away');
  let calls = 0;
  const { loop, failures } = worker({
    whenLinked: () => {},
    settleLinks: async (after, limit) => {
      calls += 1;
      const settled = await it.service.settleLinks(after, limit);
      return calls === 1 ? { ...settled, failed: [broken] } : settled;
    },
  });
  await loop.runOnce();
  expect(failures).toEqual([broken]);
  const { instances } = await it.service.listInstances({ ...anyInstance, parent: it.id }, ADMIN);
  expect(instances).toHaveLength(2);
  await it.service.send(it.id, { type: 'note', text: 'it goes on' }, request());
});
