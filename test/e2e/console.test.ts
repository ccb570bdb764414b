import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/open-store.ts';
import { ADMIN_KEY, ask, type Server, startServer } from '../bench/server.ts';
import { hasBrowser, openBrowser } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'phasegate-e2e-'));
let server: Server;
let browser: Browser;
/** What the pages complained of: a script that failed, something that the policy forbade. */
const complaints: string[] = [];

beforeAll(async () => {
  if (!hasBrowser) return;
  const log = join(folder, 'server.log');
  server = await startServer({ file: join(folder, 'console.db'), client: 'sqlite3', log });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openPage(language: 'zh' | 'en'): Promise<Page> {
  const context = await browser.newContext({ locale: language === 'zh' ? 'zh-CN' : 'en-GB', baseURL: server.url });
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A refusal is logged by the browser itself.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  return page;
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByLabel(/Key or token|密钥或令牌/).fill(ADMIN_KEY);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await page.getByRole('navigation').waitFor();
}

/** A deal of the sales process with these fields; its id. */
async function startDeal(fields: Record<string, unknown>): Promise<string> {
  const answer = await ask(server, 'POST', '/v1/instances', { process: 'sales', fields });
  return Object(answer).instance.id;
}

/** Rules of accessibility (axe) that a page breaks, each with the first place. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: found } = await Reflect.get(globalThis, 'axe').run();
    return found.map(({ id, nodes }: { id: string; nodes: readonly { html: string }[] }) => `${id}: ${nodes[0]?.html}`);
  });
}

describe.runIf(hasBrowser)('the console', () => {
  it('lets nobody in without a key, says so, and lets them in with one', async () => {
    const page = await openPage('en');
    await page.goto('/');
    await page.getByLabel('Key or token').fill('pg_nobody');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('This key is not valid');
    await signIn(page);
    await page.reload();
    await page.getByRole('navigation').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Key or token').waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it('shows a deal on the board, what it takes to move it, and does it', async () => {
    const id = await startDeal({ crm_id: 'E2E-1' });
    const page = await openPage('en');
    await signIn(page);
    await page.goto('/board/sales');
    await page.getByRole('link', { name: /E2E-1/ }).first().click();
    await page.getByRole('heading', { name: 'E2E-1' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/deals/${id}`);
    await page.getByText('Advance: finish the step “Market analysis and customer identification”').click();
    const why = page.locator('details[open]');
    expect(await why.textContent()).toContain('✗');
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await page.getByRole('textbox').fill('Called back <img src=x onerror=alert(1)>');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.history li', { hasText: 'Called back <img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('.history img').count()).toBe(0);
  });

  it('starts a deal from the board and goes to it', async () => {
    const page = await openPage('zh');
    await signIn(page);
    await page.goto('/board/account-care');
    await page.getByRole('button', { name: '新建一个' }).click();
    await page.locator('.history li', { hasText: '启动' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/deals\/[0-9a-f-]{36}$/);
  });

  it('says what is wrong with what was entered, and takes it once it is corrected', async () => {
    const id = await startDeal({ crm_id: 'E2E-6' });
    const page = await openPage('en');
    await signIn(page);
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: 'Close as: Lost' }).click();
    const reason = page.getByLabel('Reason');
    // The server is asked, whatever the browser thinks of it.
    await page.locator('form.event').evaluate((form: object) => void Reflect.set(form, 'noValidate', true));
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('reason');
    await reason.selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.status.closed').waitFor();
  });

  it('takes an amount as people write it', async () => {
    const id = await startDeal({ crm_id: 'E2E-7' });
    const page = await openPage('en');
    await signIn(page);
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: 'Set fields' }).click();
    await page.getByLabel('Yearly budget').fill('1234.5');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.facts div', { hasText: 'Yearly budget' }).getByText('CN¥1,234.50').waitFor();
    const deal = Object(await ask(server, 'GET', `/v1/instances/${id}`));
    expect(deal.fields.budget).toEqual({ amount: 123_450, currency: 'CNY' });
  });

  it('shows on the board what happens elsewhere, as it happens', async () => {
    const page = await openPage('en');
    await signIn(page);
    await page.goto('/board/sales');
    const column = page.getByRole('region', { name: 'Market analysis and customer identification' });
    const count = column.locator('h3 small');
    await count.filter({ hasText: /\d/ }).waitFor();
    const before = Number(await count.textContent());
    await startDeal({ crm_id: 'E2E-5' });
    await column.getByText('E2E-5').waitFor();
    await count.filter({ hasText: String(before + 1) }).waitFor();
  });

  it('says what stands in the way of somebody whose page is stale, and reloads it', async () => {
    const id = await startDeal({ crm_id: 'E2E-2' });
    const page = await openPage('zh');
    await signIn(page);
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: '备注' }).click();
    await ask(server, 'POST', `/v1/instances/${id}/events`, { type: 'note', text: '其间' });
    await page.getByRole('textbox').fill('迟了');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('alert').getByRole('button', { name: '重新读取' }).click();
    await page.locator('.history li', { hasText: '其间' }).waitFor();
    expect(await page.locator('.history li', { hasText: '迟了' }).count()).toBe(0);
  });

  it('is in the language and the light that were chosen, here and after a reload', async () => {
    const page = await openPage('en');
    await signIn(page);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('link', { name: '看板' }).waitFor();
    await page.getByRole('button', { name: '深色' }).click();
    await page.reload();
    await page.getByRole('link', { name: '看板' }).waitFor();
    const html = page.locator('html');
    expect([await html.getAttribute('lang'), await html.getAttribute('data-theme')]).toEqual(['zh', 'dark']);
  });

  it.each([
    ['zh', 'light', 1280],
    ['en', 'dark', 360],
  ] as const)('can be used by everybody, in %s, %s, %i px wide', async (language, light, width) => {
    const id = await startDeal({ crm_id: `E2E-${language}` });
    const page = await openPage(language);
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript({ content: `localStorage.setItem('phasegate.theme', '${light}')` });
    await page.goto('/');
    await page.getByLabel(/Key or token|密钥或令牌/).waitFor();
    expect(await violations(page)).toEqual([]);
    await signIn(page);
    for (const [path, there] of [
      ['/board/sales', '.card'],
      [`/deals/${id}`, '.history li'],
      ['/work', '.card'],
      ['/processes/sales', '.picture img'],
      ['/processes/sales/edit', '.cm-line'],
      ['/audit', '#subscriptions'],
    ] as const) {
      await page.goto(path);
      await page.locator(there).first().waitFor();
      expect([path, await violations(page)]).toEqual([path, []]);
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect([path, wide]).toEqual([path, false]);
    }
  });

  it('is proved by the reader’s own browser, which sees a row that somebody has changed', async () => {
    const id = await startDeal({ crm_id: 'E2E-3' });
    await ask(server, 'POST', `/v1/instances/${id}/events`, { type: 'note', text: 'as it was' });
    const page = await openPage('en');
    await signIn(page);
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: 'Verify here' }).click();
    expect(await page.getByRole('status').textContent()).toMatch(/^✓ \d+ entries hold together/);
    const database = await openDatabase({ url: join(folder, 'console.db'), exclusive: false });
    const row = { instance: id, seq: 2 };
    const [{ text }] = await database.reader('history').select('text').where(row);
    await database
      .writer('history')
      .where(row)
      .update({ text: text.replace('as it was', 'otherwise') });
    await database.close();
    await page.getByRole('button', { name: 'Verify here' }).click();
    await page.getByRole('status').filter({ hasText: '✗ does not hold from entry 2' }).waitFor();
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Verify everything' }).click();
    const found = page.getByRole('status').filter({ hasText: '✗' });
    expect(await found.getByRole('link').textContent()).toBe(id);
  });

  it('takes an edit from a mistake to a version that open deals have gone over to', async () => {
    await startDeal({ crm_id: 'E2E-4' });
    const page = await openPage('en');
    page.on('dialog', (dialog) => void dialog.accept());
    await signIn(page);
    await page.goto('/processes/sales/edit');
    await page.getByText('✓ none').waitFor();
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('proces: sales\n');
    await page.locator('.problems li', { hasText: 'proces' }).first().waitFor();
    const keep = page.getByRole('button', { name: 'Keep as a draft for review' });
    expect(await keep.isDisabled()).toBe(true);
    for (const key of ['Control+Home', 'Shift+ArrowDown', 'Delete']) await page.keyboard.press(key);
    await page.keyboard.type('note: Looked at in the first quarter\n');
    await page.getByText('✓ none').waitFor();
    await page.getByLabel('Why').fill('Looked at');
    await keep.click();
    await page.getByText('Version 2').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/processes/sales');
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.locator('.versions li', { hasText: 'Version 2' }).getByText('the newest').waitFor();
    await page.getByRole('button', { name: 'See what would become of them' }).click();
    await page.getByRole('button', { name: 'Take them over' }).click();
    const output = page.getByRole('status').filter({ hasText: 'went over' });
    expect(await output.textContent()).toMatch(/^✓ [1-9]\d* went over$/);
  });

  it('is complained of by no browser', () => {
    expect(complaints).toEqual([]);
  });
});
