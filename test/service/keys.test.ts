import { expect, it } from 'vitest';
import { node, setup } from './setup.ts';

it('a key made by another server works at once, one revoked there ends within two seconds', async () => {
  const { service, clock, options } = await setup();
  const other = await node({ ...options, exclusive: false });
  expect(await service.authenticate('pg_nobody')).toBeNull();
  const { id, secret } = await other.service.createKey('li.si', ['rep']);
  // It has just looked: strangers do not make it read all the time.
  expect(await service.authenticate(secret)).toBeNull();
  clock.move(100);
  expect(await service.authenticate(secret)).toMatchObject({ id: 'li.si', roles: ['rep'] });
  await other.store.revokeApiKey(id, clock.now());
  clock.move(1_999);
  expect(await service.authenticate(secret)).toMatchObject({ id: 'li.si' });
  clock.move(1);
  expect(await service.authenticate(secret)).toBeNull();
  await other.service.stop();
  await other.store.close();
});
