import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import type { ClaimedMessage, MessageResult, Store, SubscriptionRow } from '../../src/store/types.ts';
import { at, born, entry, type Fresh, next, open, setup } from './sample.ts';

const time = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000).toISOString();

function subscription(parts: Partial<SubscriptionRow> = {}): SubscriptionRow {
  return {
    id: newId(),
    tenant: 'main',
    url: 'https://example.com/',
    process: null,
    types: [],
    services: [],
    forRole: null,
    forActor: null,
    language: null,
    state: 'active',
    why: null,
    secret: 'whsec_a',
    formerSecret: null,
    formerUntil: null,
    createdAt: at,
    createdBy: 'anna',
    ...parts,
  };
}

/** A subscription with messages of so many entries of each of some instances. */
async function waiting(store: Store, counts: readonly number[]) {
  const one = subscription();
  await store.addSubscription(one);
  const changes = counts.map((count) => {
    const seqs = Array.from({ length: count }, (_, n) => n + 1);
    const messages = seqs.map((seq) => ({ subscription: one.id, seq, since: at }));
    return born({ row: { seq: count }, entries: seqs.map((seq) => entry('a', seq)), messages });
  });
  expect(await store.commit(changes)).toEqual(counts.map(() => 'ok'));
  const names = new Map(changes.map(({ row }, n) => [row.id, 'abcdef'[n] ?? '?']));
  const brief = (messages: readonly { readonly instance: string; readonly seq: number }[]) =>
    messages.map(({ instance, seq }) => `${names.get(instance)}${seq}`).sort();
  const claim = async (seconds: number, limit = 100) =>
    await store.claimMessages(one.id, time(seconds), time(seconds + 60), limit);
  const settle = (messages: readonly ClaimedMessage[], seconds: number, end: Partial<MessageResult>) =>
    store.settleMessages(
      messages.map((message) => ({ message, ...end }) as MessageResult),
      time(seconds),
    );
  return { one, changes, brief, claim, settle };
}

