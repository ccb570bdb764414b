import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Api, type ApiLimits, createApi, defaultApiLimits, listen } from '../../src/api/index.ts';
import { systemClock } from '../../src/clock.ts';
import { createDelivery, type Delivery } from '../../src/delivery/index.ts';
import { newId } from '../../src/ids.ts';
import { createService, type Service, type ServiceOptions } from '../../src/service/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import type { Tokens } from '../../src/tokens/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { createContract } from './contract.ts';

const checkAnswer = createContract();

/** The process that most tests run: two steps, one gate, one milestone. */
export const visitYaml = readFileSync(new URL('visit.yaml', import.meta.url), 'utf8');

/** Two scenarios of it: a score above the gate's, and one below. */
export const visitScenarios = readFileSync(new URL('visit-scenarios.yaml', import.meta.url), 'utf8');

export interface Ask {
  /** JSON unless it is a text. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** A key's secret; the administrator's by default, null for none. */
  readonly key?: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null when it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: the contract has held it against its schema
  readonly json: any;
}

export interface Server {
  readonly url: string;
  readonly api: Api;
  readonly key: string;
  /** The SQLite file. */
  readonly file: string;
  readonly store: Store;
  readonly service: Service;
  /** Lines of the log. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
  /** A key for an actor with these roles. */
  makeKey(actor: string, ...roles: readonly string[]): Promise<string>;
  /** Sends a request and holds its answer against the OpenAPI document. */
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  publish(yaml: string): Promise<Answer>;
  /** Stops listening alone. */
  close(timeoutMs?: number): Promise<void>;
  /** Stops everything and removes the database. */
  stop(): Promise<void>;
}

/** A whole server: the real service on a SQLite file of its own, on a free port. */
export async function startServer(
  limits: Partial<ApiLimits> = {},
  tokens: Tokens | null = null,
  delivery: Delivery = createDelivery(),
  options: Partial<ServiceOptions> = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-api-'));
  const file = join(folder, 'test.db');
  const store = await openStore({ url: file });
  const { clock = systemClock } = options;
  await store.migrate();
  const service = createService({
    review: 'off',
    store,
    clock,
    newId,
    tokens,
    delivery,
    calendars: shippedCalendars,
    ...options,
  });
  const log: Record<string, unknown>[] = [];
  const api = createApi({
    service,
    clock,
    limits: { ...defaultApiLimits, ...limits },
    log: pino({ level: 'debug' }, { write: (line) => log.push(JSON.parse(line)) }),
  });
  const { url, close } = await listen(api, '127.0.0.1', 0);
  const { secret } = await service.createKey('anna', ['admin']);

  async function ask(method: string, path: string, { body, headers = {}, key = secret }: Ask = {}): Promise<Answer> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    });
    const type = response.headers.get('content-type');
    // A stream would never end.
    const isStream = type?.startsWith('text/event-stream') === true;
    if (isStream) await response.body?.cancel();
    const answered = isStream ? '' : await response.text();
    checkAnswer(method, path.split('?')[0] ?? path, response.status, type, answered);
    const json = answered !== '' && type !== null && /[/+]json(;|$)/.test(type) ? JSON.parse(answered) : null;
    return { status: response.status, headers: response.headers, text: answered, json };
  }

  return {
    url,
    api,
    key: secret,
    file,
    store,
    service,
    log,
    ask,
    close,
    makeKey: async (actor, ...roles) => (await service.createKey(actor, roles)).secret,
    publish: (yaml) => ask('POST', '/v1/processes', { body: yaml, headers: { 'content-type': 'application/yaml' } }),
    async stop() {
      await close(1_000);
      await service.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
