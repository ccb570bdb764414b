import canonicalize from 'canonicalize';
import type { Entry, HistoryPage } from './api.ts';
import { get } from './client.ts';

/** What the first entry of an instance follows. */
const GENESIS = '0'.repeat(64);
const PAGE = 200;

/** How far a history holds together: each entry has the hash of its own text, and names that of the one before. */
export interface Proof {
  readonly checked: number;
  /** Number of the first entry that does not; null: all do. */
  readonly broken: number | null;
  /** Hash of the last entry: noted elsewhere, it proves that nothing before it was changed since. */
  readonly head: string;
}

/** Reads the whole history and computes its chain here (SHA-256 over RFC 8785), so that nobody has to believe the server. */
export async function prove(instance: string): Promise<Proof> {
  let prev = GENESIS;
  let checked = 0;
  for (let cursor: string | null = null; ; ) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor !== null && { cursor }) });
    const page: HistoryPage = await get(`/v1/instances/${encodeURIComponent(instance)}/history?${query}`);
    for (const entry of page.entries) {
      const holds = entry.seq === checked + 1 && entry.prev === prev && (await hashOf(entry)) === entry.hash;
      if (!holds) return { checked, broken: checked + 1, head: prev };
      prev = entry.hash;
      checked += 1;
    }
    if (page.next === null) return { checked, broken: null, head: prev };
    cursor = page.next;
  }
}

async function hashOf({ hash: _, ...sealed }: Entry): Promise<string> {
  const text = new TextEncoder().encode(canonicalize(sealed));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
