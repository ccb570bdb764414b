import { describe, expect, it } from 'vitest';
import type { Change, EvidencePlace, EvidenceQuery, ListedEvidence, NewEvidence } from '../../src/store/types.ts';
import { at, born, type Fresh, next, setup } from './sample.ts';

const DAY = '2026-02-13';

function made(parts: Partial<NewEvidence> = {}): NewEvidence {
  const seq = parts.seq ?? 1;
  return {
    name: 'review',
    scope: '{}',
    validFrom: '2026-01-01',
    validTo: '2026-03-31',
    madeAt: at,
    seq,
    withdrawnAt: null,
    ...parts,
  };
}

const producer = (evidence: readonly NewEvidence[], row: Partial<Change['row']> = {}) =>
  born({ row: { process: 'market', ...row }, evidence });

const place = (scope = '{}', name = 'review'): EvidencePlace => ({ process: 'market', name, scope });

const query = (parts: Partial<EvidenceQuery> = {}): EvidenceQuery => ({
  ...{ tenant: 'main', sight: null, process: null, name: null, day: DAY, state: null, after: null, limit: 50 },
  ...parts,
});

export function evidenceContract(fresh: Fresh): void {
  describe('evidence', () => {
    it('is written with its instance, replaced by the next of its name, and given back for verifying', async () => {
      const { store } = await setup(fresh);
      const change = producer([made(), made({ name: 'list', scope: '{"region":"华东 ?\\"\'"}' })]);
      const { id } = change.row;
      expect(await store.commit([change])).toEqual(['ok']);
      const renewed = made({ seq: 2, validTo: '2026-04-30', withdrawnAt: '2026-02-14T00:00:00.000Z' });
      const second = next(change, { evidence: [renewed] });
      const stale = next(change, { evidence: [made({ seq: 2 })] });
      expect(await store.commit([second])).toEqual(['ok']);
      expect(await store.commit([stale])).toEqual(['stale']);
      const of = { tenant: 'main', process: 'market' };
      const audited = await store.auditInstance(id);
      expect([...(audited?.evidence ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
        { ...of, ...made({ name: 'list', scope: '{"region":"华东 ?\\"\'"}' }) },
        { ...of, ...renewed },
      ]);
      expect((await store.scanInstances(null, 9)).map(({ evidence }) => evidence.length)).toEqual([2]);
      expect(await store.auditInstance('00000000-0000-7000-8000-000000000000')).toBeNull();
      expect(await store.findEvidence('main', DAY, [place('{"region":"华东 ?\\"\'"}', 'list')])).toHaveLength(1);
    });

    it('is found by tenant, name and scope: what is valid for longest of what has begun, and what begins next', async () => {
      const { store } = await setup(fresh);
      const [short, long, past, soon, later, gone, foreign, east] = [
        producer([made({ validTo: DAY })]),
        producer([made({ validFrom: DAY, validTo: '2026-05-01' })]),
        producer([made({ validFrom: '2025-01-01', validTo: '2025-12-31' })]),
        producer([made({ validFrom: '2026-02-14', validTo: '2026-12-31' })]),
        producer([made({ validFrom: '2026-03-01', validTo: '2027-12-31' })]),
        producer([made({ validTo: '2030-01-01', withdrawnAt: at })]),
        producer([made({ validTo: '2030-01-01' })], { tenant: 'acme' }),
        producer([made({ scope: '{"region":"east"}', validFrom: '2025-01-01', validTo: '2025-12-31' })]),
      ];
      await store.commit([short, long, past, soon, later, gone, foreign, east].flatMap((change) => change ?? []));
      const found = async (day: string, ...wanted: readonly EvidencePlace[]) =>
        (await store.findEvidence('main', day, wanted)).map(({ instance }) => instance).sort();
      const ids = (...changes: readonly (Change | undefined)[]) => changes.map((change) => change?.row.id).sort();
      expect(await found(DAY, place())).toEqual(ids(long, soon));
      expect(await found('2026-02-12', place())).toEqual(ids(short, long));
      expect(await found('2028-01-01', place())).toEqual(ids(later));
      expect(await found(DAY, place(), place('{"region":"east"}'), place('{"region":"west"}'))).toEqual(
        ids(long, soon, east),
      );
      expect(await found(DAY, place('{}', 'other'))).toEqual([]);
      expect(await store.findEvidence('main', DAY, [place('{"region":"east"}')])).toEqual([
        { ...place('{"region":"east"}'), instance: east?.row.id, validFrom: '2025-01-01', validTo: '2025-12-31' },
      ]);
    });

    it('is listed by process, name and state for who sees its instances, page by page', async () => {
      const { store } = await setup(fresh);
      const changes = Array.from({ length: 30 }, (_, n) =>
        producer(
          [
            made({ name: 'review', validTo: n % 3 === 0 ? '2026-02-12' : DAY, withdrawnAt: n % 5 === 0 ? at : null }),
            ...(n % 2 === 0 ? [made({ name: 'list', validFrom: n % 4 === 0 ? DAY : '2026-02-14' })] : []),
          ],
          {
            tenant: n % 7 === 0 ? 'acme' : 'main',
            process: n % 4 === 0 ? 'other' : 'market',
            owner: n % 6 === 0 ? 'ann' : null,
            team: n % 2 === 0 ? 'east' : 'west',
          },
        ),
      );
      await store.commit(changes);
      const rows = changes
        .flatMap(({ row, evidence }) =>
          evidence.map((one): ListedEvidence & { readonly tenant: string } => {
            const { tenant, process, version, owner, team, id } = row;
            return { ...one, tenant, process, version, owner, team, instance: id };
          }),
        )
        .sort((a, b) => (`${a.instance} ${a.name}` < `${b.instance} ${b.name}` ? -1 : 1));
      const expected = ({ tenant, sight, process, name, state }: EvidenceQuery) =>
        rows
          .filter((row) => row.tenant === tenant && (process ?? row.process) === row.process)
          .filter((row) => (name ?? row.name) === row.name)
          .filter(({ withdrawnAt, validFrom, validTo }) => {
            if (state === null) return true;
            const isCurrent = state === 'valid' ? validFrom <= DAY && validTo >= DAY : validTo < DAY;
            return withdrawnAt === null && isCurrent;
          })
          .filter(
            ({ process, owner, team }) =>
              sight === null ||
              owner === sight.owner ||
              sight.processes.includes(process) ||
              (team === sight.team?.name && sight.team.processes.includes(process)),
          )
          .map(({ tenant: _, ...row }) => row);
      const sight = { processes: ['other'], team: { name: 'east', processes: ['market'] }, owner: 'ann' };
      for (const parts of [
        {},
        { tenant: 'acme' },
        { process: 'market' },
        { name: 'list', state: 'valid' as const },
        { process: 'market', name: 'review', state: 'expired' as const },
        { sight },
        { sight: { processes: [], team: null, owner: 'ann' } },
      ]) {
        const whole = query(parts);
        const seen: ListedEvidence[] = [];
        for (let after: EvidenceQuery['after'] = null; ; ) {
          const page = await store.listEvidence({ ...whole, after, limit: 4 });
          seen.push(...page);
          const last = page.at(-1);
          if (last === undefined) break;
          after = { instance: last.instance, name: last.name };
        }
        expect(seen).toEqual(expected(whole));
        expect(seen.length).toBeGreaterThan(0);
      }
    });
  });
}
