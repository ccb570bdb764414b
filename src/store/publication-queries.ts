import type { Knex } from 'knex';
import type { Database } from './database.ts';
import type { NewestVersion, PublicationRow, PublicationStore, RecordedVersion } from './publication-types.ts';

const columns = {
  process: 'p.process',
  seq: 'p.seq',
  version: 'p.version',
  act: 'p.act',
  at: 'p.at',
  actor: 'p.actor',
  via: 'p.via',
  note: 'p.note',
  hypothesis: 'p.hypothesis',
  metric: 'p.metric',
  effectiveAt: 'p.effective_at',
  tests: 'p.tests',
  outcome: 'p.outcome',
  isForced: 'p.forced',
};

type Stored = Omit<PublicationRow, 'isForced'> & { readonly isForced: number };

/** Lines of one version; what is recorded of it after that is refused long before. */
const MOST_LINES = 1_000;
const MOST_VERSIONS = 10_000;
/** Counting stops here, so that looking costs the same however many there are. */
const COUNTED = 10_000;

export function publicationQueries({ reader, writer }: Database): PublicationStore {
  const lines = (): Knex.QueryBuilder => reader('publications as p').select(columns);
  const rowsOf = async (query: Knex.QueryBuilder): Promise<readonly PublicationRow[]> => {
    const rows: readonly Stored[] = await query;
    return rows.map((row) => ({ ...row, isForced: row.isForced === 1 }));
  };

  /** What is published and was not taken back, or given another time, before it came into effect. */
  const holding = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    query
      .whereNotNull('p.effective_at')
      .whereNotExists(
        reader('publications as l')
          .select(reader.raw('1'))
          .whereRaw('l.process = p.process and l.version = p.version and l.seq > p.seq and l.at < p.effective_at'),
      );

  /** What was published at once is in effect whatever a clock says. */
  const inEffect = (query: Knex.QueryBuilder, now: string): Knex.QueryBuilder =>
    holding(query).whereRaw('(p.effective_at <= ? or p.effective_at = p.at)', [now]);

  async function count(tenant: string, process: string, version: number, status: 'active' | 'closed'): Promise<number> {
    const some = reader('instances').where({ tenant, process, version, status }).select(reader.raw('1')).limit(COUNTED);
    return Number((await reader.from(some.as('some')).count({ n: '*' }).first()).n);
  }

  const newest = (now: string): Knex.QueryBuilder =>
    inEffect(reader('publications as p'), now).select({
      process: 'p.process',
      version: 'p.version',
      at: 'p.at',
      actor: 'p.actor',
      effectiveAt: 'p.effective_at',
    });
  const recordOf = (process: string, version: number) =>
    rowsOf(lines().where({ 'p.process': process, 'p.version': version }).orderBy('p.seq').limit(MOST_LINES));

  return {
    async addPublication({ effectiveAt, isForced, ...row }) {
      const added: readonly unknown[] = await writer('publications')
        .insert({ ...row, effective_at: effectiveAt, forced: isForced ? 1 : 0 })
        .onConflict(['process', 'seq'])
        .ignore()
        .returning('seq');
      return added.length > 0;
    },
    async lastPublication(process) {
      const [row] = await rowsOf(lines().where('p.process', process).orderBy('p.seq', 'desc').limit(1));
      return row ?? null;
    },
    publicationsOf: recordOf,
    async listNewest(now) {
      const ranked = newest(now).select(
        reader.raw('row_number() over (partition by p.process order by p.effective_at desc, p.seq desc) as place'),
      );
      const rows: readonly NewestVersion[] = await reader
        .from(ranked.as('r'))
        .select('process', 'version', 'at', 'actor', 'effectiveAt')
        .where('place', 1)
        .orderBy('process')
        .limit(MOST_VERSIONS);
      return rows;
    },
    async newestVersion(process, now) {
      const [row]: readonly NewestVersion[] = await newest(now)
        .where('p.process', process)
        .orderBy([
          { column: 'p.effective_at', order: 'desc' },
          { column: 'p.seq', order: 'desc' },
        ])
        .limit(1);
      return row ?? null;
    },
    async nextEffective(process, now) {
      const [row]: readonly { readonly next: string }[] = await holding(reader('publications as p'))
        .where('p.process', process)
        .where('p.effective_at', '>', now)
        .whereRaw('p.effective_at > p.at')
        .orderBy('p.effective_at')
        .select({ next: 'p.effective_at' })
        .limit(1);
      return row?.next ?? null;
    },
    async listKnownVersions(now) {
      const published = inEffect(reader('publications as p'), now)
        .select(reader.raw('1'))
        .whereRaw('p.process = d.process and p.version = d.version');
      const rows: readonly { readonly process: string; readonly version: number; readonly published: number }[] =
        await reader('definitions as d')
          .select({ process: 'd.process', version: 'd.version' })
          .select(reader.raw('case when exists ? then 1 else 0 end as published', [published]))
          .orderBy(['d.process', 'd.version'])
          .limit(MOST_VERSIONS);
      return rows.map(({ published: is, ...version }) => ({ ...version, isPublished: is === 1 }));
    },
    async listPublished(process, now, limit) {
      const rows: readonly { readonly version: number }[] = await inEffect(reader('publications as p'), now)
        .where('p.process', process)
        .distinct({ version: 'p.version' })
        .orderBy('version', 'desc')
        .limit(limit);
      return rows.map(({ version }) => version);
    },
    async listVersions(process, before, limit) {
      const versions = reader('definitions as d')
        .select({ process: 'd.process', version: 'd.version', digest: 'd.digest' })
        .where('d.process', process)
        .whereExists(
          reader('publications as p')
            .select(reader.raw('1'))
            .whereRaw('p.process = d.process and p.version = d.version'),
        )
        .orderBy('d.version', 'desc')
        .limit(limit);
      if (before !== null) versions.where('d.version', '<', before);
      const found: readonly Omit<RecordedVersion, 'record'>[] = await versions;
      const numbers = found.map(({ version }) => version);
      const recorded = await rowsOf(
        lines()
          .where('p.process', process)
          .whereIn('p.version', numbers)
          .orderBy('p.seq')
          .limit(limit * MOST_LINES),
      );
      return found.map((row) => ({ ...row, record: recorded.filter(({ version }) => version === row.version) }));
    },
    countInstances: (tenant, process, versions) =>
      Promise.all(
        versions.map(async (version) => ({
          version,
          open: await count(tenant, process, version, 'active'),
          closed: await count(tenant, process, version, 'closed'),
        })),
      ),
  };
}
