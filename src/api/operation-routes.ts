import { createHash } from 'node:crypto';
import { ProcessError } from '../errors.ts';
import { openApiDocument } from '../schemas.ts';
import { requireOperator } from '../service/index.ts';
import { answer, answerJson } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { cursorForm, readQuery } from './query.ts';
import { referencePage } from './reference.ts';
import { referenceStyle } from './reference-style.ts';
import type { Route } from './route.ts';
import { securityHeaders } from './security-headers.ts';

/** Health, metrics, the whole record's proof, and the reference; the documents are rendered once, here. */
export function operationRoutes(): readonly Route[] {
  const document = openApiDocument();
  const json = JSON.stringify(document);
  const page = referencePage(document);
  const styleHash = createHash('sha256').update(referenceStyle).digest('base64');
  const pageSafety = securityHeaders({ 'style-src': [`'sha256-${styleHash}'`] });
  const cached = ['Cache-Control', 'public, max-age=300'];

  return [
    { method: 'GET', path: '/v1/verify', open: false, handle: verifyAll },
    { method: 'GET', path: '/healthz', open: true, handle: showHealth },
    { method: 'GET', path: '/readyz', open: true, handle: showReadiness },
    { method: 'GET', path: '/metrics', open: false, handle: showMetrics },
    {
      method: 'GET',
      path: '/openapi.json',
      open: true,
      handle: async (exchange) =>
        answer(exchange, 200, json, ['Content-Type', 'application/json; charset=utf-8', ...cached]),
    },
    {
      method: 'GET',
      path: '/docs',
      open: true,
      handle: async (exchange) =>
        answer(exchange, 200, page, ['Content-Type', 'text/html; charset=utf-8', ...cached], null, pageSafety),
    },
  ];
}

async function verifyAll(exchange: Exchange): Promise<void> {
  const { cursor } = readQuery(exchange, { cursor: cursorForm });
  requireOperator(exchange.actor, { zh: '核验全部记录', en: 'proving the whole record' });
  answerJson(exchange, 200, await exchange.world.service.verifyAll(cursor));
}

async function showHealth(exchange: Exchange): Promise<void> {
  answerJson(exchange, 200, { status: 'ok', time: exchange.world.clock.now() });
}

async function showReadiness(exchange: Exchange): Promise<void> {
  const { service, stopping } = exchange.world;
  if (!stopping && (await service.ready())) {
    answerJson(exchange, 200, { status: 'ready' });
    return;
  }
  throw new ProcessError(
    'unavailable',
    stopping
      ? { zh: '服务正在停止，请改用其他节点。', en: 'This server is stopping; use another one.' }
      : { zh: '数据库没有应答，请稍后重试。', en: 'The database does not answer; try again soon.' },
  );
}

async function showMetrics(exchange: Exchange): Promise<void> {
  const { metrics } = exchange.world;
  requireOperator(exchange.actor, { zh: '读取指标', en: 'reading the metrics' });
  answer(exchange, 200, await metrics.text(), ['Content-Type', metrics.contentType, 'Cache-Control', 'no-store']);
}
