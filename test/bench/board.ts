import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, openBrowser } from '../e2e/browser.ts';
import { signIn } from '../e2e/sign-in.ts';
import { interleaved, line, median, millis, times } from './figures.ts';
import { fillFile } from './filled-file.ts';
import { ask, type Server, startServer } from './server.ts';

export interface BoardFigure {
  readonly deals: number;
  /** Milliseconds from opening the page until its first cards and all counts are there. */
  readonly usable: number;
  /** Milliseconds of the server, over HTTP. */
  readonly counts: number;
  readonly column: number;
  readonly filtered: number;
}

export interface BoardOptions {
  readonly small: number;
  readonly large: number;
  readonly rounds: number;
}

export const boardDefaults: BoardOptions = { small: 100, large: 10_000, rounds: 7 };

/** How soon the board of many deals is there, against one of few; without a browser only what the server takes. */
export async function benchBoard({ small, large, rounds }: BoardOptions): Promise<readonly BoardFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-board-'));
  const servers: Server[] = [];
  const browser = hasBrowser ? await openBrowser() : null;
  try {
    const open = async (deals: number) => {
      const file = join(folder, `${deals}.db`);
      await fillFile(file, deals);
      const server = await startServer({ file, client: 'sqlite3', log: join(folder, `${deals}.log`) });
      servers.push(server);
      return { deals, server, page: browser === null ? null : await signedIn(browser, server) };
    };
    const boards = [await open(small), await open(large)];
    const cases = Object.fromEntries(
      boards.flatMap(({ deals, server, page }) => {
        const get = (path: string) => () => timed(() => ask(server, 'GET', path));
        const list = '/v1/instances?process=sales&step=first-contact&limit=40';
        return [
          [`usable ${deals}`, async () => (page === null ? Number.NaN : await usable(page))],
          [`counts ${deals}`, get('/v1/processes/sales/board')],
          [`column ${deals}`, get(list)],
          [`filtered ${deals}`, get(`${list}&class=A&text=crm-0000`)],
        ];
      }),
    );
    await interleaved(1, cases);
    const results = await interleaved(rounds, cases);
    return boards.map(({ deals }) => ({
      deals,
      usable: median(results(`usable ${deals}`)),
      counts: median(results(`counts ${deals}`)),
      column: median(results(`column ${deals}`)),
      filtered: median(results(`filtered ${deals}`)),
    }));
  } finally {
    await browser?.close();
    for (const server of servers) await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

async function signedIn(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await signIn(page);
  return page;
}

/** By the page's own clock, which begins with its navigation. */
async function usable(page: Page): Promise<number> {
  await page.goto('/board/sales', { waitUntil: 'commit' });
  await Promise.all(['.card', '.total b'].map((part) => page.locator(part).first().waitFor()));
  return Number(await page.evaluate('performance.now()'));
}

export function printBoard(figures: readonly BoardFigure[]): void {
  console.log(line('deals', 'first usable', 'counts', 'a column', 'filtered'));
  for (const { deals, usable: page, counts, column, filtered } of figures)
    console.log(line(deals.toLocaleString('en'), ...[page, counts, column, filtered].map(millis)));
  const [small, large] = figures;
  if (small !== undefined && large !== undefined) console.log(line('', times(large.usable / small.usable)));
}
