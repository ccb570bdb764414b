import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../src/engine/types.ts';
import type { Difference, ReplayResult } from '../../src/service/types.ts';
import type { HistoryPlace, HistoryRow } from '../../src/store/types.ts';
import { salesYaml } from '../bench/process.ts';
import { randomDeals } from './random-deals.ts';

/** 10,000 by `npm run test:replay`. */
const DEALS = Number(process.env.PHASEGATE_REPLAY ?? 200);
const folder = mkdtempSync(join(tmpdir(), 'phasegate-replay-'));

describe(`the histories of ${DEALS} random deals`, () => {
  let made: Awaited<ReturnType<typeof randomDeals>>;
  beforeAll(async () => {
    made = await randomDeals({ url: join(folder, 'deals.db'), synchronous: 'NORMAL' }, DEALS, 1);
  }, 3_600_000);
  afterAll(async () => {
    await made.service.stop();
    await made.store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function replay(yaml: string): Promise<{ readonly result: ReplayResult; readonly found: Difference[] }> {
    const found: Difference[] = [];
    const input = {
      yaml,
      name: 'sales.yaml',
      calendars: [],
      since: '2026-01-01T00:00:00.000Z',
      until: null,
      most: null,
    };
    const watch = { progress() {}, differs: (difference: Difference) => found.push(difference) };
    return { result: await made.service.replay(input, watch, null), found };
  }

  /** Every entry of every deal, in order. */
  async function* entries(): AsyncGenerator<EntryDraft> {
    let after: HistoryPlace | null = null;
    for (;;) {
      const rows: readonly HistoryRow[] = await made.store.scanHistory(after, 1000);
      for (const { text } of rows) {
        const entry: EntryDraft = JSON.parse(text);
        if (entry.process === 'sales') yield entry;
      }
      after = rows.at(-1) ?? null;
      if (after === null) return;
    }
  }

  /** Places of the advances from first contact that `wanted` holds of, read off the entries alone. */
  async function advances(wanted: (entry: EntryDraft, match: number) => boolean): Promise<readonly string[]> {
    const matches = new Map<string, number>();
    const found: string[] = [];
    for await (const entry of entries()) {
      const { instance, seq, type, changes, verdicts } = entry;
      const to = changes?.fields?.need_match?.to;
      if (typeof to === 'number') matches.set(instance, to);
      const isOfGate = verdicts?.of?.some(({ id, gate }) => id === 'fit' && gate?.of === 'first-contact') ?? false;
      if (type === 'advance' && isOfGate && wanted(entry, matches.get(instance) ?? -1))
        found.push(`${instance} ${seq}`);
    }
    return found.sort();
  }

  it('give the same decisions again under the same definition, every one', async () => {
    const { result, found } = await replay(salesYaml);
    expect(found).toEqual([]);
    const incomparable = { nowhere: 0, 'not-kept': 0, erased: 0, unreadable: 0, untraced: 0 };
    expect(result).toMatchObject({ version: 1, incomparable, same: result.commands, findings: [], slas: [] });
    expect(result.instances).toBeGreaterThanOrEqual(DEALS);
    expect(result.commands).toBeGreaterThan(DEALS * 15);
  }, 3_600_000);

  it('are refused by a stricter gate where the data say so, and nowhere else', async () => {
    const expected = await advances(({ accepted }, match) => accepted && match < 70);
    const { result, found } = await replay(salesYaml.replace('need_match >= 50', 'need_match >= 70'));
    expect(found.map(({ kind }) => kind)).toEqual(expected.map(() => 'refused'));
    expect(found.map(placeOf).sort()).toEqual(expected);
    expect(expected.length).toBeGreaterThan(10);
    expect(result.findings).toEqual([
      { kind: 'refused', id: 'fit', of: 'first-contact', say: expect.anything(), count: expected.length },
    ]);
    expect(result.differences).toMatchObject({ refused: expected.length, accepted: 0, breached: 0, saved: 0 });
    expect(result.steps.find(({ step }) => step === 'first-contact')).toMatchObject({ refused: expected.length });
  }, 3_600_000);

  it('are let through by a looser gate where it alone was shut, and nowhere else', async () => {
    const expected = await advances(({ accepted, verdicts }, match) => {
      const shut = verdicts?.of?.filter(({ verdict }) => verdict !== 'met') ?? [];
      return !accepted && shut.length === 1 && shut[0]?.id === 'fit' && match >= 30;
    });
    const { result, found } = await replay(salesYaml.replace('need_match >= 50', 'need_match >= 30'));
    expect(found.map(({ kind }) => kind)).toEqual(expected.map(() => 'accepted'));
    expect(found.map(placeOf).sort()).toEqual(expected);
    expect(expected.length).toBeGreaterThan(10);
    expect(result.differences).toMatchObject({ refused: 0, accepted: expected.length });
  }, 3_600_000);
});

function placeOf(difference: Difference): string {
  return 'seq' in difference ? `${difference.instance} ${difference.seq}` : '';
}
