import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';
import { line, openEditor } from './writing.ts';

let screen: Console;

describe.runIf(hasBrowser)('what is written in the editor', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('stays, with cursor and undo, when light and language are switched; the editor then speaks it', async () => {
    const page = await openEditor(screen, 'en');
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# mine\n');
    await page.keyboard.press('Control+f');
    await page.getByPlaceholder('Find').waitFor();
    await page.getByRole('button', { name: 'Dark' }).click();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByPlaceholder('查找').waitFor();
    await page.getByLabel('流程文件').waitFor();
    await line(page, '# mine');
    await page.keyboard.press('Escape');
    await page.keyboard.type('and more');
    await line(page, 'and more# yaml-language-server');
    await page.locator('.cm-foldGutter [title=折叠]').first().waitFor();
    const first = page.locator('.cm-line').first();
    const isBack = async () => (await first.textContent())?.startsWith('# yaml-language-server') ?? false;
    // What is typed slowly is undone in several steps.
    for (let steps = 0; steps < 20 && !(await isBack()); steps++) await page.keyboard.press('Control+z');
    expect(await isBack()).toBe(true);
  });

  it('is asked about before it is left, and offered again by the tab', async () => {
    const page = await openEditor(screen, 'en');
    const asked: string[] = [];
    let answer: 'stay' | 'leave' = 'stay';
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await (answer === 'stay' ? dialog.dismiss() : dialog.accept());
    });
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# mine\n');
    await page.getByRole('link', { name: 'Board' }).click();
    await line(page, '# mine');
    expect(new URL(page.url()).pathname).toBe('/processes/sales/edit');
    answer = 'leave';
    await page.getByRole('link', { name: 'Board' }).click();
    await page.locator('.columns, .board').first().waitFor();
    expect(asked).toEqual(['confirm', 'confirm']);
    await page.goBack();
    await page.getByRole('button', { name: 'Restore them' }).click();
    await line(page, '# mine');
    await page.reload();
    expect(asked).toEqual(['confirm', 'confirm', 'beforeunload']);
    const discard = page.getByRole('button', { name: 'Discard them' });
    await discard.click();
    expect(await page.locator('.cm-line', { hasText: '# mine' }).count()).toBe(0);
    await page.reload();
    await page.locator('.holds').waitFor();
    expect([await discard.count(), asked.length]).toEqual([0, 3]);
  });

  it('can be written and left by keys alone', async () => {
    const page = await openEditor(screen, 'en');
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Tab');
    await line(page, '  # yaml-language-server');
    await page.keyboard.press('Control+z');
    const isInside = () => page.evaluate('document.activeElement.classList.contains("yaml")');
    expect(await isInside()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await isInside()).toBe(false);
    expect(await page.locator('.live section:focus').count()).toBe(1);
    await page.getByText('Esc, then Tab: leave the editor').waitFor();
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
