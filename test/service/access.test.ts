import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import type { ListQuery, Service } from '../../src/service/index.ts';
import { COLLEAGUE, FINANCE, GUARDED, GUEST, MANAGER, NOBODY, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN, actor, BOSS, CLERK, SMALL } from '../engine/process.ts';
import { anyInstance, databases, refusal, request, setup, withKey } from './setup.ts';

const elsewhere = (person: Actor): Actor => ({ ...person, tenant: 'acme' });

async function listed(service: Service, by: Actor, query: Partial<ListQuery> = {}): Promise<readonly string[]> {
  const page = await service.listInstances({ ...anyInstance, ...query }, by);
  return page.instances.map(({ id }) => id);
}

async function loan(service: Service, by: Actor): Promise<string> {
  return (await service.start({ process: 'loan' }, request(by))).instance.id;
}

describe.each(databases)('tenants on %s', (_name, url) => {
  it('never see each other’s instances, not even their administrators', async () => {
    const { service, begin } = await setup(await url());
    const id = await begin({ number: 'N-1' });
    for (const by of [elsewhere(CLERK), elsewhere(ADMIN)]) {
      const missing = { code: 'not-found' };
      expect(await refusal(service.getInstance(id, by))).toMatchObject(missing);
      expect(await refusal(service.history(id, 0, 10, by))).toMatchObject(missing);
      expect(await refusal(service.verifyInstance(id, by))).toMatchObject(missing);
      expect(await refusal(service.send(id, { type: 'note', text: 'x' }, request(by)))).toMatchObject(missing);
      expect(await listed(service, by)).toEqual([]);
      expect(await listed(service, by, { key: 'N-1' })).toEqual([]);
    }
    // Nor does an attempt leave a trace.
    expect((await service.history(id, 0, 10, ADMIN)).entries).toHaveLength(1);
  });

  it('have business keys and idempotency keys of their own', async () => {
    const { service } = await setup(await url());
    const body = { process: 'small', key: 'N-1' };
    const one = await service.start(body, withKey('k', body, CLERK));
    const two = await service.start(body, withKey('k', body, elsewhere(CLERK)));
    expect([one.replayed, two.replayed, one.instance.id === two.instance.id]).toEqual([false, false, false]);
    expect([one.instance.tenant, two.instance.tenant]).toEqual(['main', 'acme']);
    const again = await service.start(body, withKey('k', body, elsewhere(CLERK)));
    expect([again.replayed, again.instance.id]).toEqual([true, two.instance.id]);
    expect(await refusal(service.start(body, request(elsewhere(BOSS))))).toMatchObject({ code: 'key-in-use' });
    expect(await listed(service, elsewhere(BOSS), { key: 'N-1' })).toEqual([two.instance.id]);
  });

  it('share the definitions, which the administrators of main publish', async () => {
    const { service } = await setup(await url());
    expect(await refusal(service.publish(SMALL, elsewhere(ADMIN)))).toMatchObject({
      code: 'role-required',
      extra: { roles: ['admin'] },
    });
    expect((await service.listProcesses(elsewhere(CLERK))).map(({ process }) => process)).toEqual(['small']);
    expect((await service.getProcess('small', null, elsewhere(CLERK))).version).toBe(1);
  });
});

