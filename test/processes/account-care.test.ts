import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { demoDeals } from '../../src/cli/demo-deals.ts';
import { produceEvidence } from '../bench/evidence.ts';
import { ADMIN } from '../engine/process.ts';
import { settle } from '../service/children.ts';
import { request, setup } from '../service/setup.ts';

const names = ['sales.yaml', 'account-care.yaml', 'quarterly-market-review.yaml', 'ideal-customer.yaml'];
const files = names.map((path) => ({
  path,
  text: readFileSync(new URL(`../../processes/${path}`, import.meta.url), 'utf8'),
}));

test('a deal that reaches its last step starts account care, and a further deal once there are offers', async () => {
  const it = await setup();
  for (const { text } of files) await it.service.publish(text, ADMIN);
  await produceEvidence(it.service, () => request());
  const deal = demoDeals(1).find(({ events }) => JSON.stringify(events).includes('next_offers'));
  if (deal === undefined) throw new Error('no deal of the demo has offers');
  const { id } = (await it.service.start({ process: 'sales', key: deal.key }, request())).instance;
  for (const { body, refused } of deal.events) {
    const sent = it.service.send(id, { ...body, type: body.type }, request());
    if (refused === null) await sent;
    else await sent.catch(() => {});
    await settle(it);
  }
  const { records, fields } = await it.service.getInstance(id, ADMIN);
  const started = Object.entries(records.children);
  expect(started.map(([, { name, step, process, status }]) => [name, step, process, status])).toEqual([
    ['account-care', 'long-term', 'account-care', 'started'],
    ['cross-sell', 'long-term', 'sales', 'started'],
  ]);
  const [care, offer] = await Promise.all(started.map(([child]) => it.service.getInstance(child, ADMIN)));
  expect(care?.fields).toEqual({ crm_id: deal.key, contact: fields.contact });
  expect(offer).toMatchObject({
    key: null,
    fields: { staff: fields.staff },
    parent: { instance: id, child: 'cross-sell' },
  });
  // Care goes on round by round, and ends when somebody says so.
  const send = (event: { type: string; [member: string]: unknown }) =>
    it.service.send(care?.id ?? '', event, request());
  await send({ type: 'complete', activity: 'update-file', with: { file_updated_on: '2026-05-04' } });
  await send({
    type: 'complete',
    activity: 'maintain',
    choices: ['upgrade'],
    with: { maintenance_done: 'Version 5', next_maintenance: '2026-10-14' },
  });
  await send({ type: 'repeat' });
  expect((await send({ type: 'close', outcome: 'ended', reason: 'contract-ended' })).instance.status).toBe('closed');
  await settle(it);
  expect((await it.service.getInstance(id, ADMIN)).records.children[care?.id ?? '']).toMatchObject({ status: 'ended' });
  expect(await it.service.verifyAll(null)).toMatchObject({ ok: true });
});
