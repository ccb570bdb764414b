import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

describe.runIf(hasBrowser)('the view of a deal', () => {
  beforeAll(async () => {
    screen = await openConsole();
  });
  afterAll(() => screen.close());

  it('says what is wrong with what was entered, and takes it once it is corrected', async () => {
    const id = await screen.startDeal({ crm_id: 'E2E-6' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: 'Close as: Lost' }).click();
    const reason = page.getByLabel('Reason');
    // The server is asked, whatever the browser thinks of it.
    await page.locator('form.event').evaluate((form: object) => void Reflect.set(form, 'noValidate', true));
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('reason');
    await reason.selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.status.closed').waitFor();
  });

  it('takes an amount as people write it', async () => {
    const id = await screen.startDeal({ crm_id: 'E2E-7' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: 'Set fields' }).click();
    await page.getByLabel('Yearly budget').fill('1234.5');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('.facts div', { hasText: 'Yearly budget' }).getByText('CN¥1,234.50').waitFor();
    const deal = Object(await ask(screen.server, 'GET', `/v1/instances/${id}`));
    expect(deal.fields.budget).toEqual({ amount: 123_450, currency: 'CNY' });
  });

  it('says what stands in the way of somebody whose page is stale, and reloads it', async () => {
    const id = await screen.startDeal({ crm_id: 'E2E-2' });
    const page = await screen.openSignedIn('zh');
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: '备注' }).click();
    await ask(screen.server, 'POST', `/v1/instances/${id}/events`, { type: 'note', text: '其间' });
    await page.getByRole('textbox').fill('迟了');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('alert').getByRole('button', { name: '重新读取' }).click();
    await page.locator('.history li', { hasText: '其间' }).waitFor();
    expect(await page.locator('.history li', { hasText: '迟了' }).count()).toBe(0);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
