import type { SubscriptionRow } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { EntryView } from './types.ts';

/** What became of one delivery. */
export type Delivered =
  | { readonly end: 'delivered' }
  /** It may go better later; not before `retryAfter` (the header of that name), where the receiver asks for that. */
  | { readonly end: 'failed'; readonly why: string; readonly retryAfter: string | null }
  /** It never will. `isGone`: nor will anything else. */
  | { readonly end: 'dead'; readonly why: string; readonly isGone: boolean };

/** A way to one subscriber. */
export interface Courier {
  /** Tells of an entry by the id of its message; never throws. */
  deliver(subscription: SubscriptionRow, id: string, entry: EntryView): Promise<Delivered>;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

/** One kind of address that messages go to. */
export interface Channel {
  /** Deliveries under way at a time to one subscriber. */
  readonly sockets: number;
  /** Why nothing may be delivered there; null: it may. */
  wrongAddress(url: string): Text | null;
  open(url: string): Courier;
}

/** By the scheme of an address. */
export interface Channels {
  readonly webhook: Channel;
  readonly mail: Channel;
}

export function isMailAddress(url: string): boolean {
  return url.startsWith('mailto:');
}

export function channelOf({ webhook, mail }: Channels, url: string): Channel {
  return isMailAddress(url) ? mail : webhook;
}
