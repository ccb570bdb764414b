import { ProcessError } from '../errors.ts';
import type { Accepted, EventInput, InstanceView, ListQuery, StartInput } from '../service/types.ts';
import { answer, answerJson } from './answer.ts';
import { cardForms, cardWish } from './card-query.ts';
import type { Exchange } from './exchange.ts';
import { noneMatch, writeRequest } from './headers.ts';
import {
  cursorForm,
  idForm,
  instanceForm,
  keyForm,
  nameForm,
  numberForm,
  oneOf,
  pageLimit,
  readQuery,
  stepForm,
} from './query.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const instanceRoutes: readonly Route[] = [
  { method: 'POST', path: '/v1/instances/{id}/events', open: false, handle: sendEvent },
  { method: 'POST', path: '/v1/instances', open: false, handle: startInstance },
  { method: 'GET', path: '/v1/instances/{id}', open: false, handle: showInstance },
  { method: 'GET', path: '/v1/instances', open: false, handle: listInstances },
  { method: 'GET', path: '/v1/instances/{id}/history', open: false, handle: showHistory },
  { method: 'GET', path: '/v1/instances/{id}/sla', open: false, handle: showSla },
  { method: 'GET', path: '/v1/instances/{id}/verify', open: false, handle: verifyInstance },
];

async function sendEvent(exchange: Exchange): Promise<void> {
  const id = instanceId(exchange);
  const body = await readObject(exchange);
  // `type` is spelt out for the compiler; the service refuses a missing one.
  const event: EventInput = { ...body, type: body.type };
  const accepted = await counted(exchange, event.type, () =>
    exchange.world.service.send(id, event, writeRequest(exchange, body)),
  );
  answerAccepted(exchange, 200, accepted, []);
}

async function startInstance(exchange: Exchange): Promise<void> {
  const body = await readObject(exchange);
  const input: StartInput = { ...body, process: body.process };
  const accepted = await counted(exchange, 'start', () =>
    exchange.world.service.start(input, writeRequest(exchange, body)),
  );
  answerAccepted(exchange, 201, accepted, ['Location', `/v1/instances/${accepted.standing.id}`]);
}

function answerAccepted(exchange: Exchange, status: number, accepted: Accepted, headers: readonly string[]): void {
  const { instance, entries, replayed } = accepted;
  answerJson(exchange, status, { instance, entries }, [
    'ETag',
    etagOf(instance),
    ...headers,
    ...(replayed ? ['Idempotency-Replayed', 'true'] : []),
  ]);
}

async function showInstance(exchange: Exchange): Promise<void> {
  const id = instanceId(exchange);
  const { seq } = readQuery(exchange, { seq: numberForm });
  if (seq !== null) {
    answerJson(exchange, 200, await exchange.world.service.getPast(id, Number(seq), exchange.actor));
    return;
  }
  const instance = await exchange.world.service.getInstance(id, exchange.actor);
  const etag = etagOf(instance);
  const headers = ['ETag', etag, 'Cache-Control', 'private, no-cache', 'Vary', 'Authorization, Cookie, On-Behalf-Of'];
  // A quarantine, and evidence that comes or expires, count as no revision, so they are always told in full.
  const isWhole = instance.quarantine === null && instance.evidence.length === 0;
  if (isWhole && noneMatch(exchange.req, etag)) answer(exchange, 304, '', headers);
  else answerJson(exchange, 200, instance, headers);
}

const statuses = ['active', 'on-hold', 'closed', 'quarantined'] as const;

const listForms = {
  process: idForm,
  phase: idForm,
  step: stepForm,
  status: oneOf(...statuses),
  outcome: idForm,
  key: keyForm,
  owner: nameForm,
  parent: instanceForm,
  version: numberForm,
  ...cardForms,
  cursor: cursorForm,
  limit: numberForm,
};

async function listInstances(exchange: Exchange): Promise<void> {
  const { status, limit, version, class: of, sla, text, ...filters } = readQuery(exchange, listForms);
  const needsProcess = Object.entries({ version, class: of, sla, text }).find(([, value]) => value !== null);
  if (filters.process === null && needsProcess !== undefined) throw withoutProcess(needsProcess[0]);
  const wanted: ListQuery = {
    ...filters,
    ...cardWish({ class: of, sla, text }),
    version: version === null ? null : Number(version),
    status: statuses.find((known) => known === status) ?? null,
    limit: pageLimit(exchange, limit),
  };
  answerJson(exchange, 200, await exchange.world.service.listInstances(wanted, exchange.actor));
}

/** Versions are counted, and choices called, by each process for itself. */
function withoutProcess(parameter: string): ProcessError {
  return new ProcessError(
    'malformed-request',
    {
      zh: `查询参数 ${parameter} 须与 process 一起给出。`,
      en: `The query parameter ${parameter} is only taken together with process.`,
    },
    { parameter },
  );
}

async function showHistory(exchange: Exchange): Promise<void> {
  const id = instanceId(exchange);
  const query = readQuery(exchange, { cursor: numberForm, limit: numberForm });
  const after = query.cursor === null ? 0 : Number(query.cursor);
  const limit = pageLimit(exchange, query.limit);
  answerJson(exchange, 200, await exchange.world.service.history(id, after, limit, exchange.actor));
}

async function showSla(exchange: Exchange): Promise<void> {
  const id = instanceId(exchange);
  const { under, seq } = readQuery(exchange, { under: numberForm, seq: numberForm });
  const { service } = exchange.world;
  if (seq !== null && under !== null) {
    throw new ProcessError(
      'malformed-request',
      {
        zh: '查询参数 under 和 seq 不能同时使用：under 问的是现在。',
        en: 'The query parameters under and seq do not go together: under asks about now.',
      },
      { parameter: 'under' },
    );
  }
  const view =
    seq === null
      ? await service.getSla(id, under === null ? null : Number(under), exchange.actor)
      : await service.getPastSla(id, Number(seq), exchange.actor);
  answerJson(exchange, 200, view);
}

async function verifyInstance(exchange: Exchange): Promise<void> {
  const id = instanceId(exchange);
  readQuery(exchange, {});
  answerJson(exchange, 200, await exchange.world.service.verifyInstance(id, exchange.actor));
}

/** Ids that no instance can have never reach the service. */
function instanceId(exchange: Exchange): string {
  const id = exchange.params.id;
  if (typeof id === 'string' && isInstanceId(id)) return id;
  throw noInstance();
}

export function isInstanceId(id: string): boolean {
  return UUID.test(id);
}

export function noInstance(): ProcessError {
  return new ProcessError('not-found', {
    zh: '没有这个实例：实例的编号是一个 UUID。请用 GET /v1/instances 查找。',
    en: 'There is no such instance: ids of instances are UUIDs. Look for it with GET /v1/instances.',
  });
}

async function counted(exchange: Exchange, type: unknown, run: () => Promise<Accepted>): Promise<Accepted> {
  const name = typeof type === 'string' ? type : 'unknown';
  try {
    const accepted = await run();
    exchange.world.metrics.command(name, 'accepted');
    return accepted;
  } catch (error) {
    exchange.world.metrics.command(name, error instanceof ProcessError ? error.code : 'internal');
    throw error;
  }
}

function etagOf(instance: InstanceView): string {
  return `"${instance.revision}"`;
}
