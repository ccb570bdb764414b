import { describe, expect, it } from 'vitest';
import { ADMIN, BOSS, CLERK } from '../engine/process.ts';
import { anyInstance, databases, node, refusal, request, setup } from './setup.ts';

type Setup = Awaited<ReturnType<typeof setup>>;

const FORM = { type: 'complete', activity: 'form', with: { staff: 60, price: 80000, secret: '王女士' } };
const DAY = 86_400_000;

/** Stands in `make`, moved there by the clerk. */
async function atMake({ service, begin }: Setup, key = 'N-1'): Promise<string> {
  const id = await begin({ ready: true, limit: 100000, number: key });
  for (const event of [
    FORM,
    { type: 'complete', activity: 'pick', choices: ['a', 'c'] },
    { type: 'complete', activity: 'copy' },
    { type: 'advance' },
  ]) {
    await service.send(id, event, request(CLERK));
  }
  return id;
}

/** The same database once more, as after a restart: nothing in memory. PostgreSQL takes a second node as it is. */
async function restarted(made: Setup) {
  await made.service.stop();
  await made.store.close();
  const again = await node(made.options);
  return again;
}

describe.each(databases)('moves on %s', (_name, url) => {
  it('are known after a restart, and the record proves them', async () => {
    const made = await setup(await url());
    const held = await atMake(made);
    const other = await atMake(made, 'N-2');
    await made.service.send(held, { type: 'hold', reason: 'waiting', until: '2026-03-01' }, request(BOSS));
    await made.service.send(other, { type: 'override', criteria: ['build'], reason: 'agreed' }, request(BOSS));
    const { service, store } = await restarted(made);

    const shown = await service.getInstance(held, BOSS);
    expect(shown).toMatchObject({ status: 'on-hold', hold: { by: 'bo', reason: 'waiting', until: '2026-03-01' } });
    expect(shown.actions.filter(({ allowed }) => allowed).map(({ type }) => type)).toEqual(['resume', 'close', 'note']);
    const listed = async (status: 'active' | 'on-hold') =>
      (await service.listInstances({ ...anyInstance, status }, ADMIN)).instances.map(({ id }) => id);
    expect([await listed('on-hold'), await listed('active')]).toEqual([[held], [other]]);
    expect(await refusal(service.send(held, { type: 'advance' }, request(BOSS)))).toMatchObject({
      code: 'not-allowed-now',
      detail: { en: expect.stringContaining('on hold since') },
    });
    await service.send(held, { type: 'resume' }, request(BOSS));
    expect([await listed('on-hold'), await listed('active')]).toEqual([[], [held, other]]);

    expect(Object.values((await service.getInstance(other, BOSS)).overrides)).toMatchObject([{ criteria: ['build'] }]);
    const { entries } = await service.send(other, { type: 'advance' }, request(BOSS));
    expect(JSON.stringify(entries[0]?.verdicts)).toContain('"overridden":{"by":"bo"');
    expect(await service.send(other, { type: 'recall' }, request(BOSS))).toMatchObject({
      instance: { position: [{ phase: 'work', step: 'make' }], outcome: null },
    });
    expect(await service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
    await service.stop();
    await store.close();
  });

  it('take the last move back after a restart, until somebody else has acted', async () => {
    const made = await setup(await url());
    const id = await atMake(made);
    const { service, store } = await restarted(made);
    expect(await refusal(service.send(id, { type: 'recall' }, request(BOSS)))).toMatchObject({
      code: 'not-allowed-now',
    });
    const { instance } = await service.send(id, { type: 'recall' }, request(CLERK));
    expect(instance.position).toEqual([{ phase: 'begin', step: 'intake' }]);
    expect(instance.fields).toMatchObject({ staff: 60, secret: '王女士' });
    await service.send(id, { type: 'advance' }, request(CLERK));
    await service.send(id, { type: 'note', text: 'seen' }, request(BOSS));
    const said = await refusal(service.send(id, { type: 'recall' }, request(CLERK)));
    expect(said.detail.en).toMatch(/^nobody else should have acted since; bo did/);
    expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    await service.stop();
    await store.close();
  });

  it('open a closed deal again for so many days, while its key is free', async () => {
    const made = await setup(await url());
    const { service, clock } = made;
    const id = await atMake(made);
    await service.send(id, { type: 'close', outcome: 'dropped', reason: 'cost' }, request(CLERK));
    clock.move(30 * DAY);
    const rival = (await service.start({ process: 'small', key: 'N-1' }, request())).instance.id;
    expect(await refusal(service.send(id, { type: 'reopen', reason: 'x' }, request(BOSS)))).toMatchObject({
      code: 'key-in-use',
    });
    await service.send(rival, { type: 'close', outcome: 'dropped', reason: 'time' }, request());
    const { instance } = await service.send(id, { type: 'reopen', reason: 'they came back' }, request(BOSS));
    expect(instance).toMatchObject({ status: 'active', outcome: null, position: [{ phase: 'work', step: 'make' }] });
    // It holds its key again.
    expect(await refusal(service.start({ process: 'small', key: 'N-1' }, request()))).toMatchObject({
      code: 'key-in-use',
    });
    clock.move(DAY);
    const late = await refusal(service.send(rival, { type: 'reopen', reason: 'x' }, request(BOSS)));
    expect(late.code).toBe('key-in-use');
    clock.move(30 * DAY);
    const tooLate = await refusal(service.send(rival, { type: 'reopen', reason: 'x' }, request(BOSS)));
    expect([tooLate.code, tooLate.detail.en]).toEqual(['not-allowed-now', expect.stringContaining('within 30 days')]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true, broken: null });
  });

  it('hold keeps the business key', async () => {
    const made = await setup(await url());
    const id = await atMake(made);
    await made.service.send(id, { type: 'hold', reason: 'x' }, request(BOSS));
    expect(await refusal(made.service.start({ process: 'small', key: 'N-1' }, request()))).toMatchObject({
      code: 'key-in-use',
    });
  });
});
