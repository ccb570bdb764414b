import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/store/open-store.ts';
import { type Server, startServer, visitYaml } from './server.ts';
import { openWire, postHead } from './wire.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer({ requestTimeoutMs: 1_500 });
});
/** Whatever came: the server still does its work. */
afterEach(async () => {
  expect([200, 201]).toContain((await server.publish(visitYaml)).status);
  const started = await server.ask('POST', '/v1/instances', { body: { process: 'visit' } });
  expect(started.status).toBe(201);
  await server.stop();
});

const yaml = { 'content-type': 'text/yaml' };

describe('bodies', () => {
  it('survives two bombs of 900 brackets, as YAML and as JSON', async () => {
    const bomb = '['.repeat(900);
    for (let round = 0; round < 2; round += 1) {
      const published = await server.ask('POST', '/v1/processes', { body: bomb, headers: yaml });
      expect([published.status, published.json.code]).toEqual([422, 'definition-invalid']);
      expect(published.json.problems[0]).toMatchObject({ severity: 'error', line: 1 });
      expect((await server.ask('POST', '/v1/processes/check', { body: bomb, headers: yaml })).status).toBe(200);
      const started = await server.ask('POST', '/v1/instances', { body: bomb });
      expect(started.json).toMatchObject({ status: 400, code: 'malformed-json', line: 1, column: 33 });
    }
  });

  it('refuses 1 MB of YAML or JSON, sent at once or in chunks', async () => {
    const megabyte = 'a'.repeat(1024 * 1024);
    const published = await server.ask('POST', '/v1/processes', { body: megabyte, headers: yaml });
    expect(published.json).toMatchObject({ status: 413, code: 'too-large', limit: 300 * 1024 });
    const started = await server.ask('POST', '/v1/instances', { body: `"${megabyte}"` });
    expect(started.json).toMatchObject({ status: 413, code: 'too-large', limit: 256 * 1024 });
    const wire = await openWire(server.url);
    wire.send(postHead('/v1/instances', server.key, 'Transfer-Encoding: chunked', 'Connection: close'));
    for (let sent = 0; sent < 5; sent += 1) wire.send(`10000\r\n${'b'.repeat(0x10000)}\r\n`);
    wire.send('0\r\n\r\n');
    expect(await wire.ended).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('does not read on when a body has no end', async () => {
    const wire = await openWire(server.url);
    wire.send(postHead('/v1/instances', server.key, 'Content-Length: 99999999999'));
    const answer = await wire.ended;
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('takes 32 levels of JSON and refuses 33', async () => {
    const nested = (levels: number) =>
      `{"process":"visit","fields":${'{"a":'.repeat(levels - 1)}1${'}'.repeat(levels)}`;
    const fits = await server.ask('POST', '/v1/instances', { body: nested(32) });
    expect(fits.json.code).not.toBe('malformed-json');
    const deep = await server.ask('POST', '/v1/instances', { body: nested(33) });
    expect(deep.json).toMatchObject({ code: 'malformed-json', column: 28 + 31 * 5 + 1 });
  });

  it.each([
    ['{"process":"visit","__proto__":{"roles":["admin"]}}', '/__proto__'],
    ['{"process":"visit","fields":{"constructor":{"prototype":{}}}}', '/fields/constructor'],
    ['{"process":"vi\\u0000sit"}', '/process'],
    ['{"process":"visit","process":"other"}', '/process'],
    ['{"process":"visit","version":1e400}', '/version'],
    ['', ''],
    ['null', ''],
    ['[]', ''],
    ['"visit"', ''],
  ])('refuses %j', async (body, pointer) => {
    const answer = await server.ask('POST', '/v1/instances', { body });
    expect(answer.json).toMatchObject({ status: 400, code: 'malformed-json', line: 1, pointer });
  });

  it('refuses what is not UTF-8, naming the byte', async () => {
    const send = async (path: string, bytes: readonly number[], type: string) => {
      const headers = { authorization: `Bearer ${server.key}`, 'content-type': type };
      const response = await fetch(server.url + path, { method: 'POST', body: Uint8Array.from(bytes), headers });
      return response.json();
    };
    const quote = 0x22;
    expect(await send('/v1/instances', [quote, 0x61, 0xff, 0x62, quote], 'application/json')).toMatchObject({
      code: 'malformed-request',
      status: 400,
      offset: 2,
    });
    expect(await send('/v1/processes', [0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80], 'text/yaml')).toMatchObject({
      code: 'malformed-request',
      detail: expect.stringMatching(/byte 5 /),
    });
  });

  it('reads past a byte order mark', async () => {
    const answer = await server.ask('POST', '/v1/instances', { body: '\uFEFF{"process":"absent"}' });
    expect(answer.json.code).toBe('not-found');
  });

  it('refuses NUL in YAML', async () => {
    const answer = await server.ask('POST', '/v1/processes', { body: 'process: vi\0sit\n', headers: yaml });
    expect([answer.status, answer.json.code]).toEqual([422, 'definition-invalid']);
  });

  it('refuses other media types, charsets and compressed bodies', async () => {
    const send = (headers: Record<string, string>) => server.ask('POST', '/v1/instances', { body: '{}', headers });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16']) {
      const answer = await send({ 'content-type': type });
      expect([type, answer.status, answer.json.code]).toEqual([type, 415, 'unsupported-media-type']);
    }
    expect((await send({ 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await send({ 'content-type': 'application/json; charset="UTF-8"' })).json.code).toBe('invalid-input');
    const published = await server.ask('POST', '/v1/processes', { body: visitYaml });
    expect(published.json).toMatchObject({ status: 415, detail: expect.stringMatching(/application\/yaml/) });
  });
});

describe('headers', () => {
  it.each(['7', '"x"', 'W/"7"', '"7", "8"', '"-1"', '"07"', '""'])('refuses If-Match: %s', async (value) => {
    const answer = await server.ask('POST', '/v1/instances', { body: {}, headers: { 'if-match': value } });
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed-request']);
  });

  it.each(['a b', 'x'.repeat(201), 'é'])('refuses Idempotency-Key: %s', async (value) => {
    const answer = await server.ask('POST', '/v1/instances', { body: {}, headers: { 'idempotency-key': value } });
    expect([answer.status, answer.json.code]).toEqual([400, 'malformed-request']);
  });

  it('refuses more bytes of headers than it takes', async () => {
    const wire = await openWire(server.url);
    wire.send(`GET /healthz HTTP/1.1\r\nHost: test\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(await wire.ended).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('refuses what is no HTTP', async () => {
    const wire = await openWire(server.url);
    wire.send('\x16\x03\x01 hello\r\n\r\n');
    expect(await wire.ended).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('connections', () => {
  it('forgets an upload that is broken off', async () => {
    const wire = await openWire(server.url);
    wire.send(`${postHead('/v1/instances', server.key, 'Content-Length: 1000', 'X-Request-Id: cut')}{"process"`);
    await vi.waitFor(() => expect(server.api.world.open.size).toBe(1));
    wire.cut();
    const gone = expect.objectContaining({ requestId: 'cut', code: 'gone' });
    await vi.waitFor(() => expect(server.log).toContainEqual(gone), 10_000);
    expect(server.api.world.open.size).toBe(0);
  });

  it('does not wait for ever for a body that trickles', async () => {
    const wire = await openWire(server.url);
    wire.send(`${postHead('/v1/instances', server.key, 'Content-Length: 1000')}{"process"`);
    const answer = await wire.ended;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/did not arrive within 1\.5 s/);
  });

  it('says so when an answer takes too long', async () => {
    await server.publish(visitYaml);
    const started = await server.ask('POST', '/v1/instances', { body: { process: 'visit' } });
    const other = await openDatabase({ url: server.file, exclusive: false });
    try {
      // Somebody else holds the file's write lock.
      await other.writer.raw('begin immediate');
      const path = `/v1/instances/${started.json.instance.id}/events`;
      const answer = await server.ask('POST', path, { body: { type: 'note', text: 'x' } });
      expect([answer.status, answer.json.code]).toEqual([503, 'unavailable']);
      expect(answer.headers.get('connection')).toBe('close');
      await other.writer.raw('rollback');
    } finally {
      await other.close();
    }
  });

  it('waits longer for what goes over all open instances', async () => {
    await server.publish(visitYaml);
    await server.ask('POST', '/v1/instances', { body: { process: 'visit' } });
    const edited = visitYaml.replace(/en: [A-Z][a-z]+/, 'en: Other');
    const choices = { moves: {}, instances: {}, only: null };
    const planned = await server.ask('POST', '/v1/processes/visit/plan', { body: { yaml: edited, ...choices } });
    await server.publish(edited);
    const other = await openDatabase({ url: server.file, exclusive: false });
    try {
      await other.writer.raw('begin immediate');
      const applied = server.ask('POST', '/v1/processes/visit/apply', { body: { plan: planned.json.plan } });
      // It came later, and is given up while the other still waits.
      expect((await server.ask('POST', '/v1/instances', { body: { process: 'visit' } })).status).toBe(503);
      await other.writer.raw('rollback');
      expect((await applied).json).toMatchObject({ done: 1, left: [] });
    } finally {
      await other.close();
    }
  });
});
