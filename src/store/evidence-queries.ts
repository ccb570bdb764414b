import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { seenOnly } from './instance-list.ts';
import type { EvidenceName, FoundEvidenceRow, ListedEvidence, Store } from './types.ts';

type EvidenceQueries = Pick<Store, 'findEvidence' | 'listEvidence'>;

const columns = {
  instance: 'e.instance',
  name: 'e.name',
  scope: 'e.scope',
  validFrom: 'e.valid_from',
  validTo: 'e.valid_to',
  madeAt: 'e.made_at',
  seq: 'e.seq',
  withdrawnAt: 'e.withdrawn_at',
};

export function evidenceQueries(database: Database): EvidenceQueries {
  const { reader } = database;

  /** Of each scope what is valid for longest of what has begun, and what begins next. */
  async function found(
    tenant: string,
    day: string,
    { process, name }: EvidenceName,
    scopes: readonly string[],
  ): Promise<readonly FoundEvidenceRow[]> {
    const ranked = reader('evidence as e')
      .select({ ...columns, process: 'e.process' })
      .select(
        reader.raw(
          `row_number() over (partition by e.scope, e.valid_from > ?
            order by case when e.valid_from > ? then e.valid_from end, e.valid_to desc, e.instance) as place`,
          [day, day],
        ),
      )
      .where({ 'e.tenant': tenant, 'e.process': process, 'e.name': name })
      .whereNull('e.withdrawn_at')
      .whereIn('e.scope', [...scopes]);
    const first = ['process', 'name', 'scope', 'instance', 'validFrom', 'validTo'];
    return await reader.from(ranked.as('r')).select(first).where('place', 1);
  }

  return {
    async findEvidence(tenant, day, wanted) {
      const byName = new Map<string, { readonly name: EvidenceName; readonly scopes: string[] }>();
      for (const { process, name, scope } of wanted) {
        const key = `${process}/${name}`;
        const group = byName.get(key) ?? { name: { process, name }, scopes: [] };
        group.scopes.push(scope);
        byName.set(key, group);
      }
      const groups = [...byName.values()].map(({ name, scopes }) => found(tenant, day, name, scopes));
      return (await Promise.all(groups)).flat();
    },

    async listEvidence({ tenant, sight, process, name, day, state, after, limit }) {
      const owned = { process: 'e.process', version: 'i.version', owner: 'i.owner', team: 'i.team' };
      // SQLite keeps the written order of a cross join.
      const rows: Knex.QueryBuilder = reader('evidence as e')
        .joinRaw('cross join instances as i')
        .select({ ...columns, ...owned })
        .whereRaw('i.bucket = e.bucket and i.id = e.instance')
        .where('e.tenant', tenant)
        .orderBy(['e.instance', 'e.name'])
        .limit(limit);
      if (process !== null) rows.where('e.process', process);
      if (name !== null) rows.where('e.name', name);
      if (after !== null) rows.whereRaw('(e.instance, e.name) > (?, ?)', [after.instance, after.name]);
      if (state === 'valid')
        rows.whereRaw('e.withdrawn_at is null and e.valid_from <= ? and e.valid_to >= ?', [day, day]);
      if (state === 'expired') rows.whereRaw('e.withdrawn_at is null and e.valid_to < ?', [day]);
      if (sight !== null) seenOnly(rows, database, sight);
      const page: readonly ListedEvidence[] = await rows;
      return page;
    },
  };
}
