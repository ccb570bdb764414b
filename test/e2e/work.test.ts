import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

const send = (id: string, event: object) => ask(screen.server, 'POST', `/v1/instances/${id}/events`, event);

const typesOf = async (id: string): Promise<readonly string[]> => {
  const { entries } = Object(await ask(screen.server, 'GET', `/v1/instances/${id}/history`));
  return entries.map(({ type, accepted }: { type: string; accepted: boolean }) => `${type} ${accepted}`);
};

describe.runIf(hasBrowser)('the list of work', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('says what to do where nothing waits', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/work');
    await page.getByText('Nothing waits for you').waitFor();
  });

  it('has an item done in its place, after which it leaves and the next one has the focus', async () => {
    const ids = [await screen.startDeal({ crm_id: 'WORK-1' }), await screen.startDeal({ crm_id: 'WORK-2' })];
    const [first = '', second = ''] = ids;
    await send(first, { type: 'complete', activity: 'scripts', choices: ['talk-track', 'negotiation-script'] });
    await send(first, { type: 'complete', activity: 'crm' });
    const page = await screen.openSignedIn('en');
    await page.goto('/work?q=work-&step=sales-tools');
    const items = page.locator('.work-item');
    await items.nth(1).waitFor();
    const one = items.filter({ hasText: 'WORK-1' });
    await one.getByRole('button', { name: 'Do it' }).click();
    // There is one thing to do: its form is there at once.
    await one.getByLabel('Slides').check();
    await one.getByRole('button', { name: 'Submit' }).click();
    await one.waitFor({ state: 'detached' });
    await page.locator('button:focus', { hasText: 'WORK-2' }).waitFor();
    expect(await typesOf(first)).toEqual([
      'start true',
      'complete true',
      'complete true',
      'complete true',
      'advance true',
    ]);
    // What still waits stays, with what is left of it.
    const two = items.filter({ hasText: 'WORK-2' });
    await two.getByRole('button', { name: 'Do it' }).click();
    await two.getByRole('button', { name: /Prepare sales materials/ }).click();
    await two.getByLabel('Brochure').check();
    await two.getByRole('button', { name: 'Submit' }).click();
    await two.locator('.actions li').nth(1).waitFor();
    expect(await two.locator('.actions li').count()).toBe(2);
    expect(await typesOf(second)).toEqual(['start true', 'complete true']);
  });

  it('has one thing done with several, tried first, and says of each what became of it', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(await screen.startDeal({ crm_id: `BULK-${n}` }));
    const page = await screen.openSignedIn('zh');
    await page.goto('/work?q=BULK-&step=sales-tools');
    await page.locator('.work-item').nth(2).waitFor();
    for (const box of await page.locator('.work-item > input').all()) await box.check();
    await page.getByText('3 项已选').waitFor();
    // Somebody else is faster with one of them.
    await send(ids[1] ?? '', { type: 'close', outcome: 'disqualified', reason: 'no-match' });
    await page.locator('.bulk').getByRole('button', { name: '准备销售资料' }).click();
    const form = page.locator('.bulk form');
    await form.getByLabel('演示文稿').check();
    await form.getByRole('button', { name: '先看看结果' }).click();
    await page.getByText('2 项会被接受').waitFor();
    await page.getByText('1 项会被拒绝').waitFor();
    expect(await typesOf(ids[0] ?? '')).toEqual(['start true']);
    await page.getByRole('button', { name: '执行 2 项' }).dblclick();
    await page.getByText('2 已接受').waitFor();
    expect(await page.locator('.bulk .results li', { hasText: 'BULK-2' }).textContent()).toContain('✗');
    expect(await typesOf(ids[0] ?? '')).toEqual(['start true', 'complete true']);
    expect(await typesOf(ids[1] ?? '')).toEqual(['start true', 'close true']);
    expect(await typesOf(ids[2] ?? '')).toEqual(['start true', 'complete true']);
    await page.locator('.bulk').getByRole('button', { name: '完成' }).click();
    await page.locator('.bulk').waitFor({ state: 'detached' });
  });

  it('says what has come meanwhile without moving anything under the hand', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/work?q=work-&step=market-analysis');
    await page.locator('.work-item').first().waitFor();
    const before = await page.locator('.work-item').count();
    await page.locator('.work-item').first().hover();
    const wicked = '<i>WORK-3</i>';
    await screen.startDeal({ crm_id: wicked });
    await page.getByRole('button', { name: /new: show/ }).click();
    await page.getByRole('link', { name: wicked }).waitFor();
    expect(await page.locator('.work-item').count()).toBe(before + 1);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