describe.each(databases)('access on %s', (_name, url) => {
  it('shows a process and its instances to who holds a role of it', async () => {
    const { service, begin } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const small = await begin();
    const id = await loan(service, REP);
    const visible: readonly (readonly [Actor, string[], string[]])[] = [
      [ADMIN, ['loan', 'small'], [small, id]],
      [REP, ['loan'], [id]],
      [COLLEAGUE, ['loan'], [id]],
      [STRANGER, ['loan'], []],
      [MANAGER, ['loan'], [id]],
      [GUEST, [], []],
      [NOBODY, [], []],
      [CLERK, ['small'], [small]],
      [{ ...COLLEAGUE, roles: ['rep', 'clerk'] }, ['loan', 'small'], [small, id]],
    ];
    for (const [by, processes, instances] of visible) {
      expect(
        (await service.listProcesses(by)).map(({ process }) => process),
        by.id,
      ).toEqual(processes);
      expect(await listed(service, by), by.id).toEqual(instances);
      expect(await listed(service, by, { limit: 1 }), by.id).toEqual(instances.slice(0, 1));
      for (const [name, one] of [
        ['small', small],
        ['loan', id],
      ] as const) {
        const code = instances.includes(one) ? null : 'role-required';
        const outcome = async (promise: Promise<unknown>) =>
          promise.then(
            () => null,
            (error: { code: string }) => error.code,
          );
        expect(await outcome(service.getInstance(one, by)), by.id).toBe(code);
        expect(await outcome(service.history(one, 0, 9, by)), by.id).toBe(code);
        expect(await outcome(service.verifyInstance(one, by)), by.id).toBe(code);
        const reads = processes.includes(name) ? null : 'role-required';
        expect(await outcome(service.getProcess(name, null, by)), by.id).toBe(reads);
        expect(await outcome(service.graph(name, null, 'svg', 'en', by)), by.id).toBe(reads);
      }
    }
    expect(await refusal(service.getInstance(id, STRANGER))).toMatchObject({
      extra: { roles: ['manager', 'finance'] },
    });
    expect(await refusal(service.getInstance(id, GUEST))).toMatchObject({
      extra: { roles: ['rep', 'finance', 'manager', 'reader'] },
    });
  });

  it('goes with the owner, who is found by the list and sees the instance without any role', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const [one, two] = [await loan(service, REP), await loan(service, COLLEAGUE)];
    expect(await listed(service, NOBODY)).toEqual([]);
    await service.send(one, { type: 'assign', owner: NOBODY.id, team: 'west' }, request(REP));
    expect(await listed(service, NOBODY)).toEqual([one]);
    expect((await service.getInstance(one, NOBODY)).owner).toBe('ni');
    expect(await refusal(service.getInstance(one, REP))).toMatchObject({ code: 'role-required' });
    expect(await listed(service, STRANGER)).toEqual([one]);
    expect(await listed(service, COLLEAGUE)).toEqual([two]);
    expect(await listed(service, MANAGER, { owner: 'ni' })).toEqual([one]);
    expect(await listed(service, MANAGER, { owner: 'cao', process: 'loan' })).toEqual([two]);
    expect(await listed(service, COLLEAGUE, { owner: 'ni' })).toEqual([]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('is that of the version that an instance is pinned to', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const old = await loan(service, REP);
    await service.publish(GUARDED.replace('teams: separate', 'teams: open'), ADMIN);
    const [young, last] = [await loan(service, REP), await loan(service, REP)];
    expect(await listed(service, STRANGER)).toEqual([young, last]);
    // A page may be short: what comes after it is told.
    const page = await service.listInstances({ ...anyInstance, limit: 1 }, STRANGER);
    expect([page.instances, page.next]).toEqual([[], old]);
    expect(await listed(service, STRANGER, { cursor: page.next })).toEqual([young, last]);
  });

  it('keeps what is hidden out of views, answers and the history, whose chain still holds', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const id = await loan(service, REP);
    await service.send(id, { type: 'complete', activity: 'form', with: { amount: 5 } }, request(REP));
    const secret = 424242;
    const credit = { type: 'complete', activity: 'credit', with: { rating: secret } };
    const told = await service.send(id, credit, request(FINANCE));
    expect(told.instance.fields.rating).toBe(secret);
    await refusal(service.send(id, { type: 'set', fields: { rating: 'x424242' } }, request(FINANCE)));

    const seen = await service.getInstance(id, REP);
    expect(seen.fields).toEqual({ amount: 5, rating: '(hidden)' });
    expect(seen.activities).toEqual({ form: 'done' });
    expect([Object.keys(seen.records.fields), Object.keys(seen.records.activities)]).toEqual([['amount'], ['form']]);
    const listed = await service.listInstances(anyInstance, REP);
    const { entries } = await service.history(id, 0, 10, REP);
    const noted = await service.send(id, { type: 'note', text: 'x' }, request(REP));
    expect(JSON.stringify([seen, listed, entries, noted])).not.toContain(String(secret));
    expect(entries.map(({ type, command }) => [type, command])).toEqual([
      ['start', {}],
      ['complete', { activity: 'form', with: { amount: 5 } }],
      ['complete', '(hidden)'],
      ['set', '(hidden)'],
    ]);
    const full = await service.history(id, 0, 4, MANAGER);
    expect(entries.map(({ hash }) => hash)).toEqual(full.entries.map(({ hash }) => hash));
    expect(JSON.stringify(full)).toContain(String(secret));
    expect(await service.verifyInstance(id, REP)).toEqual({ ok: true, checked: 5, broken: null });
  });

  it('keeps what either version hides out of the entry of a migration', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const id = await loan(service, REP);
    const credit = { type: 'complete', activity: 'credit', with: { rating: 424242 } };
    await service.send(id, credit, request(FINANCE));
    const renamed = GUARDED.replaceAll('rating', 'score').replace('score: {', 'score: { was: rating,');
    const choices = { moves: {}, instances: {}, only: null };
    const seenBy = async (by: Actor) => {
      const { entries } = await service.history(id, 0, 10, by);
      return JSON.stringify(entries.filter(({ type }) => type === 'migrate' || type === 'revert'));
    };
    await service.publish(renamed, ADMIN);
    const { plan } = await service.plan('loan', { of: { version: 2 }, ...choices }, ADMIN);
    await service.applyPlan('loan', plan, { moved: 'refuse', cursor: null }, ADMIN);
    await service.revertPlan('loan', plan.digest, null, ADMIN);
    expect(await seenBy(FINANCE)).toMatch(/"score":\{"from":null,"to":424242\}.*"score":\{"from":424242/);
    expect(await seenBy(REP)).not.toContain('424242');
    expect(JSON.parse(await seenBy(REP))).toMatchObject([{ type: 'migrate' }, { type: 'revert' }]);
  });

  it('masks a refusal, the first time, repeated and in the history, and keeps the whole of it on record', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const id = await loan(service, REP);
    await service.send(id, { type: 'complete', activity: 'form', with: { amount: 5 } }, request(REP));
    const body = { type: 'advance' };
    const first = await refusal(service.send(id, body, withKey('k', body, REP)));
    const again = await refusal(service.send(id, body, withKey('k', body, REP)));
    for (const error of [first, again]) {
      expect(error.code).toBe('gate-shut');
      expect(JSON.stringify([error.detail, error.extra])).not.toMatch(/credit|信用/i);
    }
    expect(first.detail.en).toBe('2 criteria do not hold: (hidden); The rating is too low');
    expect(again.extra).toMatchObject({ replayed: true });
    expect(JSON.stringify(await service.history(id, 2, 10, REP))).not.toMatch(/credit|信用/i);
    expect(JSON.stringify(await service.history(id, 2, 10, FINANCE))).toMatch(/Credit check/);
  });

  it('refuses who may not see the instance for that alone, and records it', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const id = await loan(service, REP);
    const stale = request(STRANGER, { ifMatch: 99 });
    const error = await refusal(service.send(id, { type: 'advance' }, stale));
    expect([error.code, Object.keys(error.extra).sort()]).toEqual([
      'role-required',
      ['missing', 'possible', 'reasons'],
    ]);
    expect((await service.history(id, 1, 10, REP)).entries).toMatchObject([
      { accepted: false, actor: 'xu', refusal: { code: 'role-required' } },
    ]);
  });

  it('is held against an answer that is given once more', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const body = { process: 'loan' };
    const { instance } = await service.start(body, withKey('k', body, REP));
    await service.send(instance.id, { type: 'assign', owner: 'ni', team: 'west' }, request(REP));
    expect(await refusal(service.start(body, withKey('k', body, REP)))).toMatchObject({ code: 'role-required' });
  });
});

