import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { readQuery } from './query.ts';
import type { Route } from './route.ts';

export const scheduleRoutes: readonly Route[] = [
  { method: 'GET', path: '/v1/schedules', open: false, handle: listSchedules },
];

async function listSchedules(exchange: Exchange): Promise<void> {
  readQuery(exchange, {});
  answerJson(exchange, 200, { schedules: await exchange.world.service.listSchedules(exchange.actor) });
}
