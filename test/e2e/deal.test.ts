import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ADMIN_KEY, ask } from '../bench/server.ts';
import { act, makeKey } from './acting.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole, violations } from './console.ts';
import { signIn } from './sign-in.ts';

let screen: Console;

/** Read as text, whatever it looks like. */
const HOSTILE = '<img src=x onerror="document.title=1">';

/** Two people approve, one after the other; its one step is timed. */
const PURCHASE = `
process: purchase
title: { zh: 采购, en: Purchase }
source: 采购管理办法
subject: purchase
key: number
roles:
  buyer: { title: { zh: 采购员, en: Buyer } }
  manager: { title: { zh: 采购经理, en: Purchasing manager } }
  director: { title: { zh: 总监, en: Director } }
fields:
  number: { type: text, title: { zh: 编号, en: Number } }
  amount: { type: integer, title: { zh: 金额, en: Amount } }
  why: { type: text, title: { zh: 用途, en: Use } }
outcomes:
  bought: { title: { zh: 已购, en: Bought } }
hold: { reasons: { supplier: { zh: 等供应商, en: Waiting for the supplier } } }
phases:
  all:
    title: { zh: 采购, en: Purchase }
    source: "3"
    steps:
      ask:
        title: { zh: 申请, en: Ask }
        source: "3"
        owner: buyer
        milestone: bought
        sla: { within: 30 days, pause: supplier }
        activities:
          plan: { title: { zh: 说明用途, en: Say what for }, source: "3.1", supplies: [amount, why] }
        exit:
          small: { when: amount <= 1000, say: { zh: 金额超出上限, en: The amount is above the limit }, source: "3.2" }
        approvals:
          spend:
            title: { zh: 支出审批, en: Approval of the expense }
            source: "3.3"
            by: [manager, director]
            order: sequence
            exclude: [requester]
`;

async function startPurchase(fields: Record<string, unknown>, owner?: string): Promise<string> {
  const { instance } = Object(await ask(screen.server, 'POST', '/v1/instances', { process: 'purchase', fields }));
  if (owner !== undefined) await send(instance.id, { type: 'assign', owner });
  return instance.id;
}

/** Sends an event; one that is refused is in the history too. */
async function send(id: string, event: object): Promise<void> {
  await ask(screen.server, 'POST', `/v1/instances/${id}/events`, event).catch(() => {});
}

