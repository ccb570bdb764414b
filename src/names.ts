/** The actor of what the engine does by itself. */
export const ENGINE = 'phasegate';

/** The tenant of who runs the server; what names no tenant is this one's. */
export const MAIN_TENANT = 'main';

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
