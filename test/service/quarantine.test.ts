import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { ADMIN } from '../engine/process.ts';
import { node, refusal, request, setup } from './setup.ts';

const NOTE = { type: 'note', text: 'x' };

/** The same database after a restart: nothing is remembered. */
async function restarted(made: Awaited<ReturnType<typeof setup>>) {
  await made.service.stop();
  await made.store.close();
  return node(made.options);
}

it.each([
  ['a marking that no version knows', (doc: string) => doc.replaceAll('"intake"', '"nowhere"'), 'no state of process'],
  ['a document that is no JSON', () => '{', 'damaged'],
  ['a marking that is none', (doc: string) => doc.replace(/"marking":\{[^}]*\}\}/, '"marking":null'), 'damaged'],
  ['a record that is none', (doc: string) => doc.replace('"steps":{', '"steps":{"gone":7,'), 'damaged'],
  ['another key than its row', (doc: string) => doc.replace('"key":null', '"key":"K-1"'), 'damaged'],
])('an instance with %s is set apart with a reason, and others run on', async (_what, damage, why) => {
  const made = await setup();
  const [victim, other] = [await made.begin(), await made.begin()];
  const row = await made.database.reader('history').where({ instance: victim }).first();
  await made.database
    .writer('history')
    .where({ instance: victim })
    .update({ patch: damage(row.patch) });
  const { service, store, database } = await restarted(made);
  const answers = await Promise.allSettled([
    service.send(victim, NOTE, request()),
    service.send(other, NOTE, request()),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(await refusal(service.send(victim, NOTE, request()))).toMatchObject({ code: 'instance-quarantined' });
  const detail = await service.getInstance(victim, ADMIN);
  expect(detail).toMatchObject({ status: 'quarantined', actions: [] });
  expect(detail.quarantine).toContain(why);
  const all = {
    parent: null,
    owner: null,
    process: null,
    phase: null,
    step: null,
    outcome: null,
    key: null,
    version: null,
    class: null,
    deadline: null,
    text: null,
    cursor: null,
    limit: 10,
  };
  expect((await service.listInstances({ ...all, status: 'quarantined' }, ADMIN)).instances.map(({ id }) => id)).toEqual(
    [victim],
  );
  await database.writer('history').where({ instance: victim }).update({ patch: row.patch });
  expect((await service.send(victim, NOTE, request())).instance.revision).toBe(2);
  expect((await service.listInstances({ ...all, status: 'quarantined' }, ADMIN)).instances).toEqual([]);
  await service.stop();
  await store.close();
});

it.each([
  [
    'its patches are gone',
    async (writer: Knex, instance: string) => writer('history').where({ instance }).update({ patch: null }),
  ],
  [
    'a patch is no JSON',
    async (writer: Knex, instance: string) => writer('history').where({ instance, seq: 2 }).update({ patch: '{"a":' }),
  ],
  [
    'a patch is no object',
    async (writer: Knex, instance: string) => writer('history').where({ instance, seq: 2 }).update({ patch: '[]' }),
  ],
])('an instance is set apart when %s', async (_what, damage) => {
  const made = await setup();
  const victim = await made.begin();
  await made.service.send(victim, { type: 'set', fields: { staff: 60 } }, request());
  await damage(made.database.writer, victim);
  const { service, store } = await restarted(made);
  const error = await refusal(service.send(victim, NOTE, request()));
  expect(error).toMatchObject({ code: 'instance-quarantined' });
  expect(error.detail.en).toContain('its document is damaged');
  await service.stop();
  await store.close();
});

it('instances of a definition whose row was edited are set apart until it is restored', async () => {
  const made = await setup();
  const victim = await made.begin();
  const row = await made.database.reader('definitions').first();
  const yaml = row.yaml.replace('staff >= 50', 'staff >= 5');
  await made.database.writer('definitions').update({ yaml });
  const { service, store, database } = await restarted(made);
  const error = await refusal(service.send(victim, NOTE, request()));
  expect(error.code).toBe('instance-quarantined');
  expect(error.detail.en).toContain('does not match its digest');
  expect(await refusal(service.start({ process: 'small' }, request()))).toMatchObject({ code: 'unavailable' });
  await database.writer('definitions').update({ yaml: row.yaml });
  expect((await service.send(victim, NOTE, request())).instance.revision).toBe(2);
  await service.stop();
  await store.close();
});

it('a damaged personal value or history text concerns its instance alone', async () => {
  const made = await setup();
  const [victim, other] = [await made.begin({ secret: 'S' }), await made.begin()];
  await made.database.writer('personal').where({ instance: victim }).update({ value: 'no JSON' });
  await made.database.writer('history').where({ instance: victim }).update({ text: 'no JSON' });
  const { service, store } = await restarted(made);
  const answers = await Promise.allSettled([
    service.send(victim, NOTE, request()),
    service.send(other, NOTE, request()),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect((await service.getInstance(victim, ADMIN)).quarantine).toContain('personal values is damaged');
  expect(await refusal(service.history(victim, 0, 10, ADMIN))).toMatchObject({ code: 'unavailable' });
  expect(await service.verifyInstance(victim, null)).toMatchObject({ ok: false, broken: { seq: 1 } });
  await service.stop();
  await store.close();
});
