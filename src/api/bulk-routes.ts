import { errorCodes, ProcessError } from '../errors.ts';
import type { Accepted, BulkItem } from '../service/types.ts';
import { answerJson, internalError, problemOf } from './answer.ts';
import { type BulkBody, readBulk, type SentItem } from './bulk-body.ts';
import type { Exchange } from './exchange.ts';
import { requestHash } from './headers.ts';
import { isInstanceId, noInstance } from './instance-routes.ts';
import { preferredLanguage } from './language.ts';
import { readQuery } from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

export const bulkRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/bulk/events', open: false, handle: sendBulk },
];

/** Arrays and objects around an event: the body, its items, the item. */
const DEPTH_AROUND = 3;
/** Items that count as one request. */
const ITEMS_PER_REQUEST = 10;

async function sendBulk(exchange: Exchange): Promise<void> {
  const { service, limits, rates } = exchange.world;
  readQuery(exchange, {});
  refuseHeaders(exchange);
  const bounds = { jsonBytes: limits.bulkBytes, jsonDepth: limits.jsonDepth + DEPTH_AROUND };
  const { items, dryRun } = readBulk(await readObject(exchange, bounds));
  if (!(await rates.weight(exchange, Math.ceil(items.length / ITEMS_PER_REQUEST)))) return;
  const sent = items.map((item) => toSend(exchange, item));
  const sound = sent.flatMap((item) => (item instanceof ProcessError ? [] : [item]));
  const settled = await service.bulk(sound, dryRun);
  let next = 0;
  const results = sent.map((item) =>
    item instanceof ProcessError ? rejected(item) : (settled[next++] ?? rejected(new Error('no result'))),
  );
  answerBulk(exchange, { items, dryRun }, results);
}

/** Both would say something of one event; a bulk has many. */
function refuseHeaders({ req }: Exchange): void {
  const header = ['If-Match', 'Idempotency-Key'].find((name) => req.headers[name.toLowerCase()] !== undefined);
  if (header === undefined) return;
  throw new ProcessError('malformed-request', {
    zh: `批量请求不接受 ${header} 请求头${header === 'If-Match' ? '，请去掉' : '；请为每一项给出 key'}。`,
    en: `A bulk takes no ${header}; ${header === 'If-Match' ? 'leave it out' : 'give each item a key'}.`,
  });
}

/** The item as it would be sent alone, or why it cannot be. */
function toSend(exchange: Exchange, { instance, event, key }: SentItem): BulkItem | ProcessError {
  if (!isInstanceId(instance)) return noInstance();
  const { jsonBytes } = exchange.world.limits;
  const size = Number(exchange.req.headers['content-length'] ?? Infinity);
  if (size > jsonBytes && Buffer.byteLength(JSON.stringify(event)) > jsonBytes) {
    return new ProcessError(
      'too-large',
      {
        zh: `该事件超过 ${jsonBytes} 字节的上限。请缩短后再发送。`,
        en: `The event is longer than the limit of ${jsonBytes} bytes. Send less.`,
      },
      { limit: jsonBytes },
    );
  }
  const path = `/v1/instances/${instance}/events`;
  const idempotency = key === null ? null : { key, requestHash: requestHash('POST', path, event) };
  const { actor, requestId } = exchange;
  return { instance, event, request: { actor, requestId, ifMatch: null, idempotency } };
}

type Result = PromiseSettledResult<Accepted>;

function rejected(reason: unknown): PromiseRejectedResult {
  return { status: 'rejected', reason };
}

function answerBulk(exchange: Exchange, { items, dryRun }: BulkBody, results: readonly Result[]): void {
  const language = preferredLanguage(exchange.req.headers['accept-language']);
  const told = new Map<unknown, ProcessError>();
  /** One failure may have hit a whole batch; it is logged once. */
  const errorOf = (reason: unknown): ProcessError => {
    if (reason instanceof ProcessError) return reason;
    const error = told.get(reason) ?? internalError(exchange, reason);
    told.set(reason, error);
    return error;
  };
  const count = (index: number, code: string) => {
    const type = items[index]?.event.type;
    if (!dryRun) exchange.world.metrics.command(typeof type === 'string' ? type : 'unknown', code);
  };
  const shown = results.map((result, index) => {
    if (result.status === 'fulfilled') {
      const { standing, entries, replayed } = result.value;
      count(index, 'accepted');
      return replayed ? { status: 200, entries, replayed } : { status: 200, instance: standing, entries };
    }
    const error = errorOf(result.reason);
    count(index, error.code);
    const problem = problemOf(exchange, error, language, `${exchange.path}#/items/${index}`);
    return { status: errorCodes[error.code].status, problem };
  });
  const accepted = results.filter(({ status }) => status === 'fulfilled').length;
  const headers = ['Vary', 'Accept-Language'];
  answerJson(exchange, 200, { results: shown, accepted, refused: results.length - accepted, dryRun }, headers);
}
