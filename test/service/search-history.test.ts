import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import type { HistorySearch, Service } from '../../src/service/index.ts';
import { COLLEAGUE, GUARDED, GUEST, MANAGER, NOBODY, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN, CLERK } from '../engine/process.ts';
import { databases, refusal, request, setup } from './setup.ts';

const ANY: HistorySearch = {
  process: null,
  actor: null,
  type: null,
  since: null,
  until: null,
  accepted: null,
  overridden: null,
  instance: null,
  key: null,
  cursor: null,
  limit: 100,
};

async function found(service: Service, by: Actor, search: Partial<HistorySearch> = {}): Promise<readonly string[]> {
  const { entries } = await service.searchHistory({ ...ANY, ...search }, by);
  return entries.map(({ actor, type, seq }) => `${actor} ${type} ${seq}`);
}

describe.each(databases)('a search of the history on %s', (_name, url) => {
  it('gives entries of all instances as the history of each does, the newest first', async () => {
    const { service, clock, begin } = await setup(await url());
    const one = await begin({ number: 'N-1' });
    clock.move(1_000);
    const two = await begin({ number: 'N-2' });
    clock.move(1_000);
    await service.send(one, { type: 'note', text: 'x' }, request(CLERK));
    const { entries, keys, next, reached } = await service.searchHistory(ANY, ADMIN);
    const [first, second] = await Promise.all([one, two].map((id) => service.history(id, 0, 10, ADMIN)));
    expect(entries).toEqual([first?.entries[1], second?.entries[0], first?.entries[0]]);
    expect({ keys, next, reached }).toEqual({ keys: { [one]: 'N-1', [two]: 'N-2' }, next: null, reached: null });
    const ofOne = { entries: [first?.entries[1], first?.entries[0]], keys: { [one]: 'N-1' } };
    expect(await service.searchHistory({ ...ANY, key: 'N-1' }, ADMIN)).toMatchObject(ofOne);
    expect(await service.searchHistory({ ...ANY, instance: one }, ADMIN)).toMatchObject(ofOne);
    expect(await found(service, ADMIN, { key: 'N-3' })).toEqual([]);
    expect(await found(service, ADMIN, { key: 'N-1', instance: two })).toEqual([]);
    const since = entries[0]?.recordedAt ?? '';
    expect(await found(service, ADMIN, { since })).toEqual([`${CLERK.id} note 2`]);
    expect(await found(service, ADMIN, { until: since, type: 'note' })).toEqual([]);
  });

  it('shows everybody what they see, masked as in the history, and nothing of another tenant', async () => {
    const { service } = await setup(await url());
    await service.publishOwn(GUARDED, ADMIN);
    const { instance } = await service.start({ process: 'loan', fields: { amount: 5 } }, request(REP));
    const { id } = instance;
    await service.send(id, { type: 'complete', activity: 'form', with: { amount: 7 } }, request(REP));
    await refusal(service.send(id, { type: 'note', text: 'let me in' }, request(STRANGER)));
    const all = [`${STRANGER.id} note 3`, `${REP.id} complete 2`, `${REP.id} start 1`];
    for (const by of [REP, COLLEAGUE, MANAGER, ADMIN]) expect(await found(service, by)).toEqual(all);
    for (const by of [STRANGER, GUEST, NOBODY, { ...ADMIN, tenant: 'acme' }]) {
      expect(await service.searchHistory(ANY, by)).toEqual({ entries: [], keys: {}, next: null, reached: null });
      expect(await found(service, by, { instance: id })).toEqual([]);
    }
    for (const by of [REP, MANAGER, ADMIN]) {
      const { entries } = await service.searchHistory({ ...ANY, instance: id }, by);
      expect(entries.toReversed()).toEqual((await service.history(id, 0, 10, by)).entries);
    }
    expect(await found(service, REP, { accepted: false })).toEqual([all[0]]);
    expect(await found(service, REP, { accepted: true, actor: REP.id, process: 'loan' })).toEqual(all.slice(1));
  });

  it('says what is wrong with it', async () => {
    const { service } = await setup(await url());
    const search = (given: Partial<HistorySearch>) => service.searchHistory({ ...ANY, ...given }, ADMIN);
    expect(await refusal(search({ type: 'complet' }))).toMatchObject({
      code: 'malformed-request',
      extra: { parameter: 'type', suggestion: 'complete' },
    });
    for (const cursor of ['x', '2026-02-13T09:30:00.000Z~~', "2026-02-13T09:30:00.000Z~'~1"])
      expect(await refusal(search({ cursor }))).toMatchObject({ code: 'malformed-request' });
    expect(await refusal(search({ since: '2026-13-45T99:99Z' }))).toMatchObject({ code: 'malformed-request' });
  });
});

describe('pages of a search', () => {
  it('hold everything that there was once, in order, while entries are being added', async () => {
    const { service, clock, begin } = await setup();
    const ids = await Promise.all(['A', 'B', 'C'].map((number) => begin({ number })));
    const by = [CLERK, ADMIN];
    const note = (n: number) => service.send(ids[n % 3] ?? '', { type: 'note', text: `${n}` }, request(by[n % 2]));
    for (let n = 0; n < 30; n += 1) {
      if (n % 4 === 0) clock.move(7);
      await note(n);
    }
    const limit = fc.integer({ min: 1, max: 9 });
    const filter = fc.constantFrom(
      {},
      { actor: CLERK.id },
      { type: 'note' },
      { accepted: false },
      { instance: ids[1] ?? '' },
    );
    await fc.assert(
      fc.asyncProperty(limit, filter, async (limit, search) => {
        const whole = (await service.searchHistory({ ...ANY, ...search, limit: 200 }, ADMIN)).entries;
        const paged = [];
        for (let cursor: string | null = null; ; ) {
          const page = await service.searchHistory({ ...ANY, ...search, limit, cursor }, ADMIN);
          paged.push(...page.entries);
          cursor = page.next;
          if (cursor === null) break;
          clock.move(1);
          if (paged.length % 3 === 0) await note(paged.length);
        }
        expect(paged).toEqual(whole);
      }),
      { numRuns: 15 },
    );
  });
});
