import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { DeadMessage } from '../store/types.ts';
import { messageId, messagePlace } from './cloud-event.ts';
import type { ServiceContext } from './context.ts';
import type { DeadLetter, DeadLetterPage } from './subscription-types.ts';
import { ownSubscription } from './subscriptions.ts';

/** Messages of a subscription that were given up, by instance and entry. Throws `role-required`, `not-found`. */
export async function deadLetters(
  context: ServiceContext,
  id: string,
  cursor: string | null,
  limit: number,
  actor: Actor,
): Promise<DeadLetterPage> {
  await ownSubscription(context, id, actor);
  const after = cursor === null ? null : messagePlace(cursor);
  if (cursor !== null && after === null) {
    throw new ProcessError(
      'malformed-request',
      { zh: 'cursor 应为上一页回答中的 next', en: 'cursor must be the `next` of the page before' },
      { parameter: 'cursor' },
    );
  }
  const found = await context.store.listDead(id, after, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    messages: page.map(letterOf),
    next: found.length > limit && last !== undefined ? messageId(last) : null,
  };
}

/** Throws `role-required`, `not-found`, or `not-allowed-now` where the subscription is disabled. */
export async function resend(context: ServiceContext, id: string, message: string, actor: Actor): Promise<void> {
  const { state, why } = await ownSubscription(context, id, actor);
  if (state !== 'active') {
    throw new ProcessError('not-allowed-now', {
      zh: `订阅已停用（${why ?? ''}）；请另建订阅`,
      en: `the subscription is disabled (${why ?? ''}); make another one`,
    });
  }
  const place = messagePlace(message);
  if (place === null || !(await context.store.reviveMessage({ ...place, subscription: id }, context.clock.now()))) {
    throw new ProcessError('not-found', {
      zh: '没有这条无法送达的消息；GET …/dead-letters 可列出所有',
      en: 'there is no such dead letter; GET …/dead-letters lists those that there are',
    });
  }
  context.messaged();
}

function letterOf({ instance, seq, since, diedAt, attempts, why }: DeadMessage): DeadLetter {
  return { id: messageId({ instance, seq }), instance, seq, since, diedAt, attempts, why };
}
