import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { ADMIN_KEY, startServer } from '../bench/server.ts';
import { hasBrowser, openBrowser } from './browser.ts';

// npm run screens: pictures of every view on the sample deals, in screens/ beside this file, to be looked at after a change.

const root = fileURLToPath(new URL('../..', import.meta.url));
const screens = fileURLToPath(new URL('screens/', import.meta.url));

const sizes = { phone: [360, 780], desk: [1280, 860], wall: [1920, 1080] } as const;

interface View {
  readonly name: string;
  readonly path: string;
  /** What is there once it is drawn. */
  readonly there: string;
  readonly size: keyof typeof sizes;
  readonly language: 'zh' | 'en';
  readonly light: 'light' | 'dark';
}

const board = { path: '/board/sales', there: '.card' };
const editor = { path: '/processes/sales/edit', there: '.cm-line' };
const picture = { path: '/processes/sales', there: '.map .step' };
const figures = { path: '/numbers/sales?period=from-to&since=2025-01-01&until=2026-12-31', there: '.chart canvas' };
const views: readonly View[] = [
  { name: 'board', ...board, size: 'desk', language: 'en', light: 'light' },
  { name: 'board-wall', ...board, size: 'wall', language: 'zh', light: 'dark' },
  { name: 'board-phone', ...board, size: 'phone', language: 'zh', light: 'light' },
  { name: 'deal', path: 'deal', there: '.history li', size: 'desk', language: 'en', light: 'light' },
  { name: 'deal-phone', path: 'deal', there: '.history li', size: 'phone', language: 'zh', light: 'dark' },
  { name: 'work', path: '/work', there: '.card', size: 'desk', language: 'zh', light: 'light' },
  { name: 'editor', ...editor, size: 'desk', language: 'zh', light: 'dark' },
  { name: 'process', ...picture, size: 'desk', language: 'en', light: 'light' },
  { name: 'process-phone', ...picture, size: 'phone', language: 'zh', light: 'dark' },
  {
    name: 'audit',
    path: '/audit/history?result=refused',
    there: '.found > li',
    size: 'desk',
    language: 'en',
    light: 'dark',
  },
  { name: 'audit-phone', path: '/audit/keys', there: '.keys > li', size: 'phone', language: 'zh', light: 'light' },
  { name: 'numbers', ...figures, size: 'desk', language: 'en', light: 'light' },
  { name: 'numbers-wall', ...figures, size: 'wall', language: 'zh', light: 'dark' },
  { name: 'numbers-phone', ...figures, size: 'phone', language: 'zh', light: 'light' },
];

async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel(/Key or token|密钥或令牌/).fill(ADMIN_KEY);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await page.getByRole('navigation').waitFor();
}

if (!hasBrowser) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'phasegate-screens-'));
const server = await startServer({ file: join(folder, 'a.db'), client: 'sqlite3', log: join(folder, 'server.log') });
const browser = await openBrowser();
try {
  const env = { ...process.env, PHASEGATE_URL: server.url, PHASEGATE_KEY: ADMIN_KEY };
  execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), 'demo'], { env, cwd: root, stdio: 'ignore' });
  mkdirSync(screens, { recursive: true });
  for (const { name, path, there, size, language, light } of views) {
    const [width, height] = sizes[size];
    const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
    const context = await browser.newContext({ baseURL: server.url, viewport: { width, height }, locale });
    const page = await context.newPage();
    await page.addInitScript({ content: `localStorage.setItem('phasegate.theme', '${light}')` });
    await signIn(page);
    await page.goto(path === 'deal' ? '/board/sales' : path);
    if (path === 'deal')
      await page
        .locator('.card', { has: page.locator('.late') })
        .first()
        .click();
    await page.locator(there).first().waitFor();
    if (path === 'deal') await page.locator('.shut summary').first().click();
    await page.waitForLoadState('load');
    await page.screenshot({ path: join(screens, `${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
