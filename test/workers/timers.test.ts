import { expect, it } from 'vitest';
import { createTimers } from '../../src/workers/index.ts';
import { ADMIN } from '../engine/process.ts';
import { request, setup } from '../service/setup.ts';

const TASK = `process: task
title: { zh: 任务, en: Task }
subject: task
roles: { clerk: { title: { zh: 办事员, en: Clerk } } }
outcomes: { done: { title: { zh: 完成, en: Done } } }
phases:
  do:
    title: { zh: 办理, en: Do }
    steps: { it: { title: { zh: 办理, en: Do it }, sla: { within: 2 hours, warn: 50% }, milestone: done } }
`;

it('fires in one run what is due of more instances than one batch takes, and nothing else', async () => {
  const { service, clock, database } = await setup();
  await service.publish(TASK, ADMIN);
  await Promise.all(Array.from({ length: 300 }, () => service.start({ process: 'task', fields: {} }, request())));
  const errors: unknown[] = [];
  const worker = createTimers(service, { onError: (error) => errors.push(error) });
  const pending = async () => await database.reader('timers').select('what').count({ n: '*' }).groupBy('what');
  await worker.runOnce();
  expect(await pending()).toEqual([{ what: 'warn', n: 300 }]);
  clock.move(3_600_000);
  await worker.runOnce();
  expect(await pending()).toEqual([{ what: 'breach', n: 300 }]);
  clock.move(3_600_000);
  await worker.runOnce();
  expect([await pending(), errors]).toEqual([[], []]);
});