describe.each(databases)('acting for others on %s', (_name, url) => {
  it('takes the right, and the history keeps both, hashed', async () => {
    const { service, database } = await setup(await url());
    const crm = await service.createKey('crm', ['clerk'], { team: 'east', actsForOthers: true });
    const plain = await service.createKey('li', ['clerk']);
    const by = await service.authenticate(crm.secret, '张三');
    expect(by).toEqual({ id: '张三', roles: ['clerk'], team: 'east', tenant: 'main', via: 'crm' });
    expect(await service.authenticate(crm.secret)).toEqual({ ...by, id: 'crm', via: null });
    expect(await service.authenticate(crm.secret, 'crm')).toEqual({ ...by, id: 'crm', via: null });
    expect(await refusal(service.authenticate(plain.secret, '张三'))).toMatchObject({ code: 'acting-refused' });
    for (const name of ['', 'phasegate', 'table:x', ' x', 'x'.repeat(101)])
      expect(await refusal(service.authenticate(crm.secret, name))).toMatchObject({ code: 'malformed-request' });
    expect(await service.authenticate('pg_wrong', '张三')).toBeNull();

    const { instance, entries } = await service.start({ process: 'small' }, request(by ?? undefined));
    expect([instance.owner, instance.startedBy, entries[0]?.actor, entries[0]?.via]).toEqual([
      '张三',
      '张三',
      '张三',
      'crm',
    ]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
    await database.writer('history').update({ text: database.writer.raw('replace(text, \'"crm"\', \'"bot"\')') });
    expect(await service.verifyInstance(instance.id, ADMIN)).toMatchObject({ ok: false, broken: { seq: 1 } });
  });

  it('keeps the idempotency keys of the person and of who acts for them apart', async () => {
    const { service } = await setup(await url());
    const body = { process: 'small' };
    const zhang = actor('zhang', 'clerk');
    const one = await service.start(body, withKey('k', body, zhang));
    const two = await service.start(body, withKey('k', body, { ...zhang, via: 'crm' }));
    expect(two).toMatchObject({ replayed: false });
    expect(two.instance.id).not.toBe(one.instance.id);
  });
});

describe.each(databases)('the record on %s', (_name, url) => {
  it.each([
    ['tenant', 'acme'],
    ['owner', 'eve'],
    ['team', 'west'],
  ])('shows that the %s of an instance was changed behind the history', async (column, value) => {
    const { service, database, begin } = await setup(await url());
    const id = await begin();
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    await database.writer('instances').update({ [column]: value });
    const { broken } = await service.verifyInstance(id, null);
    expect(broken?.why.en).toContain(`but ${column} of the instance is not what the history made it`);
    expect((await service.verifyAll(null)).ok).toBe(false);
  });
});
