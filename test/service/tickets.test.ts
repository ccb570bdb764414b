import { expect, it } from 'vitest';
import { setup } from './setup.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

it('a ticket is worth one key for its actor, which ends by itself after 30 days', async () => {
  const { service, store, clock } = await setup();
  const ticket = service.issueTicket('admin', ['admin']);
  expect(ticket).toMatch(/^[\w-]{43}$/);
  const secrets = await Promise.all([service.redeemTicket(ticket), service.redeemTicket(ticket)]);
  const [secret = null] = secrets;
  if (secret === null) throw new Error('it is redeemed');
  expect(secrets).toEqual([secret, null]);
  const actor = { id: 'admin', roles: ['admin'], team: null, tenant: 'main', via: null };
  expect(await service.signIn(secret)).toEqual({ actor, expiresAt: '2026-03-15T09:30:00.000Z' });
  expect(await store.listApiKeys()).toMatchObject([{ actor: 'admin', name: 'sign-in link', revokedAt: null }]);
  clock.move(30 * DAY - 1);
  expect(await service.authenticate(secret)).toEqual(actor);
  clock.move(1);
  expect(await service.authenticate(secret)).toBeNull();
  expect(await service.signIn(secret)).toBeNull();
});

it('it is worth nothing after 15 minutes, nor once there is another', async () => {
  const { service, store, clock } = await setup();
  const first = service.issueTicket('admin', ['admin']);
  const second = service.issueTicket('admin', ['admin']);
  expect(await service.redeemTicket(first)).toBeNull();
  clock.move(15 * MINUTE);
  expect(await service.redeemTicket(second)).toBeNull();
  expect(await service.redeemTicket('')).toBeNull();
  expect(await store.listApiKeys()).toEqual([]);
  const third = service.issueTicket('admin', ['admin']);
  clock.move(15 * MINUTE - 1);
  expect(await service.redeemTicket(third)).toMatch(/^pg_/);
});

it('keys that have ended make room when another ticket is redeemed', async () => {
  const { service, store, clock } = await setup();
  const redeem = () => service.redeemTicket(service.issueTicket('admin', ['admin']));
  await redeem();
  await service.createKey('li', ['rep']);
  clock.move(30 * DAY + 1);
  await redeem();
  expect((await store.listApiKeys()).map(({ actor, createdAt }) => [actor, createdAt.slice(0, 10)])).toEqual([
    ['li', '2026-02-13'],
    ['admin', '2026-03-15'],
  ]);
});

it('only a key that a ticket was redeemed for is retired', async () => {
  const { service, clock } = await setup();
  const own = await service.createKey('admin', ['admin']);
  const secret = (await service.redeemTicket(service.issueTicket('admin', ['admin']))) ?? '';
  for (const each of [own.secret, secret, 'pg_unknown']) await service.retireKey(each);
  clock.move(1);
  expect([await service.authenticate(own.secret), await service.authenticate(secret)]).toMatchObject([
    { id: 'admin' },
    null,
  ]);
});
