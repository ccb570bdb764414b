import type { Instance, RoundRecord, StepRecord } from './types.ts';

/** Ended rounds that a step keeps, and completions that an activity keeps; the history holds all. */
export const MOST_KEPT = 10;

/** Its records of rounds with one more: the newest takes the place of the one that is `MOST_KEPT` older. */
export function withRound(rounds: Instance['rounds'], step: string, record: RoundRecord): Instance['rounds'] {
  return { ...rounds, [roundPlace(step, record.round)]: record };
}

/** The last ended rounds of a step from one on, oldest first. A recall or a reopening leaves records of rounds that no longer ended. */
export function roundsOf({ steps, rounds }: Instance, step: string, from = 1): readonly RoundRecord[] {
  const { round = 0, leftAt = null }: Partial<StepRecord> = steps[step] ?? {};
  const ended = leftAt === null ? round - 1 : round;
  const kept: RoundRecord[] = [];
  for (let n = Math.max(from, ended - MOST_KEPT + 1); n <= ended; n += 1) {
    const record = rounds[roundPlace(step, n)];
    if (record?.round === n) kept.push(record);
  }
  return kept;
}

/** Rounds are records of their own, so that ending one does not write those before it again. */
export function roundPlace(step: string, round: number): string {
  return `${step}/${round % MOST_KEPT}`;
}
