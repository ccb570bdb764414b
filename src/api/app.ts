import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import { ProcessError } from '../errors.ts';
import type { Service } from '../service/types.ts';
import { createAdmission } from './admission.ts';
import { answerProblem, answerThrown } from './answer.ts';
import { bulkRoutes } from './bulk-routes.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { callRoutes } from './call-routes.ts';
import { type ConsoleFiles, createConsole } from './console.ts';
import { evidenceRoutes } from './evidence-routes.ts';
import { type Exchange, openExchange, type Surroundings } from './exchange.ts';
import { figureRoutes } from './figure-routes.ts';
import { graphRoutes } from './graph-routes.ts';
import { historyRoutes } from './history-routes.ts';
import { instanceRoutes } from './instance-routes.ts';
import { keyRoutes } from './key-routes.ts';
import type { ApiLimits } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { operationRoutes } from './operation-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { processRoutes } from './process-routes.ts';
import { createRates } from './rates.ts';
import type { Route } from './route.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { signalRoutes } from './signal-routes.ts';
import { streamRoutes } from './stream-routes.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import { trialRoutes } from './trial-routes.ts';
import { versionRoutes } from './version-routes.ts';
import { workRoutes } from './work-routes.ts';

export interface ApiOptions {
  readonly service: Service;
  readonly log: Logger;
  readonly limits: ApiLimits;
  readonly clock: Clock;
  /** Of the web console; absent: none. */
  readonly console?: ConsoleFiles;
  /** Where to register the metrics; absent: a registry of its own. */
  readonly metrics?: Registry;
}

export interface Api {
  readonly handle: RequestListener;
  readonly world: Surroundings;
  readonly routes: readonly Route[];
}

/** The HTTP side of a service. The caller listens (see `listen`) and stops the service itself. */
export function createApi(options: ApiOptions): Api {
  const { service, log, limits, clock } = options;
  const metrics = createMetrics(service, clock, options.metrics);
  const rates = createRates(limits);
  const world: Surroundings = {
    service,
    log,
    limits,
    clock,
    metrics,
    rates,
    open: new Set(),
    streams: new Set(),
    stopping: false,
  };
  const routes = [
    ...sessionRoutes,
    ...instanceRoutes,
    ...historyRoutes,
    ...workRoutes,
    ...bulkRoutes,
    ...evidenceRoutes,
    ...subscriptionRoutes,
    ...streamRoutes,
    ...callRoutes,
    ...scheduleRoutes,
    ...signalRoutes,
    ...processRoutes,
    ...figureRoutes,
    ...graphRoutes,
    ...planRoutes,
    ...trialRoutes,
    ...versionRoutes,
    ...calendarRoutes,
    ...keyRoutes,
    ...operationRoutes(),
  ];
  const open = routes.filter((route) => route.open);
  const openPaths = new Set(open.map((route) => route.path));
  const closedMethods = methodsByPath(routes.filter((route) => !route.open));
  const openFolders = open.flatMap(({ path }) => (path.includes('{') ? path.slice(0, path.indexOf('{')) : []));
  const admit = createAdmission(world);
  const answerConsole = createConsole(options.console ?? new Map());
  const dispatch = createDispatch(routes);

  /** Whoever has no key gets no further than the open routes. */
  function handle(req: IncomingMessage, res: ServerResponse): void {
    const exchange = openExchange(world, req, res);
    if (answerConsole(exchange)) return;
    const { path } = exchange;
    const isOpen = openPaths.has(path)
      ? closedMethods.get(path)?.includes(req.method ?? '') !== true
      : openFolders.some((folder) => path.startsWith(folder));
    if (isOpen) dispatch(exchange);
    else {
      admit(exchange).then(
        (admitted) => admitted && dispatch(exchange),
        (error: unknown) => answerThrown(exchange, error),
      );
    }
  }
  return { handle, world, routes };
}

/**
 * Express's router without an Express app around it: an app gives every request another prototype, after which all of
 * node's own code on it runs three times slower, and nothing that those prototypes add is used here.
 */
function createDispatch(routes: readonly Route[]): (exchange: Exchange) => void {
  const router = express.Router({ caseSensitive: true, strict: true });
  const exchanges = new WeakMap<IncomingMessage, Exchange>();
  const handler =
    (handle: (exchange: Exchange, req: express.Request) => void): express.RequestHandler =>
    (req) => {
      const exchange = exchanges.get(req);
      if (exchange !== undefined) handle(exchange, req);
    };
  for (const route of routes) {
    const run = handler((exchange, req) => {
      exchange.route = route.path;
      exchange.isLong = route.isLong ?? false;
      exchange.params = req.params;
      route.handle(exchange).catch((error: unknown) => answerThrown(exchange, error));
    });
    if (route.method === 'POST') router.post(expressPath(route.path), run);
    else if (route.method === 'DELETE') router.delete(expressPath(route.path), run);
    else router.get(expressPath(route.path), run);
  }
  for (const [path, methods] of methodsByPath(routes)) {
    const refuse = handler((exchange) => {
      exchange.route = path;
      refuseMethod(exchange, methods);
    });
    router.all(expressPath(path), refuse);
  }
  return (exchange) => {
    const { req, res } = exchange;
    exchanges.set(req, exchange);
    // The router looks at method and url, and adds what it finds.
    router(req as express.Request, res as express.Response, (error?: unknown) => {
      if (error === undefined) refusePath(exchange);
      else answerThrown(exchange, error instanceof URIError ? malformedPath() : error);
    });
  };
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: readonly Route[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of routes) {
    const both = method === 'GET' ? ['GET', 'HEAD'] : [method];
    methods.set(path, [...(methods.get(path) ?? []), ...both]);
  }
  return methods;
}

function refuseMethod(exchange: Exchange, methods: readonly string[]): void {
  const allow = methods.join(', ');
  const error = new ProcessError('method-not-allowed', {
    zh: `此路径不支持 ${exchange.req.method}，可用：${allow}。`,
    en: `${exchange.req.method} is not taken here; use ${allow}.`,
  });
  answerProblem(exchange, error, ['Allow', allow]);
}

function refusePath(exchange: Exchange): void {
  const error = new ProcessError('not-found', {
    zh: '没有这个路径。所有路径见 /docs。',
    en: 'There is nothing at this path. All paths are listed at /docs.',
  });
  answerProblem(exchange, error);
}

function malformedPath(): ProcessError {
  return new ProcessError('malformed-request', {
    zh: '路径中的百分号编码无效。',
    en: 'The path holds a percent sign that no two hexadecimal digits of UTF-8 follow.',
  });
}
