import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ProcessError } from '../../src/errors.ts';
import { createTokens, remoteKeys } from '../../src/tokens/index.ts';
import { expected, issuer, NOW } from './issuer.ts';

/** An identity provider that answers with what the test says, and the keys as a server reads them from it. */
async function setup() {
  const first = await issuer('ES256', 'key-1');
  const second = await issuer('ES256', 'key-2');
  const world = { status: 200, body: first.jwks, asked: 0, time: Date.parse(NOW), location: '' };
  const server = createServer((_req, res) => {
    world.asked += 1;
    res.writeHead(world.status, world.location === '' ? {} : { location: world.location });
    res.end(world.body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const clock = { now: () => new Date(world.time).toISOString() };
  const url = `http://127.0.0.1:${port}/jwks`;
  const tokens = createTokens({ ...expected, clock: { now: () => NOW }, keys: remoteKeys(url, clock) });
  const outcome = async (token: string) => {
    try {
      return (await tokens.verify(token)).id;
    } catch (error) {
      if (error instanceof ProcessError) return error.code;
      throw error;
    }
  };
  return { world, first: await first.sign(), second: await second.sign(), both: [first.jwk, second.jwk], outcome };
}

const MINUTE = 60_000;

it('are asked for once, and again after ten minutes', async () => {
  const { world, first, outcome } = await setup();
  expect(await Promise.all(Array.from({ length: 8 }, () => outcome(first)))).toEqual(Array(8).fill('zhang.san'));
  world.time += 10 * MINUTE - 1;
  expect([await outcome(first), world.asked]).toEqual(['zhang.san', 1]);
  world.time += 1;
  expect([await outcome(first), world.asked]).toEqual(['zhang.san', 2]);
});

it('are asked for anew for an unknown key, at most once a minute', async () => {
  const { world, first, second, both, outcome } = await setup();
  await outcome(first);
  world.time += MINUTE - 1;
  expect([await outcome(second), await outcome(second), world.asked]).toEqual([
    'unauthenticated',
    'unauthenticated',
    1,
  ]);
  world.time += 1;
  expect([await outcome(second), world.asked]).toEqual(['unauthenticated', 2]);
  world.body = JSON.stringify({ keys: both });
  expect([await outcome(second), world.asked]).toEqual(['unauthenticated', 2]);
  world.time += MINUTE;
  expect([await outcome(second), await outcome(first), world.asked]).toEqual(['zhang.san', 'zhang.san', 3]);
});

it('are used on for a day while the provider does not answer', async () => {
  const { world, first, outcome } = await setup();
  await outcome(first);
  world.status = 500;
  world.time += 23 * 60 * MINUTE;
  expect([await outcome(first), await outcome(first), world.asked]).toEqual(['zhang.san', 'zhang.san', 2]);
  world.time += 60 * MINUTE;
  expect(await outcome(first)).toBe('unavailable');
  world.status = 200;
  world.time += MINUTE;
  expect(await outcome(first)).toBe('zhang.san');
});

it.each([
  ['an error', { status: 500 }],
  ['no JSON', { body: '<html>' }],
  ['too much', { body: `{"keys":[],"x":"${'x'.repeat(300_000)}"}` }],
  ['a way elsewhere', { status: 302, location: 'http://127.0.0.1:1/' }],
])('that come as %s are none, and are asked for again five seconds later', async (_what, answer) => {
  const { world, first, outcome } = await setup();
  const good = { ...world };
  Object.assign(world, answer);
  expect([await outcome(first), await outcome(first), world.asked]).toEqual(['unavailable', 'unavailable', 1]);
  Object.assign(world, { status: good.status, body: good.body, location: '', time: world.time + 5_000 });
  expect([await outcome(first), world.asked]).toEqual(['zhang.san', 2]);
});
