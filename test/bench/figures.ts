/** The value in the middle; of an even number of values the lower one. NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that at least `share` % of the values do not exceed. NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * Runs every case once per round, one after the other, so that a machine that grows slower meanwhile slows all of them.
 * Returns what each case gave, by its name, round by round.
 */
export async function interleaved<T>(
  rounds: number,
  cases: Readonly<Record<string, () => Promise<T>>>,
): Promise<(name: string) => readonly T[]> {
  const results = new Map<string, T[]>(Object.keys(cases).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(cases)) results.get(name)?.push(await run());
  }
  return (name) => results.get(name) ?? [];
}

/** Median of the ratios within each round. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

/** Calls per second when `callers` loops run `call` over and over for a while. */
export async function perSecond(
  callers: number,
  seconds: number,
  call: (caller: number) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let calls = 0;
  const loop = async (caller: number) => {
    while (performance.now() < end) {
      await call(caller);
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => loop(caller)));
  return (calls / (performance.now() - start)) * 1000;
}

/** One line of a report: names to the left, figures to the right. */
export function line(name: string, ...figures: readonly string[]): string {
  return `  ${name.padEnd(46)}${figures.map((figure) => figure.padStart(17)).join('')}`;
}

export const rate = (value: number, of = 'events'): string => `${Math.round(value).toLocaleString('en')} ${of}/s`;
export const times = (value: number): string => `${value.toFixed(2)} ×`;
export const micros = (value: number): string => `${value.toFixed(1)} µs`;
export const millis = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
