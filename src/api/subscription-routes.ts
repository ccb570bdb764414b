import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { cursorForm, numberForm, pageLimit, readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

const ONE = '/v1/subscriptions/{subscription}';

export const subscriptionRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/subscriptions', open: false, handle: subscribe },
  { method: 'GET', path: '/v1/subscriptions', open: false, handle: listSubscriptions },
  { method: 'GET', path: ONE, open: false, handle: showSubscription },
  { method: 'DELETE', path: ONE, open: false, handle: unsubscribe },
  { method: 'POST', path: `${ONE}/rotate`, open: false, handle: rotateSecret },
  { method: 'GET', path: `${ONE}/dead-letters`, open: false, handle: listDeadLetters },
  { method: 'POST', path: `${ONE}/dead-letters/{message}/resend`, open: false, handle: resend },
];

async function subscribe(exchange: Exchange): Promise<void> {
  const { service } = exchange.world;
  const made = await service.subscribe(await readObject(exchange), exchange.actor);
  answerJson(exchange, 201, made, ['Location', `/v1/subscriptions/${made.id}`]);
}

async function listSubscriptions(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, { subscriptions: await exchange.world.service.listSubscriptions(exchange.actor) });
}

async function showSubscription(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, await exchange.world.service.getSubscription(named(exchange), exchange.actor));
}

async function unsubscribe(exchange: Exchange): Promise<void> {
  answerJson(exchange, 200, await exchange.world.service.unsubscribe(named(exchange), exchange.actor));
}

async function rotateSecret(exchange: Exchange): Promise<void> {
  const { service } = exchange.world;
  const members = await readObject(exchange);
  answerJson(exchange, 200, await service.rotateSecret(named(exchange), members, exchange.actor));
}

async function listDeadLetters(exchange: Exchange): Promise<void> {
  const { cursor, limit } = readQuery(exchange, { cursor: cursorForm, limit: numberForm });
  const { service } = exchange.world;
  const most = pageLimit(exchange, limit);
  answerJson(exchange, 200, await service.deadLetters(named(exchange), cursor, most, exchange.actor));
}

async function resend(exchange: Exchange): Promise<void> {
  const message = String(exchange.params.message);
  await exchange.world.service.resend(named(exchange), message, exchange.actor);
  answerJson(exchange, 202, { id: message });
}

function named(exchange: Exchange): string {
  return String(exchange.params.subscription);
}
