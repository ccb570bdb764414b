import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { idempotencyKey } from './headers.ts';
import { readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

export const keyRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/keys', open: false, handle: listKeys },
  { method: 'POST', path: '/v1/keys', open: false, handle: makeKey },
  { method: 'POST', path: '/v1/keys/{key}/revoke', open: false, handle: revokeKey },
];

async function listKeys(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, { keys: await exchange.world.service.listKeys(exchange.actor) });
}

async function makeKey(exchange: Exchange): Promise<void> {
  const once = idempotencyKey(exchange.req);
  const made = await exchange.world.service.makeKey(await readObject(exchange), once, exchange.actor);
  if (made.secret === null) answerJson(exchange, 200, made, ['Idempotency-Replayed', 'true']);
  else answerJson(exchange, 201, made);
}

async function revokeKey(exchange: Exchange): Promise<void> {
  const key = String(exchange.params.key).slice(0, 100);
  answerJson(exchange, 200, await exchange.world.service.revokeKey(key, exchange.actor));
}
