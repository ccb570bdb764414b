/** The only source of time. The composition root injects one; tests inject their own and move it. */
export interface Clock {
  /** The current instant as ISO 8601 in UTC with milliseconds, e.g. `2026-02-13T09:30:00.000Z`. */
  now(): string;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** A wall clock that was set, in milliseconds: noticed and not believed yet, taken over, or put right again. */
export interface Jump {
  readonly by: number;
  readonly state: 'noticed' | 'believed' | 'undone';
}

export interface SteadyOptions {
  /** Milliseconds since 1970 as this machine says, or another. */
  readonly wall?: () => number;
  /** Milliseconds that only ever pass, from any start. */
  readonly monotonic?: () => number;
  readonly onJump: (jump: Jump) => void;
}

/** Differences below are the clock being kept right, and followed at once. */
const SLEW_MS = 2_000;
/** So long a clock that was set must stay so before it is believed. */
const DOUBT_MS = 10 * 60_000;

/**
 * Time as it passes. A wall clock that is set by hours or days under a running server, and put right again, changes nothing:
 * what is due in a month does not happen at once, and nothing happens twice. One that stays as it was set is taken over.
 */
export function steadyClock({ wall = Date.now, monotonic = () => performance.now(), onJump }: SteadyOptions): Clock {
  let ahead = wall() - monotonic();
  let doubt: { readonly ahead: number; readonly since: number } | null = null;

  function time(): number {
    const passed = monotonic();
    const found = wall() - passed;
    const by = Math.round(found - ahead);
    if (Math.abs(found - ahead) < SLEW_MS) {
      if (doubt !== null) onJump({ by: Math.round(doubt.ahead - ahead), state: 'undone' });
      doubt = null;
      ahead = found;
    } else if (doubt === null || Math.abs(found - doubt.ahead) >= SLEW_MS) {
      doubt = { ahead: found, since: passed };
      onJump({ by, state: 'noticed' });
    } else if (passed - doubt.since >= DOUBT_MS) {
      doubt = null;
      ahead = found;
      onJump({ by, state: 'believed' });
    }
    return passed + ahead;
  }

  return { now: () => new Date(time()).toISOString() };
}

/** The clock of another machine, as near as asking for it tells. */
export interface RemoteClock {
  /** Milliseconds since 1970 over there, reckoned from the last look by the time that has passed here. */
  wall(): number;
  /** Asks for the time. Throws what asking throws; the clock goes on as it did. */
  look(): Promise<void>;
}

/**
 * A clock that several machines share. It was told somewhere between the question and the answer: what a look finds is
 * followed when the way there and back does not explain it, so that two machines differ by a way at most and a slow answer
 * moves nothing. `ask` gives milliseconds since 1970.
 */
export async function remoteClock(
  ask: () => Promise<number>,
  monotonic: () => number = () => performance.now(),
): Promise<RemoteClock> {
  async function measure(): Promise<{ readonly ahead: number; readonly doubt: number }> {
    const asked = monotonic();
    const told = await ask();
    const answered = monotonic();
    return { ahead: told - (asked + answered) / 2, doubt: (answered - asked) / 2 };
  }

  let { ahead } = await measure();
  return {
    wall: () => monotonic() + ahead,
    async look() {
      const found = await measure();
      if (Math.abs(found.ahead - ahead) > found.doubt) ahead = found.ahead;
    },
  };
}
