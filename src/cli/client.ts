import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessDefinition } from '../definition/types.ts';
import { errorCodes } from '../errors.ts';
import type {
  Accepted,
  EvidencePage,
  HistoryPage,
  IncidentPage,
  InstanceDetail,
  ListPage,
  PlanAnswer,
  PlannedPage,
  PlanRun,
  RestingPage,
  ScheduleView,
  SignalPage,
  SignalView,
  SlaView,
  VerifyResult,
  VersionPage,
  VersionView,
  WorkPage,
} from '../service/types.ts';
import * as guards from './answer-guards.ts';
import { isInputProblem, isRecord } from './answer-guards.ts';
import type { Cli } from './command.ts';
import { type ProblemDocument, RefusedError, UnreachableError, UsageError } from './exit.ts';
import { isPlanAnswer, isPlannedPage, isPlanRun } from './plan-guards.ts';
import { isDrafted, isVersion, isVersionPage } from './version-guards.ts';

/** The HTTP API as the commands use it. Throws `RefusedError`, `UnreachableError`. */
export interface Client {
  start(body: Readonly<Record<string, unknown>>): Promise<Pick<Accepted, 'instance' | 'entries'>>;
  send(id: string, body: Readonly<Record<string, unknown>>): Promise<Pick<Accepted, 'instance' | 'entries'>>;
  bulk(items: readonly Readonly<Record<string, unknown>>[], dryRun: boolean): Promise<guards.BulkAnswer>;
  instance(id: string): Promise<InstanceDetail>;
  list(query: Readonly<Record<string, string>>): Promise<ListPage>;
  work(query: Readonly<Record<string, string>>): Promise<WorkPage>;
  signal(body: Readonly<Record<string, unknown>>): Promise<SignalView>;
  signals(query: Readonly<Record<string, string>>): Promise<SignalPage>;
  evidence(query: Readonly<Record<string, string>>): Promise<EvidencePage>;
  resting(process: string, evidence: string, query: Readonly<Record<string, string>>): Promise<RestingPage>;
  incidents(query: Readonly<Record<string, string>>): Promise<IncidentPage>;
  schedules(): Promise<readonly ScheduleView[]>;
  /** `under`: another version, as it was given; null: its own. */
  sla(id: string, under: string | null): Promise<SlaView>;
  plan(process: string, body: Readonly<Record<string, unknown>>): Promise<PlanAnswer>;
  planned(process: string, body: Readonly<Record<string, unknown>>): Promise<PlannedPage>;
  apply(process: string, body: Readonly<Record<string, unknown>>): Promise<PlanRun>;
  revert(process: string, body: Readonly<Record<string, unknown>>): Promise<PlanRun>;
  history(id: string, cursor: string | null): Promise<HistoryPage>;
  /** The definition of a version, or of the newest. */
  definition(process: string, version: number | null): Promise<ProcessDefinition>;
  draft(process: string, body: Readonly<Record<string, unknown>>): Promise<{ readonly version: VersionView }>;
  /** Reviews, publishes or withdraws a version. */
  version(
    process: string,
    version: number,
    verb: 'review' | 'publish' | 'withdraw',
    body: Readonly<Record<string, unknown>>,
  ): Promise<VersionView>;
  versions(process: string, draftsOnly: boolean, cursor: string | null): Promise<VersionPage>;
  graph(process: string, format: string): Promise<string>;
  /** The file of a version, as it was published. */
  file(process: string, version: number): Promise<string>;
  verify(id: string | null, cursor: string | null): Promise<VerifyResult & { readonly next: string | null }>;
}

/** Longer than the server itself waits. */
const PATIENCE_MS = 60_000;
/** The same over all open instances. */
const LONG_PATIENCE_MS = 330_000;
const MOST_RETRIES = 5;

