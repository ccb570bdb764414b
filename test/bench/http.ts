import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, cpuOf, forkChild } from './child.ts';
import { interleaved, line, median, micros, millis, rate, ratio, times } from './figures.ts';
import { fillFile } from './filled-file.ts';
import { instanceIdAt } from './instance-id.ts';
import type { LoadOrder, LoadResult, Target } from './load-client.ts';
import { roundTrip } from './sales-deal.ts';
import { ADMIN_KEY, ask, type Server, startServer } from './server.ts';

export interface HttpFigure {
  readonly server: 'bare Express' | 'sqlite3' | 'better-sqlite3';
  /** Medians over the rounds. */
  readonly perSecond: number;
  readonly ratio: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds of processor time of the server, all its threads together, per request. */
  readonly cpu: number;
  /** Mean bytes of an answer. */
  readonly bytes: number;
}

export interface HttpOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly deals: number;
}

export const httpDefaults: HttpOptions = { rounds: 7, seconds: 3, connections: 64, deals: 1024 };

/** The real server, all of it switched on, against a bare Express echo of the same bodies and sizes. */
export async function benchHttp(options: HttpOptions): Promise<readonly HttpFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  const client = forkChild('load-client.ts');
  const echo = forkChild('echo-server.ts');
  const servers: Server[] = [];
  try {
    const targets = new Map<HttpFigure['server'], Target & { readonly pid: number }>();
    for (const driver of ['sqlite3', 'better-sqlite3'] as const) {
      const file = join(folder, `${driver}.db`);
      // One deal more than is loaded: its answers are what the echo answers with.
      await fillFile(file, options.deals + 1);
      const server = await startServer({ file, client: driver, log: join(folder, `${driver}.log`) });
      servers.push(server);
      targets.set(driver, { name: driver, port: server.port, key: ADMIN_KEY, deals: options.deals, pid: server.pid });
    }
    const port = Number(await echo.ask(await sampleAnswers(servers[0], options.deals)));
    targets.set('bare Express', { name: 'bare', port, key: ADMIN_KEY, deals: options.deals, pid: echo.pid });
    return await measure(client, targets, options);
  } finally {
    await client.stop();
    await echo.stop();
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sampleAnswers(server: Server | undefined, deal: number): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  if (server === undefined) return answers;
  for (const event of roundTrip)
    answers.push(await ask(server, 'POST', `/v1/instances/${instanceIdAt(deal)}/events`, event));
  return answers;
}

async function measure(
  client: Child,
  targets: ReadonlyMap<HttpFigure['server'], Target & { readonly pid: number }>,
  { rounds, seconds, connections }: HttpOptions,
): Promise<readonly HttpFigure[]> {
  const cases: Record<string, () => Promise<LoadResult & { readonly cpu: number }>> = {};
  for (const [name, target] of targets) {
    // Whatever is compiled late is compiled before the clock runs.
    await postEvents(client, { ...target, connections, seconds });
    cases[name] = async () => {
      const before = cpuOf(target.pid);
      const result = await postEvents(client, { ...target, connections, seconds });
      return { ...result, cpu: ((cpuOf(target.pid) - before) / result.requests) * 1000 };
    };
  }
  const results = await interleaved(rounds, cases);
  const bare = results('bare Express').map((result) => result.perSecond);
  return [...targets.keys()].map((server) => {
    const all = results(server);
    const rates = all.map((result) => result.perSecond);
    return {
      server,
      perSecond: median(rates),
      ratio: ratio(rates, bare),
      p50: median(all.map((result) => result.p50)),
      p99: median(all.map((result) => result.p99)),
      cpu: median(all.map((result) => result.cpu)),
      bytes: median(all.map((result) => result.bytes)),
    };
  });
}

/** Has the client post events for a while; throws when one was not accepted. */
export async function postEvents(client: Child, order: LoadOrder): Promise<LoadResult> {
  // The client's own answer.
  const result = (await client.ask(order)) as LoadResult;
  if (result.failure !== null) throw new Error(`${order.name} answered: ${result.failure}`);
  return result;
}

export function printHttp(figures: readonly HttpFigure[]): void {
  console.log(line('', 'requests', 'ratio', 'median', 'p99', 'CPU per request', 'answer'));
  for (const { server, perSecond, ratio, p50, p99, cpu, bytes } of figures) {
    const figuresOfServer = [rate(perSecond, ''), times(ratio), millis(p50), millis(p99), micros(cpu)];
    console.log(line(server, ...figuresOfServer, `${Math.round(bytes)} bytes`));
  }
}
