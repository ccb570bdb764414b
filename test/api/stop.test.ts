import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Server, startServer, visitYaml } from './server.ts';
import { openWire, postHead } from './wire.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer();
  await server.publish(visitYaml);
});
afterEach(() => server.stop());

it('answers what is in flight, closes its connection, and takes nothing new', async () => {
  const body = '{"process":"visit"}';
  const wire = await openWire(server.url);
  wire.send(postHead('/v1/instances', server.key, `Content-Length: ${body.length}`) + body.slice(0, 5));
  await vi.waitFor(() => expect(server.api.world.open.size).toBe(1));
  const closed = server.close();
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
  wire.send(body.slice(5));
  const answer = await wire.ended;
  expect(answer).toMatch(/^HTTP\/1\.1 201 /);
  expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  await closed;
});

it('closes idle connections at once', async () => {
  const wire = await openWire(server.url);
  wire.send('GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n');
  await vi.waitFor(() => expect(wire.received()).toMatch(/"status":"ok"/));
  const before = performance.now();
  await server.close();
  await wire.ended;
  expect(performance.now() - before).toBeLessThan(5_000);
});

it('cuts what is left when the time is over', async () => {
  const wire = await openWire(server.url);
  wire.send(`${postHead('/v1/instances', server.key, 'Content-Length: 1000')}{`);
  await vi.waitFor(() => expect(server.api.world.open.size).toBe(1));
  await server.close(50);
  expect(await wire.ended).toBe('');
});

it('is no longer ready while it stops', async () => {
  const first = await openWire(server.url);
  first.send('GET /readyz HTTP/1.1\r\nHost: test\r\n');
  const closed = server.close();
  first.send('\r\n');
  expect(await first.ended).toMatch(/^HTTP\/1\.1 503 /);
  await closed;
});
