import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import type { Change, HistoryPlace, HistoryRow, InstanceQuery, Sight, StoredInstance } from '../../src/store/types.ts';
import { anyCard, dice, isWanted, randomCard, randomFilter } from './random-cards.ts';
import { born, type Fresh, historyRow, listed, next, setup, storedAfter } from './sample.ts';

interface Deal {
  readonly change: Change;
  readonly quarantined: boolean;
}

export function randomDeals(count: number): readonly Deal[] {
  const roll = dice(2026);
  return Array.from({ length: count }, () => {
    const closed = roll(3) === 0;
    const steps = Array.from({ length: roll(4) }, () => {
      const phase = roll(3);
      return { phase: `phase-${phase}`, step: `step-${phase}-${roll(3)}` };
    });
    const position = [...new Map(steps.map((place) => [place.step, place])).values()];
    const card = randomCard(roll);
    const change = born({
      row: {
        version: 1 + roll(3),
        tenant: roll(4) === 0 ? 'acme' : 'main',
        owner: roll(4) === 0 ? null : `owner-${roll(3)}`,
        parent: roll(3) === 0 ? `parent-${roll(2)}` : null,
        team: roll(4) === 0 ? null : `team-${roll(2)}`,
        process: `process-${roll(3)}`,
        key: roll(2) === 0 ? `键-${roll(9)}` : null,
        status: closed ? 'closed' : roll(4) === 0 ? 'on-hold' : 'active',
        outcome: closed || roll(6) === 0 ? `outcome-${roll(3)}` : null,
      },
      position,
      cards: {
        gone: null,
        listed: closed
          ? []
          : position.map((place, slot) => ({ slot, ...place, ...card(), shared: position.length > 1 })),
      },
    });
    return { change, quarantined: roll(8) === 0 };
  });
}

/** The list as one would write it over an array. */
function filtered(deals: readonly Deal[], query: Partial<InstanceQuery>): readonly string[] {
  const { tenant = 'main', sight, parent, owner, team, process, phase, step, status, outcome, key } = query;
  const { version, cards } = query;
  return deals
    .filter(({ change: { row, position, cards: made }, quarantined }) => {
      if (row.tenant !== tenant || (sight && !isSeen(row, sight))) return false;
      if (parent && row.parent !== parent) return false;
      if (owner && row.owner !== owner) return false;
      if (team && row.team !== team) return false;
      if (process && row.process !== process) return false;
      if (outcome && row.outcome !== outcome) return false;
      if (key && row.key !== key) return false;
      if (version && row.version !== version) return false;
      if (cards && !made.listed.some((card) => (!step || card.step === step) && isWanted(card, cards))) return false;
      if (status && (quarantined ? 'quarantined' : row.status) !== status) return false;
      return !(phase || step) || position.some((p) => (!phase || p.phase === phase) && (!step || p.step === step));
    })
    .map(({ change }) => change.row.id)
    .sort();
}

function isSeen({ process, owner, team }: Change['row'], sight: Sight): boolean {
  const ofTeam = sight.team?.name === team && (sight.team?.processes ?? []).includes(process);
  return sight.processes.includes(process) || ofTeam || owner === sight.owner;
}

