import { describe, expect, it } from 'vitest';
import { ADMIN, BOSS, CLERK, DEPUTY } from '../engine/process.ts';
import { databases, node, refusal, request, setup, withKey } from './setup.ts';

type Setup = Awaited<ReturnType<typeof setup>>;

/** A case in `make` whose sign-off the boss alone, or the clerk alone, may give: due is known, staff is few. */
async function atMake({ service, begin }: Setup): Promise<string> {
  const id = await begin({ ready: true, limit: 100, staff: 40, price: 10, due: '2026-03-01' });
  const events = [
    { type: 'complete', activity: 'form' },
    { type: 'complete', activity: 'pick', choices: ['a', 'b'] },
    { type: 'complete', activity: 'copy' },
    { type: 'advance', step: 'intake' },
    { type: 'complete', activity: 'build', choices: ['fast'] },
  ];
  for (const event of events) await service.send(id, event, request());
  return id;
}

describe.each(databases)('approvals on %s', (_name, url) => {
  it('granted, survive a restart, and are what lets the case go on', async () => {
    const made = await setup(await url());
    const id = await atMake(made);
    const asked = await refusal(made.service.send(id, { type: 'advance' }, request(BOSS)));
    expect([asked.code, asked.extra.revision]).toEqual(['approval-requested', 8]);
    const own = await refusal(made.service.send(id, { type: 'approve', approval: 'sign-off' }, request(BOSS)));
    expect(own.code).toBe('approval-own-request');
    await made.service.send(id, { type: 'approve', approval: 'sign-off', comment: '同意' }, request(CLERK));

    await made.service.stop();
    await made.store.close();
    const { service, store } = await node(made.options);
    const { approvals, records, actions } = await service.getInstance(id, BOSS);
    expect(approvals).toEqual({ 'sign-off': 'approved' });
    expect(records.approvals['sign-off']).toMatchObject({
      status: 'approved',
      requestedBy: 'bo',
      covers: { due: '2026-03-01', staff: 40 },
      turns: [
        { role: 'boss', decision: null },
        { role: 'clerk', decision: { by: 'carla', comment: '同意' } },
      ],
    });
    expect(actions.find(({ type }) => type === 'advance')?.allowed).toBe(true);
    const { instance } = await service.send(id, { type: 'advance' }, request(BOSS));
    expect(instance.position).toEqual([{ phase: 'work', step: 'check' }]);
    expect(await service.verifyInstance(id, null)).toEqual({ ok: true, checked: instance.seq, broken: null });
    await service.stop();
    await store.close();
  });

  it('asked for by a refused advance are asked for once, however often it is repeated with its key', async () => {
    const made = await setup(await url());
    const id = await atMake(made);
    const event = { type: 'advance' };
    const first = await refusal(made.service.send(id, event, withKey('k-1', event, BOSS)));
    const again = await refusal(made.service.send(id, event, withKey('k-1', event, BOSS)));
    expect([first.code, again.code, again.extra.replayed]).toEqual(['approval-requested', 'approval-requested', true]);
    const { entries } = await made.service.history(id, 7, 10, ADMIN);
    expect(entries.map(({ type, accepted, revision }) => [type, accepted, revision])).toEqual([
      ['advance', false, 7],
      ['request-approval', true, 8],
    ]);
    expect((await refusal(made.service.send(id, event, request(BOSS)))).code).toBe('gate-shut');
    expect(await made.service.verifyInstance(id, null)).toMatchObject({ ok: true });
  });

  it('two people who approve at once: one is first, the other is told', async () => {
    const made = await setup(await url());
    const id = await atMake(made);
    await made.service.send(id, { type: 'request-approval', approval: 'sign-off' }, request(ADMIN));
    const approve = { type: 'approve', approval: 'sign-off' };
    const answers = await Promise.allSettled(
      [CLERK, BOSS, DEPUTY].map((actor) => made.service.send(id, approve, request(actor))),
    );
    const codes = answers.map((answer) => (answer.status === 'fulfilled' ? 'accepted' : answer.reason.code));
    expect(codes).toEqual(['accepted', 'approval-decided', 'approval-decided']);
  });
});
