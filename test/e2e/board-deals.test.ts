import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ADMIN_KEY, ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole, violations } from './console.ts';

const LINE = `process: line
title: { zh: 销售线, en: Sales line }
subject: deal
key: no
roles: { rep: { title: { zh: 销售, en: Rep } } }
fields:
  no:    { type: text, max_length: 40 }
  about: { type: text }
  class: { type: choice, of: [A, B] }
  value: { type: money, currency: CNY, title: { zh: 金额, en: Value } }
outcomes: { won: { title: { zh: 赢单, en: Won } } }
phases:
  first:
    title: { zh: 前期, en: First }
    steps:
      lead:
        title: { zh: 线索, en: Lead }
        activities: { call: { title: { zh: 致电, en: Call }, optional: true, may_supply: [about, class, value] } }
        exit: { worthy: { when: value >= 100, say: { zh: 金额太小, en: It is worth too little } } }
      offer: { title: { zh: 报价, en: Offer } }
  last:
    title: { zh: 后期, en: Last }
    steps:
      sign: { title: { zh: 签约, en: Sign }, milestone: won }
`;

/** What follows from something that happened is there after a moment; counts of a busy board take two seconds. */
const SOON = { timeout: 10_000 };

let screen: Console;

/** Publishes the process under a name of its own, so that no test sees another one's deals. */
async function line(name: string) {
  const { server } = screen;
  const answer = await fetch(`${server.url}/v1/processes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/yaml' },
    body: LINE.replace('process: line', `process: ${name}`),
  });
  expect([200, 201]).toContain(answer.status);
  return {
    async start(no: string, fields: Record<string, unknown> = {}): Promise<string> {
      const body = { process: name, fields: { no, ...fields } };
      return Object(await ask(server, 'POST', '/v1/instances', body)).instance.id;
    },
    send: (id: string, event: object) => ask(server, 'POST', `/v1/instances/${id}/events`, event),
    async open(query = ''): Promise<Page> {
      const page = await screen.openSignedIn('en');
      await page.goto(`/board/${name}${query}`);
      await page.locator('.total b').waitFor();
      return page;
    },
  };
}

const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const cards = (page: Page, name: string) => column(page, name).locator('.card');

async function keys(page: Page): Promise<readonly string[]> {
  return page.locator('.card header a').allTextContents();
}

describe.runIf(hasBrowser)('deals on the board', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('are narrowed by filters in the address, which the button back takes away', async () => {
    const { start, open } = await line('narrow');
    await start('N-1', { class: 'A', value: 1000, about: 'A big <b>house</b>' });
    await start('N-2', { class: 'B', value: 50.5 });
    const page = await open();
    const total = page.locator('.total > span');
    await total.filter({ hasText: /^2 open.*1,050\.50$/ }).waitFor();
    await page.getByLabel('Class').selectOption('A');
    await total.filter({ hasText: /^1 open.*1,000\.00$/ }).waitFor();
    await expect.poll(() => keys(page), SOON).toEqual(['N-1']);
    expect(new URL(page.url()).search).toBe('?class=A');
    await page.getByLabel('Deadline').selectOption('late');
    await page.getByText('Nothing matches the filters').waitFor();
    expect(new URL(page.url()).search).toBe('?class=A&sla=late');
    await page.goBack();
    await cards(page, 'Lead').getByText('N-1').waitFor();
    await page.goBack();
    await total.filter({ hasText: /^2 open/ }).waitFor();
    await expect.poll(() => keys(page), SOON).toEqual(['N-1', 'N-2']);
    expect(await page.getByLabel('Class').inputValue()).toBe('');

    await page.getByLabel('Search').fill('HOUSE</b');
    await expect.poll(() => new URL(page.url()).search, SOON).toBe('?text=HOUSE%3C%2Fb');
    await expect.poll(() => keys(page), SOON).toEqual(['N-1']);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => keys(page), SOON).toEqual(['N-1', 'N-2']);
    expect(await page.getByLabel('Search').inputValue()).toBe('');

    const other = await open('?owner=nobody.here&version=1');
    await other.getByText('Nothing matches the filters').waitFor();
    expect(await other.getByLabel('Owner').inputValue()).toBe('nobody.here');
    await other.getByLabel('Owner').fill('');
    await expect.poll(() => keys(other), SOON).toEqual(['N-1', 'N-2']);
  });

  it('are counted and summed above each column', async () => {
    const { start, open } = await line('summed');
    for (const value of [10, 20.5]) await start(`S-${value}`, { value });
    const page = await open();
    const head = column(page, 'Lead').locator('h3 small');
    await head.filter({ hasText: /2/ }).waitFor();
    expect(await head.locator('.sum').getAttribute('title')).toContain('30.50');
    expect(await column(page, 'Offer').locator('h3 small').textContent()).toBe('0');
    await column(page, 'Sign').getByText('Nothing here').waitFor();
  });

  it('that may not be moved show why, when they are dragged', async () => {
    const { start, open } = await line('dragged');
    await start('D-1', { value: 10 });
    const page = await open();
    await cards(page, 'Lead').first().dragTo(column(page, 'Offer'));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It is worth too little').waitFor();
    expect(await dialog.locator('.not-met').allTextContents()).toEqual([expect.stringContaining('value >= 100')]);
    expect(await dialog.getByRole('button', { name: 'Move on' }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect([await cards(page, 'Lead').count(), await cards(page, 'Offer').count()]).toEqual([1, 0]);
  });

  it('that may be moved say where it leads, ask, and move', async () => {
    const { start, send, open } = await line('moved');
    const id = await start('M-1', { value: 1000 });
    const page = await open();
    await cards(page, 'Lead').first().dragTo(column(page, 'Sign'));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Moving on leads to Offer').waitFor();
    await dialog.getByText('It will not get to where you dropped it').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await cards(page, 'Lead').first().dragTo(column(page, 'Offer'));
    await dialog.getByText('Moving on leads to Offer').waitFor();
    expect(await dialog.getByText('It will not get to').count()).toBe(0);
    // Meanwhile somebody else has changed it: nobody moves what he has not seen.
    await send(id, { type: 'set', fields: { value: 900 } });
    await dialog.getByRole('button', { name: 'Move on' }).click();
    await dialog.getByText('somebody has changed it').waitFor();
    await dialog.getByRole('button', { name: 'Reload' }).click();
    await dialog.getByText('somebody has changed it').waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: 'Move on' }).click();
    await cards(page, 'Offer').getByText('M-1').waitFor();
    await page.getByRole('status').getByText('M-1 has moved on to Offer').waitFor();
    await expect.poll(() => cards(page, 'Lead').count(), SOON).toBe(0);
    await cards(page, 'Offer').first().dragTo(column(page, 'Lead'));
    await dialog.getByText('Moving on only leads forward').waitFor();
  });

  it('are moved by the keyboard alone', async () => {
    const { start, open } = await line('keys');
    await start('K-1', { value: 1000 });
    const page = await open();
    await cards(page, 'Lead').getByRole('link', { name: 'K-1' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Moving on leads to Offer').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Move on… K-1' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Moving on leads to Offer').waitFor();
    for (const _ of [1, 2]) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await cards(page, 'Offer').getByText('K-1').waitFor();
  });

  it('that move elsewhere have only the columns read again that they leave and enter', async () => {
    const { start, send, open } = await line('lively');
    const id = await start('L-1', { value: 1000, class: 'A' });
    await start('L-2', { value: 20 });
    const page = await open();
    await cards(page, 'Lead').nth(1).waitFor();
    await column(page, 'Sign').getByText('Nothing here').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (url.pathname === '/v1/instances') asked.push(url.searchParams.get('step') ?? '');
    });
    await send(id, { type: 'advance', step: 'lead' });
    await cards(page, 'Offer').getByText('L-1').waitFor();
    await expect.poll(() => cards(page, 'Lead').count(), SOON).toBe(1);
    expect(asked.sort()).toEqual(['lead', 'offer']);
    await send(id, { type: 'set', fields: { value: 2000 } });
    await cards(page, 'Offer').getByText('2,000').waitFor();
    expect(asked.sort()).toEqual(['lead', 'offer', 'offer']);
    await column(page, 'Offer').locator('.sum[title*="2,000.00"]').waitFor();
  });

  it('that begin to match appear, and those that no longer do go', async () => {
    const { start, send, open } = await line('matching');
    const id = await start('F-1', { class: 'B' });
    const page = await open('?class=A');
    await page.getByText('Nothing matches the filters').waitFor();
    await send(id, { type: 'set', fields: { class: 'A' } });
    await cards(page, 'Lead').getByText('F-1').waitFor();
    await send(id, { type: 'set', fields: { class: 'B' } });
    await page.getByText('Nothing matches the filters').waitFor();
    await expect.poll(() => cards(page, 'Lead').count(), SOON).toBe(0);
  });

  it('are hundreds in a column, of which few are drawn, and the last is there when one scrolls to it', async () => {
    const { start, send, open } = await line('crowd');
    const ids: string[] = [];
    for (let n = 0; n < 300; n += 1) ids.push(await start(`C-${String(n).padStart(3, '0')}`, { value: n }));
    const page = await open();
    await cards(page, 'Lead').getByText('C-000').waitFor();
    expect(await cards(page, 'Lead').count()).toBeLessThan(30);
    const list = column(page, 'Lead').locator('ul');
    await expect
      .poll(async () => {
        await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return cards(page, 'Lead').getByText('C-299').count();
      }, SOON)
      .toBe(1);
    expect(await cards(page, 'Lead').count()).toBeLessThan(30);
    expect(await list.locator('li[aria-posinset="300"]').count()).toBe(1);
    // Of what was read, the page is read again that a deal is in, and none is shown twice or lost.
    await send(ids[200] ?? '', { type: 'advance', step: 'lead' });
    await cards(page, 'Offer').getByText('C-200').waitFor();
    await expect.poll(() => list.locator('li[aria-posinset="299"]').textContent(), SOON).toContain('C-299');
    await start('C-300');
    await expect.poll(() => column(page, 'Lead').locator('h3 .open').textContent(), SOON).toBe('300');
    await list.evaluate((element) => element.scrollTo(0, 0));
    await cards(page, 'Lead').getByText('C-000').waitFor();
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
