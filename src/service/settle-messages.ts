import type { Clock } from '../clock.ts';
import type { MessageResult, Store } from '../store/types.ts';

/** Results written in one transaction, which other writers wait for. */
const MOST = 64;
/** Fewer are not worth a transaction yet. After a crash they are delivered again, under their ids. */
const LEAST = 32;

export interface Settling {
  add(result: MessageResult): void;
  /** Resolves when everything added is written. Throws what writing failed with. */
  end(): Promise<void>;
}

/** Group commit of what became of messages: what comes in while some of it is written is written next. */
export function createSettling(store: Pick<Store, 'settleMessages'>, clock: Clock): Settling {
  let waiting: MessageResult[] = [];
  let writing: Promise<void> | null = null;
  let ending = false;
  let failed: { readonly error: unknown } | null = null;

  async function write(): Promise<void> {
    try {
      while (waiting.length >= (ending ? 1 : LEAST)) {
        const results = waiting.slice(0, MOST);
        waiting = waiting.slice(MOST);
        await store.settleMessages(results, clock.now());
      }
    } catch (error) {
      // Claims run out, and what is not settled is delivered again under its id.
      failed = { error };
    } finally {
      writing = null;
    }
  }

  return {
    add(result) {
      waiting.push(result);
      if (waiting.length >= LEAST) writing ??= write();
    },
    async end() {
      ending = true;
      await writing;
      await write();
      if (failed !== null) throw failed.error;
    },
  };
}
