import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/open-store.ts';
import { ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

describe.runIf(hasBrowser)('the view for auditors', () => {
  beforeAll(async () => {
    screen = await openConsole();
  });
  afterAll(() => screen.close());

  it('is proved by the reader’s own browser, which sees a row that somebody has changed', async () => {
    const id = await screen.startDeal({ crm_id: 'E2E-3' });
    await ask(screen.server, 'POST', `/v1/instances/${id}/events`, { type: 'note', text: 'as it was' });
    const page = await screen.openSignedIn('en');
    await page.goto(`/deals/${id}`);
    await page.getByRole('button', { name: 'Verify here' }).click();
    expect(await page.getByRole('status').textContent()).toMatch(/^✓ \d+ entries hold together/);
    const database = await openDatabase({ url: screen.file, exclusive: false });
    const row = { instance: id, seq: 2 };
    const [{ text }] = await database.reader('history').select('text').where(row);
    await database
      .writer('history')
      .where(row)
      .update({ text: text.replace('as it was', 'otherwise') });
    await database.close();
    await page.getByRole('button', { name: 'Verify here' }).click();
    await page.getByRole('status').filter({ hasText: '✗ does not hold from entry 2' }).waitFor();
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Verify everything' }).click();
    const found = page.getByRole('status').filter({ hasText: '✗' });
    expect(await found.getByRole('link').textContent()).toBe(id);
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
