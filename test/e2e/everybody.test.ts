import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole, violations } from './console.ts';
import { signIn } from './sign-in.ts';

let screen: Console;

describe.runIf(hasBrowser)('every view of the console', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it.each([
    ['zh', 'light', 1280],
    ['en', 'dark', 360],
    ['zh', 'dark', 1920],
    ['en', 'light', 1280],
  ] as const)('can be used by everybody, in %s, %s, %i px wide', async (language, light, width) => {
    const id = await screen.startDeal({ crm_id: `E2E-${language}-${light}` });
    const page = await screen.openPage(language);
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript({ content: `localStorage.setItem('phasegate.theme', '${light}')` });
    await page.goto('/');
    await page.getByLabel(/Key or token|密钥或令牌/).waitFor();
    expect(await violations(page)).toEqual([]);
    await signIn(page);
    for (const [path, there] of [
      ['/board/sales', '.card'],
      [`/deals/${id}`, '.history li'],
      ['/work', '.work-item'],
      ['/processes/sales', '.map .step'],
      ['/processes/sales/edit', '.cm-line'],
      ['/audit', '#signals'],
      ['/audit/history', '.found > li'],
      ['/audit/keys', '.keys > li'],
      ['/audit/subscriptions', '#new-subscription'],
      ['/numbers/sales', '#funnel'],
      ['/numbers/sales/deals?figure=started', 'table.deals'],
    ] as const) {
      await page.goto(path);
      await page.locator(there).first().waitFor();
      expect([path, await violations(page)]).toEqual([path, []]);
      expect(await page.title()).toMatch(/^.+ · phasegate$/);
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect([path, wide]).toEqual([path, false]);
    }
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
