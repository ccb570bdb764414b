import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, forkChild, memoryOf } from './child.ts';
import { interleaved, line, median, millis, rate, times } from './figures.ts';
import { fillFile } from './filled-file.ts';
import { postEvents } from './http.ts';
import { instanceIdAt } from './instance-id.ts';
import { benchLists, type ListFigure, printLists } from './lists.ts';
import { ADMIN_KEY, ask, type Server, startServer } from './server.ts';

export interface ScaleFigure {
  readonly connections: number;
  /** Events per second over HTTP, on instances picked at random from the whole file. */
  readonly small: number;
  readonly large: number;
  /** How many times as long an event takes on the large file. */
  readonly ratio: number;
}

export interface ScaleFigures {
  readonly instances: number;
  /** Bytes of the large file. */
  readonly size: number;
  readonly fillSeconds: number;
  readonly events: readonly ScaleFigure[];
  /** Milliseconds until a server on the large file listens; the first start is right after the file was made. */
  readonly startup: readonly number[];
  /** MiB held by a server that has just started on it. */
  readonly idle: number;
  readonly lists: readonly ListFigure[];
  /** History entries of sampled instances that hold together. */
  readonly verified: number;
}

export interface ScaleOptions {
  readonly client: 'sqlite3' | 'better-sqlite3';
  readonly small: number;
  readonly large: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly pages: number;
}

export const scaleDefaults: ScaleOptions = {
  client: 'sqlite3',
  small: 1_000,
  large: 1_000_000,
  rounds: 5,
  seconds: 4,
  pages: 300,
};

/** What a large file costs against a small one; each instance has ten history entries at first. */
export async function benchScale(
  options: ScaleOptions,
  report: (what: string) => void = () => {},
): Promise<ScaleFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-scale-'));
  const client = forkChild('load-client.ts');
  const servers: Server[] = [];
  const open = async (name: string) => {
    const file = join(folder, `${name}.db`);
    const server = await startServer({ file, client: options.client, log: join(folder, `${name}.log`) });
    servers.push(server);
    return server;
  };
  try {
    const start = performance.now();
    await fillFile(join(folder, 'small.db'), options.small);
    await fillFile(join(folder, 'large.db'), options.large, (done) => {
      if (done % 100_000 === 0) report(`${done.toLocaleString('en')} instances written`);
    });
    const fillSeconds = (performance.now() - start) / 1000;
    const small = await open('small');
    const first = await open('large');
    await first.stop();
    const large = await open('large');
    const idle = memoryOf(large.pid);
    const events = [];
    for (const connections of [1, 64]) events.push(await compare(client, small, large, connections, options));
    const verified = await verifySample(large, options.large);
    for (const server of servers.splice(0)) await server.stop();
    const lists = await benchLists(
      { url: join(folder, 'large.db'), client: options.client },
      { instances: options.large, pages: options.pages },
    );
    return {
      instances: options.large,
      size: statSync(join(folder, 'large.db')).size,
      fillSeconds,
      events,
      startup: [first.startup, large.startup],
      idle,
      lists,
      verified,
    };
  } finally {
    await client.stop();
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  client: Child,
  small: Server,
  large: Server,
  connections: number,
  { rounds, seconds, ...deals }: ScaleOptions,
): Promise<ScaleFigure> {
  const measure = (name: 'small' | 'large', server: Server) => async () => {
    const target = { name, port: server.port, key: ADMIN_KEY, deals: deals[name] };
    return (await postEvents(client, { ...target, connections, seconds })).perSecond;
  };
  const cases = { small: measure('small', small), large: measure('large', large) };
  await interleaved(1, cases);
  const results = await interleaved(rounds, cases);
  const pairs = results('small').map((value, round) => value / (results('large')[round] ?? Number.NaN));
  return { connections, small: median(results('small')), large: median(results('large')), ratio: median(pairs) };
}

async function verifySample(server: Server, count: number): Promise<number> {
  let entries = 0;
  for (let n = 0; n < 50; n += 1) {
    const id = instanceIdAt(Math.floor(Math.random() * count));
    const { ok, checked } = Object(await ask(server, 'GET', `/v1/instances/${id}/verify`));
    if (ok !== true) throw new Error(`the history of ${id} does not hold`);
    entries += Number(checked);
  }
  return entries;
}

export function printScale(figures: ScaleFigures): void {
  const { instances, size, fillSeconds, events, startup, idle, lists, verified } = figures;
  console.log(
    `  ${instances.toLocaleString('en')} instances, ${(size / 2 ** 30).toFixed(1)} GiB, made in ${Math.round(fillSeconds)} s; ${verified} entries of sampled instances verified`,
  );
  console.log(line('HTTP events', 'small file', 'large file', 'time per event'));
  for (const { connections, small, large, ratio } of events)
    console.log(line(`${connections} connections`, rate(small), rate(large), times(ratio)));
  console.log(line('start-up', ...startup.map(millis)));
  console.log(line('memory, idle', `${Math.round(idle)} MiB`));
  printLists(lists);
}
