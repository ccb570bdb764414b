import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { ProcessError } from '../../src/errors.ts';
import { newId } from '../../src/ids.ts';
import { sha256 } from '../../src/json.ts';
import {
  type BoardQuery,
  createService,
  type ListQuery,
  type Service,
  type ServiceOptions,
  type WorkQuery,
  type WriteRequest,
} from '../../src/service/index.ts';
import { openDatabase, type StoreOptions, storeOn } from '../../src/store/open-store.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { ADMIN, SMALL } from '../engine/process.ts';
import { freshPostgres } from '../postgres.ts';

/** A clock that stands still until a test moves it. */
export function stoppedClock(start = '2026-02-13T09:30:00.000Z') {
  let time = Date.parse(start);
  return {
    now: () => new Date(time).toISOString(),
    move: (ms: number) => {
      time += ms;
    },
  };
}

export async function node(options: StoreOptions, more: Partial<ServiceOptions> = {}) {
  const database = await openDatabase(options);
  const store = storeOn(database);
  await store.migrate();
  const clock = stoppedClock();
  const service = createService({ store, clock, newId, calendars: shippedCalendars, review: 'off', ...more });
  return { database, store, service, clock };
}

/** A service on a database of its own, with the small process published. */
export async function setup(url?: string, more: Partial<ServiceOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-service-'));
  const options = { url: url ?? `sqlite:${join(folder, 'test.db')}` };
  const made = await node(options, more);
  onTestFinished(async () => {
    await made.service.stop();
    await made.store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await made.service.publishOwn(SMALL, ADMIN);
  return { ...made, options, begin: (fields = {}) => begin(made.service, fields) };
}

export const databases: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ['SQLite', async () => undefined],
  ['PostgreSQL', freshPostgres],
];

export function request(actor: Actor = ADMIN, more: Partial<WriteRequest> = {}): WriteRequest {
  return { actor, requestId: randomUUID(), ifMatch: null, idempotency: null, ...more };
}

export function withKey(key: string, body: unknown, actor = ADMIN): WriteRequest {
  return request(actor, { idempotency: { key, requestHash: sha256(JSON.stringify(body)) } });
}

export async function begin(service: Service, fields: Record<string, unknown> = {}): Promise<string> {
  return (await service.start({ process: 'small', fields }, request())).instance.id;
}

/** A board of all that the caller sees. */
export const anyCard: BoardQuery = { version: null, owner: null, class: null, deadline: null, text: null };

/** Every instance that the caller sees. */
export const anyInstance: ListQuery = {
  parent: null,
  owner: null,
  process: null,
  phase: null,
  step: null,
  status: null,
  outcome: null,
  key: null,
  version: null,
  class: null,
  deadline: null,
  text: null,
  cursor: null,
  limit: 50,
};

/** Everything that waits for the caller. */
export const anyWork: WorkQuery = { role: null, actor: null, process: null, cursor: null, limit: 200 };

/** The refusal that a promise ends in. */
export async function refusal(promise: Promise<unknown>): Promise<ProcessError> {
  const error: unknown = await promise.then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  );
  if (error instanceof ProcessError) return error;
  throw error;
}
