import type { Database } from './database.ts';
import type { DefinitionRow, NewDefinition, Store } from './types.ts';

/** How often one is tried again when another node takes the number first. */
const MAX_ATTEMPTS = 256;

const columns = {
  process: 'd.process',
  version: 'd.version',
  digest: 'd.digest',
  yaml: 'd.yaml',
  calendars: 'd.calendars',
  addedAt: 'd.published_at',
  addedBy: 'd.published_by',
};

type DefinitionQueries = Pick<Store, 'addDefinition' | 'getDefinition'>;

export function definitionQueries({ reader, writer }: Database): DefinitionQueries {
  async function find(where: Readonly<Record<string, string | number>>): Promise<DefinitionRow | null> {
    const [row]: readonly DefinitionRow[] = await reader('definitions as d').select(columns).where(where);
    return row ?? null;
  }

  return {
    async addDefinition(definition: NewDefinition) {
      const { process, digest } = definition;
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        const same = await find({ 'd.process': process, 'd.digest': digest });
        if (same !== null) return { version: same.version, created: false };
        const [last]: readonly { readonly n: number | null }[] = await reader('definitions')
          .where({ process })
          .max({ n: 'version' });
        const version = (last?.n ?? 0) + 1;
        const inserted: readonly unknown[] = await writer('definitions')
          .insert({
            process,
            version,
            digest,
            yaml: definition.yaml,
            calendars: definition.calendars,
            published_at: definition.addedAt,
            published_by: definition.addedBy,
          })
          .onConflict()
          .ignore()
          .returning('version');
        if (inserted.length > 0) return { version, created: true };
      }
      throw new Error(`no free version number for ${process} after ${MAX_ATTEMPTS} attempts`);
    },
    getDefinition: (process, version) => find({ 'd.process': process, 'd.version': version }),
  };
}
