import { describe, expect, it } from 'vitest';
import { ADMIN, BOSS, CLERK } from '../engine/process.ts';
import { databases, refusal, setup } from './setup.ts';

const DAY_MS = 24 * 60 * 60_000;
const TENANT_ADMIN = { ...ADMIN, tenant: 'acme' };

describe.each(databases)('keys that administrators look after on %s', (_name, url) => {
  it('are made, tell their secret once, and stop working when they are revoked', async () => {
    const { service, clock } = await setup(await url());
    const given = { actor: '张三', roles: ['clerk'], team: '华东', name: 'CRM', days: 30 };
    const { secret, ...view } = await service.makeKey(given, null, ADMIN);
    const until = new Date(Date.parse(clock.now()) + 30 * DAY_MS).toISOString();
    const said = { actor: '张三', roles: ['clerk'], team: '华东', name: 'CRM', actsForOthers: false, state: 'active' };
    expect(view).toEqual({ ...said, id: view.id, createdAt: clock.now(), expiresAt: until, revokedAt: null });
    expect(await service.listKeys(ADMIN)).toEqual([view]);
    const actor = { id: '张三', roles: ['clerk'], team: '华东', tenant: 'main', via: null };
    expect(await service.authenticate(String(secret))).toEqual(actor);
    const revoked = { ...view, state: 'revoked', revokedAt: clock.now() };
    expect(await service.revokeKey(view.id, ADMIN)).toEqual(revoked);
    expect(await service.authenticate(String(secret))).toBeNull();
    clock.move(1_000);
    expect(await service.revokeKey(view.id, ADMIN)).toEqual(revoked);
  });

  it('are one for one click, whose secret is told the first time alone', async () => {
    const { service } = await setup(await url());
    const given = { actor: 'ren', roles: ['clerk'] };
    const first = await service.makeKey(given, 'click-1', ADMIN);
    expect(await service.makeKey(given, 'click-1', ADMIN)).toEqual({ ...first, secret: null });
    expect(first.secret).toMatch(/^pg_/);
    expect(await refusal(service.makeKey({ ...given, roles: ['boss'] }, 'click-1', ADMIN))).toMatchObject({
      code: 'idempotency-mismatch',
    });
    const other = await service.makeKey(given, 'click-1', TENANT_ADMIN);
    expect([other.id === first.id, typeof other.secret]).toEqual([false, 'string']);
    expect(await service.listKeys(ADMIN)).toHaveLength(1);
  });

  it('are for administrators of their tenant', async () => {
    const { service } = await setup(await url());
    const { id } = await service.makeKey({ actor: 'ren' }, null, ADMIN);
    for (const by of [CLERK, BOSS]) {
      const missing = { code: 'role-required', extra: { roles: ['admin'] } };
      expect(await refusal(service.listKeys(by))).toMatchObject(missing);
      expect(await refusal(service.makeKey({ actor: 'x', roles: ['clerk'] }, null, by))).toMatchObject(missing);
      expect(await refusal(service.revokeKey(id, by))).toMatchObject(missing);
    }
    expect(await service.listKeys(TENANT_ADMIN)).toEqual([]);
    expect(await refusal(service.revokeKey(id, TENANT_ADMIN))).toMatchObject({ code: 'not-found' });
    const sandbox = { ...ADMIN, tenant: 'main~sandbox' };
    expect(await refusal(service.makeKey({ actor: 'x' }, null, sandbox))).toMatchObject({ code: 'not-allowed-now' });
    const made = await service.makeKey({ actor: 'x', roles: ['admin'] }, null, TENANT_ADMIN);
    expect(await service.authenticate(String(made.secret))).toMatchObject({ tenant: 'acme' });
  });

  it('say each thing that is wrong, and where', async () => {
    const { service } = await setup(await url());
    const given = { actor: ' ', roles: ['clrk', 7], team: '', days: 0, actsForOthers: 'yes', rols: [] };
    const refused = await refusal(service.makeKey(given, null, ADMIN));
    expect(refused).toMatchObject({ code: 'invalid-input' });
    const errors = Object(refused.extra).errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(errors).toEqual(['/rols', '/actor', '/roles/0', '/roles/1', '/team', '/actsForOthers', '/days']);
    expect(JSON.stringify(refused.extra)).toContain('did you mean clerk');
    const { roles } = await service.makeKey({ actor: 'x', roles: ['clrk'], anyRole: true }, null, ADMIN);
    expect(roles).toEqual(['clrk']);
  });
});
