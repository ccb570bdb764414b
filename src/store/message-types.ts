import type { Language } from '../text.ts';

/** Who is told of what, and where. */
export interface SubscriptionRow {
  readonly id: string;
  readonly tenant: string;
  readonly url: string;
  /** Null: of every process. */
  readonly process: string | null;
  /** Types of messages; none: every one. */
  readonly types: readonly string[];
  /** Calls of these services alone, with a way to answer; none: it takes no calls to answer. */
  readonly services: readonly string[];
  /** Only what tells this role or this actor; null, both: whoever it tells. */
  readonly forRole: string | null;
  readonly forActor: string | null;
  /** Of letters; null: both. */
  readonly language: Language | null;
  /** `disabled`: the receiver is gone. `deleted`: there until its messages are. */
  readonly state: 'active' | 'disabled' | 'deleted';
  /** Why it is disabled. */
  readonly why: string | null;
  readonly secret: string;
  /** The one before, which holds until `formerUntil` too. */
  readonly formerSecret: string | null;
  readonly formerUntil: string | null;
  readonly createdAt: string;
  readonly createdBy: string;
}

export type SubscriptionChange = Partial<
  Pick<SubscriptionRow, 'state' | 'why' | 'secret' | 'formerSecret' | 'formerUntil'>
>;

/** A message by the entry of the history that it is made of. */
export interface MessagePlace {
  readonly subscription: string;
  readonly instance: string;
  readonly seq: number;
}

export type NewMessage = Pick<MessagePlace, 'subscription' | 'seq'> & { readonly since: string };

/** A message that nobody else delivers until `until`. */
export interface ClaimedMessage extends MessagePlace {
  /** Deliveries that have failed. */
  readonly attempts: number;
  /** When it was put in the outbox, or there again. */
  readonly since: string;
  readonly until: string;
}

/**
 * What became of a claimed message: it was delivered, is tried again at `at`, never will be, or goes back untried. What
 * comes after it in its instance waits with it.
 */
export type MessageResult = { readonly message: ClaimedMessage } & (
  | { readonly end: 'delivered' | 'untried' }
  | { readonly end: 'failed'; readonly at: string; readonly why: string }
  | { readonly end: 'dead'; readonly why: string }
);

export interface DeadMessage extends MessagePlace {
  readonly since: string;
  readonly diedAt: string;
  readonly attempts: number;
  readonly why: string;
}

export interface MessageStore {
  addSubscription(row: SubscriptionRow): Promise<void>;
  /** Those of a tenant that are not deleted, in order of creation; at most 1,000. */
  listSubscriptions(tenant: string): Promise<readonly SubscriptionRow[]>;
  /** Of every tenant, in whichever state; at most 10,000. */
  allSubscriptions(): Promise<readonly SubscriptionRow[]>;
  /** False: there is none of the tenant, or it is deleted. */
  changeSubscription(tenant: string, id: string, change: SubscriptionChange): Promise<boolean>;
  /** Once it has no more messages. */
  removeSubscription(id: string): Promise<void>;

  /** Active subscriptions that have a message to be delivered by now. */
  dueSubscriptions(now: string): Promise<readonly string[]>;
  /**
   * Messages of a subscription that are due, at most `limit` (1–256), for the caller alone until then. Those of one instance
   * are in their order, and none is left out between them or before.
   */
  claimMessages(subscription: string, now: string, until: string, limit: number): Promise<readonly ClaimedMessage[]>;
  /** What was claimed by somebody else since is left alone. At most 256. */
  settleMessages(results: readonly MessageResult[], now: string): Promise<void>;
  /** Dead messages of a subscription by instance and entry, after one; at most `limit`. */
  listDead(
    subscription: string,
    after: Pick<MessagePlace, 'instance' | 'seq'> | null,
    limit: number,
  ): Promise<readonly DeadMessage[]>;
  /** Puts a dead message back in the outbox. False: there is no such. */
  reviveMessage(place: MessagePlace, now: string): Promise<boolean>;
  /** Gives up at most `limit` messages of a subscription that still waited; returns how many. */
  killMessages(subscription: string, why: string, now: string, limit: number): Promise<number>;
  /** Deletes at most `limit` messages of a subscription; returns how many. */
  dropMessages(subscription: string, limit: number): Promise<number>;
  /** Deletes at most `limit` messages that died before an instant; returns how many. */
  forgetDead(before: string, limit: number): Promise<number>;
}
