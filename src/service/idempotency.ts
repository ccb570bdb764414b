import { ProcessError } from '../errors.ts';
import type { IdempotencyRow, Store } from '../store/types.ts';
import { viewOf } from './chain.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { presentEntries, presentLoaded, standingOf } from './present.ts';
import { recordedRefusalError } from './refusal.ts';
import { requireSight } from './sight.ts';
import type { Task } from './task.ts';
import type { Accepted, WriteRequest } from './types.ts';

/** Whose idempotency keys are whose: tenants, actors and those who act for them each have their own. */
function scopeOf({ actor: { tenant, id, via }, idempotency }: WriteRequest): string {
  return idempotency?.scope ?? JSON.stringify([tenant, id, via]);
}

/** Requests with an idempotency key that are running in this process. */
export interface InFlight {
  /** Throws `request-in-flight` or `idempotency-mismatch` when the key is running already. */
  enter(request: WriteRequest): void;
  leave(request: WriteRequest): void;
}

export function createInFlight(): InFlight {
  const running = new Map<string, string>();
  const nameOf = (request: WriteRequest) =>
    request.idempotency === null ? null : `${scopeOf(request)}\0${request.idempotency.key}`;
  return {
    enter(request) {
      const name = nameOf(request);
      if (name === null || request.idempotency === null) return;
      const hash = running.get(name);
      if (hash === undefined) {
        running.set(name, request.idempotency.requestHash);
        return;
      }
      if (hash !== request.idempotency.requestHash) throw mismatch();
      throw new ProcessError('request-in-flight', {
        zh: '使用同一 Idempotency-Key 的第一个请求仍在处理；请稍后用同样的请求重试',
        en: 'the first request with this Idempotency-Key is still running; send the same request again in a moment',
      });
    },
    leave(request) {
      const name = nameOf(request);
      if (name !== null) running.delete(name);
    },
  };
}

function mismatch(): ProcessError {
  return new ProcessError('idempotency-mismatch', {
    zh: '这个 Idempotency-Key 已用于内容不同的请求；请为新请求换一个键',
    en: 'this Idempotency-Key was used for a request with other content; use a new key for a new request',
  });
}

/** What earlier requests with the same keys were recorded as. */
export async function findEarlier(
  store: Store,
  tasks: readonly Task[],
): Promise<(task: Task) => IdempotencyRow | null> {
  const named = tasks.flatMap(({ request }) =>
    request.idempotency === null ? [] : [{ scope: scopeOf(request), key: request.idempotency.key }],
  );
  const rows = named.length === 0 ? [] : await store.findIdempotent(named);
  const byName = new Map(rows.map((row) => [`${row.scope}\0${row.key}`, row]));
  return ({ request }) => {
    const { idempotency } = request;
    const row = idempotency === null ? undefined : byName.get(`${scopeOf(request)}\0${idempotency.key}`);
    return row ?? null;
  };
}

/**
 * The answer to a request that was carried out before: its entries, and the instance as it is now.
 * Throws `idempotency-mismatch` when it was another request, and the refusal again when it was refused.
 */
export async function replay(context: ServiceContext, row: IdempotencyRow, request: WriteRequest): Promise<Accepted> {
  if (row.requestHash !== request.idempotency?.requestHash) throw mismatch();
  const [stored] = await context.store.loadInstances([row.instance]);
  const rows = await context.store.history(row.instance, row.firstSeq - 1, row.lastSeq - row.firstSeq + 1);
  if (stored === undefined) throw new Error(`no trace of the request recorded for ${row.instance}`);
  const { actor } = request;
  const loaded = await loadDocument(context, stored);
  // What was seen then may be out of sight now. Whoever sends a signal need not see what it was for.
  if (request.idempotency.scope === undefined) requireSight(loaded.process, stored, actor);
  const entries = presentEntries(loaded.process === null ? [] : [loaded.process], stored, actor, rows.map(viewOf));
  const [first] = entries;
  if (first === undefined) throw new Error(`no trace of the request recorded for ${row.instance}`);
  if (!first.accepted) throw recordedRefusalError(first);
  const instance = presentLoaded(loaded, actor);
  return { standing: standingOf(instance), instance, entries, replayed: true };
}

/** The row that remembers a request with the entries it made; null when it named no key. */
export function idempotencyRow(
  task: Task,
  instance: string,
  seqs: readonly number[],
  now: string,
): IdempotencyRow | null {
  const { idempotency } = task.request;
  const firstSeq = seqs[0];
  const lastSeq = seqs.at(-1);
  if (idempotency === null || firstSeq === undefined || lastSeq === undefined) return null;
  const { key, requestHash } = idempotency;
  return { scope: scopeOf(task.request), key, requestHash, instance, firstSeq, lastSeq, recordedAt: now };
}
