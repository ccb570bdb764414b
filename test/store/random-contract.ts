import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import type { Change, CommitResult } from '../../src/store/types.ts';
import { born, type Fresh, next, request, setup } from './sample.ts';

/** What a caller may try, by numbers that the test turns into deals and keys. */
const attempt = fc.record({
  deal: fc.nat(11),
  /** How far the expected `seq` is off. */
  behind: fc.constantFrom(0, 0, 0, 0, 1),
  key: fc.option(fc.nat(5), { freq: 3 }),
  request: fc.option(fc.nat(15), { freq: 3 }),
  moved: fc.boolean(),
});

type Attempt = typeof attempt extends fc.Arbitrary<infer T> ? T : never;

/** The store as one would write it without a database: one change after the other. */
function model() {
  const seqs = new Map<string, number>();
  const keys = new Set<string>();
  const requests = new Set<string>();
  return {
    seqs,
    apply(change: Change): CommitResult {
      const { id } = change.row;
      if ((seqs.get(id) ?? null) !== change.expectedSeq) return 'stale';
      if (change.claimKey !== null && keys.has(change.claimKey)) return 'key-in-use';
      if (change.idempotency.some(({ key }) => requests.has(key))) return 'idempotency-taken';
      seqs.set(id, change.row.seq);
      if (change.claimKey !== null) keys.add(change.claimKey);
      for (const { key } of change.idempotency) requests.add(key);
      return 'ok';
    },
  };
}

export function randomContract(fresh: Fresh): void {
  describe('random batches', () => {
    it('end as if each change had been tried alone, one after the other', async () => {
      const { store } = await setup(fresh);
      const batches = fc.array(fc.uniqueArray(attempt, { selector: ({ deal }) => deal, maxLength: 12 }), {
        minLength: 1,
        maxLength: 6,
      });
      await fc.assert(
        fc.asyncProperty(batches, async (rounds) => {
          const ids = Array.from({ length: 12 }, newId);
          const run = newId();
          const expected = model();
          const entries = new Map<string, number>();
          for (const round of rounds) {
            const changes = round.map((tried) => changeOf(tried, ids, run, expected.seqs));
            const results = changes.map((change) => expected.apply(change));
            expect(await store.commit(changes)).toEqual(results);
            for (const [n, { row }] of changes.entries())
              if (results[n] === 'ok') entries.set(row.id, (entries.get(row.id) ?? 0) + 1);
          }
          const loaded = await store.loadInstances(ids);
          expect(new Map(loaded.map(({ id, seq }) => [id, seq]))).toEqual(expected.seqs);
          for (const [id, count] of entries) expect((await store.history(id, 0, 100)).length).toBe(count);
        }),
        { numRuns: 25, seed: 20260213 },
      );
    });
  });
}

function changeOf(tried: Attempt, ids: readonly string[], run: string, seqs: ReadonlyMap<string, number>): Change {
  const id = ids[tried.deal] ?? '';
  const seq = seqs.get(id);
  const parts = {
    claimKey: tried.key === null ? null : `${run} ${tried.key}`,
    idempotency: tried.request === null ? [] : [request(`${run} ${tried.request}`)],
    moved: tried.moved,
  };
  if (seq === undefined && tried.behind === 0) return born({ ...parts, row: { id } });
  return next(born({ row: { id, seq: (seq ?? 3) - tried.behind } }), parts);
}
