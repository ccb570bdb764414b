import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { visitScenarios, visitYaml } from '../api/server.ts';
import { ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole, violations } from './console.ts';

const VISIT = '/v1/processes/visit';
const stricter = visitYaml.replace('score >= 60', 'score >= 80');

let screen: Console;

/** Drafts a version of the visit and returns its number. */
async function draft(yaml: string, tests: string): Promise<number> {
  const made = await ask(screen.server, 'POST', `${VISIT}/drafts`, { yaml, note: 'Why not', tests });
  return Object(made).version.version;
}

/** The acts of a version, as its record has them. */
async function actsOf(version: number): Promise<readonly string[]> {
  const { versions } = Object(await ask(screen.server, 'GET', `${VISIT}/versions`));
  const found = versions.find((each: { readonly version: number }) => each.version === version);
  return found.record.map(({ act }: { readonly act: string }) => act);
}

const card = (page: Page, version: number) => page.locator('.versions > li', { hasText: `Version ${version}` });

/** What the element that has the focus says. */
const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

/** Clicks an act of a version and says why, as far as the dialog. */
async function begin(page: Page, version: number, act: string) {
  await card(page, version).getByRole('button', { name: act, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return { dialog, confirm: dialog.getByRole('button', { name: act, exact: true }) };
}

/** Replaces the whole text of an editor. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).click();
  for (const key of ['Control+a', 'Delete']) await page.keyboard.press(key);
  await page.keyboard.insertText(text);
}

describe.runIf(hasBrowser)('trying an edit before it is published', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
    await draft(visitYaml, visitScenarios);
    await ask(screen.server, 'POST', `${VISIT}/versions/1/publish`, {});
  });
  afterAll(() => screen.close());

  it('runs the scenarios in place, says what was expected and found, and keeps them with the draft', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit/edit');
    await page.getByText('✓ none').waitFor();
    await write(page, 'The file', stricter);
    await page.getByRole('tab', { name: 'Tests' }).click();
    expect(new URL(page.url()).search).toBe('?tab=tests');
    await page.getByRole('button', { name: 'Run the tests' }).click();
    const failed = page.locator('.failed');
    await failed.waitFor();
    expect(await page.getByRole('status').textContent()).toMatch(/^✓ 1 passed✗ 1 failed\d+ ms$/);
    expect(await failed.locator('strong').textContent()).toBe('✗ 评分 70 可以完成');
    expect(await failed.locator('dd').allTextContents()).toEqual([
      'accepted',
      'refused: good-enough (1 criterion does not hold: The score is below 60)',
    ]);
    expect(await violations(page)).toEqual([]);
    await failed.getByRole('button', { name: 'line 11' }).click();
    await page.getByRole('textbox', { name: 'The scenarios' }).waitFor();
    await write(page, 'The scenarios', visitScenarios.replaceAll('70', '90'));
    await page.getByText('It has been changed since').waitFor();
    await page.getByRole('button', { name: 'Run the tests' }).click();
    await page.getByRole('status').filter({ hasText: '2 passed' }).waitFor();
    await page.getByLabel('Why').fill('Only what is good');
    await page.getByRole('button', { name: 'Keep as a draft for review' }).click();
    await card(page, 2).getByText('Only what is good').waitFor();
    expect(new URL(page.url()).search).toBe('?from=1&to=2');
    expect(await ask(screen.server, 'GET', `${VISIT}/versions/2`)).toMatchObject({
      tests: visitScenarios.replaceAll('70', '90'),
    });
    await page.context().close();
  });

  it('says what is wrong in the scenarios, and where', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit/edit?tab=tests');
    await page.getByText('The scenarios', { exact: true }).click();
    await page.getByRole('textbox', { name: 'The scenarios' }).waitFor();
    await write(page, 'The scenarios', visitScenarios.replace('advance: plan', 'advance: plam'));
    await page.getByRole('button', { name: 'Run the tests' }).click();
    const problem = page.locator('[role=tabpanel]:not([hidden]) .problems li');
    await problem.waitFor();
    expect(await problem.textContent()).toContain('line 9');
    await page.context().close();
  });

  it('lays two versions beside each other, by what they mean and line by line, in the address', async () => {
    const page = await screen.openSignedIn('en');
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto('/processes/visit?from=1&to=2&tab=changes');
    await page.locator('.text-diff .other').waitFor();
    expect(await page.locator('.differences li').textContent()).toContain('tightened');
    expect(await page.locator('.text-diff .other del').textContent()).toContain('score >= 60');
    expect(await page.locator('.text-diff .other ins mark').allTextContents()).toEqual(['80']);
    await page.locator('.text-diff').getByRole('button', { name: 'unchanged lines' }).first().click();
    expect(await page.locator('.text-diff').textContent()).toContain('process: visit');
    expect(await violations(page)).toEqual([]);
    // The other way round, and by keys to the next panel.
    await card(page, 1).getByRole('button', { name: 'Version 1' }).click();
    await page.locator('.text-diff .other ins', { hasText: 'score >= 60' }).waitFor();
    await page.getByRole('tab', { name: 'Changes' }).press('ArrowRight');
    await page.getByRole('button', { name: 'See what would become of them' }).waitFor();
    expect(await focused(page)).toBe('Open deals');
    expect(new URL(page.url()).search).toBe('?to=1&tab=plan');
    await page.context().close();
  });

  it('replays a period and leads to the deal that would have been decided otherwise', async () => {
    const begun = await ask(screen.server, 'POST', '/v1/instances', { process: 'visit', fields: { visit_no: 'R-1' } });
    const id: string = Object(begun).instance.id;
    for (const event of [
      { type: 'complete', activity: 'agree', choices: ['phone'] },
      { type: 'advance' },
      { type: 'complete', activity: 'ask', with: { score: 70 } },
      { type: 'advance' },
    ])
      await ask(screen.server, 'POST', `/v1/instances/${id}/events`, event);
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit?to=2&tab=replay');
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByText('Nothing was done in this period').waitFor();
    await page.getByRole('button', { name: 'This quarter so far' }).click();
    expect(new URL(page.url()).search).toMatch(/since=\d{4}-\d\d-01&until=\d{4}-\d\d-\d\d$/);
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    const row = page.locator('.replayed tr', { hasText: 'R-1' });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual([
      expect.any(String),
      'advance rate admin',
      'would be refused',
      'The score is below 60',
    ]);
    expect(await row.getByRole('link').getAttribute('href')).toBe(`/deals/${id}?seq=5`);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  it('asks before it does anything, and Escape gives it up', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit');
    const { dialog } = await begin(page, 2, 'Reject');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Reject');
    expect(await actsOf(2)).toEqual(['draft']);
    await page.context().close();
  });

  it('publishes once however often it is clicked, says that its scenarios passed, and tells a stale tab so', async () => {
    const stale = await screen.openSignedIn('en');
    await stale.goto('/processes/visit');
    const waiting = await begin(stale, 2, 'Withdraw');
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit');
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.headers()['idempotency-key'] ?? 'none');
    });
    const { dialog, confirm } = await begin(page, 2, 'Publish');
    expect(await dialog.textContent()).toContain('New deals start on version 2 (instead of 1)');
    await confirm.dblclick();
    await card(page, 2).getByText('✓ Published. 2 / 2 scenarios passed').waitFor();
    expect(sent).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
    expect(await actsOf(2)).toEqual(['draft', 'publish']);
    await waiting.confirm.click();
    await waiting.dialog.getByText('This is no longer as you saw it').waitFor();
    await waiting.dialog.getByRole('button', { name: 'Reload' }).click();
    await card(stale, 2).getByText('the newest').waitFor();
    expect(await actsOf(2)).toEqual(['draft', 'publish']);
    await stale.context().close();
    await page.context().close();
  });

  it('says before a draft is kept that somebody has published another version meanwhile', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit/edit');
    await page.getByText('✓ none').waitFor();
    await write(page, 'The file', visitYaml.replace('score >= 60', 'score >= 50'));
    await ask(screen.server, 'POST', `${VISIT}/versions/1/publish`, { note: 'Back' });
    await page.getByLabel('Why').fill('Easier');
    const keep = page.getByRole('button', { name: 'Keep as a draft for review' });
    await keep.click();
    await page.getByRole('alert').getByText('Meanwhile somebody has published version 1').waitFor();
    await keep.click();
    await card(page, 3).getByText('Easier').waitFor();
    await ask(screen.server, 'POST', `${VISIT}/versions/3/withdraw`, {});
    await ask(screen.server, 'POST', `${VISIT}/versions/2/publish`, { note: 'Again' });
    await page.context().close();
  });

  it('says which scenarios fail instead of publishing, unless it is forced', async () => {
    await draft(visitYaml.replace('score >= 60', 'score >= 95'), visitScenarios);
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit');
    const { dialog, confirm } = await begin(page, 4, 'Publish');
    await confirm.click();
    await dialog.locator('.failing').waitFor();
    expect(await dialog.locator('.failing li').allTextContents()).toEqual(['✗ 评分 70 可以完成']);
    await dialog.getByLabel('Publish it although scenarios fail').check();
    await confirm.click();
    await card(page, 4).getByText('✓ Published. 1 / 2 scenarios passed').waitFor();
    await card(page, 4).getByText('although its tests failed').waitFor();
    await page.context().close();
  });

  it('takes open deals over and back again, each asked for first', async () => {
    await ask(screen.server, 'POST', '/v1/instances', { process: 'visit', version: 2, fields: { visit_no: 'A-1' } });
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/visit?tab=plan');
    await page.getByRole('button', { name: 'See what would become of them' }).click();
    const dialog = page.getByRole('dialog');
    for (const [act, told] of [
      ['Take them over', '✓ 1 went over'],
      ['Take it back', '✓ 1 went back'],
    ] as const) {
      await page.getByRole('button', { name: act }).click();
      await dialog.getByRole('button', { name: act }).dblclick();
      await page.getByRole('status').filter({ hasText: told }).waitFor();
      await dialog.waitFor({ state: 'detached' });
    }
    const { instances } = Object(await ask(screen.server, 'GET', '/v1/instances?process=visit&key=A-1'));
    expect([instances[0].version, instances[0].seq]).toEqual([2, 3]);
    await page.context().close();
  });

  it('can be used by everybody on a phone, in both languages and lights', async () => {
    for (const [language, light] of [
      ['zh', 'light'],
      ['en', 'dark'],
    ] as const) {
      const page = await screen.openSignedIn(language);
      await page.setViewportSize({ width: 360, height: 800 });
      await page.addInitScript({ content: `localStorage.setItem('phasegate.theme', '${light}')` });
      for (const [path, there] of [
        ['/processes/visit?from=1&to=2&tab=changes', '.text-diff .other'],
        ['/processes/visit?to=2&tab=tests', '.act'],
        ['/processes/visit?to=2&tab=replay', '.period'],
        ['/processes/visit/edit?tab=changes', '.cm-line'],
      ] as const) {
        await page.goto(path);
        await page.locator(there).first().waitFor();
        expect([path, await violations(page)]).toEqual([path, []]);
        expect([path, await page.evaluate('document.documentElement.scrollWidth > innerWidth')]).toEqual([path, false]);
      }
      await page.context().close();
    }
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
