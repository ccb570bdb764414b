import { randomBytes } from 'node:crypto';
import { sha256 } from '../json.ts';
import type { ServiceContext } from './context.ts';
import type { Keys } from './keys.ts';

/** For so long a ticket can be redeemed. */
const TICKET_MS = 15 * 60_000;
/** For so long the key works that it is redeemed for. */
const KEY_MS = 30 * 24 * 60 * 60_000;

/** The name of keys that tickets were redeemed for: nobody but the browser that did so has ever seen them. */
const NAME = 'sign-in link';

export interface Tickets {
  /**
   * A secret (43 characters of base64url) that is worth one key for this actor, within 15 minutes. Kept in memory by its
   * hash; the one before is worth nothing any more.
   */
  issue(actor: string, roles: readonly string[]): string;
  /** Makes the key, which works for 30 days, and returns its secret. Null: no such ticket, or it was used or is too old. */
  redeem(ticket: string): Promise<string | null>;
  /** Revokes the key that a ticket was redeemed for; any other secret goes on. */
  retire(secret: string): Promise<void>;
}

interface Ticket {
  readonly hash: string;
  readonly actor: string;
  readonly roles: readonly string[];
  /** Milliseconds since 1970. */
  readonly until: number;
}

export function createTickets(
  { store, clock }: Pick<ServiceContext, 'store' | 'clock'>,
  keys: Pick<Keys, 'create' | 'revoke'>,
): Tickets {
  let open: Ticket | null = null;
  const now = () => Date.parse(clock.now());

  return {
    issue(actor, roles) {
      const ticket = randomBytes(32).toString('base64url');
      open = { hash: sha256(ticket), actor, roles, until: now() + TICKET_MS };
      return ticket;
    },

    async redeem(ticket) {
      if (open === null || open.hash !== sha256(ticket)) return null;
      const { actor, roles, until } = open;
      // Before anything is waited for: whoever comes second comes too late.
      open = null;
      if (now() >= until) return null;
      // Every start may leave such a key, and the list of keys is bounded.
      await store.forgetApiKeys(clock.now());
      return (await keys.create(actor, roles, { name: NAME, lifeMs: KEY_MS })).secret;
    },

    async retire(secret) {
      const hash = sha256(secret);
      const made = (await store.listApiKeys()).find((key) => key.hash === hash && key.name === NAME);
      if (made !== undefined) await keys.revoke(made.id);
    },
  };
}
