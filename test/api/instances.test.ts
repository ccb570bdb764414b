import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Ask, type Server, startServer, visitYaml } from './server.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer();
  await server.publish(visitYaml);
});
afterEach(() => server.stop());

const start = (body: object = {}, ask: Ask = {}) =>
  server.ask('POST', '/v1/instances', { ...ask, body: { process: 'visit', ...body } });
const send = (started: Answer, event: object, ask: Ask = {}) =>
  server.ask('POST', `/v1/instances/${started.json.instance.id}/events`, { ...ask, body: event });

describe('starting', () => {
  it('answers 201 with where the instance is and its revision', async () => {
    const started = await start({ key: 'V-1' });
    const { instance, entries } = started.json;
    expect(started.status).toBe(201);
    expect(started.headers.get('location')).toBe(`/v1/instances/${instance.id}`);
    expect(started.headers.get('etag')).toBe(`"${instance.revision}"`);
    expect(instance).toMatchObject({
      process: 'visit',
      version: 1,
      key: 'V-1',
      status: 'active',
      position: [{ phase: 'before', step: 'plan' }],
    });
    expect(entries).toMatchObject([{ type: 'start', accepted: true, actor: 'anna' }]);
    const read = await server.ask('GET', `/v1/instances/${instance.id}`);
    expect(read.json).toEqual({ ...instance, records: expect.any(Object), evidence: [], actions: expect.any(Array) });
  });

  it('hands the request id and the event time on to the history', async () => {
    const started = await start({ at: '2026-02-13T17:30:00+08:00' }, { headers: { 'x-request-id': 'order-1' } });
    expect(started.json.entries[0]).toMatchObject({ requestId: 'order-1', at: '2026-02-13T09:30:00.000Z' });
  });

  it.each([
    [{ process: 7 }, 422, 'invalid-input'],
    [{ process: 'absent' }, 404, 'not-found'],
    [{ version: '1' }, 422, 'invalid-input'],
    [{ version: 9 }, 404, 'not-found'],
    [{ colour: 'red' }, 422, 'invalid-input'],
    [{ fields: { score: 'high' } }, 422, 'invalid-input'],
    [{ fields: { scores: 1 } }, 422, 'invalid-input'],
  ])('refuses %j', async (body, status, code) => {
    const answer = await start(body);
    expect([answer.status, answer.json.code]).toEqual([status, code]);
  });

  it('refuses a business key that an open instance has', async () => {
    await start({ key: 'V-1' });
    const again = await start({ key: 'V-1' });
    expect([again.status, again.json.code]).toEqual([409, 'key-in-use']);
  });
});

