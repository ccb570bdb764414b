import { ProcessError } from '../errors.ts';
import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { cursorForm, idForm, numberForm, pageLimit, readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

export const callRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/incidents', open: false, handle: listIncidents },
  // Its token is its key.
  { method: 'POST', path: '/v1/callbacks/{token}', open: true, handle: answerCallback },
];

async function listIncidents(exchange: Exchange): Promise<void> {
  const { limit, ...query } = readQuery(exchange, { process: idForm, cursor: cursorForm, limit: numberForm });
  const wanted = { ...query, limit: pageLimit(exchange, limit) };
  answerJson(exchange, 200, await exchange.world.service.listIncidents(wanted, exchange.actor));
}

async function answerCallback(exchange: Exchange): Promise<void> {
  const { world, params, requestId } = exchange;
  readQuery(exchange, {});
  const body = await readObject(exchange);
  try {
    answerJson(exchange, 200, await world.service.answerCallback(String(params.token), body, requestId));
  } catch (error) {
    // Who guesses tokens is a stranger.
    const isStranger = error instanceof ProcessError && error.code === 'not-found';
    if (!isStranger || (await world.rates.stranger(exchange))) throw error;
  }
}
