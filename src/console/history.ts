import { useState } from 'preact/hooks';
import type { Entry, HistoryPage } from './api.ts';
import { get, type Refused } from './client.ts';
import { useDoing } from './doing.ts';
import { useLoading } from './loading.ts';

/** Entries that are read at a time. */
const PAGE = 200;

/** The latest entries of a history, and earlier ones as they are asked for. */
export interface History {
  /** In order, without a gap, up to the last. */
  readonly entries: readonly Entry[];
  readonly hasEarlier: boolean;
  readonly isBusy: boolean;
  readonly refused: Refused | null;
  readonly earlier: () => void;
}

/** The history of an instance whose last entry has this number. */
export function useHistory(instance: string, last: number): History {
  const first = Math.max(0, last - PAGE);
  const latest = useLoading(() => read(instance, first, last), [instance, last]);
  // Entries never change: what was read before the last ones came is still so.
  const [before, setBefore] = useState<readonly Entry[]>([]);
  const { isBusy, refused, run } = useDoing();
  const now = latest.value ?? [];
  const head = now[0]?.seq ?? last + 1;
  const entries = [...before.filter(({ seq }) => seq < head), ...now];
  const begin = entries[0]?.seq ?? 1;
  return {
    entries,
    hasEarlier: begin > 1,
    isBusy,
    refused: latest.refused ?? refused,
    earlier: () =>
      run(async () => setBefore([...(await read(instance, Math.max(0, begin - 1 - PAGE), begin - 1)), ...entries])),
  };
}

/** One entry; null: there is none of that number. */
export async function readEntry(instance: string, seq: number): Promise<Entry | null> {
  return (await read(instance, seq - 1, seq))[0] ?? null;
}

async function read(instance: string, after: number, to: number): Promise<readonly Entry[]> {
  const query = new URLSearchParams({
    limit: String(Math.max(1, to - after)),
    ...(after > 0 && { cursor: String(after) }),
  });
  const page: HistoryPage = await get(`/v1/instances/${encodeURIComponent(instance)}/history?${query}`);
  return page.entries;
}
