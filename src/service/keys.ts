import { randomBytes } from 'node:crypto';
import type { Actor } from '../engine/types.ts';
import { sha256 } from '../json.ts';
import type { ServiceContext } from './context.ts';

/** A key made elsewhere (another node, the CLI) works, and a revoked one stops working, within this time. */
const FRESH_MS = 2_000;

export interface Keys {
  authenticate(secret: string): Promise<Actor | null>;
  create(
    actor: string,
    roles: readonly string[],
    secret?: string,
  ): Promise<{ readonly id: string; readonly secret: string }>;
}

/** API keys: the table is small and read as a whole; a secret is only ever compared by its hash. */
export function createKeys({ store, clock, newId }: Pick<ServiceContext, 'store' | 'clock' | 'newId'>): Keys {
  let actors = new Map<string, Actor>();
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const rows = await store.listApiKeys();
    actors = new Map(
      rows.filter((row) => row.revokedAt === null).map(({ hash, actor, roles }) => [hash, { id: actor, roles }]),
    );
    readAt = Date.parse(clock.now());
  }

  return {
    async authenticate(secret) {
      if (Date.parse(clock.now()) - readAt >= FRESH_MS) {
        reading ??= read().finally(() => {
          reading = null;
        });
        await reading;
      }
      return actors.get(sha256(secret)) ?? null;
    },

    async create(actor, roles, secret = `pg_${randomBytes(32).toString('base64url')}`) {
      const id = newId();
      await store.addApiKey({ id, hash: sha256(secret), actor, roles, createdAt: clock.now(), revokedAt: null });
      readAt = -Infinity;
      return { id, secret };
    },
  };
}
