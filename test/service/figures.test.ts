import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import type { FigureInstancesQuery } from '../../src/service/figure-types.ts';
import type { Service } from '../../src/service/index.ts';
import { COLLEAGUE, FINANCE, GUARDED, GUEST, MANAGER, NOBODY, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN, SMALL } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

const DAY = 86_400_000;

/** The loan with an amount that finance alone supplies, a clock on its hidden activity, and what it refuses. */
const LOAN = GUARDED.replace(
  'rating: {',
  'granted: { type: money, currency: CNY, title: { zh: 批准额, en: Granted } }\n  rating: {',
).replace('supplies: [rating] }', 'supplies: [rating, granted], sla: { within: 2 days } }');
const RENAMED = SMALL.replace('\n      papers:\n', '\n      documents:\n        was: papers\n');

const all = { since: '2026-01-01', until: null, version: null };
const any: FigureInstancesQuery = {
  ...all,
  figure: 'started',
  step: null,
  clock: null,
  gate: null,
  criterion: null,
  outcome: null,
  reason: null,
  cursor: null,
  limit: 50,
};

/** Three loans: of the team east, of west, and of a team-less one; the first is paid after three days. */
async function loans(url: string | undefined) {
  const made = await setup(url);
  const { service, clock } = made;
  await service.publish(LOAN, ADMIN);
  const begin = async (by: Actor) => (await service.start({ process: 'loan' }, request(by))).instance.id;
  const ids = [await begin(REP), await begin(STRANGER), await begin({ ...ADMIN, team: null })];
  const [first = ''] = ids;
  const send = (event: { type: string; [member: string]: unknown }, by = ADMIN) =>
    service.send(first, event, request(by));
  await send({ type: 'complete', activity: 'form', with: { amount: 5 } });
  await refusal(send({ type: 'advance', step: 'apply' }));
  clock.move(3 * DAY);
  await send({ type: 'complete', activity: 'credit', with: { rating: 7, granted: 1234.5 } });
  await send({ type: 'advance', step: 'apply' });
  await send({ type: 'complete', activity: 'judge', with: { verdict: 'fine' } });
  await send({ type: 'advance', step: 'decide' });
  return { ...made, ids, send };
}

const told = async (service: Service, by: Actor) => {
  const { funnel, slas, refusals, outcomes, amount } = await service.getFigures('loan', all, by);
  return {
    entered: funnel.find(({ step }) => step === 'apply')?.entered,
    slas: slas.map(({ clock, late, runningLate }) => `${clock} ${late} ${runningLate}`),
    refusals: refusals.map(({ criterion, title }) => `${criterion}: ${title.en}`).sort(),
    paid: outcomes.find(({ outcome }) => outcome === 'paid')?.amounts,
    amount: amount?.id ?? null,
  };
};

