import { answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { idempotencyKey } from './headers.ts';
import { readApplication, readPage, readPlanRequest, readReversion } from './plan-body.ts';
import { processId } from './process-id.ts';
import { readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

/** What another version would do to open instances, and doing it. */
export const planRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/processes/{process}/plan', open: false, isLong: true, handle: makePlan },
  { method: 'POST', path: '/v1/processes/{process}/plan/instances', open: false, isLong: true, handle: showPlanned },
  { method: 'POST', path: '/v1/processes/{process}/apply', open: false, isLong: true, handle: applyPlan },
  { method: 'POST', path: '/v1/processes/{process}/revert', open: false, isLong: true, handle: revertPlan },
];

async function makePlan(exchange: Exchange): Promise<void> {
  const { process, body } = await read(exchange);
  answerJson(exchange, 200, await exchange.world.service.plan(process, readPlanRequest(body), exchange.actor));
}

async function showPlanned(exchange: Exchange): Promise<void> {
  const { process, body } = await read(exchange);
  const request = readPlanRequest(body, ['kind', 'cursor', 'limit']);
  const page = readPage(body, exchange.world.limits);
  answerJson(exchange, 200, await exchange.world.service.plannedInstances(process, request, page, exchange.actor));
}

async function applyPlan(exchange: Exchange): Promise<void> {
  // What has gone over by a plan does not go over again, so that the key is checked for its form and changes nothing.
  idempotencyKey(exchange.req);
  const { process, body } = await read(exchange);
  const { plan, ...options } = readApplication(body);
  answerJson(exchange, 200, await exchange.world.service.applyPlan(process, plan, options, exchange.actor));
}

async function revertPlan(exchange: Exchange): Promise<void> {
  // Nor does what was taken back go back again.
  idempotencyKey(exchange.req);
  const { process, body } = await read(exchange);
  const { plan, cursor } = readReversion(body);
  answerJson(exchange, 200, await exchange.world.service.revertPlan(process, plan, cursor, exchange.actor));
}

/** A plan names instances, and a file may be long. */
async function read(exchange: Exchange) {
  const process = processId(exchange);
  readQuery(exchange, {});
  const { bulkBytes, jsonDepth } = exchange.world.limits;
  return { process, body: await readObject(exchange, { jsonBytes: bulkBytes, jsonDepth }) };
}
