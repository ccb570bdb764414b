import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { issuer } from '../tokens/issuer.ts';
import { freshFolder, runCli, serveHere } from './testing-cli.ts';

const known = { PHASEGATE_JWT_ISSUER: 'https://id.example.com', PHASEGATE_JWT_AUDIENCE: 'phasegate' };

test('serve takes tokens signed with the keys of a file, and the commands use them like keys', async () => {
  const folder = freshFolder();
  const provider = await issuer('EdDSA');
  const file = join(folder, 'jwks.json');
  writeFileSync(file, provider.jwks);
  const settings = { ...known, PHASEGATE_JWT_JWKS: file, PHASEGATE_JWT_ACTOR_CLAIM: 'email' };
  const server = await serveHere({ ...settings, PHASEGATE_DATA: join(folder, 'data') });
  const now = Math.floor(Date.now() / 1000);
  const token = await provider.sign({ email: 'li@example.com', roles: ['rep'], exp: now + 60 });
  const client = { PHASEGATE_URL: server.url, PHASEGATE_KEY: token };
  const started = await runCli(['start', 'sales', '--json'], client);
  expect(JSON.parse(started.out).instance).toMatchObject({ owner: 'li@example.com', tenant: 'main' });
});

test.each([
  ['absent.json', 'cannot be read (ENOENT); check PHASEGATE_JWT_JWKS'],
  ['{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', 'is no JWKS file with public keys'],
])('serve does not start with keys that are none: %s', async (content, why) => {
  const folder = freshFolder();
  const file = join(folder, 'jwks.json');
  if (content.startsWith('{')) writeFileSync(file, content);
  const env = { ...known, PHASEGATE_JWT_JWKS: file, PHASEGATE_DATA: join(folder, 'data') };
  const { code, err } = await runCli(['serve'], env);
  expect([code, err.includes(why)]).toEqual([1, true]);
});
