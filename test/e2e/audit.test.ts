import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson, sha256 } from '../../src/json.ts';
import { openDatabase } from '../../src/store/open-store.ts';
import { ask } from '../bench/server.ts';
import { hasBrowser } from './browser.ts';
import { type Console, openConsole } from './console.ts';

let screen: Console;

async function keyOf(actor: string, roles: readonly string[]): Promise<string> {
  return Object(await ask(screen.server, 'POST', '/v1/keys', { actor, roles })).secret;
}

/** Whatever is answered. */
function askAs(key: string, path: string, body: object): Promise<Response> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return fetch(screen.server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe.runIf(hasBrowser)('the view for auditors', () => {
  beforeAll(async () => {
    screen = await openConsole(onTestFinished);
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

  it('finds what somebody was refused, in an address that can be shared', async () => {
    const key = await keyOf('li.si', ['rep']);
    const id = await screen.startDeal({ crm_id: 'E2E-AUDIT' });
    const wicked = '<img src=x onerror="document.title=1">';
    await askAs(key, `/v1/instances/${id}/events`, { type: 'note', text: wicked });
    await askAs(key, `/v1/instances/${id}/events`, { type: 'close', outcome: 'won' });
    const page = await screen.openSignedIn('en');
    await page.goto('/audit/history');
    await page.getByLabel('Actor').fill('li.si');
    await page.getByLabel('Result').selectOption('refused');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL('**/audit/history?actor=li.si&result=refused');
    const found = page.locator('.found > li');
    await found.first().waitFor();
    expect(await found.count()).toBe(1);
    expect(await found.textContent()).toContain('✗ refused');
    const link = found.getByRole('link');
    expect([await link.textContent(), await link.getAttribute('href')]).toEqual([
      'E2E-AUDIT · 3',
      `/deals/${id}?seq=3`,
    ]);
    await found.getByText('Why, and what was said').click();
    await found.getByRole('button', { name: 'Verify here' }).click();
    await found.getByRole('status').filter({ hasText: '3 entries hold together' }).waitFor();
    await page.goto(`/audit/history?deal=${id}&type=note`);
    await found.first().waitFor();
    expect(await found.textContent()).toContain(wicked);
    expect(await page.title()).not.toBe('1');
    await page.goto('/audit/history?actor=nobody.at.all');
    await page.getByText('No entry is like that').waitFor();
  });

  it('hands out what was found, and each line of it can be verified', async () => {
    const page = await screen.openSignedIn('zh');
    await page.goto('/audit/history?deal=E2E-AUDIT');
    const files: Record<string, string> = {};
    for (const name of ['导出 CSV', '导出 JSONL']) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      files[name] = readFileSync(await download.path(), 'utf8');
      expect(download.suggestedFilename()).toMatch(/^phasegate-history-\d{8}-\d{4}\.(csv|jsonl)$/);
    }
    const lines =
      files['导出 JSONL']
        ?.trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)) ?? [];
    expect(lines.map(({ seq }) => seq)).toEqual([3, 2, 1]);
    for (const { hash, ...entry } of lines) expect(sha256(canonicalJson(entry))).toBe(hash);
    expect(lines[0].prev).toBe(lines[1].hash);
    expect(files['导出 CSV']?.startsWith('\ufeffrecorded_at,')).toBe(true);
    expect(files['导出 CSV']?.trimEnd().split('\r\n')).toHaveLength(4);
  });

  it('shows what failed with its remedies, and who is told, with a secret once', async () => {
    const page = await screen.openSignedIn('en');
    await page.goto('/audit');
    await page.getByText('Nothing has failed').waitFor();
    await page.getByRole('link', { name: 'Subscriptions' }).click();
    await page.getByText('There is none yet').waitFor();
    const url = 'https://hooks.example.com/<script>alert(1)</script>';
    await page.getByLabel('Address').fill('http://10.0.0.1/');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Address').fill(url);
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.locator('.secret').waitFor();
    expect(await page.locator('.secret input').inputValue()).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.locator('.card .address').textContent()).toBe(url);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('There is none yet').waitFor();
  });

  it('is complained of by no browser', () => {
    expect(screen.complaints).toEqual([]);
  });
});