describe.each(databases)('figures on %s', (_name, url) => {
  it('count what each sees, and tell nothing of what is hidden: no clock, no activity, no amount', async () => {
    const { service } = await loans(await url());
    const seen = {
      entered: 3,
      slas: ['activity/credit 1 2'],
      refusals: ['credit: Credit check', 'worthy: The rating is too low'],
      paid: [{ currency: 'CNY', amount: 123_450, instances: 1 }],
      amount: 'granted',
    };
    const hidden = { slas: [], refusals: ['worthy: The rating is too low'], paid: [], amount: null };
    expect(await told(service, ADMIN)).toEqual(seen);
    expect(await told(service, FINANCE)).toEqual(seen);
    expect(await told(service, MANAGER)).toEqual(seen);
    expect(await told(service, REP)).toEqual({ ...hidden, entered: 1 });
    expect(await told(service, COLLEAGUE)).toEqual({ ...hidden, entered: 1 });
    expect(await told(service, STRANGER)).toEqual({ ...hidden, entered: 1, refusals: [] });
    expect(await told(service, { ...FINANCE, tenant: 'acme' })).toEqual({
      ...seen,
      entered: 0,
      slas: [],
      refusals: [],
      paid: [],
    });
    for (const by of [GUEST, NOBODY]) {
      expect(await refusal(service.getFigures('loan', all, by))).toMatchObject({ code: 'role-required' });
      expect(await refusal(service.figureInstances('loan', any, by))).toMatchObject({ code: 'role-required' });
    }
  });

  it('list the instances of a figure as the actor sees them, and none of what is hidden', async () => {
    const { service, ids } = await loans(await url());
    const listed = async (query: Partial<FigureInstancesQuery>, by: Actor) =>
      (await service.figureInstances('loan', { ...any, ...query }, by)).instances.map(({ id }) => ids.indexOf(id));
    expect(await listed({}, ADMIN)).toEqual([0, 1, 2]);
    expect(await listed({}, REP)).toEqual([0]);
    expect(await listed({}, STRANGER)).toEqual([1]);
    expect(await listed({ figure: 'open', step: 'apply' }, MANAGER)).toEqual([1, 2]);
    expect(await listed({ figure: 'ended', outcome: 'paid' }, STRANGER)).toEqual([]);
    const clock = { figure: 'running-late', clock: 'activity/credit' } as const;
    expect(await listed(clock, FINANCE)).toEqual([1, 2]);
    const activity = { figure: 'refused', step: 'apply', gate: 'activity', criterion: 'credit' } as const;
    expect(await listed(activity, FINANCE)).toEqual([0]);
    for (const query of [clock, activity])
      expect(await refusal(service.figureInstances('loan', { ...any, ...query }, REP))).toMatchObject({
        code: 'role-required',
      });
    const { instances, stands } = await service.figureInstances('loan', { ...any, limit: 1 }, REP);
    expect([instances[0]?.fields.rating, Object.keys(stands)]).toEqual(['(hidden)', [ids[0]]]);
  });

  it('count deals under the version that they are on, and keep versions apart', async () => {
    const made = await setup(await url());
    const { service, clock } = made;
    const begin = async () => (await service.start({ process: 'small' }, request())).instance.id;
    await begin();
    await begin();
    await service.publish(RENAMED, ADMIN);
    clock.move(DAY);
    await begin();
    const entered = async (version: number | null) =>
      (await service.getFigures('small', { ...all, version }, ADMIN)).funnel.map(
        (row) => `${row.step} ${row.phase} ${row.entered}`,
      );
    const rest = ['make work 0', 'check work 0'];
    expect(await entered(1)).toEqual(['intake begin 2', 'papers begin 2', ...rest]);
    expect(await entered(2)).toEqual(['intake begin 1', 'documents begin 1', ...rest]);
    // What only older versions have comes last.
    expect(await entered(null)).toEqual(['intake begin 3', 'documents begin 1', ...rest, 'papers null 2']);
    const to = { of: { yaml: RENAMED }, moves: {}, instances: {}, only: null };
    const { plan } = await service.plan('small', to, ADMIN);
    expect(await service.applyPlan('small', plan, { moved: 'refuse', cursor: null }, ADMIN)).toMatchObject({ done: 2 });
    expect(await entered(1)).toEqual(['intake begin 0', 'papers begin 0', ...rest]);
    expect(await entered(null)).toEqual(['intake begin 3', 'documents begin 3', ...rest]);
    await service.revertPlan('small', plan.digest, null, ADMIN);
    expect(await entered(null)).toEqual(['intake begin 3', 'documents begin 1', ...rest, 'papers null 2']);
  });

  it('end and begin again with an instance that is closed and opened again, and with a move that is taken back', async () => {
    const { service, clock, begin } = await setup(await url());
    const id = await begin({ ready: true });
    const send = (event: { type: string; [member: string]: unknown }) => service.send(id, event, request());
    const small = async () => {
      const { funnel, days, outcomes } = await service.getFigures('small', all, ADMIN);
      const rows = funnel.filter(({ entered }) => entered > 0);
      return {
        funnel: rows.map(({ step, onward, closed, open }) => `${step} ${onward} ${closed} ${open}`),
        days: days.filter(({ rounds }) => rounds > 0).map(({ step, p50, spent }) => ({ step, p50, spent })),
        ended: outcomes.flatMap(({ reasons }) => reasons.map(({ title, instances }) => `${title.en} ${instances}`)),
      };
    };
    clock.move(DAY);
    await send({ type: 'close', outcome: 'dropped', reason: 'cost' });
    const spent = { rounds: 1, working: 1, waiting: 0, paused: 0 };
    expect(await small()).toEqual({
      funnel: ['intake 0 1 0', 'papers 0 1 0'],
      days: [
        { step: 'intake', p50: 1, spent },
        { step: 'papers', p50: 1, spent },
      ],
      ended: ['cost 1'],
    });
    clock.move(DAY);
    await send({ type: 'reopen', reason: 'again' });
    expect(await small()).toEqual({ funnel: ['intake 0 0 1', 'papers 0 0 1'], days: [], ended: [] });
    clock.move(DAY);
    await send({ type: 'complete', activity: 'copy' });
    expect((await small()).days).toEqual([{ step: 'papers', p50: 3, spent: { ...spent, working: 2, paused: 1 } }]);
    await send({ type: 'complete', activity: 'form', with: { staff: 60, price: 1 } });
    await send({ type: 'complete', activity: 'pick', choices: ['a', 'b'] });
    await send({ type: 'advance', step: 'intake' });
    expect((await small()).funnel).toEqual(['intake 1 0 0', 'papers 1 0 0', 'make 0 0 1']);
    await send({ type: 'recall' });
    expect((await small()).funnel).toEqual(['intake 0 0 1', 'papers 1 0 0']);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });
});
