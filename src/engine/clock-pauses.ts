import type { CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { measured } from './clock-measure.ts';
import type { ClockRecord } from './clock-types.ts';
import type { Instance } from './types.ts';

/** Pauses that a clock keeps in a round. A hold that would be one more is refused; whatever else comes then counts. */
export const MOST_PAUSES = 100;

/** Ids of the running clocks that have no room for a further pause, and the reasons of a hold that would be one. */
export interface Unpausable {
  readonly clocks: readonly string[];
  readonly reasons: 'any' | readonly string[];
}

export function unpausable(process: CompiledProcess, { clocks }: Pick<Instance, 'clocks'>): Unpausable {
  const ids: string[] = [];
  const reasons = new Set<string>();
  let isAny = false;
  for (const clock of process.clocks.values()) {
    const record = clocks[clock.id];
    if (record === undefined || record.ended !== null || !isFull(record)) continue;
    const { pause } = measured(clock, record).sla;
    if (pause !== 'any' && pause.length === 0) continue;
    ids.push(clock.id);
    if (pause === 'any') isAny = true;
    else for (const reason of pause) reasons.add(reason);
  }
  return { clocks: ids, reasons: isAny ? 'any' : [...reasons] };
}

function isFull({ pauses }: Pick<ClockRecord, 'pauses'>): boolean {
  return pauses.length >= MOST_PAUSES;
}

/** That time counts from now on whatever happens; null: there is room for a further pause. */
export function fullText(record: Pick<ClockRecord, 'pauses'>): Text | null {
  if (!isFull(record)) return null;
  return {
    zh: `已暂停 ${MOST_PAUSES} 次，这一轮不再暂停：此后的时间都计入`,
    en: `it has stood still ${MOST_PAUSES} times and does not in this round any more: from now on all time counts`,
  };
}
