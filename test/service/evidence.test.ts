import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { newId } from '../../src/ids.ts';
import { createService, type Service } from '../../src/service/index.ts';
import type { Plan } from '../../src/service/types.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

const REVIEW = `
process: review
title: { zh: 回顾, en: Review }
subject: quarter
roles: { clerk: { title: { zh: 职员, en: Clerk } }, reader: { title: { zh: 读者, en: Reader } } }
fields:
  region: { type: text, max_length: 40 }
  last_day: { type: date }
outcomes:
  reviewed: { title: { zh: 已回顾, en: Reviewed } }
  dropped: { title: { zh: 取消, en: Dropped }, from: any }
evidence:
  market: { title: { zh: 市场, en: Market }, on: reviewed, valid: { for: 1 month } }
  local: { title: { zh: 当地, en: Local }, on: reviewed, valid: { until: last_day }, scope: [region] }
reopen: { within: 30 days, by: clerk }
phases:
  only:
    title: { zh: 回顾, en: Review }
    steps:
      write:
        title: { zh: 撰写, en: Write }
        activities: { text: { title: { zh: 正文, en: Text }, supplies: [region, last_day] } }
        milestone: reviewed
`;

const DEAL = `
process: deal
title: { zh: 商机, en: Deal }
subject: deal
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields: { place: { type: text, max_length: 40 }, people: { type: integer } }
tables: { where: { sets: place, rules: [{ when: people > 10, then: east }, { then: west }] } }
outcomes: { won: { title: { zh: 赢单, en: Won } } }
override: { by: rep }
phases:
  only:
    title: { zh: 唯一, en: Only }
    steps:
      look:
        title: { zh: 了解, en: Look }
        activities:
          gather: { title: { zh: 收集, en: Gather }, shared: review/market }
      local:
        title: { zh: 当地, en: Local }
        advance: auto
        activities:
          measure: { title: { zh: 测量, en: Measure }, supplies: [people] }
          here: { title: { zh: 当地, en: Here }, shared: { evidence: review/local, scope: { region: place } } }
      sign: { title: { zh: 签约, en: Sign }, milestone: won }
`;

const NAME = { process: 'review', evidence: 'market' };

async function deals(url?: string) {
  const made = await setup(url);
  const { service } = made;
  await service.publish(REVIEW, ADMIN);
  await service.publish(DEAL, ADMIN);
  return { ...made, ...world(service) };
}

function world(service: Service) {
  const send = (id: string, event: Record<string, unknown>, who: Actor = ADMIN) =>
    service.send(id, { ...event, type: event.type }, request(who));
  const begin = async (process: string, who: Actor = ADMIN) =>
    (await service.start({ process }, request(who))).instance.id;
  /** A review that is ready to be finished. */
  const review = async (region = 'east', who: Actor = ADMIN) => {
    const id = await begin('review', who);
    await send(id, { type: 'complete', activity: 'text', with: { region, last_day: '2026-06-30' } }, who);
    return id;
  };
  const renew = async (region = 'east', who: Actor = ADMIN) => {
    const id = await review(region, who);
    await send(id, { type: 'advance', step: 'write' }, who);
    return id;
  };
  return {
    send,
    begin,
    review,
    renew,
    go: (id: string) => send(id, { type: 'advance', step: 'look' }),
    async resting(query: { scope?: string; evidence?: string; limit?: number; cursor?: string | null } = {}) {
      const page = await service.listResting({ ...NAME, scope: null, cursor: null, limit: 50, ...query }, ADMIN);
      return page.instances.map(({ instance, met }) => [instance.id, met]);
    },
  };
}

