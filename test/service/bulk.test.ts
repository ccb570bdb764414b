import { describe, expect, it } from 'vitest';
import { ProcessError } from '../../src/errors.ts';
import { sha256 } from '../../src/json.ts';
import type { BulkItem, EventInput, Service } from '../../src/service/index.ts';
import { ADMIN, actor, BOSS, CLERK } from '../engine/process.ts';
import { type Random, random, valueFor } from '../engine/random.ts';
import { anyInstance, databases, node, request, setup } from './setup.ts';

const FORM = { type: 'complete', activity: 'form', with: { staff: 60, price: 80000, secret: '王女士' } };

const item = (instance: string, event: EventInput, key: string | null = null, actor = ADMIN): BulkItem => ({
  instance,
  event,
  request: request(actor, {
    idempotency: key === null ? null : { key, requestHash: sha256(JSON.stringify([instance, event])) },
  }),
});
const set = (number: string | null): EventInput => ({ type: 'set', fields: { number } });
const CLOSE: EventInput = { type: 'close', outcome: 'dropped', reason: 'cost' };

type Results = Awaited<ReturnType<Service['bulk']>>;

/** `ok`, `again` for what happened before, or the code of the refusal. */
const verdicts = (results: Results) =>
  results.map((result) => {
    if (result.status === 'fulfilled') return result.value.replayed ? 'again' : 'ok';
    return result.reason instanceof ProcessError ? result.reason.code : String(result.reason);
  });

/** Everything that is said but hashes, and the digests of personal values, which are salted. */
function said(results: Results): unknown {
  return JSON.parse(
    JSON.stringify(results, (name, value) => {
      if (name === 'prev' || name === 'hash' || name === 'patchHash') return undefined;
      if (value instanceof ProcessError) return { code: value.code, detail: value.detail, extra: value.extra };
      if (typeof value === 'string' && value.startsWith('sha256:')) return 'digest';
      // What is answered again comes with the instance as it is then.
      return value?.replayed === true && 'instance' in value ? { ...value, instance: null, standing: null } : value;
    }),
  );
}

