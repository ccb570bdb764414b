import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres.ts';
import { openByHand } from './by-hand.ts';
import { openDeals } from './deals.ts';
import { interleaved, line, median, perSecond, rate, ratio, times } from './figures.ts';

export interface ApplyFigure {
  readonly database: 'sqlite3' | 'better-sqlite3' | 'postgres';
  /** Durable events per second, medians over the rounds. */
  readonly service: number;
  readonly byHand: number;
  readonly ratio: number;
}

export interface ApplyOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly callers: number;
}

export const applyDefaults: ApplyOptions = { rounds: 5, seconds: 2, callers: 64 };

/** The service in process against XState and a transaction per event written by hand, on SQLite. */
export async function benchApply(options: ApplyOptions): Promise<readonly ApplyFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  try {
    const figures: ApplyFigure[] = [];
    for (const client of ['sqlite3', 'better-sqlite3'] as const) {
      const ours = await openDeals({ url: join(folder, `${client}.db`), client }, options.callers);
      const theirs = await openByHand(join(folder, `${client}-by-hand.db`), client, options.callers);
      figures.push(await compare(client, ours, theirs, options));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same on PostgreSQL: `freshDatabase` makes an empty one and returns its URL. */
export async function benchPostgres(
  options: ApplyOptions,
  freshDatabase: () => Promise<string>,
): Promise<readonly ApplyFigure[]> {
  const ours = await openDeals({ url: await freshDatabase() }, options.callers);
  const theirs = await openByHand(await freshDatabase(), 'pg', options.callers);
  return [await compare('postgres', ours, theirs, options)];
}

/** `benchPostgres` on a server of our own that syncs the disk. */
export async function benchOwnPostgres(options: ApplyOptions): Promise<readonly ApplyFigure[]> {
  const server = await startPostgres({ durable: true });
  try {
    return await benchPostgres(options, () => server.freshDatabase());
  } finally {
    await server.stop();
  }
}

interface Contender {
  send(caller: number): Promise<void>;
  close(): Promise<void>;
}

async function compare(
  database: ApplyFigure['database'],
  ours: Contender,
  theirs: Contender,
  { rounds, seconds, callers }: ApplyOptions,
): Promise<ApplyFigure> {
  try {
    const measure = (contender: Contender) => () => perSecond(callers, seconds, contender.send);
    const results = await interleaved(rounds, { ours: measure(ours), theirs: measure(theirs) });
    const service = results('ours');
    const byHand = results('theirs');
    return { database, service: median(service), byHand: median(byHand), ratio: ratio(service, byHand) };
  } finally {
    await ours.close();
    await theirs.close();
  }
}

export function printApply(figures: readonly ApplyFigure[]): void {
  console.log(line('', 'service', 'by hand', 'ratio'));
  for (const { database, service, byHand, ratio } of figures)
    console.log(line(database, rate(service), rate(byHand), times(ratio)));
}
