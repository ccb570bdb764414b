import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';
import { line, openEditor, writeInStep } from './writing.ts';

let screen: Console;

const schema = JSON.parse(readFileSync(new URL('../../schemas/process.schema.json', import.meta.url), 'utf8'));

describe.runIf(hasBrowser)('the help of the editor', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('offers words, then what they may be: values, ids, and functions and fields of conditions', async () => {
    const page = await openEditor(screen, 'en');
    const options = page.locator('.cm-tooltip-autocomplete li');
    await writeInStep(page, /^Demonstration/);
    const choose = (label: string) => options.filter({ hasText: label }).first().click();
    await page.keyboard.type('adva');
    await choose('advance');
    await choose('manual');
    await line(page, 'advance: manual');
    await page.keyboard.press('Enter');
    await page.keyboard.type('override: { by: dir');
    await choose('directorSales director');
    await line(page, 'override: { by: director}');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('entry: { seen: kno');
    await choose('known(field) → boolean');
    await page.keyboard.type('need_m');
    await choose('need_match');
    await line(page, 'entry: { seen: known(need_match)}');
    await page.locator('.holds').waitFor();
  });

  it.each(['zh', 'en'] as const)('says in %s what a word means, and what a name names', async (language) => {
    const page = await openEditor(screen, language);
    await page.locator('.live .places button').nth(2).click();
    const owner = page.locator('.cm-line', { hasText: 'owner: rep' }).first();
    await owner.locator('span').first().hover();
    const [zh, en] = schema.$defs.step.properties.owner.description.split('\n\n');
    await page.locator('.meaning', { hasText: language === 'zh' ? zh : en }).waitFor();
    await owner.locator('span').last().hover();
    const named = page.locator('.meaning', { hasText: language === 'zh' ? '销售代表' : 'Sales representative' });
    await named.getByRole('button').click();
    await line(page, 'rep:        { title');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    expect(await page.evaluate('document.querySelector(".yaml").shadowRoot.getSelection?.().toString()')).toContain(
      'rep:',
    );
  });

  it('mends by a button what is but a word, beside the text and in it', async () => {
    const page = await openEditor(screen, 'en');
    await writeInStep(page, /^Demonstration/);
    await page.keyboard.type('advace: manual');
    await page.locator('.problems').getByRole('button', { name: 'Change to advance' }).click();
    await page.locator('.holds').waitFor();
    await line(page, 'advance: manual');
    await page.keyboard.press('Control+z');
    await page.locator('.cm-lintRange').hover();
    await page.locator('.cm-diagnosticAction', { hasText: 'Change to advance' }).click();
    await page.locator('.holds').waitFor();
    await line(page, 'advance: manual');
  });

  it('draws the process as it is written, and as it was while it has errors', async () => {
    const page = await openEditor(screen, 'en');
    const steps = page.locator('.live').getByRole('button');
    expect(await steps.count()).toBe(8);
    await steps.filter({ hasText: 'Demonstration' }).click();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.insertText('\n      rest:\n        title: { zh: 停一停, en: Take a rest }');
    const rest = steps.filter({ hasText: 'Take a rest' });
    await rest.waitFor();
    await page.locator('.live [aria-current=step]', { hasText: 'Take a rest' }).waitFor();
    await page.keyboard.type('\nbroken');
    await page.getByText('this is the process as it was without').waitFor();
    expect(await rest.count()).toBe(1);
    await steps.filter({ hasText: 'Return visit' }).click();
    await page.locator('.live [aria-current=step]', { hasText: 'Return visit' }).waitFor();
    await line(page, 'satisfaction:');
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
