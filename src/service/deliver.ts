import type { ClaimedMessage, HistoryRow, MessageResult, SubscriptionRow } from '../store/types.ts';
import { viewOf } from './chain.ts';
import { type Channels, type Courier, channelOf, type Delivered } from './channel.ts';
import { messageId } from './cloud-event.ts';
import type { ServiceContext } from './context.ts';
import { nextTry } from './retries.ts';
import { createSettling } from './settle-messages.ts';
import type { EntryView } from './types.ts';

/** Messages of one subscription that are claimed at once. */
const CLAIMED = 128;
/** A claim nobody came back from is void after this time. */
const LEASE_MS = 60_000;
/** No delivery is begun later into a claim: it has to be over before another node may begin the same. */
const BEGIN_MS = 40_000;

export interface Deliveries {
  /**
   * Begins to deliver what is due, each subscription for itself, so that none waits for another; `ended` when all that was
   * begun has ended. `onError` is told what failed on our side, which is tried again.
   */
  deliver(onError: OnError): Promise<{ readonly ended: Promise<void> }>;
  /** Gives up what is under way: it is delivered again, under the same id, when somebody next looks. */
  stop(): Promise<void>;
}

export interface DeliverOptions {
  readonly channels: Channels;
  /** 0–1, below 1. */
  readonly random: () => number;
}

type OnError = (error: unknown) => void;

/** One subscription that is being delivered. */
interface Lane {
  readonly ended: Promise<void>;
  courier: Courier | null;
  /** There may be more than it has seen. */
  again: boolean;
}

export function createDeliveries(context: ServiceContext, options: DeliverOptions): Deliveries {
  const { store, clock, subscribers } = context;
  const lanes = new Map<string, Lane>();
  let stopped = false;

  function start(id: string, onError: OnError): Lane {
    const found = lanes.get(id);
    if (found !== undefined) {
      found.again = true;
      return found;
    }
    const { promise: ended, resolve } = settled();
    const lane: Lane = { ended, courier: null, again: true };
    lanes.set(id, lane);
    run(id, lane)
      .catch(onError)
      .finally(() => {
        lanes.delete(id);
        resolve();
      });
    return lane;
  }

  async function run(id: string, lane: Lane): Promise<void> {
    try {
      while (lane.again && !stopped) {
        lane.again = false;
        await subscribers.refresh();
        const subscription = subscribers.get(id);
        if (subscription === undefined) return;
        const now = clock.now();
        const claimed = await store.claimMessages(id, now, later(now, LEASE_MS), CLAIMED);
        if (claimed.length === 0) continue;
        lane.again = true;
        const channel = channelOf(options.channels, subscription.url);
        lane.courier ??= channel.open(subscription.url);
        await deliverAll(subscription, lane.courier, channel.sockets, claimed, later(now, BEGIN_MS));
      }
    } finally {
      await lane.courier?.close();
    }
  }

  /** Instances side by side, the messages of each one after the other. */
  async function deliverAll(
    subscription: SubscriptionRow,
    courier: Courier,
    sockets: number,
    claimed: readonly ClaimedMessage[],
    before: string,
  ): Promise<void> {
    const entries = new Map((await store.findEntries(claimed)).map((row) => [messageId(row), row]));
    const settling = createSettling(store, clock);
    const chains = [...chainsOf(claimed)];
    let gone = false;

    async function deliverChain(chain: readonly ClaimedMessage[]): Promise<void> {
      for (const message of chain) {
        if (stopped || gone || clock.now() >= before) {
          settling.add({ message, end: 'untried' });
          continue;
        }
        const row = entries.get(messageId(message));
        const entry = entryOf(row);
        const outcome: Delivered =
          entry === null
            ? { end: 'failed', why: 'ENTRY_UNREADABLE', retryAfter: null }
            : await courier.deliver(subscription, messageId(message), entry);
        const isGivenUp = stopped && outcome.end === 'failed';
        const result = isGivenUp ? { message, end: 'untried' as const } : resultOf(message, outcome);
        settling.add(result);
        if (outcome.end === 'dead' && outcome.isGone) {
          gone = true;
          const { tenant, id } = subscription;
          await store.changeSubscription(tenant, id, { state: 'disabled', why: outcome.why });
          subscribers.changed();
        }
        // What comes after it waits with it.
        if (result.end === 'failed') return;
      }
    }

    async function deliverChains(): Promise<void> {
      for (let chain = chains.pop(); chain !== undefined; chain = chains.pop()) await deliverChain(chain);
    }

    const results = await Promise.allSettled(Array.from({ length: sockets }, deliverChains));
    await settling.end();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  function resultOf(message: ClaimedMessage, outcome: Delivered): MessageResult {
    if (outcome.end === 'delivered') return { message, end: 'delivered' };
    const { why } = outcome;
    if (outcome.end === 'dead') return { message, end: 'dead', why };
    const { since, attempts } = message;
    const { retryAfter } = outcome;
    const at = nextTry({ now: clock.now(), since, attempts, retryAfter, chance: options.random() });
    return at === null ? { message, end: 'dead', why } : { message, end: 'failed', at, why };
  }

  return {
    async deliver(onError) {
      if (stopped) return { ended: Promise.resolve() };
      const due = await store.dueSubscriptions(clock.now());
      const started = stopped ? [] : due.map((id) => start(id, onError));
      return { ended: Promise.all(started.map(({ ended }) => ended)).then(() => {}) };
    },
    async stop() {
      stopped = true;
      const running = [...lanes.values()];
      await Promise.all(running.map(({ courier }) => courier?.close()));
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}

/** Null: somebody has changed the history behind our back. Then others go on, and this one becomes a dead letter. */
function entryOf(row: HistoryRow | undefined): EntryView | null {
  try {
    return row === undefined ? null : viewOf(row);
  } catch {
    return null;
  }
}

function chainsOf(claimed: readonly ClaimedMessage[]): Iterable<readonly ClaimedMessage[]> {
  const chains = new Map<string, ClaimedMessage[]>();
  for (const message of claimed) chains.set(message.instance, [...(chains.get(message.instance) ?? []), message]);
  return chains.values();
}

function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}

function settled(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
