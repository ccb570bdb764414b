import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

describe.runIf(hasBrowser)('the board', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('shows a deal on the board, what it takes to move it, and does it', async () => {
    const id = await screen.startDeal({ crm_id: 'E2E-1' });
    const page = await screen.openSignedIn('en');
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
    const page = await screen.openSignedIn('zh');
    await page.goto('/board/account-care');
    await page.getByRole('button', { name: '新建一个' }).click();
    await page.locator('.history li', { hasText: '启动' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/^\/deals\/[0-9a-f-]{36}$/);
  });

  it('shows on the board what happens elsewhere, as it happens', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/board/sales');
    const column = page.getByRole('region', { name: 'Market analysis and customer identification' });
    const count = column.locator('h3 small');
    await count.filter({ hasText: /\d/ }).waitFor();
    const before = Number(await count.textContent());
    await screen.startDeal({ crm_id: 'E2E-5' });
    await column.getByText('E2E-5').waitFor();
    await count.filter({ hasText: String(before + 1) }).waitFor();
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
