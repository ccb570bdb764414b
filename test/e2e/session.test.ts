import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';
import { signIn } from './sign-in.ts';

let screen: Console;

describe.runIf(hasBrowser)('signing in to the console', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('lets nobody in without a key, says so, and lets them in with one', async () => {
    const page = await screen.openPage('en');
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

  it('is in the language and the light that were chosen, here and after a reload', async () => {
    const page = await screen.openSignedIn('en');
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('link', { name: '看板' }).waitFor();
    await page.getByRole('button', { name: '深色' }).click();
    await page.reload();
    await page.getByRole('link', { name: '看板' }).waitFor();
    const html = page.locator('html');
    expect([await html.getAttribute('lang'), await html.getAttribute('data-theme')]).toEqual(['zh', 'dark']);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
