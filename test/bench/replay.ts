import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../src/ids.ts';
import { createService } from '../../src/service/index.ts';
import { openStore } from '../../src/store/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';
import { admin } from './deals.ts';
import { produceEvidence } from './evidence.ts';
import { line, median, rate } from './figures.ts';
import { fillFile } from './filled-file.ts';
import { salesYaml } from './process.ts';

export interface ReplayFigure {
  readonly client: 'sqlite3' | 'better-sqlite3';
  readonly candidate: 'the same' | 'a stricter gate';
  readonly entries: number;
  readonly differences: number;
  /** Entries per second, the median of the rounds. */
  readonly perSecond: number;
  /** Memory of the process afterwards, in MiB. */
  readonly memory: number;
}

export const replayDefaults = { deals: 20_000, rounds: 3 };

/** Replays deals of ten entries each from a SQLite file, under the same definition and one that refuses each deal once. */
export async function benchReplay({ deals, rounds }: typeof replayDefaults): Promise<readonly ReplayFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-bench-'));
  try {
    const url = join(folder, 'deals.db');
    await fillFile(url, deals);
    const figures: ReplayFigure[] = [];
    for (const client of ['sqlite3', 'better-sqlite3'] as const) {
      const store = await openStore({ url, client });
      // Before the deals: they rest on it.
      const clock = { now: () => '2026-01-05T01:00:00.000Z' };
      const service = createService({ review: 'off', store, clock, newId, calendars: shippedCalendars });
      if (client === 'sqlite3') await produceEvidence(service, request);
      for (const candidate of ['the same', 'a stricter gate'] as const) {
        const yaml =
          candidate === 'the same' ? salesYaml : salesYaml.replace('when: known(class)', 'when: icp_match > 99');
        const input = { yaml, name: 'sales.yaml', calendars: [], since: '2026-01-01', until: null, most: null };
        const found: number[] = [];
        let last = { entries: 0, differences: 0 };
        for (let round = 0; round < rounds; round += 1) {
          const began = performance.now();
          const { entries, differences } = await service.replay(input, { progress() {}, differs() {} }, null);
          found.push((entries / (performance.now() - began)) * 1000);
          last = { entries, differences: differences.refused };
        }
        const memory = process.memoryUsage().rss / 2 ** 20;
        figures.push({ client, candidate, ...last, perSecond: median(found), memory });
      }
      await service.stop();
      await store.close();
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function request() {
  return { actor: admin, requestId: newId(), ifMatch: null, idempotency: null };
}

export function printReplay(figures: readonly ReplayFigure[]): void {
  console.log(line('', 'entries/s', 'entries', 'refused now', 'memory'));
  for (const { client, candidate, entries, differences, perSecond, memory } of figures) {
    const counts = [entries, differences].map((count) => count.toLocaleString('en'));
    console.log(line(`${client}, ${candidate}`, rate(perSecond), ...counts, `${Math.round(memory)} MiB`));
  }
}
