import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createStreaming } from '../../src/workers/index.ts';
import { type EventStream, openEvents, type Told } from './event-stream.ts';
import { type Server, startServer, visitYaml } from './server.ts';
import { openWire } from './wire.ts';

const DEALS = `
process: loan
title: { zh: 贷款, en: Loan }
subject: loan
key: number
access: { see: [clerk, boss], teams: separate, across: boss }
roles: { clerk: { title: { zh: 职员, en: Clerk } }, boss: { title: { zh: 主管, en: Boss } } }
fields:
  number: { type: text, title: { zh: 编号, en: Number } }
  rating: { type: text, title: { zh: 评级, en: Rating } }
outcomes: { paid: { title: { zh: 已放款, en: Paid } } }
phases:
  all:
    title: { zh: 全部, en: All }
    steps:
      ask:
        title: { zh: 申请, en: Ask }
        activities:
          rate: { title: { zh: 评级, en: Rate }, see: boss, by: boss, supplies: [rating] }
          note: { title: { zh: 记录, en: Note }, optional: true }
        milestone: paid
`;

let server: Server;
beforeAll(async () => {
  server = await startServer({ streamsPerActor: 6, heartbeatMs: 60, streamBufferBytes: 65_536 });
  await server.publish(visitYaml);
  await server.publish(DEALS);
  const loop = createStreaming(server.service, {
    everyMs: 30,
    gatherMs: 5,
    onError: (error) => {
      throw error;
    },
  });
  loop.start();
  return async () => {
    await loop.stop();
  };
});
afterAll(() => server.stop());

async function listen(
  query = '',
  { key = server.key, headers = {} }: { key?: string; headers?: Record<string, string> } = {},
) {
  const stream = await openEvents(`${server.url}/v1/stream${query}`, key, headers);
  onTestFinished(async () => {
    stream.close();
    await stream.ended;
  });
  return stream;
}

async function start(process = 'visit', key = server.key) {
  return (await server.ask('POST', '/v1/instances', { body: { process }, key })).json.instance.id;
}

const note = (id: string, text: string, key = server.key) =>
  server.ask('POST', `/v1/instances/${id}/events`, { body: { type: 'note', text }, key });

const events = (count: number) => (told: readonly Told[]) => told.length >= count;
const has = (id: string) => (told: readonly Told[]) => told.some(({ data }) => data.id === id);
const ids = (stream: EventStream) => stream.told.map(({ data }) => data.id);

