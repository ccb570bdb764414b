import type { Loaded } from './document.ts';

/** Documents lately decided on, so that the next command need not read them; the commit checks that they still hold. */
export interface InstanceCache {
  get(id: string): Loaded | undefined;
  set(id: string, loaded: Loaded): void;
  drop(id: string): void;
}

/** Keeps the `most` instances used last. */
export function createInstanceCache(most: number): InstanceCache {
  const kept = new Map<string, Loaded>();
  return {
    get(id) {
      const loaded = kept.get(id);
      if (loaded === undefined) return undefined;
      kept.delete(id);
      kept.set(id, loaded);
      return loaded;
    },
    set(id, loaded) {
      kept.delete(id);
      kept.set(id, loaded);
      if (kept.size <= most) return;
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    },
    drop(id) {
      kept.delete(id);
    },
  };
}
