import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { ADMIN } from '../definition/index.ts';
import { newId } from '../ids.ts';
import { sha256 } from '../json.ts';
import { MAIN_TENANT } from '../names.ts';
import type { Service } from '../service/types.ts';
import type { ApiKeyRow, Store } from '../store/types.ts';
import type { Cli } from './command.ts';

const ACTOR = 'admin';

/** Adds the key that the configuration gives, when it is not there yet. A revoked one stays revoked. */
export async function ensureAdminKey(
  { config }: Pick<Cli, 'config'>,
  { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Logger },
): Promise<void> {
  const { adminKey } = config;
  if (adminKey === null) return;
  const hash = sha256(adminKey);
  const found = (await store.listApiKeys()).find((row) => row.hash === hash);
  if (found === undefined) {
    const id = newId();
    const createdAt = clock.now();
    await store.addApiKey({
      id,
      hash,
      actor: ACTOR,
      roles: [ADMIN],
      team: null,
      tenant: MAIN_TENANT,
      actsForOthers: false,
      name: null,
      createdAt,
      expiresAt: null,
      revokedAt: null,
    });
    log.info({ key: id }, 'added the administrator’s key that the configuration gives');
  } else if (!isAdmin(found)) {
    log.warn({ key: found.id }, 'the key in PHASEGATE_ADMIN_KEY is revoked or not an administrator’s; it stays so');
  }
}

/** Makes an administrator's key when there is none that works; returns its secret, or null. */
export async function makeFirstKey(store: Store, service: Service): Promise<string | null> {
  if ((await store.listApiKeys()).some(isAdmin)) return null;
  return (await service.createKey(ACTOR, [ADMIN])).secret;
}

/** A ticket with which one browser signs in as the administrator whose key is made first. */
export function issueAdminTicket(service: Pick<Service, 'issueTicket'>): string {
  return service.issueTicket(ACTOR, [ADMIN]);
}

/** One that ends by itself is nobody's way in next month. */
function isAdmin({ roles, tenant, expiresAt, revokedAt }: ApiKeyRow): boolean {
  return revokedAt === null && expiresAt === null && tenant === MAIN_TENANT && roles.includes(ADMIN);
}