describe('events', () => {
  it('moves an instance from start to end by nothing but its own answers', async () => {
    const started = await start();
    const path = `/v1/instances/${started.json.instance.id}`;
    const facts: Record<string, unknown> = { score: 80 };
    for (let moves = 0; ; moves += 1) {
      const { json } = await server.ask('GET', path);
      if (json.status === 'closed') break;
      expect(moves).toBeLessThan(10);
      const done = (id: string) => json.activities[id]?.status === 'done';
      const action =
        json.actions.find((a: Answer['json']) => a.allowed && a.type === 'complete' && !done(a.activity)) ??
        json.actions.find((a: Answer['json']) => a.allowed && a.type === 'advance');
      const { choices, with: form } = action.input.properties ?? {};
      const event = {
        type: action.type,
        ...(action.activity !== undefined && { activity: action.activity }),
        ...(action.step !== undefined && action.type === 'advance' && { step: action.step }),
        ...(choices !== undefined && { choices: [choices.items.enum[0]] }),
        ...(form?.required !== undefined && {
          with: Object.fromEntries(form.required.map((field: string) => [field, facts[field]])),
        }),
      };
      expect([event, (await server.ask('POST', `${path}/events`, { body: event })).status]).toEqual([event, 200]);
    }
    const { json } = await server.ask('GET', path);
    expect(json).toMatchObject({ status: 'closed', outcome: 'held', position: [] });
  });

  it('refuses with every reason, what is missing and what is possible, and counts no revision', async () => {
    const started = await start();
    const refused = await send(started, { type: 'advance' });
    expect(refused.json).toMatchObject({
      status: 409,
      code: 'gate-shut',
      revision: started.json.instance.revision,
      reasons: { verdict: expect.stringMatching(/^(not-met|unknown)$/) },
      missing: [{ kind: 'activity', id: 'agree', roles: ['rep'] }],
    });
    expect(refused.json.possible).toContainEqual(expect.objectContaining({ type: 'complete', activity: 'agree' }));
    const history = await server.ask('GET', `/v1/instances/${started.json.instance.id}/history`);
    expect(history.json.entries.map((entry: Answer['json']) => [entry.type, entry.accepted])).toEqual([
      ['start', true],
      ['advance', false],
    ]);
  });

  it('speaks Chinese in title and detail, and both languages in the data', async () => {
    const started = await start();
    const refused = await send(started, { type: 'advance' }, { headers: { 'accept-language': 'zh' } });
    expect(refused.json.title).toBe('关口条件未满足');
    expect(refused.json.detail).toMatch(/\p{Script=Han}/u);
    expect(refused.json.missing[0].title).toEqual({ zh: '约定时间', en: 'Agree on a time' });
  });

  it.each([
    [{ type: 'teleport' }, 422, 'unknown-event'],
    [{ type: 'xstate.done.state.visit' }, 422, 'unknown-event'],
    [{}, 422, 'unknown-event'],
    [{ type: 'complete', activity: 'absent' }, 422, 'invalid-input'],
    [{ type: 'complete', activity: 'ask', with: { score: 80 } }, 409, 'not-allowed-now'],
    [{ type: 'complete', activity: 'agree', choices: ['phone'], colour: 'red' }, 422, 'invalid-input'],
    [{ type: 'set', fields: { score: 101 } }, 422, 'invalid-input'],
    [{ type: 'note', text: 'x', at: 'yesterday' }, 422, 'invalid-input'],
  ])('refuses %j and records it', async (event, status, code) => {
    const started = await start();
    const refused = await send(started, event);
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    const { json } = await server.ask('GET', `/v1/instances/${started.json.instance.id}`);
    expect([json.revision, json.seq]).toEqual([started.json.instance.revision, started.json.instance.seq + 1]);
  });

  it('refuses a role that the actor does not hold', async () => {
    const started = await start();
    const key = await server.makeKey('gus', 'guest');
    const refused = await send(started, { type: 'complete', activity: 'agree', choices: ['mail'] }, { key });
    expect([refused.status, refused.json.code]).toEqual([403, 'role-required']);
  });

  it('acts only on the revision that If-Match names', async () => {
    const started = await start();
    const note = { type: 'note', text: 'Called back' };
    const first = await send(started, note, { headers: { 'if-match': started.headers.get('etag') ?? '' } });
    expect(first.status).toBe(200);
    const second = await send(started, note, { headers: { 'if-match': started.headers.get('etag') ?? '' } });
    expect(second.json).toMatchObject({ status: 412, code: 'revision-stale', revision: first.json.instance.revision });
    expect((await send(started, note, { headers: { 'if-match': '*' } })).status).toBe(200);
  });

  it('answers a repeated request as the first time, and says so', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const started = await start({}, { headers });
    const again = await start({}, { headers });
    expect([again.status, again.json.instance.id]).toEqual([201, started.json.instance.id]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(started.headers.get('idempotency-replayed')).toBeNull();
    const other = await start({ key: 'V-2' }, { headers });
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-mismatch']);
    const elsewhere = await send(started, { type: 'note', text: 'x' }, { headers });
    expect(elsewhere.json.code).toBe('idempotency-mismatch');
  });

  it('takes a repeated request with its members in another order for the same one', async () => {
    const started = await start();
    const path = `/v1/instances/${started.json.instance.id}/events`;
    const headers = { 'idempotency-key': 'k-2' };
    const post = (body: string) => server.ask('POST', path, { body, headers });
    const first = await post('{"type": "set", "fields": {"score": 80, "contact": "Bremen"}}');
    const again = await post('{"fields":{"contact":"\\u0042remen","score":8e1},"type":"set"}');
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 200, 'true']);
    expect(again.json.entries).toEqual(first.json.entries);
    const other = await post('{"type": "set", "fields": {"score": 81, "contact": "Bremen"}}');
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-mismatch']);
  });

  it('knows no instance under another id', async () => {
    for (const id of ['x', '019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4', "1'or'1", '%00']) {
      for (const suffix of ['', '/history', '/verify']) {
        const answer = await server.ask('GET', `/v1/instances/${id}${suffix}`);
        expect([id + suffix, answer.status, answer.json.code]).toEqual([id + suffix, 404, 'not-found']);
      }
      const sent = await server.ask('POST', `/v1/instances/${id}/events`, { body: { type: 'advance' } });
      expect([id, sent.status]).toEqual([id, 404]);
    }
  });
});

