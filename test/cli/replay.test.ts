import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { progressLine } from '../../src/cli/progress-bar.ts';
import { runCli, serveHere } from './testing-cli.ts';

const guide = readFileSync(new URL('../../processes/README.md', import.meta.url), 'utf8');
const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'phasegate-replay-cli-'));
const data = join(folder, 'data');
const csv = join(folder, 'found.csv');

/** Replays the shipped file with one thing changed, on the sample deals, beside the server. */
async function replay(from: string, to: string, ...more: readonly string[]) {
  const file = join(folder, 'sales.yaml');
  writeFileSync(file, sales.replace(from, to));
  return await runCli(['replay', file, '--data', data, '--since', '2020-01-01', ...more]);
}

/** What differs from one run to the other: ids, times and the file’s digest, and what fell due while the sample deals were made. */
function masked(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} {2}\d\d/g, 'ID')
    .replace(/published, [0-9a-f]{12}/, 'published, DIGEST')
    .replace(/\d+ commands: \d+ decided/, '… commands: … decided')
    .replace(/(, )\d{4}-\d\d-\d\d 00:00 to \d{4}-\d\d-\d\d \d\d:\d\d/, '$1…');
}

describe('phasegate replay on the sample deals', () => {
  let stop: () => Promise<unknown> = async () => {};
  beforeAll(async () => {
    const server = await serveHere({ PHASEGATE_DATA: data }, (given) => {
      stop = given;
    });
    expect((await runCli(['demo', '--begin', '2025-09-01'], server.env)).code).toBe(0);
  }, 120_000);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds nothing where nothing was changed, and says so in both languages', async () => {
    const { code, out, err } = await replay('', '');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^sales\.yaml \(which is version 1\) against what happened in sales, /);
    expect(out).toMatch(/\n(\d+) instances, (\d+) commands: \2 decided as they were, 0 otherwise, 0 not comparable\n/);
    expect(out).toMatch(/✓ nothing would have been otherwise\n$/);
    expect((await replay('', '', '--lang', 'zh')).out).toMatch(/次判定相同，0 次不同，0 次无法比较\n✓ 没有任何不同\n$/);
  });

  it('prints what the guide shows', async () => {
    const [, shown] = /^```console replay\n\$ npx phasegate replay [^\n]+\n([\s\S]*?)^```$/m.exec(guide) ?? [];
    const { code, out } = await replay('need_match >= 50', 'need_match >= 70', '--limit', '3');
    expect(code).toBe(1);
    expect(masked(out)).toBe(masked(shown ?? ''));
  });

  it('writes every difference to a CSV file, however few are listed, and everything as JSON', async () => {
    const { code, out } = await replay(
      'when: discount > 10',
      'when: discount > 3',
      '--limit',
      '1',
      '--csv',
      csv,
      '--json',
    );
    const { listed, differences, approvals } = JSON.parse(out);
    expect(code).toBe(1);
    expect(listed).toMatchObject([{ kind: 'refused', command: 'advance', step: 'negotiation', added: ['discount'] }]);
    expect(approvals).toEqual([{ approval: 'discount', added: differences.refused, dropped: 0 }]);
    const [head, ...lines] = readFileSync(csv, 'utf8').split('\r\n').slice(0, -1);
    expect(head).toMatch(/^\ufeffkind,key,instance,seq,/);
    expect(lines).toHaveLength(differences.refused);
    expect(lines[0]).toMatch(
      /^refused,DEMO-1-\d\d,[0-9a-f-]{36},\d+,2025-.*,advance,negotiation,discount,discount,,,$/,
    );
  });

  it('tells which SLAs would have been breached', async () => {
    const { out } = await replay('sla: { within: 30 days', 'sla: { within: 1 day', '--json');
    const { differences, slas, listed } = JSON.parse(out);
    expect(slas).toEqual([{ clock: 'step/negotiation', breached: differences.breached, saved: 0 }]);
    expect(differences).toMatchObject({ refused: 0, accepted: 0, saved: 0 });
    for (const { due, endedAt } of listed) {
      expect(due.to < endedAt && endedAt <= due.from).toBe(true);
      expect(Date.parse(due.from) - Date.parse(due.to)).toBe(29 * 86_400_000);
    }
    expect(listed.length).toBeGreaterThan(0);
  });

  it.each([
    [['sales.yaml'], 'say with --since from which day on'],
    [['sales.yaml', '--since', '2026-02-30'], '--since should be a day that exists'],
    [
      ['sales.yaml', '--since', '2026-07-02', '--until', '2026-07-01'],
      '--until (2026-07-01) should come after --since',
    ],
    [['sales.yaml', '--since', '2020-01-01', '--limit', 'many'], '--limit should be a whole number'],
    [['sales.yaml', '--since', '2020-01-01', '--until', '2020-02-01'], 'nothing was done in the process sales from'],
    [['.', '--since', '2020-01-01'], 'this takes one process file'],
    [['missing.yaml', '--since', '2020-01-01'], 'there is no file or folder'],
    [
      ['other.yaml', '--since', '2020-01-01'],
      'the process salez was never published, so that it has no history; did you mean sales?',
    ],
    [['sales.yaml', '--since', '2020-01-01', '--csv', 'no/where.csv'], 'cannot be written (ENOENT)'],
  ])('refuses %j as wrong usage', async ([file = '', ...more], says) => {
    writeFileSync(join(folder, 'sales.yaml'), sales);
    writeFileSync(join(folder, 'other.yaml'), sales.replace('process: sales', 'process: salez'));
    const { code, out, err } = await runCli(['replay', join(folder, file), '--data', data, ...more]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  it('prints the problems of a file that has errors, as the check does', async () => {
    const { code, out, err } = await replay('need_match >= 50', 'need_match >= fifty');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/sales\.yaml:\d+:\d+: error [\s\S]*fifty[\s\S]*1 file: 1 error/);
  });

  it('takes a value that is erased since for one that was there, and tells where it may matter', async () => {
    const erase = "delete from personal where field = 'contact'";
    execFileSync('sqlite3', [join(data, 'phasegate.db'), erase]);
    expect((await replay('', '')).code).toBe(0);
    const { out } = await replay('when: need_match >= 50', 'when: need_match >= 50 && contact != "…"', '--json');
    const { differences, incomparable } = JSON.parse(out);
    expect(differences.refused).toBe(0);
    expect(incomparable.erased).toBeGreaterThan(0);
  });
});

it('shows how far it is', () => {
  expect([progressLine(0, 0), progressLine(1, 3), progressLine(3000, 3000)]).toEqual([
    '[##############################] 100 %  0 / 0',
    '[##########····················]  33 %  1 / 3',
    '[##############################] 100 %  3,000 / 3,000',
  ]);
});
