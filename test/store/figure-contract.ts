import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import type { Change, FigurePick, FigureScope, NewStayRow } from '../../src/store/types.ts';
import { born, type Fresh, next, setup } from './sample.ts';

const of = (day: number) => `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const march = { since: of(1), until: of(31) };
const all: FigureScope = { tenant: 'main', process: 'sales', versions: null, sight: null };
const none = { stays: [], deadlines: [], turnedDown: [] } as const;

/** A round of a step that took so many days, from one day of March on; null: it is open. */
function stay(step: string, from: number, days: number | null, ended = 'done', round = 1): NewStayRow {
  const enteredAt = of(from);
  const open = { leftAt: null, ended: null, elapsed: null, waiting: null, paused: null };
  if (days === null) return { step, round, enteredAt, ...open };
  const elapsed = days * 86_400;
  return { step, round, enteredAt, leftAt: of(from + days), ended, elapsed, waiting: 3600, paused: 0 };
}

const deal = (figures: Partial<Change['figures']>, row: Partial<Change['row']> = {}) =>
  born({ row: { id: newId(), startedAt: of(1), ...row }, figures: { ...none, ...figures } });

/** Rows as texts, whatever order they come in. */
const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.values(row))).sort();

/** What figures are counted from and by, on every database. */
export function figureContract(fresh: Fresh): void {
  describe('figures', () => {
    it('count rounds by when they were entered and how they ended, and how long they took by nearest rank', async () => {
      const { store } = await setup(fresh);
      const deals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((days) => deal({ stays: [stay('demo', 2, days)] }));
      const others = [
        deal({ stays: [stay('demo', 2, 3, 'reworked'), stay('first', 1, 1), stay('demo', 20, null, '', 2)] }),
        deal({ stays: [stay('demo', 2, 0, 'skipped')] }),
        deal({ stays: [stay('demo', 2, 5, 'void')] }),
        deal({ stays: [stay('demo', 2, 5)] }, { tenant: 'acme' }),
      ];
      await store.commit([...deals, ...others]);
      expect(sorted(await store.countFunnel(all, march))).toEqual([
        '["demo","done",10]',
        '["demo","reworked",1]',
        '["demo","skipped",1]',
        '["demo",null,1]',
        '["first","done",1]',
      ]);
      const days = 86_400;
      expect([...(await store.countStays(all, march))].sort((a, b) => (a.step < b.step ? -1 : 1))).toEqual([
        {
          step: 'demo',
          rounds: 11,
          // 1, 2, 3, 3, 4, 5, 6 …: the 6th and the 10th of 11.
          p50: 5 * days,
          p90: 9 * days,
          known: 11,
          elapsed: 58 * days,
          waiting: 11 * 3600,
          paused: 0,
        },
        { step: 'first', rounds: 1, p50: days, p90: days, known: 1, elapsed: days, waiting: 3600, paused: 0 },
      ]);
      // The end of a period is excluded.
      const short = { since: of(3), until: of(12) };
      expect(await store.countStays(all, short)).toMatchObject([{ step: 'demo', rounds: 10 }]);
      expect(await store.countFunnel(all, short)).toEqual([]);
    });

    it('count clocks that ended in time, late, and those that run late', async () => {
      const { store } = await setup(fresh);
      const ended = (endedAt: number, how: string, round = 1) =>
        ({ clock: 'step/demo', round, due: of(10), endedAt: of(endedAt), how }) as const;
      const runs = (due: number) => ({ clock: 'step/demo', round: 9, due: of(due), endedAt: null, how: null }) as const;
      await store.commit([
        deal({ deadlines: [ended(9, 'done'), ended(10, 'done', 2), ended(11, 'done', 3), ended(9, 'left', 4)] }),
        deal({ deadlines: [ended(12, 'closed'), ended(12, 'not-needed', 2), ended(12, 'void', 3), runs(14)] }),
        deal({ deadlines: [runs(15)] }),
        deal({ deadlines: [runs(20)] }),
      ]);
      expect(await store.countDeadlines(all, march, of(15))).toEqual([
        { clock: 'step/demo', inTime: 2, late: 2, runningLate: 1 },
      ]);
      expect(await store.countDeadlines(all, { since: of(15), until: of(31) }, of(31))).toEqual([
        { clock: 'step/demo', inTime: 0, late: 0, runningLate: 2 },
      ]);
    });

    it('count refusals by criterion, outcomes with their amounts, and both starts and ends by parts of the period', async () => {
      const { store } = await setup(fresh);
      const down = (seq: number, criterion: string, step: string | null = 'demo') =>
        ({ seq, at: of(5), version: seq, step, gate: 'step/exit/demo', criterion }) as const;
      const end = (outcome: string | null, reason: string | null, amount: number | null, day = 8) =>
        ({ at: of(day), outcome, reason, amount, currency: amount === null ? null : 'CNY' }) as const;
      const big = Number.MAX_SAFE_INTEGER - 10;
      await store.commit([
        deal({ turnedDown: [down(1, 'a'), down(2, 'a'), down(2, 'b')], ending: end('won', null, big) }),
        deal({ turnedDown: [down(3, 'a'), down(4, 'a', null)], ending: end('won', null, 7, 20) }, { version: 2 }),
        deal({ ending: end('lost', 'price', null) }),
        deal({ ending: end(null, null, null) }),
        deal({ ending: { ...end('lost', 'price', null), at: null } }, { startedAt: of(12) }),
      ]);
      expect(sorted(await store.countTurnedDown(all, march))).toEqual([
        '["demo","step/exit/demo","a",3,3,2]',
        '["demo","step/exit/demo","b",2,1,1]',
        '[null,"step/exit/demo","a",4,1,1]',
      ]);
      expect(sorted(await store.countEndings(all, march, null))).toEqual(
        ['["lost","price",null,1,0,0]', `["won",null,"CNY",2,2,${big + 7}]`, '[null,null,null,1,0,0]'].sort(),
      );
      expect(sorted(await store.countEndings(all, march, [2]))).toContain('["won",null,"CNY",2,1,7]');
      expect(sorted(await store.countEndings(all, march, []))).toContain('["won",null,"CNY",2,0,0]');
      expect(sorted(await store.countSeries(all, march, [of(1), of(10), of(20)]))).toEqual(
        ['[0,"ended","lost",1]', '[0,"ended","won",1]', '[0,"ended",null,1]', '[0,"started",null,4]']
          .concat(['[1,"started",null,1]', '[2,"ended","won",1]'])
          .sort(),
      );
    });

    it('are of the versions and of what may be seen alone, counted and listed', async () => {
      const { store } = await setup(fresh);
      const deals = [
        deal({ stays: [stay('demo', 2, 1)] }, { owner: 'zhang', team: 'east', version: 1 }),
        deal({ stays: [stay('demo', 2, 1)] }, { owner: 'li', team: 'east', version: 1 }),
        deal({ stays: [stay('demo', 2, 1)] }, { owner: 'li', team: 'west', version: 2 }),
        deal({ stays: [stay('demo', 2, 1)] }, { owner: null, team: null, version: 3 }),
      ];
      await store.commit(deals);
      const ids = deals.map(({ row }) => row.id);
      const seen = async (scope: Partial<FigureScope>) => {
        const asked = { ...all, ...scope };
        const picks: FigurePick[] = [
          { of: 'left', step: 'demo' },
          { of: 'entered', step: 'demo', ended: null },
          { of: 'started' },
        ];
        const page = { now: of(31), after: null, limit: 10 };
        const lists = await Promise.all(picks.map((pick) => store.pickInstances(asked, march, pick, page)));
        const counted = (await store.countFunnel(asked, march)).map(({ rounds }) => rounds);
        expect(counted).toEqual((lists[0] ?? []).length === 0 ? [] : [lists[0]?.length]);
        expect(lists[1]).toEqual(lists[0]);
        expect(lists[2]).toEqual(lists[0]);
        return (lists[0] ?? []).map((id) => ids.indexOf(id));
      };
      expect(await seen({})).toEqual([0, 1, 2, 3]);
      expect(await seen({ versions: [2, 3] })).toEqual([2, 3]);
      expect(await seen({ versions: [] })).toEqual([]);
      expect(await seen({ tenant: 'acme' })).toEqual([]);
      expect(await seen({ sight: { owner: 'zhang', versions: [], team: null } })).toEqual([0]);
      expect(await seen({ sight: { owner: 'x', versions: [2], team: { name: 'east', versions: [1] } } })).toEqual([
        0, 1, 2,
      ]);
      expect(await seen({ sight: { owner: 'x', versions: [], team: { name: 'east', versions: [2] } } })).toEqual([]);
      const pick: FigurePick = { of: 'left', step: 'demo' };
      const page = { now: of(31), after: ids[1] ?? null, limit: 1 };
      expect(await store.pickInstances(all, march, pick, page)).toEqual([ids[2]]);
    });

    it('are written with the change that they come of, and replaced by the next', async () => {
      const { store } = await setup(fresh);
      const first = deal({ stays: [stay('demo', 2, null)] });
      expect(await store.commit([first])).toEqual(['ok']);
      const second = next(first, { figures: { ...none, stays: [stay('demo', 2, 4, 'closed')] } });
      expect(await store.commit([{ ...second, expectedSeq: 9 }])).toEqual(['stale']);
      expect(await store.countFunnel(all, march)).toMatchObject([{ ended: null }]);
      expect(await store.commit([second])).toEqual(['ok']);
      expect(await store.countFunnel(all, march)).toMatchObject([{ ended: 'closed', rounds: 1 }]);
    });

    it('of instances that are named as pending are filed where these stand as they did', async () => {
      const { database, store } = await setup(fresh);
      const [one, two] = [deal({ stays: [stay('old', 2, 1)] }), deal({})];
      await store.commit([one, two]);
      for (const { row } of [one, two]) {
        const { bucket } = (await store.loadInstances([row.id]))[0] ?? { bucket: 0 };
        await database.writer('figures_pending').insert({ bucket, instance: row.id });
      }
      const pending = await store.pendingFigures(null, 10);
      expect(pending.map(({ id }) => id).sort()).toEqual([one.row.id, two.row.id].sort());
      expect(await store.pendingFigures(pending[1] ?? null, 10)).toEqual([]);
      expect([await store.lacksFigures('main', 'sales'), await store.lacksFigures('acme', 'sales')]).toEqual([
        true,
        false,
      ]);
      const filing = { ...none, stays: [stay('demo', 2, 1)], seq: 1 };
      const filings = [
        { ...filing, instance: one.row.id },
        { ...filing, instance: two.row.id, seq: 7 },
      ];
      expect(await store.fileFigures(filings)).toBe(1);
      expect(await store.countFunnel(all, march)).toMatchObject([{ step: 'demo', rounds: 1 }]);
      expect(await store.pendingFigures(null, 10)).toMatchObject([{ id: two.row.id }]);
      expect(await store.fileFigures([{ ...filing, instance: two.row.id }])).toBe(1);
      expect(await store.lacksFigures('main', 'sales')).toBe(false);
    });
  });
}