describe('reading', () => {
  it('answers 304 to whoever has the current revision', async () => {
    const started = await start();
    const path = `/v1/instances/${started.json.instance.id}`;
    const etag = started.headers.get('etag') ?? '';
    const same = await server.ask('GET', path, { headers: { 'if-none-match': `"99", W/${etag}` } });
    expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await server.ask('GET', path, { headers: { 'if-none-match': '"99"' } })).status).toBe(200);
    await send(started, { type: 'note', text: 'x' });
    expect((await server.ask('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('pages through the list in order of creation, and filters', async () => {
    const ids: string[] = [];
    for (const key of ['V-1', 'V-2', 'V-3']) ids.push((await start({ key })).json.instance.id);
    const first = await server.ask('GET', '/v1/instances?limit=2');
    const second = await server.ask('GET', `/v1/instances?limit=2&cursor=${first.json.next}`);
    const idsOf = ({ json }: Answer) => json.instances.map((instance: Answer['json']) => instance.id);
    expect([...idsOf(first), ...idsOf(second)]).toEqual(ids);
    expect(second.json.next).toBeNull();
    const find = async (query: string) => idsOf(await server.ask('GET', `/v1/instances?${query}`));
    expect(await find('key=V-2')).toEqual([ids[1]]);
    expect(await find('process=visit&phase=before&step=plan&status=active')).toEqual(ids);
    expect(await find('step=rate')).toEqual([]);
  });

  it('pages through the history, whose entries are chained', async () => {
    const started = await start();
    for (const text of ['a', 'b']) await send(started, { type: 'note', text });
    const path = `/v1/instances/${started.json.instance.id}`;
    const first = await server.ask('GET', `${path}/history?limit=2`);
    const second = await server.ask('GET', `${path}/history?limit=2&cursor=${first.json.next}`);
    const entries = [...first.json.entries, ...second.json.entries];
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect(entries.slice(1).map((entry) => entry.prev)).toEqual(entries.slice(0, 2).map((entry) => entry.hash));
    expect(second.json.next).toBeNull();
    expect((await server.ask('GET', `${path}/verify`)).json).toEqual({ ok: true, checked: 3, broken: null });
    expect((await server.ask('GET', '/v1/verify')).json).toEqual({ ok: true, checked: 3, broken: null, next: null });
  });

  it('tells in the metrics what waits', async () => {
    const { text } = await server.ask('GET', '/metrics');
    expect(text.match(/^phasegate_(timers|messages|incidents).*$/gm)).toEqual([
      'phasegate_timers_overdue 0',
      'phasegate_timers_late_seconds 0',
      'phasegate_messages_waiting 0',
      'phasegate_messages_dead 0',
      'phasegate_incidents_open 0',
    ]);
  });

  it('counts commands by type and by what became of them', async () => {
    const started = await start();
    await send(started, { type: 'advance' });
    await send(started, { type: 'hold', reason: 'wait' });
    await send(started, { type: 'made-up-to-fill-the-registry' });
    const { text } = await server.ask('GET', '/metrics');
    expect(text.match(/^phasegate_commands_total.*$/gm)).toEqual([
      'phasegate_commands_total{type="start",code="accepted"} 1',
      'phasegate_commands_total{type="advance",code="gate-shut"} 1',
      'phasegate_commands_total{type="hold",code="accepted"} 1',
      'phasegate_commands_total{type="unknown",code="unknown-event"} 1',
    ]);
  });
});
