import { randomBytes } from 'node:crypto';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { sha256 } from '../json.ts';
import { isActorName, MAIN_TENANT } from '../names.ts';
import type { ApiKeyRow } from '../store/types.ts';
import { isToken, type Tokens } from '../tokens/index.ts';
import type { ServiceContext } from './context.ts';

/** A key revoked elsewhere (another node, the CLI) stops working within this time. */
const FRESH_MS = 2_000;
/** A key made elsewhere works at once: one that nobody knows is looked for, though not more often than this. */
const UNKNOWN_MS = 100;

/** What a key may beside acting in its roles. */
export interface KeyRights {
  readonly team?: string | null;
  readonly tenant?: string;
  /** May name another actor, for whom it then acts in its own roles, team and tenant. */
  readonly actsForOthers?: boolean;
  /** Its id; absent: one is made. */
  readonly id?: string;
  /** What it is for, for whoever reads the list. */
  readonly name?: string | null;
  /** Milliseconds after which it ends by itself; null: never. */
  readonly lifeMs?: number | null;
}

/** Whom a secret or token names, and until when it does by itself. */
export interface Session {
  readonly actor: Actor;
  readonly expiresAt: string | null;
}

export interface Keys {
  /** The actor behind a secret or token, or the one it acts for. Null: nobody knows the secret. */
  authenticate(secret: string, onBehalfOf?: string | null): Promise<Actor | null>;
  /** Whose secret or token it is. Null: nobody knows it. */
  signIn(secret: string): Promise<Session | null>;
  create(
    actor: string,
    roles: readonly string[],
    rights?: KeyRights,
  ): Promise<{ readonly id: string; readonly secret: string }>;
  /** At once here, within two seconds elsewhere. */
  revoke(id: string): Promise<void>;
}

interface Holder extends Session {
  readonly actsForOthers: boolean;
}

/** API keys: the table is small and read as a whole; a secret is only ever compared by its hash. */
export function createKeys(
  { store, clock, newId }: Pick<ServiceContext, 'store' | 'clock' | 'newId'>,
  tokens: Tokens | null,
): Keys {
  let holders = new Map<string, Holder>();
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    const rows = await store.listApiKeys();
    holders = new Map(rows.filter((row) => row.revokedAt === null).map((row) => [row.hash, holderOf(row)]));
    readAt = Date.parse(clock.now());
  }

  async function holder(secret: string): Promise<Holder | null> {
    if (tokens !== null && isToken(secret)) {
      const { expiresAt, ...actor } = await tokens.verify(secret);
      return { actor: { ...actor, via: null }, expiresAt, actsForOthers: false };
    }
    const now = clock.now();
    const hash = sha256(secret);
    const age = Date.parse(now) - readAt;
    if (age >= FRESH_MS || (age >= UNKNOWN_MS && !holders.has(hash))) {
      reading ??= read().finally(() => {
        reading = null;
      });
      await reading;
    }
    const found = holders.get(hash) ?? null;
    const hasEnded = found !== null && found.expiresAt !== null && found.expiresAt <= now;
    return hasEnded ? null : found;
  }

  return {
    async authenticate(secret, onBehalfOf = null) {
      const found = await holder(secret);
      return found === null || onBehalfOf === null ? (found?.actor ?? null) : actingFor(found, onBehalfOf);
    },

    async signIn(secret) {
      const found = await holder(secret);
      return found === null ? null : { actor: found.actor, expiresAt: found.expiresAt };
    },

    async create(actor, roles, given = {}) {
      const {
        team = null,
        tenant = MAIN_TENANT,
        actsForOthers = false,
        name = null,
        lifeMs = null,
        id = newId(),
      } = given;
      const createdAt = clock.now();
      const secret = `pg_${randomBytes(32).toString('base64url')}`;
      await store.addApiKey({
        id,
        hash: sha256(secret),
        actor,
        roles,
        team,
        tenant,
        actsForOthers,
        name,
        createdAt,
        expiresAt: lifeMs === null ? null : new Date(Date.parse(createdAt) + lifeMs).toISOString(),
        revokedAt: null,
      });
      readAt = -Infinity;
      return { id, secret };
    },

    async revoke(id) {
      await store.revokeApiKey(id, clock.now());
      readAt = -Infinity;
    },
  };
}

function holderOf({ actor, roles, team, tenant, actsForOthers, expiresAt }: ApiKeyRow): Holder {
  return { actor: { id: actor, roles, team, tenant, via: null }, expiresAt, actsForOthers };
}

/** Throws `acting-refused` or `malformed-request`. */
function actingFor({ actor, actsForOthers }: Holder, name: string): Actor {
  if (!actsForOthers) {
    throw new ProcessError('acting-refused', {
      zh: `${actor.id} 的密钥无权代他人操作；请去掉 On-Behalf-Of，或用 phasegate keys create --act-for-others 新建密钥`,
      en: `the key of ${actor.id} may not act for others; leave On-Behalf-Of out, or make a key with phasegate keys create --act-for-others`,
    });
  }
  if (!isActorName(name)) {
    throw new ProcessError('malformed-request', {
      zh: 'On-Behalf-Of 应为操作人的名称：1–100 个可见字符，非 ASCII 字符按 UTF-8 百分号编码',
      en: 'On-Behalf-Of should be the name of an actor: 1–100 visible characters, those outside ASCII percent-encoded as UTF-8',
    });
  }
  return name === actor.id ? actor : { ...actor, id: name, via: actor.id };
}
