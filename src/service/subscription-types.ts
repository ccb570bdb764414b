import type { DeadMessage, SubscriptionRow } from '../store/types.ts';

/** A subscription as administrators of its tenant see it: without its secrets. */
export type SubscriptionView = Pick<
  SubscriptionRow,
  'id' | 'url' | 'process' | 'types' | 'services' | 'language' | 'why' | 'formerUntil' | 'createdAt' | 'createdBy'
> & {
  readonly state: 'active' | 'disabled';
  /** Only what tells this role or actor; null: whoever it tells. */
  readonly for: { readonly role: string } | { readonly actor: string } | null;
};

/** The one answer that shows a secret. */
export type SubscriptionWithSecret = SubscriptionView & { readonly secret: string };

/** A message that was not delivered and is tried no more. */
export type DeadLetter = Omit<DeadMessage, 'subscription'> & { readonly id: string };

export interface DeadLetterPage {
  readonly messages: readonly DeadLetter[];
  readonly next: string | null;
}

/** As it came: checked by the use case. */
export type GivenMembers = Readonly<Record<string, unknown>>;