export function listContract(fresh: Fresh): void {
  openContract(fresh);
  describe('lists', () => {
    it('give every filter, and filters together, page by page in order of id', async () => {
      const { store } = await setup(fresh);
      const deals = randomDeals(240);
      await store.commit(deals.map(({ change }) => change));
      for (const { change, quarantined } of deals) if (quarantined) await store.quarantine(change.row.id, '原因');

      const roll = dice(7);
      const some = <T>(chance: number, value: T): T | null => (roll(chance) === 0 ? value : null);
      const single: readonly Partial<InstanceQuery>[] = [
        {},
        { process: 'process-1' },
        { phase: 'phase-1' },
        { step: 'step-1-1' },
        { status: 'active' },
        { status: 'on-hold' },
        { status: 'closed' },
        { status: 'quarantined' },
        { outcome: 'outcome-1' },
        { key: '键-3' },
        { tenant: 'acme' },
        { parent: 'parent-1' },
        { parent: 'parent-0', sight: { processes: [], team: null, owner: 'owner-2' } },
        { owner: 'owner-1' },
        { team: 'team-1' },
        { sight: { processes: [], team: null, owner: 'owner-2' } },
        { sight: { processes: [], team: { name: 'team-0', processes: ['process-2'] }, owner: 'nobody' } },
        { phase: 'phase-1', step: 'step-2-1' },
        { process: 'process-1', step: 'step-1-1', cards: { ...anyCard, class: 'B' } },
        { process: 'process-1', version: 2, cards: { ...anyCard, deadline: 'late' } },
      ];
      const several = Array.from({ length: 150 }, () => ({
        tenant: roll(4) === 0 ? 'acme' : 'main',
        sight: some(2, {
          processes: roll(2) === 0 ? [] : [`process-${roll(3)}`],
          team: some(2, { name: `team-${roll(2)}`, processes: [`process-${roll(3)}`, `process-${roll(3)}`] }),
          owner: `owner-${roll(3)}`,
        }),
        parent: some(8, `parent-${roll(2)}`),
        owner: some(6, `owner-${roll(3)}`),
        team: some(6, `team-${roll(2)}`),
        process: some(3, `process-${roll(3)}`),
        phase: some(3, `phase-${roll(3)}`),
        step: some(5, `step-${roll(3)}-${roll(3)}`),
        status: some(3, (['active', 'on-hold', 'closed', 'quarantined'] as const)[roll(4)] ?? null),
        outcome: some(5, `outcome-${roll(3)}`),
        key: some(6, `键-${roll(9)}`),
        version: some(6, 1 + roll(3)),
        cards: some(3, randomFilter(roll)),
      }));
      let found = 0;
      for (const query of [...single, ...several]) {
        const expected = filtered(deals, query);
        found += expected.length;
        expect(await listed(store, { ...query, limit: 1 + roll(40) }), JSON.stringify(query)).toEqual(expected);
      }
      expect(found).toBeGreaterThan(1000);
    });

    it('give the history of one instance after a place', async () => {
      const { store } = await setup(fresh);
      let change = born();
      await store.commit([change]);
      for (let n = 0; n < 9; n += 1) {
        change = next(change);
        await store.commit([change, born()]);
      }
      const seqs = async (after: number, limit: number) =>
        (await store.history(change.row.id, after, limit)).map(({ seq }) => seq);
      expect(await seqs(0, 4)).toEqual([1, 2, 3, 4]);
      expect(await seqs(4, 4)).toEqual([5, 6, 7, 8]);
      expect(await seqs(8, 4)).toEqual([9, 10]);
      expect(await seqs(10, 4)).toEqual([]);
      expect(await store.history(newId(), 0, 4)).toEqual([]);
    });

    it('scan entries and rows of all instances in the order of their places', async () => {
      const { store } = await setup(fresh);
      const first = Array.from({ length: 70 }, () => born());
      const second = first.map((change) => next(change));
      await store.commit(first);
      await store.commit(second.slice(0, 40));

      const entries: HistoryRow[] = [];
      for (let after: HistoryPlace | null = null; ; ) {
        const page: readonly HistoryRow[] = await store.scanHistory(after, 17);
        entries.push(...page);
        const last = page.at(-1);
        if (last === undefined) break;
        after = { bucket: last.bucket, instance: last.instance, seq: last.seq };
      }
      const written = [...first, ...second.slice(0, 40)].flatMap(({ row, entries: made }) =>
        made.map((one) => historyRow(row.id, one)),
      );
      expect(entries).toEqual(
        written.toSorted((a, b) => a.bucket - b.bucket || compare(a.instance, b.instance) || a.seq - b.seq),
      );

      const instances: StoredInstance[] = [];
      for (let after: { bucket: number; id: string } | null = null; ; ) {
        const page: readonly StoredInstance[] = await store.scanInstances(after, 17);
        instances.push(...page);
        const last = page.at(-1);
        if (last === undefined) break;
        after = { bucket: last.bucket, id: last.id };
      }
      expect(instances).toEqual(
        first
          .map((change, n) => ({ ...(n < 40 ? storedAfter(change, next(change)) : storedAfter(change)), evidence: [] }))
          .sort((a, b) => a.bucket - b.bucket || compare(a.id, b.id)),
      );
    });
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function openContract(fresh: Fresh): void {
  it('lists the open instances of one process and tenant, held and quarantined ones too, page after page', async () => {
    const { store } = await setup(fresh);
    const changes = [
      born(),
      born({ row: { status: 'on-hold' } }),
      born({ row: { status: 'closed' } }),
      born({ row: { tenant: 'acme' } }),
      born({ row: { process: 'other' } }),
      born(),
    ];
    await store.commit(changes);
    const [one, held, , , , last] = changes.map(({ row }) => row.id);
    if (last === undefined) throw new Error('there are six');
    await store.quarantine(last, 'damaged');
    const list = (after: string | null, limit: number) =>
      store.openInstances({ tenant: 'main', process: 'sales', after, limit });
    const all = await list(null, 9);
    expect([...all].sort()).toEqual([one, held, last].sort());
    expect(all).toEqual([...all].sort());
    expect([await list(null, 2), await list(all[1] ?? null, 2)]).toEqual([all.slice(0, 2), all.slice(2)]);
  });
}
