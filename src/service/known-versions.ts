import { isSandbox } from '../names.ts';
import type { KnownVersion, Store } from '../store/types.ts';

/**
 * The versions that instances of a tenant may be on: those that are or were in effect, and in a sandbox drafts as well. A
 * draft decides nothing for anybody else.
 */
export function versionsFor(tenant: string, known: readonly KnownVersion[]): readonly KnownVersion[] {
  return isSandbox(tenant) ? known : known.filter(({ isPublished }) => isPublished);
}

export type KnowsVersions = Pick<Store, 'listKnownVersions'>;