describe('GET /v1/stream', () => {
  it('tells each accepted entry as messages do, in order, from now on', async () => {
    const before = await start();
    const stream = await listen();
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const id = await start();
    await note(id, 'one');
    await server.ask('POST', `/v1/instances/${id}/events`, { body: { type: 'advance', step: 'nowhere' } });
    await note(id, 'two');
    const told = await stream.until(events(3));
    expect(told.map(({ data }) => [data.id, data.type])).toEqual([
      [`${id}-1`, 'phasegate.instance.started'],
      [`${id}-2`, 'phasegate.instance.changed'],
      [`${id}-4`, 'phasegate.instance.changed'],
    ]);
    expect(told[0]?.data).toMatchObject({ specversion: '1.0', subject: id, data: { instance: id, seq: 1 } });
    expect(told[0]?.id).toMatch(new RegExp(`^[0-9a-z]+\\.${id}-1$`));
    expect(JSON.stringify(told)).not.toContain(before);
    // What people wrote is read in the history.
    expect(JSON.stringify(told)).not.toContain('"one"');
  });

  it('is of one process, one instance or some types alone', async () => {
    const [one, other] = [await start(), await start('loan')];
    const [ofProcess, ofInstance, ofType] = [
      await listen('?process=loan'),
      await listen(`?instance=${one}`),
      await listen('?types=phasegate.instance.started,phasegate.instance.closed'),
    ];
    await note(one, 'a');
    await note(other, 'b');
    const third = await start();
    expect((await ofProcess.until(events(1))).map(({ data }) => data.id)).toEqual([`${other}-2`]);
    expect((await ofInstance.until(events(1))).map(({ data }) => data.id)).toEqual([`${one}-2`]);
    expect((await ofType.until(events(1))).map(({ data }) => data.id)).toEqual([`${third}-1`]);
  });

  it.each(['header', 'query'])('goes on where it was hung up: nothing is lost (%s)', async (how) => {
    const first = await listen();
    const id = await start();
    const texts = Array.from({ length: 40 }, (_, n) => String(n));
    const sending = (async () => {
      for (const text of texts) await note(id, text);
    })();
    await first.until(events(7));
    first.close();
    const position = first.told.at(-1)?.id ?? '';
    await sending;
    const second =
      how === 'header'
        ? await listen('', { headers: { 'last-event-id': position } })
        : await listen(`?lastEventId=${position}`);
    const all = Array.from({ length: 41 }, (_, n) => `${id}-${n + 1}`);
    const seen = new Set(ids(first));
    await second.until(has(`${id}-41`));
    expect(all.filter((message) => !seen.has(message) && !ids(second).includes(message))).toEqual([]);
    // In order, and what comes again has the same id.
    const own = ids(second).filter((message) => message.startsWith(id));
    const numbers = [...new Set(own)].map((message) => Number(message.slice(id.length + 1)));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    await note(id, 'now');
    await second.until(has(`${id}-42`));
  });

  it('tells nobody what he may not see', async () => {
    const own = (await server.service.createKey('clara', ['clerk'], { team: 'east' })).secret;
    const other = (await server.service.createKey('otto', ['clerk'], { team: 'west' })).secret;
    const stranger = (await server.service.createKey('anna', ['admin'], { tenant: 'acme' })).secret;
    const boss = await server.makeKey('bert', 'boss');
    const streams = await Promise.all([own, other, stranger, boss].map((key) => listen('?process=loan', { key })));
    const id = await start('loan', own);
    await server.ask('POST', `/v1/instances/${id}/events`, {
      body: { type: 'complete', activity: 'rate', with: { rating: 'AAA' } },
      key: boss,
    });
    await note(id, 'last', own);
    const [eastern, western, foreign, across] = streams;
    await Promise.all([eastern?.until(events(3)), across?.until(events(3))]);
    expect(JSON.stringify(across?.told)).toContain('AAA');
    expect(eastern?.told.map(({ data }) => data.id)).toContain(`${id}-3`);
    expect(JSON.stringify(eastern?.told)).not.toContain('AAA');
    expect([western?.told, foreign?.told]).toEqual([[], []]);
    for (const key of [other, stranger]) {
      const refused = await server.ask('GET', `/v1/stream?instance=${id}`, { key });
      expect(refused.status).toBe(key === other ? 403 : 404);
    }
  });

  it('shows that it lives, and where it is, while nothing happens', async () => {
    const stream = await listen('?process=loan');
    await start();
    await expect.poll(() => stream.comments.length).toBeGreaterThan(1);
    expect(stream.comments[0]).toMatch(/^\d{4}-\d\d-\d\dT/);
    const position = stream.position();
    expect(position).toMatch(/^[0-9a-z]+$/);
    const again = await listen(`?process=loan&lastEventId=${position}`);
    const id = await start('loan');
    // What was recorded within the last seconds may come again.
    await again.until(has(`${id}-1`));
  });

  it('ends when its key is revoked', async () => {
    const { id, secret } = await server.service.createKey('rita', ['admin']);
    const stream = await listen('', { key: secret });
    expect(stream.status).toBe(200);
    await server.store.revokeApiKey(id, new Date().toISOString());
    await stream.ended;
    expect((await listen('', { key: secret })).status).toBe(401);
  });

  it('cuts off who does not read, who loses nothing by it', async () => {
    const id = await start();
    const wire = await openWire(server.url);
    wire.pause();
    wire.send(`GET /v1/stream?instance=${id} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer ${server.key}\r\n\r\n`);
    await expect.poll(() => server.api.world.streams.size).toBeGreaterThan(0);
    // Far more than what the system keeps for a socket.
    const text = 'x'.repeat(1000);
    for (let n = 0; n < 40; n++) {
      const items = Array.from({ length: 500 }, () => ({ instance: id, event: { type: 'note', text } }));
      await server.ask('POST', '/v1/bulk/events', { body: { items } });
      if (server.api.world.streams.size === 0) break;
    }
    await expect.poll(() => server.api.world.streams.size).toBe(0);
  }, 20_000);

  it('says what is wrong with a position, a type or a parameter', async () => {
    const refused = async (query: string) => {
      const { status, json } = await server.ask('GET', `/v1/stream${query}`);
      return [status, json.code, json.parameter, json.suggestion];
    };
    const unknown = '019c5a3e-7f00-7c1e-9a51-5f3ad1f2b6c4';
    expect(await refused('?lastEventId=never')).toEqual([400, 'malformed-request', 'lastEventId', undefined]);
    expect(await refused('?lastEventId=abc.def')).toEqual([400, 'malformed-request', 'lastEventId', undefined]);
    expect(await refused(`?lastEventId=mljd5kw0.${unknown}-1`)).toEqual([
      400,
      'malformed-request',
      'lastEventId',
      undefined,
    ]);
    expect(await refused('?types=phasegate.sla.warnd')).toEqual([
      400,
      'malformed-request',
      'types',
      'phasegate.sla.warned',
    ]);
    expect(await refused('?proces=loan')).toEqual([400, 'malformed-request', 'proces', 'process']);
    expect(await refused(`?instance=${unknown}`)).toEqual([404, 'not-found', undefined, undefined]);
  });

  it('says what was not kept for who was away for too long', async () => {
    const position = (Date.now() - 8 * 86_400_000).toString(36);
    const stream = await listen(`?lastEventId=${position}&types=phasegate.instance.closed`);
    const [gap] = await stream.until(events(1));
    expect(gap).toMatchObject({ event: 'gap', data: { from: new Date(Number.parseInt(position, 36)).toISOString() } });
  });

  it('does not begin for HEAD, and not more often than may be', async () => {
    const head = await server.ask('HEAD', '/v1/stream');
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const key = await server.makeKey('otto', 'admin');
    for (let n = 0; n < 6; n++) expect((await listen('', { key })).status).toBe(200);
    const { status, json, headers } = await server.ask('GET', '/v1/stream', { key });
    expect([status, json.code, headers.get('retry-after')]).toEqual([429, 'too-many-requests', '5']);
    expect((await listen()).status).toBe(200);
  });
});

it('streams end when the server stops', async () => {
  const stopping = await startServer();
  const stream = await openEvents(`${stopping.url}/v1/stream`, stopping.key);
  const stopped = stopping.stop();
  await stream.ended;
  await stopped;
  expect(stream.status).toBe(200);
});
