import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import { MAIN_TENANT } from '../names.ts';
import type { Service, WriteRequest } from '../service/types.ts';
import type { ApiLimits } from './limits.ts';
import type { Metrics } from './metrics.ts';
import type { Rates } from './rates.ts';

export type Actor = WriteRequest['actor'];

/** What every request needs of the world. */
export interface Surroundings {
  readonly service: Service;
  readonly log: Logger;
  readonly limits: ApiLimits;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly rates: Rates;
  /** Requests that are not answered yet. */
  readonly open: Set<Exchange>;
  /** Streams that run. */
  readonly streams: Set<RunningStream>;
  /** True once the server stops: every answer then closes its connection. */
  stopping: boolean;
}

/** A stream that is being written. */
export interface RunningStream {
  /** Whose it is: see `nameOf` of rates. */
  readonly of: string;
  /** Ends it, as far as it was told. */
  end(): void;
}

/** One request and its answer. */
export interface Exchange {
  readonly world: Surroundings;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly requestId: string;
  /** Path without the query, as it came. */
  readonly path: string;
  /** The query without `?`, as it came. */
  readonly query: string;
  /** From `performance.now()`. */
  readonly startedAt: number;
  actor: Actor;
  /** Template of the route that answers (`/v1/instances/{id}`); `none` before it is known. */
  route: string;
  /** `Route.isLong` of it. */
  isLong: boolean;
  params: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export const nobody: Actor = { id: 'nobody', roles: [], team: null, tenant: MAIN_TENANT, via: null };

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Begins an exchange; the caller's `X-Request-Id` is kept when it is harmless, else one is made. */
export function openExchange(world: Surroundings, req: IncomingMessage, res: ServerResponse): Exchange {
  const given = req.headers['x-request-id'];
  const url = req.url ?? '/';
  const mark = url.indexOf('?');
  const exchange: Exchange = {
    world,
    req,
    res,
    requestId: typeof given === 'string' && REQUEST_ID.test(given) ? given : newId(),
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    startedAt: performance.now(),
    actor: nobody,
    route: 'none',
    isLong: false,
    params: {},
  };
  world.open.add(exchange);
  return exchange;
}

/** Ends an exchange: one line of log and one observation. `code` is the error code, where there is one. */
export function closeExchange(exchange: Exchange, status: number, code: string | null): void {
  const { world, req } = exchange;
  if (!world.open.delete(exchange)) return;
  const ms = performance.now() - exchange.startedAt;
  const method = req.method ?? 'GET';
  world.metrics.request(exchange.route, method, status, ms / 1000);
  const line = {
    requestId: exchange.requestId,
    method,
    path: loggedPath(exchange),
    status,
    ms: Math.round(ms * 100) / 100,
    actor: exchange.actor.id,
    tenant: exchange.actor.tenant,
    ...(exchange.actor.via !== null && { via: exchange.actor.via }),
    ...(code !== null && { code }),
  };
  if (status >= 500) world.log.error(line, 'answered');
  else world.log.info(line, 'answered');
}

/** A path as the log has it: what follows this folder lets whoever knows it answer for a service. */
export function loggedPath({ path }: Pick<Exchange, 'path'>): string {
  return path.startsWith(CALLBACKS) ? `${CALLBACKS}…` : path;
}

const CALLBACKS = '/v1/callbacks/';
