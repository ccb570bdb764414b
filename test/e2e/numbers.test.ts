import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ADMIN_KEY, ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole, violations } from './console.ts';

const ORDER = `
process: order
title: { zh: 订单, en: Order }
subject: order
key: number
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields:
  number: { type: text }
  price: { type: money, currency: CNY, title: { zh: 价格, en: Price } }
outcomes:
  won: { title: { zh: 赢单, en: Won } }
  lost: { title: { zh: 输单, en: Lost }, from: any, reasons: { price: { zh: 太贵, en: Too dear }, rival: { zh: 对手, en: A rival } } }
phases:
  selling:
    title: { zh: 销售, en: Selling }
    steps:
      offer:
        title: { zh: 报价, en: Offer }
        owner: rep
        sla: { within: 5 days }
        activities:
          quote: { title: { zh: 出价, en: Name a price }, source: "2.1", supplies: [price] }
        exit:
          worth: { when: price >= 100, say: { zh: 价格低于 100, en: The price is below 100 }, source: "2.1.1" }
      sign:
        title: { zh: 签约, en: Sign }
        owner: rep
        rework: { to: [offer] }
        milestone: won
        activities:
          contract: { title: { zh: 合同, en: Contract } }
`;

let screen: Console;

const on = (day: number) => `2026-03-${String(day).padStart(2, '0')}T00:00:00+08:00`;

async function publish(yaml: string): Promise<void> {
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/yaml' };
  const answer = await fetch(`${screen.server.url}/v1/processes`, { method: 'POST', headers, body: yaml });
  expect(answer.ok).toBe(true);
}

async function begin(number: string, at: string): Promise<string> {
  const body = { process: 'order', at, fields: { number } };
  return Object(await ask(screen.server, 'POST', '/v1/instances', body)).instance.id;
}

/** Sends events of one deal, each on its day of March; what is refused is. */
async function send(id: string, events: readonly (readonly [day: number, event: object])[]): Promise<void> {
  for (const [day, event] of events)
    await ask(screen.server, 'POST', `/v1/instances/${id}/events`, { ...event, at: on(day) }).catch(() => {});
}

const quote = (price: number) => ({ type: 'complete', activity: 'quote', with: { price } });
const advance = (step: string) => ({ type: 'advance', step });

/** A table as it is read: its rows, cell by cell. */
async function rowsOf(page: Page, section: string): Promise<readonly string[]> {
  const rows = page.locator(`section[aria-labelledby="${section}"] tbody tr`);
  const texts = await rows.evaluateAll((all) =>
    all.map((row) =>
      [...row.children].map((cell) => Reflect.get(cell, 'innerText').replace(/\s+/g, ' ').trim()).join(' | '),
    ),
  );
  return texts;
}

async function dealsOf(page: Page): Promise<readonly string[]> {
  await page.locator('table.deals tbody tr').first().waitFor();
  return page.locator('table.deals tbody th').allTextContents();
}

const MARCH = 'period=from-to&since=2026-03-01&until=2026-03-31';

