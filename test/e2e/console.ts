import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { ask, type Server, startServer } from '../bench/server.ts';
import { openBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A built server on a database of its own, and a browser in front of it. */
export interface Console {
  readonly server: Server;
  /** The database (SQLite). */
  readonly file: string;
  /** What the pages complained of: a script that failed, something that the policy forbade. */
  readonly complaints: readonly string[];
  openPage(language: 'zh' | 'en'): Promise<Page>;
  /** Opens a page, signed in as administrator. */
  openSignedIn(language: 'zh' | 'en'): Promise<Page>;
  /** A deal of the sales process with these fields; its id. */
  startDeal(fields: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** `finished`: takes what is to be done at the end of a test (`onTestFinished`), since a page that stays open goes on listening and drawing. */
export async function openConsole(finished?: (done: () => Promise<void>) => void): Promise<Console> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-e2e-'));
  const file = join(folder, 'console.db');
  const server = await startServer({ file, client: 'sqlite3', log: join(folder, 'server.log') });
  const browser: Browser = await openBrowser();
  const complaints: string[] = [];

  async function openPage(language: 'zh' | 'en'): Promise<Page> {
    const context = await browser.newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-GB', baseURL: server.url });
    finished?.(() => context.close());
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A refusal is logged by the browser itself.
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        complaints.push(message.text());
    });
    return page;
  }

  return {
    server,
    file,
    complaints,
    openPage,
    async openSignedIn(language) {
      const page = await openPage(language);
      await signIn(page);
      return page;
    },
    async startDeal(fields) {
      const answer = await ask(server, 'POST', '/v1/instances', { process: 'sales', fields });
      return Object(answer).instance.id;
    },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Rules of accessibility (axe) that a page breaks, each with the first place. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await Reflect.get(globalThis, 'axe').run();
    return found.map(({ id, nodes }: { id: string; nodes: readonly { html: string }[] }) => `${id}: ${nodes[0]?.html}`);
  });
}
