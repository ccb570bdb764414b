import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, type Ask, type Server, startServer, visitYaml } from './server.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer();
  await server.publish(visitYaml);
});
afterEach(() => server.stop());

async function begin(body: object = {}): Promise<string> {
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'visit', ...body } });
  return started.json.instance.id;
}
const bulk = (items: unknown, more: object = {}, ask: Ask = {}) =>
  server.ask('POST', '/v1/bulk/events', { ...ask, body: { items, ...more } });
const statuses = ({ json }: Answer): readonly number[] =>
  json.results.map((result: { readonly status: number }) => result.status);
const history = async (id: string) => (await server.ask('GET', `/v1/instances/${id}/history`)).json.entries;

const AGREE = { type: 'complete', activity: 'agree', choices: ['mail'] };
const note = (text: string) => ({ type: 'note', text });

describe('a bulk of events', () => {
  it('is answered item by item, each as if it were sent alone', async () => {
    const [one, two] = [await begin(), await begin({ key: 'V-1' })];
    const answer = await bulk(
      [
        { instance: one, event: AGREE },
        { instance: two, event: { type: 'advance' } },
        { instance: one, event: { type: 'advance' } },
        { instance: 'x', event: note('lost') },
        { instance: one, event: { type: 'complete', activity: 'ask', with: { score: 'high' } } },
        { instance: one, event: { type: 'set', fields: { visit_no: 'V-1' } } },
      ],
      {},
      { headers: { 'accept-language': 'zh', 'x-request-id': 'bulk-1' } },
    );
    expect([answer.status, statuses(answer)]).toEqual([200, [200, 409, 200, 404, 422, 409]]);
    expect(answer.json).toMatchObject({ accepted: 2, refused: 4, dryRun: false });
    const [agreed, shut, advanced, lost, wrong, taken] = answer.json.results;
    expect(agreed.entries).toEqual((await history(one)).slice(1, 2));
    expect(advanced).toMatchObject({
      instance: {
        id: one,
        key: null,
        status: 'active',
        outcome: null,
        revision: 3,
        seq: 3,
        position: [{ phase: 'after', step: 'rate' }],
      },
      entries: [{ type: 'advance', requestId: 'bulk-1' }],
    });
    const alone = await server.ask('POST', `/v1/instances/${two}/events`, {
      body: { type: 'advance' },
      headers: { 'accept-language': 'zh', 'x-request-id': 'bulk-1' },
    });
    expect(shut.problem).toEqual({ ...alone.json, seq: 2, instance: '/v1/bulk/events#/items/1' });
    expect([lost.problem.code, taken.problem.code]).toEqual(['not-found', 'key-in-use']);
    expect(wrong.problem).toMatchObject({
      code: 'invalid-input',
      instance: '/v1/bulk/events#/items/4',
      errors: [{ pointer: '/with/score' }],
    });
    expect((await history(one)).map((entry: Answer['json']) => [entry.type, entry.accepted])).toEqual([
      ['start', true],
      ['complete', true],
      ['advance', true],
      ['complete', false],
      ['set', false],
    ]);
  });

  it('takes a thousand for one deal, in their order', async () => {
    const id = await begin();
    const items = Array.from({ length: 1_000 }, (_, i) => ({ instance: id, event: note(`n${i}`) }));
    const { json } = await bulk(items);
    expect(json).toMatchObject({ accepted: 1_000, refused: 0 });
    expect(json.results.map((result: Answer['json']) => result.entries[0].command.text)).toEqual(
      items.map(({ event }) => event.text),
    );
    expect((await server.ask('GET', `/v1/instances/${id}/verify`)).json).toMatchObject({ ok: true, checked: 1_001 });
  });

  it('is resumed by its keys: what happened is answered again, also what was sent alone', async () => {
    const [one, two] = [await begin(), await begin()];
    const items = [
      { instance: one, event: AGREE, key: 'a' },
      { instance: two, event: { type: 'advance' }, key: 'b' },
      { instance: two, event: AGREE, key: 'c' },
      { instance: one, event: { type: 'advance' }, key: 'd' },
    ];
    const first = await bulk(items.slice(0, 2));
    const alone = await server.ask('POST', `/v1/instances/${two}/events`, {
      body: '{"choices": ["mail"], "activity": "agree", "type": "complete"}',
      headers: { 'idempotency-key': 'c' },
    });
    const again = await bulk(items);
    expect([statuses(first), statuses(again)]).toEqual([
      [200, 409],
      [200, 409, 200, 200],
    ]);
    expect(again.json.results.slice(0, 3)).toEqual([
      { status: 200, replayed: true, entries: first.json.results[0].entries },
      { status: 409, problem: expect.objectContaining({ code: 'gate-shut', replayed: true }) },
      { status: 200, replayed: true, entries: alone.json.entries },
    ]);
    expect(again.json).toMatchObject({ accepted: 3, refused: 1 });
    const other = await bulk([{ instance: one, event: note('x'), key: 'a' }]);
    expect(other.json.results[0].problem).toMatchObject({ status: 422, code: 'idempotency-mismatch' });
  });

  it('that is rehearsed says what the real run says, and leaves no trace', async () => {
    const [one, two] = [await begin({ key: 'V-1' }), await begin()];
    const items = [
      { instance: one, event: AGREE, key: 'a' },
      { instance: one, event: { type: 'advance' } },
      { instance: two, event: { type: 'set', fields: { visit_no: 'V-1', contact: 'Ms Li' } } },
      { instance: one, event: { type: 'close', outcome: 'cancelled', reason: 'no-time' } },
      { instance: two, event: { type: 'set', fields: { visit_no: 'V-1', contact: 'Ms Li' } } },
      { instance: two, event: { type: 'teleport' } },
    ];
    const rehearsed = await bulk(items, { dryRun: true });
    expect(statuses(rehearsed)).toEqual([200, 200, 409, 200, 200, 422]);
    expect([(await history(one)).length, (await history(two)).length]).toEqual([1, 1]);
    expect((await server.ask('GET', '/metrics')).text).not.toContain('type="complete"');
    const carriedOut = await bulk(items);
    const said = ({ json }: Answer) =>
      JSON.parse(
        JSON.stringify(json, (name, value) => {
          if (typeof value === 'string' && value.startsWith('sha256:')) return 'digest';
          return ['prev', 'hash', 'patchHash', 'at', 'recordedAt', 'updatedAt', 'closedAt', 'requestId'].includes(name)
            ? undefined
            : value;
        }),
      );
    expect(said(carriedOut)).toEqual({ ...said(rehearsed), dryRun: false });
    expect((await bulk(items, { dryRun: true })).json.results[0].replayed).toBe(true);
  });

  it('counts its items in the metrics', async () => {
    const id = await begin();
    await bulk([
      { instance: id, event: AGREE },
      { instance: id, event: note('x') },
      { instance: id, event: note('y') },
      { instance: 'x', event: note('z') },
      { instance: id, event: { type: 'made-up' } },
    ]);
    const { text } = await server.ask('GET', '/metrics');
    expect(text.match(/^phasegate_commands_total.*$/gm)).toEqual([
      'phasegate_commands_total{type="start",code="accepted"} 1',
      'phasegate_commands_total{type="complete",code="accepted"} 1',
      'phasegate_commands_total{type="note",code="accepted"} 2',
      'phasegate_commands_total{type="note",code="not-found"} 1',
      'phasegate_commands_total{type="unknown",code="unknown-event"} 1',
    ]);
  });
});

