import type { Clock } from '../clock.ts';
import type { MessageResult, Store } from '../store/types.ts';

/** Results written in one transaction, which other writers wait for. */
const AT_ONCE = 64;

export interface Settling {
  add(result: MessageResult): void;
  /** Resolves when everything added is written. Throws what writing failed with. */
  end(): Promise<void>;
}

/** Group commit of what became of messages: what comes in while some of it is written is written next. */
export function createSettling(store: Pick<Store, 'settleMessages'>, clock: Clock): Settling {
  let waiting: MessageResult[] = [];
  let writing: Promise<void> | null = null;
  let failed: { readonly error: unknown } | null = null;

  async function write(): Promise<void> {
    try {
      while (waiting.length > 0) {
        const results = waiting.slice(0, AT_ONCE);
        waiting = waiting.slice(AT_ONCE);
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
      writing ??= write();
    },
    async end() {
      while (writing !== null) await writing;
      if (failed !== null) throw failed.error;
    },
  };
}
