import { describe, expect, it, onTestFinished } from 'vitest';
import { PARENT } from '../engine/parent.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { freshPostgres } from '../postgres.ts';
import { CARLA, family, settle } from './children.ts';
import { anyInstance, databases, node, refusal, request, setup } from './setup.ts';

describe.each(databases)('children on %s', (_name, url) => {
  it('are started after the commit with what the parent gives them, as whoever moved it', async () => {
    const it = await family(await url(), { amount: 200, secret: '王女士', wanted: false });
    await it.send('advance');
    const { first } = await it.children();
    expect(first?.status).toBe('requested');
    expect((await refusal(it.service.getInstance(first?.id ?? '', ADMIN))).code).toBe('not-found');
    await it.settle();
    const child = await it.service.getInstance(first?.id ?? '', ADMIN);
    expect(child).toMatchObject({
      process: 'child',
      tenant: 'main',
      owner: 'carla',
      team: 'east',
      startedBy: 'carla',
      fields: { sum: { amount: 20_000, currency: 'CNY' }, name: '王女士' },
      parent: { instance: it.id, step: 'both', child: 'first', depth: 1 },
    });
    const [begun] = (await it.service.history(child.id, 0, 10, ADMIN)).entries;
    expect(begun).toMatchObject({ type: 'start', actor: 'carla', via: 'phasegate', changes: { parent: child.parent } });
    expect(JSON.stringify(begun)).not.toContain('王女士');
    expect((await it.children()).first).toMatchObject({ status: 'started', startedAt: child.startedAt });
    const { entries } = await it.service.history(it.id, 0, 10, ADMIN);
    expect(entries.map(({ type, actor, via, command }) => [type, actor, via, command])).toEqual([
      ['start', 'carla', null, expect.anything()],
      ['advance', 'carla', null, { step: 'plan' }],
      ['child-started', 'phasegate', null, { child: child.id, name: 'first', startedAt: child.startedAt }],
    ]);
    for (const id of [it.id, child.id]) expect(await it.service.verifyInstance(id, null)).toMatchObject({ ok: true });
  });

  it('open the way of who waits for all, then for any, and are cancelled or kept', async () => {
    const it = await family(await url());
    await it.send('advance');
    await it.settle();
    const { first, second } = await it.children();
    await it.close(first?.id ?? '');
    await it.settle();
    expect((await refusal(it.send('advance'))).code).toBe('gate-shut');
    await it.service.send(second?.id ?? '', { type: 'advance' }, request(ADMIN));
    await it.settle();
    expect(await it.children()).toMatchObject({
      first: { status: 'ended', outcome: 'poor' },
      second: { status: 'ended', outcome: 'fine' },
    });
    await it.send('advance');
    await it.settle();
    const { fast, slow } = await it.children();
    await it.close(slow?.id ?? '');
    await it.settle();
    await it.send('advance');
    await it.settle();
    const cancelled = await it.service.getInstance(fast?.id ?? '', ADMIN);
    expect(cancelled).toMatchObject({ status: 'closed', outcome: null, reason: 'parent' });
    expect((await it.children()).fast).toMatchObject({ status: 'cancelled', need: 'dropped', outcome: null });
    expect((await it.send('advance')).instance.status).toBe('closed');
    await it.settle();
    const { care } = await it.children();
    expect((await it.service.getInstance(care?.id ?? '', ADMIN)).status).toBe('active');
    expect(await it.store.openLinks(null, 10)).toEqual([]);
    // Long after: what became of it is still told.
    await it.close(care?.id ?? '');
    await it.settle();
    expect((await it.children()).care).toMatchObject({ status: 'ended', outcome: 'poor' });
    expect(await it.service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
  });

  it('that are opened again are waited for anew', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    await it.settle();
    const child = (await it.children()).first?.id ?? '';
    const other = (type: string, members = {}) => it.service.send(child, { type, ...members }, request(ADMIN));
    await it.close(child);
    await it.settle();
    await other('reopen', { reason: 'too soon' });
    await it.settle();
    expect((await it.children()).first).toMatchObject({ status: 'started', outcome: null, endedAt: null });
    expect((await refusal(it.send('advance'))).code).toBe('gate-shut');
    await other('advance');
    await it.settle();
    expect((await it.children()).first).toMatchObject({ status: 'ended', outcome: 'fine' });
    expect(await it.store.openLinks(null, 10)).toEqual([]);
    expect((await it.send('advance')).instance.position[0]?.step).toBe('race');
  });

  it('begin anew with rework, and those before are cancelled', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    await it.settle();
    const before = (await it.children()).first;
    await it.send('rework', { to: 'plan', reason: 'again' });
    await it.send('advance');
    await it.settle();
    const { records } = await it.parent();
    expect(Object.values(records.children).map(({ round, status, need }) => [round, status, need])).toEqual([
      [1, 'cancelled', 'dropped'],
      [2, 'started', 'wanted'],
    ]);
    expect((await it.service.getInstance(before?.id ?? '', ADMIN)).status).toBe('closed');
  });

  it('that nobody wants any more before they are started are started and cancelled: another node may have begun', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    const child = (await it.children()).first?.id ?? '';
    await it.send('rework', { to: 'plan', reason: 'again' });
    await it.settle();
    expect((await it.children()).first).toMatchObject({ status: 'cancelled', need: 'dropped' });
    const { entries } = await it.service.history(child, 0, 10, ADMIN);
    expect(entries.map(({ type, actor, via }) => [type, actor, via])).toEqual([
      ['start', 'carla', 'phasegate'],
      ['cancel', 'phasegate', null],
    ]);
  });

  it('are started once, however often and by how many it is tried', async () => {
    const it = await family(await url());
    await it.send('advance');
    await Promise.all(Array.from({ length: 4 }, () => it.service.settleLinks(null, 64)));
    await it.settle();
    const { first, second } = await it.children();
    for (const child of [first, second]) {
      const { entries } = await it.service.history(child?.id ?? '', 0, 10, ADMIN);
      expect(entries.map(({ type }) => type)).toEqual(['start']);
    }
    const { entries } = await it.service.history(it.id, 0, 50, ADMIN);
    const accepted = entries.filter((entry) => entry.accepted).map(({ type }) => type);
    expect(accepted).toEqual(['start', 'advance', 'child-started', 'child-started']);
  });

  it('are a list of their parent, page by page, for those who see them', async () => {
    const it = await family(await url());
    await it.send('advance');
    await it.settle();
    const list = (more: object, who = ADMIN) =>
      it.service.listInstances({ ...anyInstance, parent: it.id, ...more }, who);
    const { first, second } = await it.children();
    const ids = [first?.id ?? '', second?.id ?? ''].sort();
    expect((await list({})).instances.map(({ id }) => id)).toEqual(ids);
    const page = await list({ limit: 1 });
    expect((await list({ cursor: page.next })).instances.map(({ id }) => id)).toEqual(ids.slice(1));
    expect((await list({ status: 'closed' })).instances).toEqual([]);
    expect((await list({}, { ...ADMIN, tenant: 'other' })).instances).toEqual([]);
    expect((await list({}, actor('nobody'))).instances).toEqual([]);
    expect((await list({}, CARLA)).instances.map(({ id }) => id)).toEqual(ids);
  });

  it('show when they were given to another parent', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    await it.settle();
    const child = (await it.children()).first?.id ?? '';
    await it.database.writer('instances').where({ id: child }).update({ parent: child });
    expect((await it.service.verifyInstance(child, ADMIN)).broken?.why.en).toContain('parent');
  });
});