describe('a bulk that is not well-formed is refused as a whole', () => {
  const item = { instance: '019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4', event: note('x') };

  it.each([
    [{}, ['/items']],
    [{ items: {} }, ['/items']],
    [{ items: [] }, ['/items']],
    [{ items: Array.from({ length: 1_001 }, () => item) }, ['/items']],
    [{ items: [item], dryrun: true }, ['/dryrun']],
    [{ items: [item], dryRun: 'yes' }, ['/dryRun']],
    [{ items: [item, 7, null, [item]] }, ['/items/1', '/items/2', '/items/3']],
    [{ items: [item, { event: item.event }] }, ['/items/1/instance']],
    [{ items: [{ instance: item.instance }] }, ['/items/0/event']],
    [{ items: [item, item, item, { ...item, event: { text: 'x' } }] }, ['/items/3/event/type']],
    [{ items: [{ ...item, event: { type: 7 } }] }, ['/items/0/event/type']],
    [
      {
        items: [
          { ...item, key: '' },
          { ...item, key: 'a b' },
          { ...item, key: 7 },
        ],
      },
      [0, 1, 2].map((n) => `/items/${n}/key`),
    ],
    [{ items: [{ ...item, key: 'k' }, item, { ...item, key: 'k' }] }, ['/items/2/key']],
    [{ items: [{ ...item, evnet: 1, 'a/b~': 2 }] }, ['/items/0/evnet', '/items/0/a~1b~0']],
  ])('%#: %j', async (body, pointers) => {
    const answer = await server.ask('POST', '/v1/bulk/events', { body });
    expect([answer.status, answer.json.code]).toEqual([422, 'invalid-input']);
    expect(answer.json.errors.map((error: Answer['json']) => error.pointer)).toEqual(pointers);
  });

  it('says what was meant, in both languages', async () => {
    const { json } = await bulk([item], { dryrun: true });
    expect(json.errors[0].message).toEqual({
      zh: '不认识的成员 "dryrun"，是否指 dryRun？可用：items, dryRun',
      en: 'unknown member "dryrun"; did you mean dryRun? known are items, dryRun',
    });
  });

  it('keeps the answer bounded', async () => {
    const { json } = await bulk(Array.from({ length: 1_000 }, () => 7));
    expect(json.errors).toHaveLength(50);
  });

  it.each(['if-match', 'idempotency-key'])('takes no header %s', async (name) => {
    const answer = await bulk([item], {}, { headers: { [name]: '"7"' } });
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed-request']);
  });

  it('bounds the body, and each event as a single one', async () => {
    const id = await begin();
    const long = { instance: id, event: { type: 'note', text: 'x'.repeat(256 * 1024) } };
    const fits = { instance: id, event: note('fits') };
    const answer = await bulk([long, fits]);
    expect(statuses(answer)).toEqual([413, 200]);
    expect(answer.json.results[0].problem).toMatchObject({ code: 'too-large', limit: 256 * 1024 });
    expect(await history(id)).toHaveLength(2);
    const huge = await bulk(Array.from({ length: 20 }, () => long));
    expect([huge.status, huge.json.code, huge.json.limit]).toEqual([413, 'too-large', 4 * 1024 * 1024]);
    const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    const deepest = { instance: id, event: { type: 'note', text: nested(31) } };
    expect(statuses(await bulk([deepest]))).toEqual([422]);
    const deeper = await bulk([{ instance: id, event: { type: 'note', text: nested(32) } }]);
    expect([deeper.status, deeper.json.code]).toEqual([400, 'malformed-json']);
    expect(deeper.json.pointer).toMatch(/^\/items\/0\/event\/text\/0/);
  });
});

describe('the rate', () => {
  it('counts a bulk as one request for every ten items, and never as more than can come', async () => {
    await server.stop();
    server = await startServer({ requestsPerSecond: 20 });
    await server.publish(visitYaml);
    const key = await server.makeKey('ben', 'rep');
    const id = await begin();
    const items = (n: number, instance: string) => Array.from({ length: n }, () => ({ instance, event: note('x') }));
    // 20 of 20 at once; whoever comes next is too many.
    const all = await bulk(items(1_000, 'nowhere'), {}, { key });
    expect([all.status, (await server.ask('GET', '/v1/processes', { key })).status]).toEqual([200, 429]);
    const other = await server.makeKey('cleo', 'rep');
    expect((await bulk(items(10, id), {}, { key: other })).status).toBe(200);
    const refused = await bulk(items(200, id), {}, { key: other });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await server.ask('GET', `/v1/instances/${id}`)).json.seq).toBe(11);
  });
});
