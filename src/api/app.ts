import express from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import { ProcessError } from '../errors.ts';
import type { Service } from '../service/types.ts';
import { createAdmission } from './admission.ts';
import { answerProblem, answerThrown } from './answer.ts';
import { type Exchange, openExchange, type Surroundings } from './exchange.ts';
import { instanceRoutes } from './instance-routes.ts';
import type { ApiLimits } from './limits.ts';
import { createMetrics } from './metrics.ts';
import { operationRoutes } from './operation-routes.ts';
import { processRoutes } from './process-routes.ts';
import type { Route } from './route.ts';

export interface ApiOptions {
  readonly service: Service;
  readonly log: Logger;
  readonly limits: ApiLimits;
  readonly clock: Clock;
  /** Where to register the metrics; absent: a registry of its own. */
  readonly metrics?: Registry;
}

export interface Api {
  readonly app: express.Express;
  readonly world: Surroundings;
  readonly routes: readonly Route[];
}

/** The Express app over a service. The caller listens (see `listen`) and stops the service itself. */
export function createApi(options: ApiOptions): Api {
  const { service, log, limits, clock } = options;
  const metrics = createMetrics(service.queued, options.metrics);
  const world: Surroundings = { service, log, limits, clock, metrics, open: new Set(), stopping: false };
  const routes = [...instanceRoutes, ...processRoutes, ...operationRoutes()];
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(enter(world, new Set(routes.filter((route) => route.open).map((route) => route.path))));
  for (const route of routes) {
    const handler = run(route);
    if (route.method === 'POST') app.post(expressPath(route.path), handler);
    else app.get(expressPath(route.path), handler);
  }
  for (const [path, methods] of methodsByPath(routes)) app.all(expressPath(path), refuseMethod(path, methods));
  app.use((_req: express.Request, res: express.Response) => refusePath(exchangeOf(res)));
  app.use((error: unknown, _req: express.Request, res: express.Response, _next: express.NextFunction) =>
    answerThrown(exchangeOf(res), error instanceof URIError ? malformedPath() : error),
  );
  return { app, world, routes };
}

/** Everything passes here first: the exchange is opened, and whoever has no key gets no further than the open paths. */
function enter(world: Surroundings, openPaths: ReadonlySet<string>): express.RequestHandler {
  const admit = createAdmission(world);
  return (req, res, next) => {
    const exchange = openExchange(world, req, res);
    res.locals.exchange = exchange;
    if (openPaths.has(exchange.path)) next();
    else {
      admit(exchange).then(
        (admitted) => admitted && next(),
        (error: unknown) => answerThrown(exchange, error),
      );
    }
  };
}

function run(route: Route): express.RequestHandler {
  return (req, res) => {
    const exchange = exchangeOf(res);
    exchange.route = route.path;
    exchange.params = req.params;
    route.handle(exchange).catch((error: unknown) => answerThrown(exchange, error));
  };
}

function exchangeOf(res: express.Response): Exchange {
  return res.locals.exchange;
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

function refuseMethod(path: string, methods: readonly string[]): express.RequestHandler {
  const allow = methods.join(', ');
  return (req, res) => {
    const exchange = exchangeOf(res);
    exchange.route = path;
    const error = new ProcessError('method-not-allowed', {
      zh: `此路径不支持 ${req.method}，可用：${allow}。`,
      en: `${req.method} is not taken here; use ${allow}.`,
    });
    answerProblem(exchange, error, ['Allow', allow]);
  };
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
