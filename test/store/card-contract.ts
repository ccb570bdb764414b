import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import type { CardQuery, CardSight, Change, NewCard, Store } from '../../src/store/types.ts';
import { randomDeals } from './list-contract.ts';
import { anyCard, dice, isWanted, randomFilter } from './random-cards.ts';
import { at, born, type Fresh, next, setup } from './sample.ts';

const card = (step: string, parts: Partial<NewCard> = {}): NewCard => ({
  slot: 0,
  phase: 'p',
  step,
  shared: false,
  class: null,
  amount: null,
  clock: 'none',
  due: null,
  words: '',
  ...parts,
});
const listed = (...cards: readonly NewCard[]) => ({ gone: null, listed: cards });

const board: CardQuery = {
  tenant: 'main',
  process: 'sales',
  version: null,
  owner: null,
  filter: anyCard,
  sight: null,
};

async function stored(store: Store, id: string) {
  const [found] = await store.loadCards([id]);
  return found?.rows.toSorted((a, b) => (a.step < b.step ? -1 : 1));
}

/** The counts as one would make them over an array. */
function counted(deals: readonly Change[], query: CardQuery) {
  const seen = deals.flatMap(({ row, cards }) => {
    const isOf = row.tenant === query.tenant && row.process === query.process && isSeen(row, query.sight);
    const isWantedRow =
      (query.owner === null || row.owner === query.owner) && (query.version === null || row.version === query.version);
    const wanted = isOf && isWantedRow ? cards.listed.filter((one) => isWanted(one, query.filter)) : [];
    return wanted.length === 0 ? [] : [wanted];
  });
  const count = (cards: readonly NewCard[]) => {
    const sums = new Map<string, number>();
    for (const { amount } of cards)
      if (amount !== null) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
    const each = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
    return { open: cards.length, sums: each.map(([currency, amount]) => ({ currency, amount })) };
  };
  const places = new Map<string, NewCard[]>();
  for (const one of seen.flat()) {
    const name = `${one.phase} ${one.step}`;
    places.set(name, [...(places.get(name) ?? []), one]);
  }
  return {
    places: [...places]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, cards]) => ({ phase: name.split(' ')[0], step: name.split(' ')[1], ...count(cards) })),
    total: count(seen.flatMap(([first]) => first ?? [])),
  };
}

function isSeen({ owner, team, version }: Change['row'], sight: CardSight | null): boolean {
  if (sight === null || owner === sight.owner || sight.versions.includes(version)) return true;
  return sight.team !== null && team === sight.team.name && sight.team.versions.includes(version);
}

export function cardContract(fresh: Fresh): void {
  describe('cards', () => {
    it('are counted and summed as one would over an array, whatever is asked and seen', async () => {
      const { store } = await setup(fresh);
      const deals = randomDeals(240).map(({ change }) => change);
      await store.commit(deals);
      const roll = dice(11);
      const some = <T>(chance: number, value: T): T | null => (roll(chance) === 0 ? value : null);
      let open = 0;
      for (let n = 0; n < 120; n += 1) {
        const query: CardQuery = {
          tenant: roll(4) === 0 ? 'acme' : 'main',
          process: `process-${roll(3)}`,
          version: some(4, 1 + roll(3)),
          owner: some(4, `owner-${roll(3)}`),
          filter: n % 3 === 0 ? anyCard : randomFilter(roll),
          sight: some(2, {
            owner: `owner-${roll(3)}`,
            versions: roll(2) === 0 ? [] : [1 + roll(3)],
            team: some(2, { name: `team-${roll(2)}`, versions: [1, 2, 3].slice(roll(3)) }),
          }),
        };
        const expected = counted(deals, query);
        open += expected.total.open;
        expect(await store.countCards(query), JSON.stringify(query)).toEqual(expected);
      }
      expect(open).toBeGreaterThan(300);
    });

    it('are written with the change that they come of: what is gone, what is new, what is other', async () => {
      const { store } = await setup(fresh);
      const one = born({
        row: { owner: 'ann', team: 'east' },
        cards: listed(
          card('a', { shared: true }),
          card('b', { slot: 1, shared: true, words: "x'%" }),
          card('c', { slot: 2, shared: true }),
        ),
      });
      const amount = { amount: 9_007_199_254_740_991, currency: 'CNY' };
      const stale = born({ cards: listed(card('a')) });
      await store.commit([one, stale]);
      const two = next(one, {
        row: { version: 2, owner: null, team: null },
        moved: true,
        cards: {
          gone: 2,
          listed: [card('b', { class: 'A', amount, clock: 'warned', due: at }), card('d', { slot: 1, shared: true })],
        },
      });
      const late = next(next(stale), { cards: { gone: 0, listed: [card('z')] } });
      expect(await store.commit([two, late])).toEqual(['ok', 'stale']);
      expect(await stored(store, one.row.id)).toEqual([
        { ...card('b', { class: 'A', amount, clock: 'warned', due: at }), isOwn: true },
        { ...card('d', { slot: 1, shared: true }), isOwn: true },
      ]);
      expect(await stored(store, stale.row.id)).toEqual([{ ...card('a'), isOwn: true }]);
      expect(await store.loadCards([newId()])).toEqual([]);
    });

    it('sum amounts that together are more than a database takes for an integer', async () => {
      const { store } = await setup(fresh);
      const amount = { amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' };
      const deals = Array.from({ length: 1_200 }, () => born({ snapshot: null, cards: listed(card('a', { amount })) }));
      for (let n = 0; n < deals.length; n += 240) await store.commit(deals.slice(n, n + 240));
      const sum = {
        open: 1_200,
        sums: [{ currency: 'CNY', amount: Number(1_200n * BigInt(Number.MAX_SAFE_INTEGER)) }],
      };
      expect(await store.countCards(board)).toEqual({ places: [{ phase: 'p', step: 'a', ...sum }], total: sum });
    });

    it('are filed in whole, beside the work', async () => {
      const { store } = await setup(fresh);
      const { row } = born();
      await store.commit([born({ row, cards: listed(card('old')) })]);
      const amount = { amount: -5, currency: 'JPY' };
      const filed = [
        card('one', { amount, shared: true }),
        card('two', { slot: 1, amount, due: at, clock: 'paused', shared: true }),
      ];
      expect(await store.fileRows([{ instance: row.id, seq: 1, work: [], cards: filed }])).toBe(1);
      expect(await stored(store, row.id)).toEqual(filed.map((each) => ({ ...each, isOwn: true })));
      const total = { open: 1, sums: [{ currency: 'JPY', amount: -5 }] };
      expect((await store.countCards(board)).total).toEqual(total);
    });
  });
}
