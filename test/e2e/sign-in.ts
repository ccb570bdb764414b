import type { Page } from 'playwright-core';
import { ADMIN_KEY } from '../bench/server.ts';

/** Enters a key and waits until the console is there. */
export async function signIn(page: Page, key = ADMIN_KEY): Promise<void> {
  await page.goto('/');
  await page.getByLabel(/Key or token|密钥或令牌/).fill(key);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await page.getByRole('navigation').waitFor();
}