describe.each(databases)('a bulk on %s', (_name, url) => {
  it('answers each item in order, and the bad ones fail no others', async () => {
    const { service, begin } = await setup(await url());
    const [one, two] = [await begin(), await begin()];
    const nobody = '019a0000-0000-7000-8000-000000000000';
    const results = await service.bulk(
      [
        item(one, FORM, null, CLERK),
        item(nobody, FORM),
        item(two, { type: 'teleport' }),
        item(one, { type: 'advance', step: 'intake' }, null, CLERK),
        item(one, { type: 'complete', activity: 'pick', choices: ['a', 'c'] }, null, CLERK),
        item(two, { type: 'note', text: 'x' }, null, actor('gus', 'guest')),
        item(one, { type: 'advance', step: 'intake' }, null, CLERK),
      ],
      false,
    );
    expect(verdicts(results)).toEqual(['ok', 'not-found', 'unknown-event', 'gate-shut', 'ok', 'role-required', 'ok']);
    const { entries } = await service.history(one, 1, 10, ADMIN);
    expect(results.flatMap((result) => (result.status === 'fulfilled' ? result.value.entries : []))).toEqual(
      entries.filter(({ accepted }) => accepted),
    );
    expect(entries.map(({ type, accepted }) => [type, accepted])).toEqual([
      ['complete', true],
      ['advance', false],
      ['complete', true],
      ['advance', true],
    ]);
    expect((await service.getInstance(one, ADMIN)).position).toEqual([{ phase: 'begin', step: 'papers' }]);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  });

  it('that was broken off is sent again: what was carried out is answered again, the rest happens', async () => {
    const { service, begin } = await setup(await url());
    const ids = await Promise.all(Array.from({ length: 20 }, () => begin()));
    const items = ids.flatMap((id, i) => [
      item(id, FORM, `form-${i}`),
      item(id, { type: 'advance', step: 'intake' }, `advance-${i}`),
    ]);
    await service.bulk(items.slice(0, 13), false);
    const results = await service.bulk(items, false);
    expect(verdicts(results)).toEqual(items.map((_, i) => (i % 2 === 1 ? 'gate-shut' : i < 13 ? 'again' : 'ok')));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.extra.replayed] : []));
    expect(refused).toEqual(ids.map((_, i) => (i < 6 ? true : undefined)));
    for (const id of ids) expect((await service.history(id, 0, 10, ADMIN)).entries).toHaveLength(3);
  });

  it('gives a business key to the item that comes first, and to a later one what was given up before', async () => {
    const { service, begin } = await setup(await url());
    const [a, b, c] = [await begin({ number: 'A' }), await begin(), await begin({ number: 'C' })];
    const items = [
      item(b, set('A')),
      item(b, { type: 'note', text: 'still here' }),
      item(a, CLOSE),
      item(b, set('A')),
      item(a, { type: 'note', text: 'closed' }),
      item(c, set('D')),
      item(b, set('C')),
      item(c, set('A')),
      item(c, set('C')),
    ];
    const expected = ['key-in-use', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'key-in-use'];
    const rehearsed = await service.bulk(items, true);
    expect(verdicts(rehearsed)).toEqual(expected);
    const carriedOut = await service.bulk(items, false);
    expect(verdicts(carriedOut)).toEqual(expected);
    expect(said(carriedOut)).toEqual(said(rehearsed));
    expect((await service.getInstance(b, ADMIN)).key).toBe('C');
    expect((await service.getInstance(c, ADMIN)).key).toBe('A');
  });

  it('is decided in its order also where the first instances are still to be read and the last are not', async () => {
    const made = await setup(await url());
    const ids = await Promise.all(Array.from({ length: 16 }, () => made.begin()));
    await made.service.stop();
    await made.store.close();
    const { service, store } = await node(made.options);
    const warm = ids.slice(8).map((id) => item(id, { type: 'note', text: 'read' }));
    await service.bulk(warm, false);
    const results = await service.bulk(
      ids.map((id) => item(id, set('ONE'))),
      false,
    );
    expect(verdicts(results)).toEqual(ids.map((_, i) => (i === 0 ? 'ok' : 'key-in-use')));
    await service.stop();
    await store.close();
  });

  it('rehearses without a trace what it then carries out, on random bulks', async () => {
    const { service, begin, clock } = await setup(await url());
    const r = random(20260213);
    const met = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      const ids = await Promise.all(Array.from({ length: 12 }, () => begin({ ready: r.chance(0.7) })));
      const items: BulkItem[] = [];
      for (let n = 0; n < 150; n += 1) items.push(await randomItem(service, ids, r, `${round}-${n}`));
      const before = await service.verifyAll(null);
      const rehearsed = await service.bulk(items, true);
      expect(await service.verifyAll(null)).toEqual(before);
      const carriedOut = await service.bulk(items, false);
      expect(said(carriedOut)).toEqual(said(rehearsed));
      // Once more: what has a key is answered again, all else is decided where the deals stand now.
      clock.move(60_000);
      const repeated = await service.bulk(items, true);
      expect(said(await service.bulk(items, false))).toEqual(said(repeated));
      for (const code of [...verdicts(carriedOut), ...verdicts(repeated)]) met.add(code);
    }
    const usual = ['ok', 'again', 'gate-shut', 'not-allowed-now', 'role-required', 'key-in-use'];
    expect([...met]).toEqual(expect.arrayContaining([...usual, 'invalid-input', 'unknown-event', 'not-found']));
    expect(await service.verifyAll(null)).toMatchObject({ broken: null });
  });

  it('of many that contend for the same business keys, each is answered', async () => {
    const { service, begin } = await setup(await url());
    const r = random(7);
    const ids = await Promise.all(Array.from({ length: 10 }, () => begin()));
    const bulks = Array.from({ length: 8 }, () =>
      Array.from({ length: 100 }, () => item(r.pick(ids), r.chance(0.8) ? set(r.pick(['A', 'B', 'C', null])) : FORM)),
    );
    const results = (await Promise.all(bulks.map((items) => service.bulk(items, false)))).flat();
    expect(new Set(verdicts(results))).toEqual(new Set(['ok', 'key-in-use', 'not-allowed-now']));
    const { instances } = await service.listInstances({ ...anyInstance, limit: 100 }, ADMIN);
    const keys = instances.flatMap(({ key }) => (key === null ? [] : [key]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(await service.verifyAll(null)).toMatchObject({ ok: true, checked: 810 });
  });
});

it('two nodes that send bulks about the same deals and keys lose nothing and wait for nothing', async () => {
  const { service, options, begin } = await setup(await databases[1]?.[1]());
  const other = await node(options);
  const r = random(11);
  const ids = await Promise.all(Array.from({ length: 6 }, () => begin()));
  const bulks = Array.from({ length: 6 }, () =>
    Array.from({ length: 60 }, () => item(r.pick(ids), r.chance(0.6) ? set(r.pick(['A', 'B', null])) : FORM)),
  );
  const sent = bulks.map((items, i) => (i % 2 === 0 ? service : other.service).bulk(items, false));
  const codes = new Set(verdicts((await Promise.all(sent)).flat()));
  // An instance that others change all the time may have to be asked for again.
  codes.delete('unavailable');
  expect(codes).toEqual(new Set(['ok', 'key-in-use', 'not-allowed-now']));
  expect(await service.verifyAll(null)).toMatchObject({ ok: true });
  await other.service.stop();
  await other.store.close();
});

async function randomItem(service: Service, ids: readonly string[], r: Random, name: string): Promise<BulkItem> {
  const id = r.chance(0.02) ? '019a0000-0000-7000-8000-000000000000' : r.pick(ids);
  const actor = r.pick([ADMIN, ADMIN, CLERK, BOSS]);
  const key = r.chance(0.3) ? name : null;
  if (r.chance(0.2)) return item(id, set(r.pick(['K1', 'K2', 'K3', null])), key, actor);
  if (r.chance(0.1))
    return item(id, r.pick([{ type: 'teleport' }, { type: 'set', fields: { staff: 'many' } }, CLOSE]), key);
  const { actions } = await service.getInstance(r.pick(ids), actor);
  const likely = actions.filter(({ type }) => type !== 'close' && type !== 'note');
  const { type, ...input } = Object(valueFor(r.pick(likely).input, r));
  return item(id, { type, ...input }, key, actor);
}
