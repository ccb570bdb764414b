import type { Page } from 'playwright-core';
import { runCli } from '../cli/testing-cli.ts';
import type { Console } from './console.ts';

/** What is entered, by the label of its field: a text, or the options to tick. */
export type Entered = Readonly<Record<string, string | readonly string[]>>;

/** Chooses an action of a deal by its words, fills its form in, sends it, and waits until the page shows what came of it. */
export async function act(page: Page, title: string | RegExp, entered: Entered = {}): Promise<void> {
  const last = page.locator('.history > li').first();
  const before = await last.textContent();
  await page.getByRole('button', { name: title, exact: true }).click();
  const form = page.locator('form.event');
  for (const [label, value] of Object.entries(entered)) {
    const options = typeof value === 'string' ? null : value;
    if (options !== null) for (const option of options) await form.getByLabel(option, { exact: true }).check();
    else await fill(page, label, String(value));
  }
  await form.locator('button[type=submit]').click();
  const refused = form.getByRole('alert');
  await Promise.race([form.waitFor({ state: 'detached' }), refused.waitFor().catch(() => {})]);
  if ((await refused.count()) > 0) throw new Error(`${title}: ${await refused.textContent()}`);
  await page.waitForFunction(
    (text) => Reflect.get(globalThis, 'document').querySelector('.history > li')?.textContent !== text,
    before,
  );
}

async function fill(page: Page, label: string, value: string): Promise<void> {
  // Behind its name it says whether it may be left empty, and what may be chosen.
  const name = new RegExp(`^${label}`);
  const field = page.locator('form.event').getByLabel(name);
  if ((await field.evaluate((element) => Reflect.get(element, 'tagName'))) === 'SELECT')
    await field.selectOption(value);
  else await field.fill(value);
}

/** The secret of a new key for somebody, made beside the running server. */
export async function makeKey({ file }: Console, actor: string, ...roles: readonly string[]): Promise<string> {
  const words = ['keys', 'create', actor, ...roles.flatMap((role) => ['--role', role])];
  const { out, err } = await runCli(words, { PHASEGATE_DB: `sqlite:${file}` });
  if (out.trim() === '') throw new Error(err);
  return out.trim();
}
