import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { ADMIN_KEY, ask, type Server, startServer } from '../bench/server.ts';
import { hasBrowser, openBrowser } from './browser.ts';
import { signIn } from './sign-in.ts';

// npm run screens: pictures of every view on the sample deals, at three sizes, in screens/ beside this file, to be looked at
// after a change; languages and lights take turns. npm run screens -- FOLDER draws each in both languages and lights.

const root = fileURLToPath(new URL('../..', import.meta.url));
const sizes = { phone: [360, 780], desk: [1280, 860], wall: [1920, 1080] } as const;
const lights = ['light', 'dark'] as const;
const languages = ['zh', 'en'] as const;

interface View {
  readonly name: string;
  readonly path: string;
  /** What is there once it is drawn. */
  readonly there: string;
}

interface Look {
  readonly size: keyof typeof sizes;
  readonly language: (typeof languages)[number];
  readonly light: (typeof lights)[number];
}

const every: readonly Look[] = Object.keys(sizes).flatMap((size) =>
  languages.flatMap((language) => lights.map((light) => ({ size: size as Look['size'], language, light }))),
);
/** Of every other view the same sizes in the other language and light. */
const turns: readonly (readonly Look[])[] = [
  [
    { size: 'phone', language: 'zh', light: 'dark' },
    { size: 'desk', language: 'en', light: 'light' },
    { size: 'wall', language: 'zh', light: 'light' },
  ],
  [
    { size: 'phone', language: 'en', light: 'light' },
    { size: 'desk', language: 'zh', light: 'light' },
    { size: 'wall', language: 'en', light: 'dark' },
  ],
];

async function viewsOf(server: Server): Promise<readonly View[]> {
  const page = Object(await ask(server, 'GET', '/v1/instances?process=sales&key=DEMO-1-18'));
  const deal = `/deals/${page.instances[0].id}`;
  return [
    { name: 'board', path: '/board/sales', there: '.card' },
    { name: 'work', path: '/work', there: '.work-item' },
    { name: 'deal', path: deal, there: '.history li' },
    { name: 'process', path: '/processes/sales', there: '.map .step' },
    { name: 'past', path: `${deal}?seq=9`, there: '.history li' },
    { name: 'editor', path: '/processes/sales/edit', there: '.map .step' },
    { name: 'numbers', path: '/numbers/sales', there: '.chart canvas' },
    { name: 'audit', path: '/audit', there: '#signals' },
    { name: 'history', path: '/audit/history?result=refused', there: '.found > li' },
    { name: 'keys', path: '/audit/keys', there: '.keys > li' },
    { name: 'sign-in', path: '/sign-in', there: 'form' },
  ];
}

async function draw(browser: Browser, url: string, { name, path, there }: View, look: Look, into: string) {
  const [width, height] = sizes[look.size];
  const locale = look.language === 'zh' ? 'zh-CN' : 'en-GB';
  const context = await browser.newContext({ baseURL: url, viewport: { width, height }, locale });
  const page = await context.newPage();
  await page.addInitScript({ content: `localStorage.setItem('phasegate.theme', '${look.light}')` });
  if (path !== '/sign-in') await signIn(page);
  await page.goto(path);
  await page.locator(there).first().waitFor();
  await page.waitForFunction("document.querySelector('[aria-busy=true]') === null");
  await page.screenshot({ path: join(into, `${name}.png`) });
  await context.close();
}

if (!hasBrowser) process.exit(1);
const [folder] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), 'phasegate-screens-'));
const server = await startServer({ file: join(data, 'a.db'), client: 'sqlite3', log: join(data, 'server.log') });
const browser = await openBrowser();
try {
  const env = { ...process.env, PHASEGATE_URL: server.url, PHASEGATE_KEY: ADMIN_KEY };
  execFileSync(process.execPath, [join(root, 'dist/cli/main.js'), 'demo'], { env, cwd: root, stdio: 'ignore' });
  for (const [i, view] of (await viewsOf(server)).entries())
    for (const look of (folder === undefined ? turns[i % 2] : every) ?? []) {
      const { size, language, light } = look;
      const into = folder === undefined ? fileURLToPath(new URL('screens/', import.meta.url)) : folder;
      mkdirSync(into, { recursive: true });
      const name = folder === undefined ? `${view.name}-${size}` : `${view.name}-${size}-${language}-${light}`;
      await draw(browser, server.url, { ...view, name }, look, into);
    }
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
