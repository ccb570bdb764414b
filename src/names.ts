/** The actor of what the engine does by itself. */
export const ENGINE = 'phasegate';

/** The tenant of who runs the server; what names no tenant is this one's. */
export const MAIN_TENANT = 'main';

/** What marks a tenant's sandbox: no tenant that a key or token can name is called so. */
const SANDBOX = '~sandbox';

/** The tenant in which a tenant tries things out; nothing in it meets what is in any other. */
export function sandboxOf(tenant: string): string {
  return tenant + SANDBOX;
}

export function isSandbox(tenant: string): boolean {
  return tenant.endsWith(SANDBOX);
}

/** Whose a sandbox is; a tenant is its own. */
export function holderOf(tenant: string): string {
  return isSandbox(tenant) ? tenant.slice(0, -SANDBOX.length) : tenant;
}

/** Idempotency scopes of what the service sends because of a signal: this, and the signal's receipt. */
export const SIGNAL_SCOPE = 'signal:';

/** Actors and teams are people, programs and groups: 1–100 visible characters, blanks only between them. */
export const NAME = /^[^\s\p{C}](?:[^\p{C}]{0,98}[^\s\p{C}])?$/u;
const TENANT = /^[a-z][a-z0-9-]{0,63}$/;

/** The engine's own name and those of decision tables and of services in the history can be nobody's. */
export function isActorName(name: string): boolean {
  return NAME.test(name) && name !== ENGINE && !name.startsWith('table:') && !name.startsWith('service:');
}

export function isTeamName(name: string): boolean {
  return NAME.test(name);
}

export function isTenantName(name: string): boolean {
  return TENANT.test(name);
}
