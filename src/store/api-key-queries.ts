import type { Database } from './database.ts';
import type { ApiKeyRow, Store } from './types.ts';

const columns = {
  id: 'id',
  hash: 'hash',
  actor: 'actor',
  roles: 'roles',
  team: 'team',
  tenant: 'tenant',
  actsForOthers: 'acts_for_others',
  name: 'name',
  createdAt: 'created_at',
  expiresAt: 'expires_at',
  revokedAt: 'revoked_at',
};

type StoredKey = Omit<ApiKeyRow, 'roles' | 'actsForOthers'> & {
  readonly roles: string;
  readonly actsForOthers: number;
};

/** Most keys that are listed. */
const MAX_KEYS = 1000;

export function apiKeyQueries({
  reader,
  writer,
}: Database): Pick<Store, 'addApiKey' | 'listApiKeys' | 'revokeApiKey' | 'forgetApiKeys'> {
  return {
    async addApiKey({ id, hash, actor, roles, team, tenant, actsForOthers, name, createdAt, expiresAt, revokedAt }) {
      await writer('api_keys').insert({
        id,
        hash,
        actor,
        roles: JSON.stringify(roles),
        team,
        tenant,
        acts_for_others: actsForOthers ? 1 : 0,
        name,
        created_at: createdAt,
        expires_at: expiresAt,
        revoked_at: revokedAt,
      });
    },
    async listApiKeys() {
      const rows: readonly StoredKey[] = await reader('api_keys').select(columns).orderBy('id').limit(MAX_KEYS);
      return rows.map((row) => ({ ...row, roles: rolesOf(row.roles), actsForOthers: row.actsForOthers === 1 }));
    },
    async revokeApiKey(id, at) {
      const revoked: number = await writer('api_keys')
        .where('id', id)
        .whereNull('revoked_at')
        .update({ revoked_at: at });
      return revoked > 0;
    },
    async forgetApiKeys(at) {
      await writer('api_keys').where('expires_at', '<', at).delete();
    },
  };
}

/** No roles when the text is none of ours: a row that somebody has broken opens nothing. */
function rolesOf(text: string): readonly string[] {
  try {
    const roles: unknown = JSON.parse(text);
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  } catch {
    return [];
  }
}
