import type { Page } from 'playwright-core';
import type { Console } from './console.ts';

/** The editor with the sales process, once it has been checked and drawn. */
export async function openEditor(screen: Console, language: 'zh' | 'en'): Promise<Page> {
  const page = await screen.openSignedIn(language);
  await page.goto('/processes/sales/edit');
  await page.locator('.holds').waitFor();
  await page.locator('.live .map').waitFor();
  return page;
}

/** Puts the cursor on a new line, a level below the key of a step. */
export async function writeInStep(page: Page, step: RegExp): Promise<void> {
  await page.locator('.live').getByRole('button', { name: step }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
}

/** Waits for a line of the text that is on the screen. */
export async function line(page: Page, text: string): Promise<void> {
  await page.locator('.cm-line', { hasText: text }).first().waitFor();
}