describe.runIf(hasBrowser)('the view of a deal', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/yaml' };
    const published = await fetch(`${screen.server.url}/v1/processes`, { method: 'POST', headers, body: PURCHASE });
    expect([published.status, published.ok ? '' : await published.text()]).toEqual([201, '']);
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

  it('goes to any past moment by its slider, where nothing can be done, and back to now', async () => {
    const id = await startPurchase({ number: 'P-1' });
    await send(id, { type: 'complete', activity: 'plan', with: { amount: 900, why: 'Chairs' } });
    await send(id, { type: 'set', fields: { amount: 1200 } });
    await send(id, { type: 'note', text: 'Asked again' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    const amount = page.locator('.facts div', { hasText: 'Amount' });
    await amount.getByText('1,200').waitFor();
    const slider = page.getByRole('slider', { name: 'Moment: entry 4 of 4' });
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await amount.getByText('900').waitFor();
    expect(new URL(page.url()).search).toBe('?seq=2');
    const past = page.locator('.moment.past');
    expect(await past.getByRole('status').textContent()).toMatch(/^As it was on \d+ \w+ \d+, \d\d:\d\d Back to now$/);
    expect(await past.getByRole('slider').getAttribute('aria-valuetext')).toMatch(/: admin completed Say what for$/);
    expect(await page.getByRole('heading', { name: 'What can be done now' }).count()).toBe(0);
    expect(await page.locator('.history > li[aria-current]').textContent()).toContain('completed Say what for');
    expect(await violations(page)).toEqual([]);

    await page.keyboard.press('Home');
    await amount.waitFor({ state: 'detached' });
    expect(await page.locator('.activities li').textContent()).toMatch(/^○ Say what for : to be done/);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await amount.getByText('1,200').waitFor();
    expect(new URL(page.url()).search).toBe('');
    await page
      .locator('.history > li', { hasText: 'set' })
      .getByRole('button', { name: /as it was then/ })
      .click();
    await past.waitFor();
    expect(new URL(page.url()).search).toBe('?seq=3');
    await page.goBack();
    await page.getByRole('heading', { name: 'What can be done now' }).waitFor();

    // A moment that is not there is no moment.
    await page.goto(`/deals/${id}?seq=9`);
    await page.getByRole('alert').filter({ hasText: 'has no entry 9; its last one is 4' }).waitFor();
    await page.getByRole('link', { name: 'Back to now' }).click();
    await amount.getByText('1,200').waitFor();
  });

  it('shows who approves in which order, what they said and who is awaited, in Chinese on a phone', {
    timeout: 240_000,
  }, async () => {
    const id = await startPurchase({ number: HOSTILE, amount: 900, why: HOSTILE }, HOSTILE);
    await send(id, { type: 'note', text: HOSTILE });
    const open = async (actor: string, role: string) => {
      const page = await screen.openPage('zh');
      await page.setViewportSize({ width: 360, height: 780 });
      await signIn(page, await makeKey(screen, actor, role));
      await page.goto(`/deals/${id}`);
      await page.locator('.history > li').first().waitFor();
      return page;
    };
    const [buyer, manager, director] = [
      await open('chen', 'buyer'),
      await open('wang', 'manager'),
      await open('li', 'director'),
    ];
    await act(buyer, '完成：说明用途', { 金额: '900', 用途: HOSTILE });
    await act(buyer, '申请审批：支出审批', { 意见: HOSTILE });
    const turns = manager.locator('.turns li');
    await turns.first().waitFor();
    expect(await turns.allTextContents()).toEqual(['采购经理: 等待其决定', '总监: 还未轮到或未决定']);
    expect(await director.getByRole('button', { name: '同意：支出审批' }).count()).toBe(0);
    await act(manager, '同意：支出审批', { 意见: '可以' });
    await director.getByText('可以').waitFor();
    await act(director, '驳回：支出审批', { 意见: `太贵 ${HOSTILE}` });
    expect(await director.locator('.turns li').allTextContents()).toEqual([
      expect.stringMatching(/^采购经理: ✓ 已同意 wang, .*可以$/),
      expect.stringMatching(/^总监: ✗ 已驳回 li, .*太贵 <img src=x onerror="document.title=1">$/),
    ]);

    // Asked once more: the first request is told beside the second.
    await buyer.locator('.approval.rejected').first().waitFor();
    await act(buyer, '申请审批：支出审批');
    await buyer.getByText('以前的申请 (1)').click();
    expect(await buyer.locator('.request .said').allTextContents()).toContain(HOSTILE);
    await act(buyer, '撤销申请：支出审批');
    await buyer.getByText('申请被撤销').waitFor();

    for (const page of [buyer, director]) {
      await page.getByRole('heading', { name: HOSTILE }).waitFor();
      await page.locator('.lead', { hasText: `负责人: ${HOSTILE}` }).waitFor();
      await page.locator('.history > li', { hasText: `备注 “${HOSTILE}”` }).waitFor();
      await page.locator('.facts dd', { hasText: HOSTILE }).first().waitFor();
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.title()).not.toBe('1');
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    }
  });

  it('says of each entry what it rests on, by criteria and clauses, and when it was recorded later', async () => {
    const [started, done] = ['2026-01-05T08:00Z', '2026-01-05T09:00Z'];
    const body = { process: 'purchase', fields: { number: 'P-3' }, at: started };
    const { id } = Object(await ask(screen.server, 'POST', '/v1/instances', body)).instance;
    await send(id, { type: 'complete', activity: 'plan', with: { amount: 5000, why: 'Desks' }, at: done });
    await send(id, { type: 'advance' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    const refused = page.locator('.history > li.not');
    expect(await refused.locator('.why').textContent()).toContain('The amount is above the limit');
    expect(await refused.locator('.reasons').isVisible()).toBe(false);
    await refused.locator('summary').first().click();
    expect(await refused.locator('.reasons .not-met', { hasText: 'above the limit' }).textContent()).toMatch(
      /^✗ The amount is above the limit.*clause 3\.2$/,
    );
    const completed = page.locator('.history > li', { hasText: 'completed Say what for' });
    expect(await completed.locator('.clause').textContent()).toBe('clause 3.1');
    expect(await completed.locator('.times').textContent()).toMatch(/^5 Jan 2026, .* · recorded /);
  });

  it('shows what a deadline has used, where it stood still and why', async () => {
    const id = await startPurchase({ number: 'P-4' });
    await send(id, { type: 'hold', reason: 'supplier' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    await page.getByText(/^On hold since .* · admin “Waiting for the supplier”$/).waitFor();
    const clock = page.locator('.deadlines > li', { hasText: 'Ask' });
    expect(await clock.locator('.sla').textContent()).toMatch(/^stands still|^paused/);
    expect(await clock.getByRole('progressbar').getAttribute('aria-label')).toBe('Ask: used 0 / 30 days · left 30');
    await clock.locator('summary').click();
    expect(await clock.locator('tbody').textContent()).toMatch(/stood still · on hold · “Waiting for the supplier”/);
  });

  it('looks at a step that is chosen on the map, by keys', async () => {
    const id = await screen.startDeal({ crm_id: 'E2E-8' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    const step = page.locator('.map').getByRole('button', { name: /^Order and delivery, ahead$/ });
    await step.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The chosen step' }).waitFor();
    await page.getByRole('heading', { name: '2.3.1 Order and delivery' }).waitFor();
    expect(new URL(page.url()).search).toBe('?step=delivery');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Where it stands' }).waitFor();
    expect(await page.locator('.map [aria-current=step]').count()).toBe(2);
  });

  it('shows a long history in parts, and any moment of it', async () => {
    const id = await startPurchase({ number: 'P-5' });
    const notes = Array.from({ length: 229 }, (_, n) => ({ instance: id, event: { type: 'note', text: `note ${n}` } }));
    for (const items of [notes.slice(0, 100), notes.slice(100, 200), notes.slice(200)])
      await ask(screen.server, 'POST', '/v1/bulk/events', { items });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}?seq=3`);
    // The entry is none of those that were read, and is told all the same.
    await page.locator('.moment output', { hasText: 'admin noted “note 1”' }).waitFor();
    const lines = page.locator('.history > li');
    expect(await lines.count()).toBe(200);
    await page.getByRole('button', { name: 'Earlier entries' }).click();
    await lines.nth(229).waitFor();
    expect([await lines.count(), await lines.last().textContent()]).toEqual([
      230,
      expect.stringContaining('started it'),
    ]);
    expect(await page.getByRole('button', { name: 'Earlier entries' }).count()).toBe(0);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
