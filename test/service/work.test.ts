import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import type { WorkQuery } from '../../src/service/index.ts';
import { COLLEAGUE, FINANCE, GUARDED, GUEST, MANAGER, NOBODY, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN, actor, BOSS, CLERK, DEPUTY } from '../engine/process.ts';
import { anyWork, databases, refusal, request, setup } from './setup.ts';
import { BOTH, listed, MINUTE, type Setup, said } from './work.ts';

/** A case in `make`, whose sign-off is needed; asked for by the administrator. */
async function signOff({ service, begin }: Setup): Promise<string> {
  const id = await begin({ ready: true, limit: 100, staff: 40, price: 10, due: '2026-03-01' });
  for (const event of [
    { type: 'complete', activity: 'form' },
    { type: 'complete', activity: 'pick', choices: ['a', 'b'] },
    { type: 'complete', activity: 'copy' },
    { type: 'advance', step: 'intake' },
    { type: 'complete', activity: 'build', choices: ['fast'] },
    { type: 'skip', activity: 'budget', reason: 'x' },
    { type: 'request-approval', approval: 'sign-off' },
  ]) {
    await service.send(id, event, request());
  }
  return id;
}

describe.each(databases)('work on %s', (_name, url) => {
  it('is what waits for the roles of the caller and for it by name, once, the oldest first', async () => {
    const made = await setup(await url());
    const { service, clock, begin } = made;
    const first = await begin();
    clock.move(MINUTE);
    const second = await begin();
    await service.send(second, { type: 'assign', owner: 'bea' }, request());
    const small = { process: 'small', version: 1, key: null, title: { zh: '小流程', en: 'Small' }, status: 'active' };
    const [item, ...others] = await listed(service, CLERK);
    expect(item).toEqual({
      instance: { ...small, id: first, owner: 'ada' },
      phase: 'begin',
      step: 'intake',
      title: { zh: '受理', en: 'Intake' },
      since: '2026-02-13T09:30:00.000Z',
      due: null,
      activities: [
        { id: 'form', title: { zh: '表单', en: 'Form' } },
        { id: 'pick', title: { zh: '选择', en: 'Pick' } },
      ],
      approvals: [],
      advance: false,
      enter: false,
    });
    expect(said(others)).toEqual(['papers: collect copy', 'intake: form pick', 'papers: collect copy']);
    expect(others.map(({ instance }) => instance.id)).toEqual([first, second, second]);
    expect(said(await listed(service, BOSS))).toEqual(['papers: collect copy', 'papers: collect copy']);
    for (const by of [BOTH, ADMIN]) {
      for (const limit of [1, 2, 200])
        expect((await listed(service, by, { limit })).map(({ instance, step }) => [instance.id, step])).toEqual([
          [first, 'intake'],
          [first, 'papers'],
          [second, 'intake'],
          [second, 'papers'],
        ]);
    }
    expect(said(await listed(service, BOTH, { role: 'boss' }))).toEqual([
      'papers: collect copy',
      'papers: collect copy',
    ]);
    expect(await listed(service, BOTH, { role: 'boss', process: 'other' })).toEqual([]);
    expect(await listed(service, actor('gus', 'guest'))).toEqual([]);
    expect(await listed(service, { ...CLERK, tenant: 'acme' })).toEqual([]);
    expect(await listed(service, { ...ADMIN, tenant: 'acme' })).toEqual([]);
  });

  it('is an approval for who may decide it, and for its mover again when that is done', async () => {
    const made = await setup(await url());
    const { service } = made;
    const id = await signOff(made);
    expect(said(await listed(service, CLERK))).toEqual(['make: sign-off?']);
    expect(said(await listed(service, BOSS))).toEqual(['make: sign-off?']);
    expect(said(await listed(service, DEPUTY))).toEqual(['make: sign-off?']);
    // Who asked for it may not give it, whatever roles they hold.
    expect(await listed(service, ADMIN)).toEqual([]);
    expect((await listed(service, DEPUTY, { limit: 1 })).length).toBe(1);
    await service.send(id, { type: 'reassign', approval: 'sign-off', from: 'clerk', to: 'wang' }, request());
    expect([await listed(service, CLERK), said(await listed(service, actor('wang')))]).toEqual([
      [],
      ['make: sign-off?'],
    ]);
    expect(said(await listed(service, ADMIN, { actor: 'wang' }))).toEqual(['make: sign-off?']);
    await service.send(id, { type: 'approve', approval: 'sign-off' }, request(actor('wang')));
    expect(said(await listed(service, BOSS))).toEqual(['make: advance']);
    expect([await listed(service, CLERK), await listed(service, actor('wang'))]).toEqual([[], []]);
    await service.send(id, { type: 'hold', reason: 'x' }, request());
    expect(await listed(service, BOSS)).toEqual([]);
    await service.send(id, { type: 'resume' }, request());
    expect(said(await listed(service, BOSS))).toEqual(['make: advance']);
    await service.send(id, { type: 'advance' }, request());
    expect(said(await listed(service, BOSS))).toEqual(['check: look']);
  });

  it('is told of a role that the caller holds, and of oneself', async () => {
    const { service, begin } = await setup(await url());
    await begin();
    const ask = (by: Actor, query: Partial<WorkQuery>) => service.listWork({ ...anyWork, ...query }, by);
    expect(await refusal(ask(CLERK, { role: 'boss' }))).toMatchObject({
      code: 'role-required',
      detail: { en: 'role should be one that carla holds (clerk); found boss' },
      extra: { roles: ['boss'] },
    });
    expect(await refusal(ask(CLERK, { actor: 'bo' }))).toMatchObject({
      code: 'role-required',
      extra: { roles: ['admin'] },
    });
    expect((await ask(CLERK, { actor: 'carla' })).work).toEqual([]);
    expect(said((await ask(CLERK, { actor: 'carla', role: 'clerk' })).work)).toHaveLength(2);
    expect(said((await ask(ADMIN, { role: 'boss' })).work)).toEqual(['papers: collect copy']);
    for (const cursor of ['x', '~~~', '~2026-02-13T09:30:00.000Z~x~y', `${'9'.repeat(90)}~a~b~c`])
      expect(await refusal(ask(CLERK, { cursor }))).toMatchObject({ code: 'malformed-request' });
  });

  it('is that of the teams and instances that the caller sees, without what is hidden', async () => {
    const { service } = await setup(await url());
    await service.publish(GUARDED, ADMIN);
    const { instance } = await service.start({ process: 'loan' }, request(REP));
    const other = await service.start({ process: 'loan' }, request(STRANGER));
    const names = new Map([
      [instance.id, 'own'],
      [other.instance.id, 'other'],
    ]);
    const whose = async (by: Actor, query: Partial<WorkQuery> = {}) =>
      (await listed(service, by, query)).map((item) => [names.get(item.instance.id), ...said([item])].join(' '));
    expect(await whose(REP)).toEqual(['own apply: form']);
    expect(await whose(STRANGER)).toEqual(['other apply: form']);
    expect(await whose(FINANCE)).toEqual(['own apply: credit', 'other apply: credit']);
    for (const by of [COLLEAGUE, GUEST, NOBODY, MANAGER]) expect(await whose(by)).toEqual([]);
    // Whoever holds the role of another team's process is not told of its instances.
    await service.send(instance.id, { type: 'assign', owner: 'ni', team: 'east' }, request(MANAGER));
    expect([await whose(REP), await whose(NOBODY)]).toEqual([[], ['own apply: form']]);
    expect(await whose(ADMIN, { role: 'finance' })).toEqual(['own apply: credit', 'other apply: credit']);
    await service.send(instance.id, { type: 'complete', activity: 'form', with: { amount: 5 } }, request(NOBODY));
    await service.send(instance.id, { type: 'complete', activity: 'credit', with: { rating: 7 } }, request(FINANCE));
    await service.send(instance.id, { type: 'advance' }, request(NOBODY));
    expect(await whose(MANAGER)).toEqual(['own decide: judge']);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('of an instance that cannot be read is not listed, and passed by', async () => {
    const made = await setup(await url());
    const { service, database, begin } = made;
    const [broken, sound] = [await begin(), await begin()];
    await database.writer('history').where({ instance: broken }).update({ patch: '{' });
    expect((await listed(service, BOSS)).map(({ instance }) => instance.id)).toEqual([sound]);
    expect((await listed(service, BOTH, { limit: 1 })).map(({ instance }) => instance.id)).toEqual([sound, sound]);
  });
});