it('a process that starts itself does so eight levels deep, then that is an incident', async () => {
  const it = await setup();
  await it.service.publish(
    PARENT.replaceAll(
      '{ process: child, with: { sum: amount, name: secret }, on_leave: cancel }',
      '{ process: parent }',
    ).replace(
      'title: { zh: 计划, en: Plan }',
      'title: { zh: 计划, en: Plan }\n        wait: none\n        starts: { again: { process: parent } }',
    ),
    ADMIN,
  );
  let { id } = (await it.service.start({ process: 'parent', fields: {} }, request(CARLA))).instance;
  await settle(it);
  for (let level = 1; level < 8; level += 1) {
    const { records } = await it.service.getInstance(id, ADMIN);
    const [[child, record] = ['', null]] = Object.entries(records.children);
    expect(record).toMatchObject({ status: 'started' });
    id = child;
  }
  const { records, parent } = await it.service.getInstance(id, ADMIN);
  expect(parent?.depth).toBe(7);
  expect(Object.values(records.children)).toMatchObject([
    { status: 'failed', incident: { en: expect.stringContaining('8 levels') } },
  ]);
});

it('two nodes on one PostgreSQL database start, cancel and tell once', async () => {
  const it = await family(await freshPostgres());
  const other = await node(it.options);
  onTestFinished(async () => {
    await other.service.stop();
    await other.store.close();
  });
  const both = async () => {
    await Promise.all([settle(it), settle(other), settle(it), settle(other)]);
    await settle(it);
  };
  await it.send('advance');
  await both();
  const { first, second } = await it.children();
  await Promise.all([it.close(first?.id ?? ''), other.service.send(second?.id ?? '', { type: 'advance' }, request())]);
  await both();
  await other.service.send(it.id, { type: 'advance' }, request(CARLA));
  await both();
  await it.send('close', { outcome: 'dropped', reason: 'x' });
  await both();
  const { fast, slow } = await it.children();
  expect([fast?.status, slow?.status]).toEqual(['cancelled', 'cancelled']);
  const acceptedOf = async (id: string) =>
    (await it.service.history(id, 0, 50, ADMIN)).entries.filter(({ accepted }) => accepted).map(({ type }) => type);
  const counted = (types: readonly string[]) => (type: string) => types.filter((found) => found === type).length;
  expect(['child-started', 'child-ended'].map(counted(await acceptedOf(it.id)))).toEqual([4, 4]);
  for (const child of [fast, slow]) expect(await acceptedOf(child?.id ?? '')).toEqual(['start', 'cancel']);
  expect(await it.store.openLinks(null, 10)).toEqual([]);
  expect(await it.service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
});
