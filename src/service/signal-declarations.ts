import type { Clock } from '../clock.ts';
import type { CompiledSignal } from '../compile/types.ts';
import type { Store } from '../store/types.ts';
import type { ProcessCache } from './process-cache.ts';

/** The signals that published versions declare. */
export interface SignalDeclarations {
  /** By the signal's name, of every version that was published. */
  all(): Promise<ReadonlyMap<string, readonly DeclaredSignal[]>>;
}

export interface DeclaredSignal extends CompiledSignal {
  readonly process: string;
}

/** For so long the published versions are not asked for again; another node may have published since. */
const FRESH_MS = 1_000;

export function createSignalDeclarations(
  store: Pick<Store, 'listDefinitionNames'>,
  clock: Clock,
  processes: ProcessCache,
): SignalDeclarations {
  /** Versions that are read; they never change. */
  const read = new Set<string>();
  const known = new Map<string, DeclaredSignal[]>();
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    for (const { process, version } of await store.listDefinitionNames()) {
      const name = `${process}@${version}`;
      if (read.has(name)) continue;
      const compiled = await processes.get(process, version);
      if (compiled === null || !compiled.ok) continue;
      read.add(name);
      for (const [id, signal] of compiled.process.signals)
        known.set(id, [...(known.get(id) ?? []), { process, ...signal }]);
    }
    readAt = Date.parse(clock.now());
  }

  return {
    async all() {
      if (Date.parse(clock.now()) - readAt >= FRESH_MS) {
        reading ??= refresh().finally(() => {
          reading = null;
        });
        await reading;
      }
      return known;
    },
  };
}
