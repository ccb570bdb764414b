import { describe, expect, it } from 'vitest';
import type { SignalRow } from '../../src/store/types.ts';
import { at, born, type Fresh, next, setup } from './sample.ts';

const time = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000).toISOString();
const receipt = (n: number) => `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`;

function signal(n: number, parts: Partial<SignalRow> = {}): SignalRow {
  return {
    receipt: receipt(n),
    tenant: 'main',
    sender: '{}',
    id: `s-${n}`,
    signal: 'paid',
    value: 'K-1',
    at,
    data: '{}',
    receivedAt: time(n),
    expiresAt: time(100 + n),
    isKept: true,
    state: 'kept',
    attempts: 0,
    revision: 1,
    results: '[]',
    settledAt: null,
    ...parts,
  };
}

const names = (rows: readonly SignalRow[]) => rows.map(({ id }) => id);

export function signalContract(fresh: Fresh): void {
  describe('signals', () => {
    it('are there once under a receipt, and changed by whoever read them last', async () => {
      const { store } = await setup(fresh);
      expect([await store.addSignal(signal(1)), await store.addSignal(signal(1, { id: 'other' }))]).toEqual([
        true,
        false,
      ]);
      expect(await store.getSignal('main', receipt(1))).toEqual(signal(1));
      expect(await store.getSignal('acme', receipt(1))).toBeNull();
      const change = { state: 'delivered', results: '[1]', data: null, settledAt: time(5) } as const;
      expect(await store.changeSignal({ receipt: receipt(1), revision: 2 }, change)).toBe(false);
      expect(await store.changeSignal(signal(1), change)).toBe(true);
      expect(await store.changeSignal(signal(1), { ...change, state: 'refused' })).toBe(false);
      expect(await store.getSignal('main', receipt(1))).toEqual({ ...signal(1), ...change, revision: 2 });
      expect([await store.removeSignal('acme', receipt(1)), await store.removeSignal('main', receipt(1))]).toEqual([
        false,
        true,
      ]);
    });

    it('are listed, counted, looked for and forgotten', async () => {
      const { store } = await setup(fresh);
      await store.addSignal(signal(3));
      await store.addSignal(signal(2, { state: 'delivered', settledAt: time(2) }));
      await store.addSignal(signal(1, { state: 'unmatched', settledAt: time(1) }));
      await store.addSignal(signal(4, { value: 'K-2' }));
      await store.addSignal(signal(5, { tenant: 'acme' }));
      const list = async (parts: object = {}) =>
        names(await store.listSignals({ tenant: 'main', state: null, after: null, limit: 9, ...parts }));
      expect(await list()).toEqual(['s-1', 's-2', 's-3', 's-4']);
      expect(await list({ limit: 2, after: signal(1) })).toEqual(['s-2', 's-3']);
      expect(await list({ state: 'kept' })).toEqual(['s-3', 's-4']);
      expect([await store.countOpenSignals('main', 9), await store.countOpenSignals('main', 2)]).toEqual([3, 2]);
      expect(names(await store.keptSignals('main', 'K-1', null, 9))).toEqual(['s-3']);
      expect(names(await store.keptSignals('main', 'K-1', signal(3), 9))).toEqual([]);
      expect(names(await store.expiredSignals(time(104), 9))).toEqual(['s-3', 's-4']);
      expect([await store.forgetSignals(true, time(2), 9), await store.forgetSignals(true, time(3), 9)]).toEqual([
        0, 1,
      ]);
      expect(await store.forgetSignals(false, time(3), 9)).toBe(1);
      expect(await list()).toEqual(['s-3', 's-4']);
    });

    it('find instances by the values that came with a commit, and no more once they are gone', async () => {
      const { store } = await setup(fresh);
      const found = [{ field: 'order_no', value: "K-'1\u2028" }];
      const change = born({ correlations: { gone: [], found } });
      expect(await store.commit([change, born()])).toEqual(['ok', 'ok']);
      const { id, process } = change.row;
      const places = [{ process, field: 'order_no' }];
      const others = [{ process, field: 'waybill' }];
      expect(await store.findCorrelated('main', "K-'1\u2028", others, 9)).toEqual([]);
      expect(await store.findCorrelated('main', "K-'1\u2028", places, 9)).toEqual([
        { instance: id, field: 'order_no' },
      ]);
      expect(await store.findCorrelated('acme', "K-'1\u2028", places, 9)).toEqual([]);
      expect(await store.loadCorrelations([id])).toEqual([
        { instance: id, seq: 1, rows: [{ field: 'order_no', value: "K-'1\u2028", isOwn: true }] },
      ]);
      await store.addSignal(signal(1, { value: "K-'1\u2028" }));
      await store.addSignal(signal(2));
      expect(names(await store.matchedSignals(null, 9))).toEqual(['s-1']);
      expect(names(await store.matchedSignals(receipt(1), 9))).toEqual([]);
      // What is stale changes nothing.
      const gone = next(change, { correlations: { gone: found, found: [] } });
      expect(await store.commit([{ ...gone, expectedSeq: 99 }])).toEqual(['stale']);
      expect(await store.findCorrelated('main', "K-'1\u2028", places, 9)).toHaveLength(1);
      expect(await store.commit([gone])).toEqual(['ok']);
      expect(await store.findCorrelated('main', "K-'1\u2028", places, 9)).toEqual([]);
    });
  });
}
