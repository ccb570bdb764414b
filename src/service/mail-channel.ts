import type { Mail, Posted } from '../delivery/index.ts';
import type { Channel, Delivered } from './channel.ts';
import type { ServiceContext } from './context.ts';
import { letterOf } from './letter.ts';

/** Letters to one person, in Chinese, English or both. */
export function createMailChannel(context: Pick<ServiceContext, 'store' | 'processes'>, mail: Mail): Channel {
  return {
    sockets: mail.sockets,
    wrongAddress: mail.wrongAddress,
    open(url) {
      const line = mail.open(url);
      return {
        async deliver({ id: subscription, language }, id, entry) {
          const letter = await letterOf(context, entry, language);
          // Who has two subscriptions has two letters.
          return outcomeOf(await line.send({ id: `${id}.${subscription}`, ...letter }));
        },
        close: line.close,
      };
    },
  };
}

/** What a mail server refuses for good (5xx) is not tried again. */
function outcomeOf(posted: Posted): Delivered {
  if (posted.ok) return { end: 'delivered' };
  const { status, why } = posted;
  if (status !== null && status >= 500) return { end: 'dead', why, isGone: false };
  return { end: 'failed', why, retryAfter: null };
}