export function messageContract(fresh: Fresh): void {
  describe('messages', () => {
    it('are put in the outbox with the change that they tell of, and not without it', async () => {
      const { store } = await setup(fresh);
      const { one, changes, brief, claim, settle } = await waiting(store, [2, 1]);
      const [first] = changes;
      if (first === undefined) throw new Error('there are two');
      const stale = { ...next(first), expectedSeq: 7, messages: [{ subscription: one.id, seq: 3, since: at }] };
      expect(await store.commit([stale])).toEqual(['stale']);
      expect(await store.dueSubscriptions(time(-1))).toEqual([]);
      expect(await store.dueSubscriptions(at)).toEqual([one.id]);
      const claimed = await claim(0);
      expect(brief(claimed)).toEqual(['a1', 'a2', 'b1']);
      expect(brief(await store.findEntries(claimed))).toEqual(['a1', 'a2', 'b1']);
      expect([await claim(1), await store.dueSubscriptions(time(1))]).toEqual([[], []]);
      await settle(claimed, 1, { end: 'delivered' });
      expect([await claim(100), await store.dueSubscriptions(time(100))]).toEqual([[], []]);
    });

    it('are claimed anew when whoever claimed them has not come back', async () => {
      const { store } = await setup(fresh);
      const { brief, claim, settle } = await waiting(store, [2]);
      const lost = await claim(0);
      expect(await claim(59)).toEqual([]);
      const again = await claim(60);
      expect(brief(again)).toEqual(['a1', 'a2']);
      // What comes too late changes nothing.
      await settle(lost, 61, { end: 'failed', at: time(5), why: 'TIMEOUT' });
      await settle(lost, 61, { end: 'dead', why: 'TIMEOUT' });
      await settle(lost, 61, { end: 'untried' });
      expect(await claim(62)).toEqual([]);
      await settle(again, 63, { end: 'untried' });
      expect(brief(await claim(63))).toEqual(['a1', 'a2']);
    });

    it('of one instance keep their order: what follows waits for one that failed, others do not', async () => {
      const { store } = await setup(fresh);
      const { brief, claim, settle } = await waiting(store, [3, 2]);
      const claimed = await claim(0);
      const [a1] = claimed.filter(({ instance, seq }) => seq === 1 && brief([{ instance, seq }])[0] === 'a1');
      if (a1 === undefined) throw new Error('it was claimed');
      await settle([a1], 1, { end: 'failed', at: time(30), why: '500' });
      await settle(
        claimed.filter((message) => brief([message])[0]?.startsWith('b')),
        1,
        { end: 'delivered' },
      );
      expect(await claim(29)).toEqual([]);
      const second = await claim(30);
      expect(second.map((message) => [brief([message])[0], message.attempts])).toEqual([
        ['a1', 1],
        ['a2', 0],
        ['a3', 0],
      ]);
      await settle(second.slice(0, 1), 31, { end: 'delivered' });
      await settle(second.slice(1), 31, { end: 'untried' });
      expect(brief(await claim(31))).toEqual(['a2', 'a3']);
    });

    it('that come while one before them waits, wait too', async () => {
      const { store } = await setup(fresh);
      const { one, changes, brief, claim, settle } = await waiting(store, [1]);
      const put = async (seq: number) => {
        const [first] = changes;
        if (first === undefined) throw new Error('there is one');
        const messages = [{ subscription: one.id, seq, since: time(1) }];
        const after = { ...first, row: { ...first.row, seq: seq - 1 } };
        expect(await store.commit([next(after, { messages })])).toEqual(['ok']);
      };
      const [a1] = await claim(0);
      await put(2);
      expect(await claim(2)).toEqual([]);
      if (a1 === undefined) throw new Error('it was claimed');
      await settle([a1], 2, { end: 'failed', at: time(600), why: '500' });
      await put(3);
      expect(await claim(3)).toEqual([]);
      // Not looked at again before its time.
      expect(await store.dueSubscriptions(time(599))).toEqual([]);
      const again = await claim(600);
      expect(brief(again)).toEqual(['a1', 'a2', 'a3']);
      await settle(again.slice(0, 1), 600, { end: 'dead', why: 'TIMEOUT' });
      await settle(again.slice(1), 600, { end: 'untried' });
      expect(brief(await claim(601))).toEqual(['a2', 'a3']);
    });

    it('are claimed with nothing left out, however few at a time', async () => {
      const { store } = await setup(fresh);
      const { brief, claim, settle } = await waiting(store, [4, 3, 5]);
      const seen: string[] = [];
      for (let round = 0; round < 12; round += 1) {
        const [message, ...others] = await claim(round, 1);
        expect(others).toEqual([]);
        if (message === undefined) break;
        seen.push(...brief([message]));
        await settle([message], round, { end: 'delivered' });
      }
      for (const name of 'abc') {
        const own = seen.filter((one) => one.startsWith(name));
        expect(own).toEqual([...own].sort());
      }
      expect(seen).toHaveLength(12);
    });

    it('are claimed by one of several nodes, in order', async () => {
      const { store, options, database } = await setup(fresh);
      const nodes = database.dialect.places.includes('$1') ? [store, (await open(options)).store] : [store, store];
      const { one } = await waiting(store, [6, 6, 6, 6, 6, 6]);
      const all = await Promise.all([...nodes, ...nodes].map((node) => node.claimMessages(one.id, at, time(60), 20)));
      const claimed = all.flat().map(({ instance, seq }) => `${instance} ${seq}`);
      expect(new Set(claimed).size).toBe(claimed.length);
      for (const messages of all) {
        for (const instance of new Set(messages.map((message) => message.instance))) {
          const seqs = messages.flatMap((message) => (message.instance === instance ? [message.seq] : []));
          expect(seqs).toEqual(seqs.map((_, n) => n + 1));
        }
      }
    });

    it('that died are listed, sent again and forgotten', async () => {
      const { store } = await setup(fresh);
      const { one, brief, claim, settle } = await waiting(store, [2, 2]);
      await settle(await claim(0), 1, { end: 'dead', why: '500' });
      const dead = await store.listDead(one.id, null, 3);
      expect(dead).toHaveLength(3);
      expect(dead[0]).toMatchObject({ seq: 1, since: at, diedAt: time(1), attempts: 1, why: '500' });
      const [last] = await store.listDead(one.id, dead[2] ?? null, 3);
      if (last === undefined) throw new Error('there are four');
      expect(await store.reviveMessage(last, time(9))).toBe(true);
      expect(await store.reviveMessage(last, time(9))).toBe(false);
      expect((await claim(9)).map(({ attempts, since }) => [attempts, since])).toEqual([[0, time(9)]]);
      expect(await store.forgetDead(time(1), 9)).toBe(0);
      expect([await store.forgetDead(time(2), 2), await store.forgetDead(time(2), 2)]).toEqual([2, 1]);
      expect(brief(await store.listDead(one.id, null, 9))).toEqual([]);
    });

    it('are given up, then dropped, some at a time', async () => {
      const { store } = await setup(fresh);
      const { one, claim } = await waiting(store, [2, 1]);
      expect([
        await store.killMessages(one.id, '410', time(1), 2),
        await store.killMessages(one.id, '410', time(1), 2),
      ]).toEqual([2, 1]);
      expect([await claim(5), (await store.listDead(one.id, null, 9)).map(({ why }) => why)]).toEqual([
        [],
        ['410', '410', '410'],
      ]);
      expect([
        await store.dropMessages(one.id, 2),
        await store.dropMessages(one.id, 2),
        await store.dropMessages(one.id, 2),
      ]).toEqual([2, 1, 0]);
    });
  });

  describe('subscriptions', () => {
    it('are kept as they were given, by tenant, changed and removed', async () => {
      const { store } = await setup(fresh);
      const rows = [
        subscription({ process: 'sales', types: ['a.b', 'c.d'], state: 'disabled', why: '410' }),
        subscription({ formerSecret: 'whsec_b', formerUntil: at }),
        subscription({ tenant: 'acme' }),
      ];
      for (const row of rows) await store.addSubscription(row);
      const [one, two, other] = rows.map(({ id }) => id);
      expect(await store.listSubscriptions('main')).toEqual(rows.slice(0, 2));
      expect(await store.allSubscriptions()).toEqual(rows);
      expect(await store.changeSubscription('main', other ?? '', { state: 'deleted' })).toBe(false);
      expect(await store.changeSubscription('main', one ?? '', { secret: 'whsec_c', formerSecret: 'whsec_a' })).toBe(
        true,
      );
      expect(await store.changeSubscription('main', two ?? '', { state: 'deleted' })).toBe(true);
      expect(await store.changeSubscription('main', two ?? '', { state: 'active' })).toBe(false);
      expect(await store.listSubscriptions('main')).toEqual([
        { ...rows[0], secret: 'whsec_c', formerSecret: 'whsec_a' },
      ]);
      await store.removeSubscription(two ?? '');
      expect((await store.allSubscriptions()).map(({ id }) => id)).toEqual([one, other]);
    });
  });
}
