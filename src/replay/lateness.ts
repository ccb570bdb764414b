import type { CompiledProcess } from '../compile/types.ts';
import type { ClockRecord, Instance } from '../engine/types.ts';
import type { Timed } from './types.ts';

type Clocks = Instance['clocks'];
type Round = Pick<ClockRecord, 'round' | 'due'> & { readonly clock: string; readonly endedAt: string | null };

/** The rounds of clocks that ran within the period, each as it last was. */
export interface Rounds {
  note(clocks: Readonly<Record<string, ClockRecord>>): void;
  readonly all: ReadonlyMap<string, Round>;
}

export function createRounds(): Rounds {
  const all = new Map<string, Round>();
  return {
    note(clocks) {
      for (const clock in clocks) {
        const record = clocks[clock];
        if (record === undefined) continue;
        const { round, due, ended } = record;
        all.set(`${clock} ${round}`, { clock, round, due, endedAt: ended?.at ?? null });
      }
    },
    all,
  };
}

/** The clocks that are other than they were. */
export function changedClocks(before: Clocks, after: Clocks): Clocks {
  if (before === after) return {};
  return Object.fromEntries(Object.entries(after).filter(([id, record]) => before[id] !== record));
}

/** Those that still run. */
export function running(clocks: Clocks): Clocks {
  return Object.fromEntries(Object.entries(clocks).filter(([, { ended }]) => ended === null));
}

/** The candidate's clocks with the roles that really were raised. */
export function withRaised(clocks: Clocks, recorded: Clocks): Clocks {
  return Object.fromEntries(
    Object.entries(clocks).map(([id, record]) => [id, { ...record, raised: recorded[id]?.raised ?? record.raised }]),
  );
}

/** Rounds that were late under the one and not under the other, as of an instant. */
export function latenessBetween(
  then: Rounds,
  now: Rounds,
  asOf: string,
  [from, to]: readonly [CompiledProcess, CompiledProcess],
): readonly Pick<Timed, 'kind' | 'clock' | 'round' | 'step' | 'due' | 'endedAt'>[] {
  const found = [];
  for (const key of new Set([...then.all.keys(), ...now.all.keys()])) {
    const [was, would] = [then.all.get(key), now.all.get(key)];
    const round = would ?? was;
    if (round === undefined || isLate(was, asOf) === isLate(would, asOf)) continue;
    const { clock } = round;
    found.push({
      kind: isLate(would, asOf) ? ('breached' as const) : ('saved' as const),
      clock,
      round: round.round,
      step: (to.clocks.get(clock) ?? from.clocks.get(clock))?.step ?? null,
      due: { from: was?.due ?? null, to: would?.due ?? null },
      endedAt: round.endedAt,
    });
  }
  return found;
}

function isLate(round: Round | undefined, asOf: string): boolean {
  return round !== undefined && round.due !== null && (round.endedAt ?? asOf) > round.due;
}
