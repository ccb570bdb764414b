import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { cursorForm, numberForm, oneOf, pageLimit, readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

const ONE = '/v1/signals/{receipt}';

export const signalRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/signals', open: false, handle: sendSignal },
  { method: 'GET', path: '/v1/signals', open: false, handle: listSignals },
  { method: 'POST', path: `${ONE}/retry`, open: false, handle: retrySignal },
  { method: 'DELETE', path: ONE, open: false, handle: removeSignal },
];

const states = ['kept', 'delivered', 'refused', 'unmatched'] as const;

/** 200: it has been told to an instance; 202: it has been taken in. */
async function sendSignal(exchange: Exchange): Promise<void> {
  const { signal, replayed } = await exchange.world.service.sendSignal(await readObject(exchange), exchange.actor);
  const status = signal.state === 'delivered' || signal.state === 'refused' ? 200 : 202;
  answerJson(exchange, status, signal, replayed ? ['Idempotency-Replayed', 'true'] : []);
}

async function listSignals(exchange: Exchange): Promise<void> {
  const query = readQuery(exchange, { state: oneOf(...states), cursor: cursorForm, limit: numberForm });
  const state = states.find((known) => known === query.state) ?? null;
  const wanted = { state, cursor: query.cursor, limit: pageLimit(exchange, query.limit) };
  answerJson(exchange, 200, await exchange.world.service.listSignals(wanted, exchange.actor));
}

async function retrySignal(exchange: Exchange): Promise<void> {
  answerJson(exchange, 200, await exchange.world.service.retrySignal(named(exchange), exchange.actor));
}

async function removeSignal(exchange: Exchange): Promise<void> {
  answerJson(exchange, 200, await exchange.world.service.removeSignal(named(exchange), exchange.actor));
}

function named(exchange: Exchange): string {
  return String(exchange.params.receipt);
}