/** `onBehalfOf`: the person for whom the key acts, if it may. */
export function createClient(
  { config, language }: Pick<Cli, 'config' | 'language'>,
  onBehalfOf: string | null = null,
): Client {
  const { key, sandbox } = config;
  if (key === null) {
    throw new UsageError({
      zh: '请用环境变量 PHASEGATE_KEY 给出密钥；首次启动 phasegate serve 时会打印一个，phasegate keys create 可新建',
      en: 'give a key in the environment variable PHASEGATE_KEY; phasegate serve prints one at its first start, phasegate keys create makes another',
    });
  }
  const base = config.url.replace(/\/+$/, '');

  async function call(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    { accept = 'application/json', patience = PATIENCE_MS } = {},
  ): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await reach(base, path, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          Accept: accept,
          'Accept-Language': language,
          ...(sandbox === 'on' && { Sandbox: 'true' }),
          ...(onBehalfOf === null ? {} : { 'On-Behalf-Of': encodeURIComponent(onBehalfOf) }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patience),
      });
      const text = await response.text();
      if (response.ok) return text;
      const wait = Number(response.headers.get('Retry-After'));
      if (response.status !== 429 || attempt > MOST_RETRIES || !(wait > 0)) {
        throw new RefusedError(problemDocument(text, response.status, base));
      }
      await pause(wait * 1000);
    }
  }

  async function ask<T>(
    is: (value: unknown) => value is T,
    path: string,
    body?: unknown,
    patience = PATIENCE_MS,
  ): Promise<T> {
    const value = parse(await call(body === undefined ? 'GET' : 'POST', path, body, { patience }));
    if (is(value)) return value;
    throw notOurs(base);
  }

  const part = encodeURIComponent;
  return {
    start: (body) => ask(guards.isAccepted, '/v1/instances', body),
    send: (id, body) => ask(guards.isAccepted, `/v1/instances/${part(id)}/events`, body),
    bulk: (items, dryRun) => ask(guards.isBulkAnswer, '/v1/bulk/events', { items, dryRun }),
    instance: (id) => ask(guards.isInstanceDetail, `/v1/instances/${part(id)}`),
    list: (query) => ask(guards.isListPage, `/v1/instances?${new URLSearchParams(query)}`),
    work: (query) => ask(guards.isWorkPage, `/v1/work?${new URLSearchParams(query)}`),
    evidence: (query) => ask(guards.isEvidencePage, `/v1/evidence?${new URLSearchParams(query)}`),
    resting: (process, evidence, query) =>
      ask(
        guards.isRestingPage,
        `/v1/evidence/${part(process)}/${part(evidence)}/instances?${new URLSearchParams(query)}`,
      ),
    signal: (body) => ask(guards.isSignal, '/v1/signals', body),
    signals: (query) => ask(guards.isSignalPage, `/v1/signals?${new URLSearchParams(query)}`),
    incidents: (query) => ask(guards.isIncidentPage, `/v1/incidents?${new URLSearchParams(query)}`),
    schedules: async () => (await ask(guards.isScheduleList, '/v1/schedules')).schedules,
    sla: (id, under) => {
      const query = under === null ? '' : `?${new URLSearchParams({ under })}`;
      return ask(guards.isSla, `/v1/instances/${part(id)}/sla${query}`);
    },
    plan: (process, body) => ask(isPlanAnswer, `/v1/processes/${part(process)}/plan`, body, LONG_PATIENCE_MS),
    planned: (process, body) =>
      ask(isPlannedPage, `/v1/processes/${part(process)}/plan/instances`, body, LONG_PATIENCE_MS),
    apply: (process, body) => ask(isPlanRun, `/v1/processes/${part(process)}/apply`, body, LONG_PATIENCE_MS),
    revert: (process, body) => ask(isPlanRun, `/v1/processes/${part(process)}/revert`, body, LONG_PATIENCE_MS),
    history: (id, cursor) =>
      ask(guards.isHistoryPage, `/v1/instances/${part(id)}/history?limit=200${cursorPart(cursor)}`),
    async definition(process, version) {
      const path = `/v1/processes/${part(process)}${version === null ? '' : `/versions/${version}`}`;
      return (await ask(guards.isProcessVersion, path)).definition;
    },
    draft: (process, body) => ask(isDrafted, `/v1/processes/${part(process)}/drafts`, body),
    version: (process, version, verb, body) =>
      ask(isVersion, `/v1/processes/${part(process)}/versions/${version}/${verb}`, body),
    versions: (process, draftsOnly, cursor) =>
      ask(
        isVersionPage,
        `/v1/processes/${part(process)}/${draftsOnly ? 'drafts' : 'versions'}?limit=200${cursorPart(cursor)}`,
      ),
    file: (process, version) =>
      call('GET', `/v1/processes/${part(process)}/versions/${version}`, undefined, { accept: 'application/yaml' }),
    graph: (process, format) => call('GET', `/v1/processes/${part(process)}/graph?format=${part(format)}`),
    async verify(id, cursor) {
      if (id !== null) return { ...(await ask(guards.isVerifyResult, `/v1/instances/${part(id)}/verify`)), next: null };
      const path = `/v1/verify${cursor === null ? '' : `?cursor=${part(cursor)}`}`;
      return ask(guards.isVerifyPage, path);
    },
  };
}

function cursorPart(cursor: string | null): string {
  return cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
}

async function reach(base: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(base + path, init);
  } catch (error) {
    const why = causeOf(error);
    throw new UnreachableError({
      zh: `${base} 没有应答（${why}）。请用 phasegate serve 启动服务，或用 PHASEGATE_URL 指定它的地址`,
      en: `nothing answers at ${base} (${why}). Start the server with phasegate serve, or say where it is with PHASEGATE_URL`,
    });
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'ETIMEDOUT';
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}

function notOurs(base: string): UnreachableError {
  return new UnreachableError({
    zh: `${base} 的应答不是 phasegate 的格式；请检查 PHASEGATE_URL`,
    en: `what answers at ${base} is no phasegate server of this version; check PHASEGATE_URL`,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function problemDocument(text: string, status: number, base: string): ProblemDocument {
  const value = parse(text);
  if (!isRecord(value) || typeof value.detail !== 'string') throw notOurs(base);
  const { code, title, detail, errors, ...extra } = value;
  return {
    code: Object.keys(errorCodes).find((known): known is keyof typeof errorCodes => known === code) ?? null,
    title: typeof title === 'string' ? title : String(status),
    detail,
    errors: Array.isArray(errors) ? errors.filter(isInputProblem) : [],
    extra,
  };
}
