import type { CompiledProcess } from '../../src/compile/types.ts';
import { decide, explain, start } from '../../src/engine/index.ts';
import type { Command, Environment, Instance } from '../../src/engine/types.ts';
import { newId } from '../../src/ids.ts';
import type { EventInput } from '../../src/service/types.ts';
import { admin } from './deals.ts';
import { evidenceOfDeals } from './evidence.ts';
import { line, median, micros, percentile } from './figures.ts';
import { salesProcess } from './process.ts';
import { eventsToMiddle, roundTrip } from './sales-deal.ts';

export interface DecideFigure {
  readonly what: string;
  /** Microseconds of one call. */
  readonly median: number;
  readonly p99: number;
}

export const decideDefaults = { rounds: 20, calls: 1_000 };

/** Times the pure engine on one deal of the sales process. */
export function benchDecide({ rounds, calls }: typeof decideDefaults): readonly DecideFigure[] {
  const process = salesProcess();
  const middle = events(process, begun(process), eventsToMiddle('CRM-1'));
  const ready = events(process, middle, roundTrip.slice(0, 5));
  const [needs] = roundTrip;
  if (needs === undefined) throw new Error('the round trip begins with the needs');
  const advance = commandOf({ type: 'advance', step: 'first-contact' });
  const cases: Readonly<Record<string, { readonly ok: boolean | null; readonly run: () => unknown }>> = {
    complete: { ok: true, run: () => decide(process, middle, commandOf(needs), environment) },
    advance: { ok: true, run: () => decide(process, ready, advance, environment) },
    'advance, refused': { ok: false, run: () => decide(process, middle, advance, environment) },
    'explain (every action)': {
      ok: null,
      run: () => explain({ process, instance: middle, actor: admin, at: environment.now, now: environment.now }),
    },
  };

  const took = new Map<string, number[]>(Object.keys(cases).map((what) => [what, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const [what, { ok, run }] of Object.entries(cases)) {
      for (let call = 0; call < calls; call += 1) {
        const before = globalThis.process.hrtime.bigint();
        const answer = run();
        const nanoseconds = Number(globalThis.process.hrtime.bigint() - before);
        if (ok !== null && Object(answer).ok !== ok) throw new Error(`${what} was decided the other way`);
        // The first round only warms up.
        if (round >= 0) took.get(what)?.push(nanoseconds / 1000);
      }
    }
  }
  return [...took].map(([what, values]) => ({ what, median: median(values), p99: percentile(values, 99) }));
}

const environment: Environment = { now: '2026-02-13T09:30:00.000Z', ids: newId, evidence: evidenceOfDeals };

function begun(process: CompiledProcess): Instance {
  const made = start(process, 1, { ...commandOf({ type: 'start' }), input: { fields: {} } }, environment);
  if (!made.ok) throw new Error(made.detail.en);
  return made.instance;
}

function events(process: CompiledProcess, from: Instance, list: readonly EventInput[]): Instance {
  return list.reduce((instance, event) => {
    const made = decide(process, instance, commandOf(event), environment);
    if (!made.ok) throw new Error(made.detail.en);
    return made.instance;
  }, from);
}

function commandOf({ type, ...input }: EventInput): Command {
  return { type: String(type), input, actor: admin, requestId: 'bench' };
}

export function printDecide(figures: readonly DecideFigure[]): void {
  console.log(line('', 'median', 'p99'));
  for (const { what, median, p99 } of figures) console.log(line(what, micros(median), micros(p99)));
}
