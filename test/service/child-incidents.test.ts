import { describe, expect, it, onTestFinished } from 'vitest';
import { bucketOf } from '../../src/ids.ts';
import { CHILD, PARENT } from '../engine/parent.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { CARLA, family, settle } from './children.ts';
import { databases, node, refusal, request, setup } from './setup.ts';

describe.each(databases)('incidents with children on %s', (_name, url) => {
  it('that cannot be started do not sink their parent: an incident, tried again or given up', async () => {
    const it = await family(await url(), { amount: 5000, wanted: true });
    await it.send('advance');
    await it.settle();
    const { first, second } = await it.children();
    expect(first).toMatchObject({ status: 'failed', incident: { en: expect.stringContaining('sum') } });
    expect(second?.status).toBe('started');
    const refused = await refusal(it.send('advance'));
    expect([refused.code, refused.detail.en]).toEqual(['gate-shut', expect.stringContaining('retry-child')]);
    expect((await refusal(it.send('retry-child', { child: first?.id }, actor('carl', 'clerk')))).code).toBe(
      'role-required',
    );
    await it.send('retry-child', { child: first?.id });
    await it.settle();
    expect((await it.children()).first?.status).toBe('failed');
    await it.send('set', { fields: { amount: 500 } });
    await it.send('retry-child', { child: first?.id, reason: 'mended' });
    await it.settle();
    expect((await it.children()).first?.status).toBe('started');
    expect((await it.service.getInstance(first?.id ?? '', ADMIN)).fields.sum).toEqual({
      amount: 50_000,
      currency: 'CNY',
    });
  });

  it('of a process that is not there, or with a personal value that would become another, say so', async () => {
    const it = await setup(await url());
    const yaml = PARENT.replace(
      '{ process: child, with: { sum: amount, name: secret }, on_leave: cancel }',
      '{ process: chil }',
    ).replace('second: { process: child, when: wanted }', 'second: { process: child, with: { number: secret } }');
    await it.service.publish(yaml, ADMIN);
    await it.service.publish(CHILD, ADMIN);
    const { id } = (await it.service.start({ process: 'parent', fields: { secret: '王女士' } }, request(CARLA)))
      .instance;
    await it.service.send(id, { type: 'advance' }, request(CARLA));
    await settle(it);
    const { records } = await it.service.getInstance(id, ADMIN);
    expect(Object.values(records.children).map(({ status, incident }) => [status, incident?.en])).toEqual([
      ['failed', 'there is no process chil; did you mean child? GET /v1/processes lists those that are published'],
      ['failed', 'the field secret is personal, and so should be the field number of child (personal: true)'],
    ]);
    for (const child of Object.keys(records.children))
      await it.service.send(id, { type: 'dismiss-child', child, reason: 'by hand' }, request(CARLA));
    expect((await it.service.send(id, { type: 'advance' }, request(CARLA))).instance.position[0]?.step).toBe('race');
  });

  it('whose values are hidden from some do not repeat them in the incident', async () => {
    const it = await setup(await url());
    await it.service.publish(
      PARENT.replace('{ title: { zh: 思考, en: Think },', '{ title: { zh: 思考, en: Think }, see: [boss, clerk],'),
      ADMIN,
    );
    await it.service.publish(CHILD, ADMIN);
    const { id } = (await it.service.start({ process: 'parent', fields: { amount: 5_432 } }, request(CARLA))).instance;
    await it.service.send(id, { type: 'advance' }, request(CARLA));
    await settle(it);
    const [record] = Object.values((await it.service.getInstance(id, ADMIN)).records.children);
    expect(record?.incident?.en).toBe('some value does not fit the fields of child; given were amount, secret');
  });

  it('lose and repeat nothing when a crash comes before it is noted that something was done', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    await it.settle();
    const child = (await it.children()).first?.id ?? '';
    await it.close(child);
    await it.settle();
    const lengths = async () =>
      Promise.all([it.id, child].map(async (id) => (await it.service.history(id, 0, 50, ADMIN)).entries.length));
    const before = await lengths();
    const rows = (['start', 'cancel', 'tell'] as const).map((state) => ({ parent: it.id, child, state, seq: 2 }));
    await it.database.writer('child_links').insert(rows.map((row) => ({ ...row, bucket: bucketOf(row.parent) })));
    await it.settle();
    expect(await it.store.openLinks(null, 10)).toEqual([]);
    expect(await lengths()).toEqual(before);
  });

  it('are started by the next server when one stops between the two commits, and told when it stops before that', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    const { first } = await it.children();
    await it.service.stop();
    await it.store.close();
    const next = await node(it.options);
    const child = first?.id ?? '';
    expect(await next.store.openLinks(null, 10)).toEqual([{ parent: it.id, child, state: 'start', seq: 2 }]);
    await settle(next);
    await next.service.send(child, { type: 'close', outcome: 'poor', reason: 'x' }, request(ADMIN));
    await next.service.stop();
    await next.store.close();
    const last = await node(it.options);
    onTestFinished(async () => {
      await last.service.stop();
      await last.store.close();
    });
    expect(await last.store.openLinks(null, 10)).toEqual([{ parent: it.id, child, state: 'tell', seq: 2 }]);
    await settle(last);
    expect(await last.store.openLinks(null, 10)).toEqual([]);
    expect((await last.service.getInstance(it.id, ADMIN)).records.children[child]).toMatchObject({ status: 'ended' });
  });

  it('that are quarantined are an incident, and go on once they are mended', async () => {
    const it = await family(await url(), { wanted: false });
    await it.send('advance');
    await it.settle();
    const child = (await it.children()).first?.id ?? '';
    const kept = await it.database.reader('history').where({ instance: child, seq: 1 }).first('patch');
    await it.service.stop();
    await it.store.close();
    const other = await node(it.options);
    onTestFinished(async () => {
      await other.service.stop();
      await other.store.close();
    });
    await other.database.writer('history').where({ instance: child, seq: 1 }).update({ patch: 'broken' });
    expect((await refusal(other.service.send(child, { type: 'note', text: 'x' }, request()))).code).toBe(
      'instance-quarantined',
    );
    await settle(other);
    const record = async () => (await other.service.getInstance(it.id, ADMIN)).records.children[child];
    expect(await record()).toMatchObject({ status: 'failed', incident: { en: expect.stringContaining('damaged') } });
    await other.database.writer('history').where({ instance: child, seq: 1 }).update({ patch: kept.patch });
    await other.service.send(it.id, { type: 'retry-child', child }, request(CARLA));
    await settle(other);
    expect(await record()).toMatchObject({ status: 'started', incident: null });
  });
});
