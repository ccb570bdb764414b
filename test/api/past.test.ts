import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Server, startServer, visitYaml } from './server.ts';

let server: Server;
let path = '';
beforeAll(async () => {
  server = await startServer();
  await server.publish(visitYaml);
  const started = await server.ask('POST', '/v1/instances', {
    body: { process: 'visit', fields: { visit_no: 'V-1' } },
  });
  path = `/v1/instances/${started.json.instance.id}`;
  for (const event of [
    { type: 'complete', activity: 'agree', choices: ['phone'], with: { contact: '王女士' } },
    { type: 'advance' },
    { type: 'complete', activity: 'ask', with: { score: 40 } },
    { type: 'advance' },
  ])
    await server.ask('POST', `${path}/events`, { body: event });
});
afterAll(() => server.stop());

describe('an instance as it was', () => {
  it('is read by the number of an entry, without actions', async () => {
    const found = [];
    for (const seq of [1, 2, 3, 4, 5]) {
      const { status, json } = await server.ask('GET', `${path}?seq=${seq}`);
      found.push([
        status,
        json.seq,
        json.revision,
        json.position[0].step,
        json.activities,
        json.fields.score ?? null,
        json.actions,
      ]);
    }
    expect(found).toEqual([
      [200, 1, 1, 'plan', { agree: 'open' }, null, []],
      [200, 2, 2, 'plan', { agree: 'done' }, null, []],
      [200, 3, 3, 'rate', { agree: 'done', ask: 'open' }, null, []],
      [200, 4, 4, 'rate', { agree: 'done', ask: 'done' }, 40, []],
      [200, 5, 4, 'rate', { agree: 'done', ask: 'done' }, 40, []],
    ]);
  });

  it('has clocks of its own time', async () => {
    const { json: entry } = await server.ask('GET', `${path}/history?cursor=1&limit=1`);
    const { status, json } = await server.ask('GET', `${path}/sla?seq=2`);
    expect([status, json.now, json.under, json.clocks]).toEqual([200, entry.entries[0].recordedAt, null, []]);
  });

  it.each(['0', '-1', '1.5', 'x', '', '1234567890'])('is asked for by a number: not ?seq=%s', async (seq) => {
    const { status, json } = await server.ask('GET', `${path}?seq=${seq}`);
    expect([status, json.code, json.parameter]).toEqual([400, 'malformed-request', 'seq']);
  });

  it('is not found by the number of no entry, and is no question of another version', async () => {
    const late = await server.ask('GET', `${path}?seq=6`);
    expect([late.status, late.json.code, late.json.detail]).toEqual([
      404,
      'not-found',
      expect.stringContaining('has no entry 6; its last one is 5'),
    ]);
    expect((await server.ask('GET', `${path}/sla?seq=6`)).status).toBe(404);
    const both = await server.ask('GET', `${path}/sla?seq=2&under=1`);
    expect([both.status, both.json.code, both.json.parameter]).toEqual([400, 'malformed-request', 'under']);
  });

  it('is shown to nobody who does not see it today', async () => {
    const key = await server.makeKey('gu', 'guest');
    expect((await server.ask('GET', `${path}?seq=1`, { key })).json.code).toBe('role-required');
    expect((await server.ask('GET', `${path}/sla?seq=1`, { key })).json.code).toBe('role-required');
  });
});
