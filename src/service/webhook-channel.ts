import type { Clock } from '../clock.ts';
import { type Answer, type Delivery, signatureOf, writeToken } from '../delivery/index.ts';
import { calledBy } from '../engine/index.ts';
import type { SubscriptionRow } from '../store/types.ts';
import { CALLBACK_DAYS } from './callbacks.ts';
import type { Channel, Delivered } from './channel.ts';
import { cloudEvent } from './cloud-event.ts';
import type { EntryView } from './types.ts';

/** Signed CloudEvents over HTTP (Standard Webhooks 1.0). */
export function createWebhookChannel(delivery: Delivery, clock: Clock): Channel {
  return {
    sockets: delivery.sockets,
    wrongAddress: delivery.wrongAddress,
    open(url) {
      const line = delivery.open(url);
      return {
        async deliver(subscription, id, entry) {
          const body = cloudEvent(entry, callbackOf(subscription, entry));
          return outcomeOf(await line.post(headersOf(subscription, id, body, clock.now()), body));
        },
        close: line.close,
      };
    },
  };
}

function headersOf({ secret, formerSecret, formerUntil }: SubscriptionRow, id: string, body: string, now: string) {
  const holds = formerSecret !== null && formerUntil !== null && now < formerUntil;
  const seconds = Math.floor(Date.parse(now) / 1_000);
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'phasegate',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatureOf(holds ? [secret, formerSecret] : [secret], id, seconds, body),
  };
}

function outcomeOf(answer: Answer): Delivered {
  if (answer.status === null) return { end: 'failed', why: answer.why, retryAfter: null };
  const { status, retryAfter } = answer;
  if (status >= 200 && status < 300) return { end: 'delivered' };
  const why = `HTTP ${status}`;
  return status === 410 ? { end: 'dead', why, isGone: true } : { end: 'failed', why, retryAfter };
}

/** Where the service may answer, made anew at each delivery; null: it is none of this subscriber's calls. */
function callbackOf(
  { id, secret, services }: SubscriptionRow,
  { instance, changes, recordedAt }: EntryView,
): string | null {
  const called = calledBy(changes);
  if (called === null || !services.includes(called.record.service)) return null;
  const { activity, record } = called;
  const until = new Date(Date.parse(recordedAt) + CALLBACK_DAYS * 86_400_000).toISOString();
  const { round, attempt } = record;
  return `/v1/callbacks/${writeToken(secret, { subscription: id, instance, activity, round, attempt, until })}`;
}
