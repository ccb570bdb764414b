import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

/** Bytes of script, packed, that a page has been sent. */
function scriptsOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { performance } = globalThis;
    const sent = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    return sent.reduce((sum, entry) => sum + Number(Reflect.get(entry, 'encodedBodySize')), 0);
  });
}

describe.runIf(hasBrowser)('how much script the console sends', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('is at most 40 kB for the first page, and 260 kB more for the editor', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/board/sales');
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    const first = await scriptsOf(page);
    expect(first).toBeGreaterThan(10_000);
    expect(first).toBeLessThanOrEqual(40_000);
    await page.goto('/processes/sales/edit');
    await page.locator('.cm-line').first().waitFor();
    const editor = (await scriptsOf(page)) - first;
    expect(editor).toBeGreaterThan(50_000);
    expect(editor).toBeLessThanOrEqual(260_000);
  });
});
