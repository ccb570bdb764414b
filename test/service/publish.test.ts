import { describe, expect, it } from 'vitest';
import { ADMIN, actor, BOSS, SMALL } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

describe.each(databases)('publish on %s', (_name, url) => {
  it('numbers versions by content: comments and order of keys do not make another one', async () => {
    const { service } = await setup(await url());
    const again = await service.publish(`# a remark\n${SMALL}`, ADMIN);
    expect(again).toMatchObject({ process: 'small', version: 1, created: false });
    const changed = await service.publish(SMALL.replace('staff >= 50', 'staff >= 40'), ADMIN);
    expect(changed).toMatchObject({ version: 2, created: true });
    expect(changed.digest).not.toBe(again.digest);
    expect(await service.publish(SMALL, ADMIN)).toMatchObject({ version: 1, created: false });
    expect(await service.getProcess('small', null, ADMIN)).toMatchObject({ version: 2, versions: [2, 1] });
    expect((await service.getProcess('small', 1, ADMIN)).yaml).toBe(SMALL);
  });

  it('leaves instances on the version they started on', async () => {
    const { service, begin } = await setup(await url());
    const old = await begin({ staff: 45 });
    await service.publish(SMALL.replace('staff >= 50', 'staff >= 40'), ADMIN);
    const young = await begin({ staff: 45 });
    expect(await service.getInstance(old, ADMIN)).toMatchObject({ version: 1, fields: { grade: 'low' } });
    expect(await service.getInstance(young, ADMIN)).toMatchObject({ version: 2, fields: { grade: 'high' } });
    const pinned = await service.start({ process: 'small', version: 1, fields: { staff: 45 } }, request());
    expect(pinned.instance).toMatchObject({ version: 1, fields: { grade: 'low' } });
    expect(await refusal(service.start({ process: 'small', version: 3 }, request()))).toMatchObject({
      code: 'not-found',
    });
  });

  it('is for admins, and for definitions without errors', async () => {
    const { service } = await setup(await url());
    expect(await refusal(service.publish(SMALL, BOSS))).toMatchObject({ code: 'role-required' });
    const error = await refusal(service.publish(SMALL.replace('owner: boss', 'owner: bos'), ADMIN));
    expect(error.code).toBe('definition-invalid');
    expect(error.extra.problems).toMatchObject([{ severity: 'error' }]);
    expect(service.check(SMALL).problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  });
});

it('a key works from the moment it is made until it is revoked', async () => {
  const { service, store, clock } = await setup();
  expect(await service.authenticate('pg_wrong')).toBeNull();
  const { id, secret } = await service.createKey('rita', ['rep']);
  expect(await service.authenticate(secret)).toEqual(actor('rita', 'rep'));
  expect(JSON.stringify(await store.listApiKeys())).not.toContain(secret);
  await store.revokeApiKey(id, clock.now());
  clock.move(2_000);
  expect(await service.authenticate(secret)).toBeNull();
});
