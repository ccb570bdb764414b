import { describe, expect, it, onTestFinished } from 'vitest';
import type { ListQuery } from '../../src/service/index.ts';
import { ADMIN } from '../engine/process.ts';
import { SIDE } from '../engine/side.ts';
import { anyInstance, databases, node, request, setup } from './setup.ts';

describe.each(databases)('work side by side on %s', (_name, url) => {
  async function started() {
    const made = await setup(await url());
    await made.service.publish(SIDE, ADMIN);
    const { instance } = await made.service.start({ process: 'side', fields: { score: 30, urgent: false } }, request());
    let { service } = made;
    onTestFinished(async () => {
      await service.stop();
      await made.store.close();
    });
    return {
      ...made,
      id: instance.id,
      /** Each event by a service that remembers nothing of the one before. */
      async send(type: string, members: Record<string, unknown> = {}) {
        await service.stop();
        await made.store.close();
        const again = await node(made.options);
        Object.assign(made, again);
        ({ service } = again);
        return service.send(instance.id, { type, ...members }, request());
      },
      get service() {
        return service;
      },
      get database() {
        return made.database;
      },
    };
  }

  it('is found in its phase while nothing is open, and in its steps once they are', async () => {
    const { service, id } = await started();
    const ids = async (query: Partial<ListQuery>) =>
      (await service.listInstances({ ...anyInstance, process: 'side', ...query }, ADMIN)).instances.map(
        (instance) => instance.id,
      );
    expect(await ids({ phase: 'gather' })).toEqual([id]);
    expect(await ids({ step: 'ask' })).toEqual([]);
    expect((await service.getInstance(id, ADMIN)).waiting.map(({ step }) => step)).toEqual(['ask', 'look', 'read']);
    await service.send(id, { type: 'enter', step: 'ask' }, request());
    expect(await ids({ step: 'ask' })).toEqual([id]);
    expect(await ids({ phase: 'gather' })).toEqual([id]);
    await service.send(id, { type: 'close', outcome: 'early', reason: 'x' }, request());
    expect(await ids({ phase: 'gather' })).toEqual([]);
  });

  it('goes on after a restart at every step, and its history proves what it became', async () => {
    const it = await started();
    await it.send('enter', { step: 'ask' });
    await it.send('complete', { activity: 'call', choices: ['mail'] });
    await it.send('repeat');
    await it.send('complete', { activity: 'call', choices: ['phone'] });
    await it.send('advance', { step: 'ask' });
    await it.send('skip', { step: 'look', reason: 'nothing to see' });
    await it.send('enter', { step: 'read' });
    await it.send('complete', { activity: 'skim' });
    await it.send('advance', { step: 'read' });
    await it.send('complete', { activity: 'write', with: { budget: 3 } });
    await it.send('advance');
    await it.send('advance');
    const { instance } = await it.send('skip', { step: 'draft', reason: 'as it was' });
    expect(instance.position).toEqual([{ phase: 'judge', step: 'check' }]);
    const { records } = await it.service.getInstance(it.id, ADMIN);
    expect(records.steps.ask?.rounds.map(({ round, ended, activities }) => [round, ended, activities])).toEqual([
      [1, 'repeated', ['call']],
      [2, 'done', ['call']],
    ]);
    expect(records.steps.check).toMatchObject({ round: 2, routes: { draft: 1 } });
    expect(await it.service.verifyInstance(it.id, ADMIN)).toMatchObject({ ok: true, broken: null });
  });
});
