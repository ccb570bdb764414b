import type { Knex } from 'knex';
import type { Database } from './database.ts';
import type { DefinitionRow, NewDefinition, Store } from './types.ts';

/** How often a publish is tried again when another node takes the number first. */
const MAX_ATTEMPTS = 256;

const MAX_VERSIONS = 200;
const MAX_NAMES = 10_000;

const columns = {
  process: 'd.process',
  version: 'd.version',
  digest: 'd.digest',
  yaml: 'd.yaml',
  calendars: 'd.calendars',
  publishedAt: 'd.published_at',
  publishedBy: 'd.published_by',
};

type DefinitionQueries = Pick<
  Store,
  'publish' | 'listDefinitionNames' | 'listProcesses' | 'listVersions' | 'getDefinition'
>;

export function definitionQueries({ reader, writer }: Database): DefinitionQueries {
  const definitions = (): Knex.QueryBuilder => reader('definitions as d').select(columns);

  async function publish(definition: NewDefinition) {
    const { process, digest } = definition;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const [same]: readonly DefinitionRow[] = await definitions().where({ 'd.process': process, 'd.digest': digest });
      if (same !== undefined) return { version: same.version, created: false };
      const version = ((await newest(process))?.version ?? 0) + 1;
      const inserted: readonly unknown[] = await writer('definitions')
        .insert({
          process,
          version,
          digest,
          yaml: definition.yaml,
          calendars: definition.calendars,
          published_at: definition.publishedAt,
          published_by: definition.publishedBy,
        })
        .onConflict()
        .ignore()
        .returning('version');
      if (inserted.length > 0) return { version, created: true };
    }
    throw new Error(`no free version number for ${process} after ${MAX_ATTEMPTS} attempts`);
  }

  async function newest(process: string): Promise<DefinitionRow | null> {
    const [row]: readonly DefinitionRow[] = await definitions()
      .where('d.process', process)
      .orderBy('d.version', 'desc')
      .limit(1);
    return row ?? null;
  }

  return {
    publish,
    listDefinitionNames: async () =>
      await reader('definitions').select('process', 'version').orderBy(['process', 'version']).limit(MAX_NAMES),
    listProcesses: async () =>
      await definitions()
        .where('d.version', reader('definitions as n').max('n.version').whereRaw('n.process = d.process'))
        .orderBy('d.process'),
    listVersions: async (process) =>
      await definitions().where('d.process', process).orderBy('d.version', 'desc').limit(MAX_VERSIONS),
    async getDefinition(process, version) {
      if (version === null) return newest(process);
      const [row]: readonly DefinitionRow[] = await definitions().where({ 'd.process': process, 'd.version': version });
      return row ?? null;
    },
  };
}
