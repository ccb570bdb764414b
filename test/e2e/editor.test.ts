import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

describe.runIf(hasBrowser)('the editor', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('takes an edit from a mistake to a version that open deals have gone over to', async () => {
    await screen.startDeal({ crm_id: 'E2E-4' });
    const page = await screen.openSignedIn('en');
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
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.locator('.versions li', { hasText: 'Version 2' }).getByText('the newest').waitFor();
    await page.getByRole('tab', { name: 'Open deals' }).click();
    await page.getByRole('button', { name: 'See what would become of them' }).click();
    await page.getByRole('button', { name: 'Take them over' }).click();
    await dialog.getByRole('button', { name: 'Take them over' }).click();
    const output = page.getByRole('status').filter({ hasText: 'went over' });
    expect(await output.textContent()).toMatch(/^✓ [1-9]\d* went over$/);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
