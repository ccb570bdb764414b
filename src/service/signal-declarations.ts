import type { Clock } from '../clock.ts';
import type { CompiledSignal } from '../compile/types.ts';
import { isSandbox, MAIN_TENANT, sandboxOf } from '../names.ts';
import type { KnownVersion } from '../store/types.ts';
import { type KnowsVersions, versionsFor } from './known-versions.ts';
import type { ProcessCache } from './process-cache.ts';

/** The signals that versions declare. */
export interface SignalDeclarations {
  /** By the signal's name, of every version that instances of the tenant may be on. */
  of(tenant: string): Promise<ReadonlyMap<string, readonly DeclaredSignal[]>>;
}

export interface DeclaredSignal extends CompiledSignal {
  readonly process: string;
}

/** For so long the published versions are not asked for again; another node may have published since. */
const FRESH_MS = 1_000;

export function createSignalDeclarations(
  store: KnowsVersions,
  clock: Clock,
  processes: ProcessCache,
): SignalDeclarations {
  /** What each version declares; they never change. */
  const read = new Map<string, readonly DeclaredSignal[]>();
  let inEffect: ReadonlyMap<string, readonly DeclaredSignal[]> = new Map();
  let withDrafts = inEffect;
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    const versions = await store.listKnownVersions(clock.now());
    for (const { process, version } of versions) {
      const name = `${process}@${version}`;
      if (read.has(name)) continue;
      const compiled = await processes.get(process, version);
      if (compiled === null || !compiled.ok) continue;
      read.set(
        name,
        [...compiled.process.signals.values()].map((signal) => ({ process, ...signal })),
      );
    }
    inEffect = bySignal(versionsFor(MAIN_TENANT, versions));
    withDrafts = bySignal(versionsFor(sandboxOf(MAIN_TENANT), versions));
    readAt = Date.parse(clock.now());
  }

  function bySignal(versions: readonly KnownVersion[]): ReadonlyMap<string, readonly DeclaredSignal[]> {
    const found = new Map<string, DeclaredSignal[]>();
    for (const { process, version } of versions)
      for (const signal of read.get(`${process}@${version}`) ?? [])
        found.set(signal.signal.id, [...(found.get(signal.signal.id) ?? []), signal]);
    return found;
  }

  return {
    async of(tenant) {
      if (Date.parse(clock.now()) - readAt >= FRESH_MS) {
        reading ??= refresh().finally(() => {
          reading = null;
        });
        await reading;
      }
      return isSandbox(tenant) ? withDrafts : inEffect;
    },
  };
}
