import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

const statusOf = async (key: string) =>
  (await fetch(`${screen.server.url}/v1/session`, { headers: { authorization: `Bearer ${key}` } })).status;

describe.runIf(hasBrowser)('the keys', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('are made, shown once and revoked, which asks first', async () => {
    const actor = '<b>wang</b> "xss"';
    const page = await screen.openSignedIn('zh');
    await page.goto('/audit/keys');
    await page.getByLabel('操作人').fill(actor);
    await page.getByLabel('销售代表').check();
    await page.getByLabel('有效天数').fill('30');
    // However often it is clicked, it is one key.
    await page.getByRole('button', { name: '新建密钥' }).dblclick();
    const secret = await page.locator('.secret input').inputValue();
    expect(secret).toMatch(/^pg_/);
    expect(await statusOf(secret)).toBe(200);
    await page.getByRole('button', { name: '已保存' }).click();
    const line = page.locator('.keys > li', { hasText: actor });
    expect(await line.count()).toBe(1);
    expect(await line.textContent()).toContain('rep');
    expect(await page.content()).not.toContain(secret);
    await line.getByRole('button', { name: '吊销' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect(await statusOf(secret)).toBe(200);
    await line.getByRole('button', { name: '吊销' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '吊销' }).click();
    await page.getByText('已失效的密钥 (1)').click();
    await page.getByText('已吊销').waitFor();
    expect(await statusOf(secret)).toBe(401);
  });

  it('are shown to administrators alone, on a phone too', async () => {
    const page = await screen.openSignedIn('en');
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto('/audit/keys');
    await page.getByLabel('Actor').fill('li');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const secret = await page.locator('.secret input').inputValue();
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Key or token').fill(secret);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('navigation').first().waitFor();
    await page.goto('/audit/keys');
    await page.getByText('Keys are looked after by administrators').waitFor();
  });

  it('are complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