describe.runIf(hasBrowser)('the figures', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
    await publish(ORDER);
    const won = await begin('A-WON', on(2));
    await send(won, [
      [3, quote(1000)],
      [4, advance('offer')],
      [6, { type: 'complete', activity: 'contract' }],
      [10, advance('sign')],
    ]);
    const lost = await begin('B-LOST', on(2));
    await send(lost, [
      [3, advance('offer')],
      [5, quote(50)],
      [5, advance('offer')],
      [9, { type: 'set', fields: { price: 2000 } }],
      [10, advance('offer')],
      [12, { type: 'rework', step: 'sign', to: 'offer', reason: 'too dear' }],
      [13, { type: 'close', outcome: 'lost', reason: 'price' }],
    ]);
    await begin('C-OPEN', on(20));
    await begin('D-APRIL', '2026-04-02T00:00:00+08:00');
    await publish(ORDER.replace('en: Order }', 'en: Orders }'));
    await begin('E-NEWER', on(25));
  });
  afterAll(() => screen.close());

  it('are exactly those of the deals of the period and the version in the address', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto(`/numbers/order?${MARCH}&version=1`);
    await page.locator('#funnel').waitFor();
    expect(await page.locator('.tile').allInnerTexts()).toEqual([
      'Started\n3',
      'Won\n1\nCN¥1,000.00',
      'Lost\n1\nCN¥2,000.00',
      'SLAs kept\n33%',
      'Refusals\n3',
    ]);
    expect(await rowsOf(page, 'funnel')).toEqual([
      'Offer |  | 4 | 2 | 1 | 0 | 1 | 67%',
      'Sign |  | 2 | 1 | 0 | 1 | 0 | 50%',
    ]);
    expect(await rowsOf(page, 'days')).toEqual([
      'Offer | 3 | 2 d | 8 d |  | working 3.7 d',
      'Sign | 2 | 2 d | 6 d |  | working 4 d',
    ]);
    expect(await rowsOf(page, 'slas')).toEqual(['Offer | 33% |  | 1 | 1 | 1']);
    expect(await rowsOf(page, 'refusals')).toEqual([
      'The price is below 100 Offer | 2.1.1 |  | 2 | 1',
      'Name a price Offer | 2.1 |  | 1 | 1',
    ]);
    expect(await page.locator('.reasons-told li').allInnerTexts()).toEqual(['Too dear\n1\nCN¥2,000.00']);
    await page.locator('.chart canvas').waitFor();
    await page.getByText('Show as a table').click();
    const parts = (await rowsOf(page, 'over-time')).filter((row) => /\| [1-9]/.test(row));
    expect(parts.map((row) => row.replace(/^[^|]*\| /, ''))).toEqual(['2 | 0 | 0', '0 | 1 | 1', '1 | 0 | 0']);
  });

  it('lead each to exactly its deals, and those to the deal', async () => {
    const page = await screen.openSignedIn('en');
    for (const [name, deals, title] of [
      ['Offer, Entered: 4', ['A-WON', 'B-LOST', 'C-OPEN'], 'Offer · Entered'],
      ['Offer, Still open: 1', ['C-OPEN'], 'Offer · Still open'],
      ['Sign, Sent back: 1', ['B-LOST'], 'Sign · Sent back'],
      ['Offer, Closed there: 1', ['B-LOST'], 'Offer · Closed there'],
      ['Sign, Onward: 1', ['A-WON'], 'Sign · Onward'],
      ['Offer, Rounds: 3', ['A-WON', 'B-LOST'], 'Offer · Rounds that ended'],
      ['Offer, In time: 1', ['A-WON'], 'Offer · In time'],
      ['Offer, Late: 1', ['B-LOST'], 'Offer · Late'],
      ['Offer, Running late: 1', ['C-OPEN'], 'Offer · Running late'],
      ['The price is below 100, Deals: 1', ['B-LOST'], 'The price is below 100 · refused'],
      ['Lost, Too dear: 1', ['B-LOST'], 'Lost · Too dear'],
      ['Won: 1', ['A-WON'], 'Won'],
    ] as const) {
      await page.goto(`/numbers/order?${MARCH}&version=1`);
      await page.getByRole('link', { name, exact: true }).click();
      expect([name, await dealsOf(page)]).toEqual([name, deals]);
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      const { pathname, searchParams } = new URL(page.url());
      expect([pathname, searchParams.get('since'), searchParams.get('version')]).toEqual([
        '/numbers/order/deals',
        '2026-03-01',
        '1',
      ]);
    }
    await page.getByRole('link', { name: 'A-WON' }).click();
    await page.getByRole('heading', { name: 'A-WON' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Back to the figures' }).click();
    await page.locator('#funnel').waitFor();
    expect(new URL(page.url()).search).toBe(`?${MARCH}&version=1`);
  });

  it('follow the period and the version that are chosen, in Chinese, and say what to do where there is nothing', async () => {
    const page = await screen.openSignedIn('zh');
    await page.goto(`/numbers/order?${MARCH}`);
    const started = page.locator('.tile').first();
    await started.filter({ hasText: '4' }).waitFor();
    await page.getByLabel('版本').selectOption('2');
    await started.filter({ hasText: '1' }).waitFor();
    expect(new URL(page.url()).searchParams.get('version')).toBe('2');
    await page.getByLabel('版本').selectOption('');
    await page.getByLabel('从').fill('2026-04-01');
    await page.getByLabel('至').fill('2026-04-30');
    await started.filter({ hasText: '新开始1' }).waitFor();
    await started.click();
    expect(await dealsOf(page)).toEqual(['D-APRIL']);
    await page.goto('/numbers/order');
    await page.getByText('这个时段没有任何记录').waitFor();
    await page.getByLabel('时段').selectOption('this-year');
    await page.locator('#funnel').waitFor();
    expect(new URL(page.url()).search).toBe('?period=this-year');
    expect(await rowsOf(page, 'refusals')).toEqual([
      '价格低于 100 报价 | 2.1.1 |  | 2 | 1',
      '出价 报价 | 2.1 |  | 1 | 1',
    ]);
    expect(await violations(page)).toEqual([]);
  });

  it('stand on the map of the process, whose steps lead to them', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/processes/order');
    const offer = page.locator('.map').getByRole('button', { name: /^Offer/ });
    await offer.filter({ hasText: '3 open' }).waitFor();
    await offer.click();
    await page.getByRole('heading', { level: 1, name: 'Numbers' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/numbers/order?step=offer');
  });

  it('are complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