describe.each(databases)('evidence on %s', (_name, fresh) => {
  it('that is produced meanwhile takes nothing anywhere but where the plan said', async () => {
    const { service, begin, renew } = await deals(await fresh());
    const id = await begin('deal');
    const auto = DEAL.replace('en: Look }', 'en: Look }\n        advance: auto');
    const choices = { moves: {}, instances: {}, only: null };
    const planOf = async () => (await service.plan('deal', { of: { yaml: auto }, ...choices }, ADMIN)).plan;
    const apply = (plan: Plan, moved: 'refuse' | 'leave') =>
      service.applyPlan('deal', plan, { moved, cursor: null }, ADMIN);
    const early = await planOf();
    await service.publish(auto, ADMIN);
    await renew();
    expect(await refusal(apply(early, 'refuse'))).toMatchObject({ code: 'plan-stale', extra: { instances: [id] } });
    expect(await apply(early, 'leave')).toMatchObject({ done: 0, counts: { moved: 1 } });
    expect(await service.getInstance(id, ADMIN)).toMatchObject({ version: 1, revision: 1 });
    expect(await apply(await planOf(), 'refuse')).toMatchObject({ done: 1, counts: {} });
    expect((await service.getInstance(id, ADMIN)).position).toEqual([{ phase: 'only', step: 'local' }]);
  });

  it('opens the gates that rest on it on its last valid day, shuts them on the next, and opens all when it is renewed', async () => {
    const { service, clock, begin, renew, go, resting, store } = await deals(await fresh());
    const ids = [await begin('deal'), await begin('deal'), await begin('deal'), await begin('deal')];
    const [first = '', second = '', third = '', fourth = ''] = ids;
    expect(await refusal(go(first))).toMatchObject({ code: 'gate-shut' });
    // 17:30 on 13 February in UTC+8, for a month: to 12 March.
    const producer = await renew();
    expect(await resting()).toEqual(ids.map((id) => [id, true]));
    const { entries } = await go(first);
    const rested = { instance: producer, validFrom: '2026-02-13', validTo: '2026-03-12', state: 'valid' };
    expect(entries[0]?.verdicts?.of?.find(({ id }) => id === 'gather')?.of?.[0]?.evidence).toMatchObject(rested);
    expect((await service.getInstance(second, ADMIN)).evidence).toEqual([
      { activity: 'gather', step: 'look', evidence: 'review/market', scope: {}, ...rested },
    ]);
    clock.move(Date.parse('2026-03-12T15:59:59.999Z') - Date.parse(clock.now()));
    await go(second);
    clock.move(1);
    expect(await refusal(go(third))).toMatchObject({ code: 'gate-shut' });
    expect(await resting()).toEqual([third, fourth].map((id) => [id, false]));
    expect(await service.listEvidence({ ...NAME, state: 'expired', cursor: null, limit: 9 }, ADMIN)).toMatchObject({
      evidence: [{ ...NAME, instance: producer, validTo: '2026-03-12', state: 'expired' }],
      next: null,
    });
    // No move is dated back to the day when it was valid.
    const back = service.send(third, { type: 'advance', step: 'look', at: '2026-03-12T12:00:00Z' }, request());
    expect(await refusal(back)).toMatchObject({ code: 'gate-shut' });
    await renew();
    expect(await resting()).toEqual([third, fourth].map((id) => [id, true]));
    await Promise.all([go(third), go(fourth)]);
    expect(await resting()).toEqual([]);
    for (const id of [producer, third]) expect(await service.verifyInstance(id, null)).toMatchObject({ ok: true });
    expect(await store.auditInstance(producer)).toMatchObject({ evidence: [{ name: 'local' }, { name: 'market' }] });
  });

  it('is withdrawn when its outcome is taken back, and verify tells when its row was changed', async () => {
    const { service, send, begin, renew, go, database, resting } = await deals(await fresh());
    const id = await begin('deal');
    const producer = await renew();
    await send(producer, { type: 'reopen', reason: 'a mistake' });
    expect(await resting()).toEqual([[id, false]]);
    expect(await refusal(go(id))).toMatchObject({ code: 'gate-shut' });
    const { evidence } = await service.listEvidence(
      { process: null, evidence: null, state: null, cursor: null, limit: 9 },
      ADMIN,
    );
    expect(evidence.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    expect((await service.getInstance(producer, ADMIN)).records.evidence.market).toMatchObject({
      withdrawn: { by: ADMIN.id },
    });
    await send(producer, { type: 'advance', step: 'write' });
    await go(id);
    expect(await service.verifyInstance(producer, null)).toMatchObject({ ok: true });
    await database.writer('evidence').where({ name: 'market' }).update({ valid_to: '2027-01-01' });
    expect(await service.verifyInstance(producer, null)).toMatchObject({
      ok: false,
      broken: { why: { en: expect.stringContaining('evidence.market') } },
    });
    expect(await service.verifyAll(null)).toMatchObject({ ok: false });
    await database.writer('evidence').delete();
    expect(await service.verifyInstance(producer, null)).toMatchObject({ ok: false });
  });

  it('is looked up by the scope that the deal has only once the event itself has told it', async () => {
    const { service, send, begin, renew, go, resting } = await deals(await fresh());
    await renew('east');
    const [near, far] = [await begin('deal'), await begin('deal')];
    await Promise.all([go(near), go(far)]);
    const unknown = await service.getInstance(near, ADMIN);
    expect(unknown.evidence).toMatchObject([{ activity: 'here', state: 'unknown', scope: { region: null } }]);
    // A table makes it east or west; the step advances by itself where there is evidence for that.
    const [east, west] = await Promise.all([
      send(near, { type: 'complete', activity: 'measure', with: { people: 20 } }),
      send(far, { type: 'complete', activity: 'measure', with: { people: 5 } }),
    ]);
    expect([east, west].map(({ instance }) => instance.position[0]?.step)).toEqual(['sign', 'local']);
    expect(await resting({ evidence: 'local' })).toEqual([[far, false]]);
    expect(await resting({ evidence: 'local', scope: '{"region":"west"}' })).toEqual([[far, false]]);
    expect(await resting({ evidence: 'local', scope: '{"region":"east"}' })).toEqual([]);
    expect(await refusal(resting({ scope: '{"region":1}' }))).toMatchObject({ code: 'malformed-request' });
    await renew('west');
    expect(await resting({ evidence: 'local' })).toEqual([[far, true]]);
    await send(far, { type: 'advance', step: 'local' });
  });

  it('is seen by what is decided behind it, in a bulk and in its rehearsal alike', async () => {
    const { service, begin, review } = await deals(await fresh());
    const [deal, producer, late] = [await begin('deal'), await review(), await begin('deal')];
    const item = (instance: string, step: string) => ({
      instance,
      event: { type: 'advance', step },
      request: request(),
    });
    const items = [item(deal, 'look'), item(producer, 'write'), item(late, 'look')];
    const outcomes = async (dryRun: boolean) => (await service.bulk(items, dryRun)).map(({ status }) => status);
    expect(await outcomes(true)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await outcomes(false)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  it('is seen by everything that came behind it, in whichever batch', async () => {
    const { begin, review, send, go } = await deals(await fresh());
    const ids = await Promise.all(Array.from({ length: 40 }, () => begin('deal')));
    const producer = await review();
    const [made, ...moved] = await Promise.all([send(producer, { type: 'advance', step: 'write' }), ...ids.map(go)]);
    expect([made?.instance.outcome, moved.length]).toEqual(['reviewed', 40]);
    const others = await Promise.all(Array.from({ length: 40 }, () => begin('deal')));
    const [, ...refused] = await Promise.allSettled([
      send(producer, { type: 'reopen', reason: 'x' }),
      ...others.map(go),
    ]);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set(['rejected']));
  });

  it('is one tenant’s: another neither rests on it nor sees it', async () => {
    const { service, begin, renew, go, send } = await deals(await fresh());
    const other: Actor = { ...ADMIN, tenant: 'acme' };
    await renew();
    const [own, theirs] = [await begin('deal'), await begin('deal', other)];
    expect(await refusal(send(theirs, { type: 'advance', step: 'look' }, other))).toMatchObject({ code: 'gate-shut' });
    await go(own);
    const all = { process: null, evidence: null, state: null, cursor: null, limit: 9 };
    expect((await service.listEvidence(all, other)).evidence).toEqual([]);
    expect((await service.listEvidence(all, actor('ro', 'rep'))).evidence).toEqual([]);
    expect((await service.listEvidence(all, actor('re', 'reader'))).evidence).toHaveLength(2);
    const { instances } = await service.listResting({ ...NAME, scope: null, cursor: null, limit: 9 }, other);
    expect(instances.map(({ instance }) => instance.id)).toEqual([theirs]);
  });

  it('goes on after a restart, and is seen by another node within a second', async () => {
    const url = (await fresh()) ?? undefined;
    const { service, store, clock, options, begin, renew, go, send } = await deals(url);
    const [first, second] = [await begin('deal'), await begin('deal')];
    const producer = await renew();
    const other = createService({ store, clock, newId });
    await world(other).go(first);
    await send(producer, { type: 'reopen', reason: 'x' });
    expect(await refusal(go(second))).toMatchObject({ code: 'gate-shut' });
    clock.move(1_000);
    expect(await refusal(world(other).go(second))).toMatchObject({ code: 'gate-shut' });
    await send(producer, { type: 'advance', step: 'write' });
    await other.stop();
    await service.stop();
    const again = createService({ store, clock, newId });
    await world(again).go(second);
    expect((await again.getInstance(producer, ADMIN)).records.evidence.market).toMatchObject({ withdrawn: null });
    expect(options.url).toBeDefined();
  });

  it('is listed page by page', async () => {
    const { service, begin, renew, resting } = await deals(await fresh());
    for (const region of ['a', 'b', 'c']) await renew(region);
    const seen: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Awaited<ReturnType<Service['listEvidence']>> = await service.listEvidence(
        { process: 'review', evidence: null, state: 'valid', cursor, limit: 2 },
        ADMIN,
      );
      seen.push(...page.evidence.map(({ evidence, scope }) => `${evidence} ${scope.region ?? '*'}`));
      cursor = page.next;
      if (cursor === null) break;
    }
    expect(seen.sort()).toEqual(['local a', 'local b', 'local c', 'market *', 'market *', 'market *']);
    const ids = [await begin('deal'), await begin('deal'), await begin('deal')];
    const page = await service.listResting({ ...NAME, scope: null, cursor: null, limit: 2 }, ADMIN);
    expect(page.instances.map(({ instance }) => instance.id)).toEqual(ids.slice(0, 2));
    expect(await resting({ limit: 2, cursor: page.next })).toEqual([[ids[2], true]]);
    expect(await refusal(resting({ cursor: 'x' }))).toMatchObject({ code: 'malformed-request' });
  });

  it('is overridden like any activity where there is none', async () => {
    const { begin, send, go } = await deals(await fresh());
    const id = await begin('deal');
    await send(id, { type: 'override', step: 'look', criteria: ['gather'], reason: 'known from last year' });
    const { entries } = await go(id);
    expect(entries[0]?.verdicts?.of?.find((reason) => reason.id === 'gather')).toMatchObject({
      verdict: 'met',
      overridden: { by: ADMIN.id },
      of: [{ evidence: { state: 'none' } }],
    });
  });
});

it('a process that rests on evidence nobody produces is published with a warning', async () => {
  const { service } = await setup();
  const codes = async (yaml: string) => (await service.publish(yaml, ADMIN)).problems.map(({ code }) => code);
  expect(await codes(DEAL)).toEqual(expect.arrayContaining(['shared-unknown']));
  await service.publish(REVIEW, ADMIN);
  expect(await codes(DEAL)).not.toContain('shared-unknown');
});
