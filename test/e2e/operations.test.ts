import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { demoFairs } from '../../src/cli/demo-fairs.ts';
import { openDatabase, storeOn } from '../../src/store/open-store.ts';
import { ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

/** A fair whose review of a new market could not be started: what it is about is longer than the review takes. */
async function fairThatFailed(): Promise<string> {
  const fair = demoFairs(1, '2026-03-02T01:00:00Z').find(({ events }) =>
    events.some(({ body }) => body.type === 'dismiss-child'),
  );
  const started = await ask(screen.server, 'POST', '/v1/instances', { process: 'trade-fair', key: fair?.key });
  const { id } = Object(started).instance;
  for (const { body } of fair?.events ?? []) {
    if (body.type === 'dismiss-child') break;
    await ask(screen.server, 'POST', `/v1/instances/${id}/events`, body);
  }
  return id;
}

describe.runIf(hasBrowser)('what operators look after', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
  });
  afterAll(() => screen.close());

  it('is a child that could not be started, and what can be done about it there', async () => {
    const id = await fairThatFailed();
    await expect
      .poll(async () => Object(await ask(screen.server, 'GET', '/v1/incidents')).incidents.length, { timeout: 30_000 })
      .toBe(1);
    const page = await screen.openSignedIn('en');
    await page.goto('/audit');
    const incident = page.locator('#incidents ~ ul > li');
    expect(await incident.locator('.late').textContent()).toMatch(/^review · quarterly-market-review: .+/);
    await incident.getByText('What to do about it').click();
    await incident.getByRole('button', { name: 'Give the child up' }).click();
    await incident.getByLabel('Reason').fill('There is a report of others <img src=x onerror="document.title=1">');
    await incident.getByRole('button', { name: 'Submit' }).click();
    await page.getByText('✓ Nothing has failed').waitFor();
    const { entries } = Object(await ask(screen.server, 'GET', `/v1/instances/${id}/history`));
    expect(entries.at(-1)).toMatchObject({ type: 'dismiss-child', accepted: true, actor: 'admin' });
  });

  it('is a signal that nobody was found for, which is tried again or removed', async () => {
    const signal = { id: 'carrier-1', signal: 'delivered', key: 'NOBODY', data: { open_issues: 0 } };
    const { receipt } = Object(await ask(screen.server, 'POST', '/v1/signals', signal));
    const page = await screen.openSignedIn('zh');
    await page.goto('/audit');
    const card = page.locator('#signals ~ ul > li', { hasText: 'NOBODY' });
    await card.getByRole('button', { name: '重试' }).click();
    await card.getByRole('button', { name: '删除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await page.locator('#signals ~ .holds', { hasText: '没有' }).waitFor();
    await expect(ask(screen.server, 'DELETE', `/v1/signals/${receipt}`)).rejects.toThrow('404');
  });

  it('are messages that were given up, which are sent again', async () => {
    const url = 'https://receiver.example/<img src=x>';
    const { id } = Object(await ask(screen.server, 'POST', '/v1/subscriptions', { url }));
    const deal = await screen.startDeal({ crm_id: 'E2E-DEAD' });
    const database = await openDatabase({ url: screen.file, exclusive: false });
    await storeOn(database).killMessages(id, 'HTTP 500', new Date().toISOString(), 10);
    await database.close();
    const page = await screen.openSignedIn('en');
    await page.goto('/audit/subscriptions');
    await page.getByText('Messages that could not be delivered (1)').click();
    const letter = page.getByRole('listitem').filter({ has: page.locator(`a[href="/deals/${deal}?seq=1"]`) });
    expect(await letter.last().textContent()).toContain('HTTP 500');
    await page.getByRole('button', { name: 'Send all again' }).click();
    await page.getByRole('status').filter({ hasText: '✓ 1 sent again' }).waitFor();
    const left = Object(await ask(screen.server, 'GET', `/v1/subscriptions/${id}/dead-letters`));
    expect(left.messages).toEqual([]);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
