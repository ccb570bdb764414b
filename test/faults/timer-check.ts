import { WARNED_BEFORE } from '../bench/promise.ts';
import type { Arrival } from './receiver.ts';
import type { Recorded, RecordedEntry } from './recorded.ts';

/** An instance that was started, and when it is late (milliseconds since 1970). */
export interface Promised {
  readonly instance: string;
  readonly due: number;
}

/** What the database or the receiver holds that they should not, in words. */
export interface TimerFindings {
  readonly lost: readonly string[];
  readonly early: readonly string[];
  readonly doubled: readonly string[];
  /** Milliseconds between when each thing was due and when it was recorded, in no order. */
  readonly lateness: readonly number[];
}

export interface TimerCheck {
  readonly recorded: Recorded;
  readonly promised: readonly Promised[];
  readonly arrivals: readonly Arrival[];
  /** True time, when everything due should have happened. */
  readonly end: number;
}

/** A clock that runs true may differ from another on the same machine by so many milliseconds. */
const TOLERANCE = 50;

/**
 * Holds what time did to the instances against what was promised, by true time: each warning, breach, effect and message
 * once, none before it was due, none recorded at a time that had not come yet, nothing left to do.
 */
export function checkTimers({ recorded, promised, arrivals, end }: TimerCheck): TimerFindings {
  const lost: string[] = [];
  const early: string[] = [];
  const doubled: string[] = [];
  const lateness: number[] = [];
  const told = new Map<string, number>();
  for (const { id, at } of arrivals) told.set(id, Math.min(at, told.get(id) ?? at));
  const isWaiting = new Set(recorded.outbox.map(({ instance, seq }) => `${instance}-${seq}`));
  const histories = byInstance(recorded.history);

  /** One thing that time does to an instance. */
  function happensOnce(instance: string, what: string, found: readonly RecordedEntry[]): void {
    if (found.length === 0) lost.push(`${instance}: no ${what}`);
    if (found.length > 1) doubled.push(`${instance}: ${found.length} times ${what}`);
  }

  function hold(
    what: 'warning' | 'breach',
    { instance, seq, at, recordedAt, command }: RecordedEntry,
    due: number,
  ): void {
    const recordedMs = Date.parse(recordedAt);
    const id = `${instance}-${seq}`;
    const toldAt = told.get(id) ?? null;
    lateness.push(recordedMs - due);
    if (Date.parse(at) !== due) lost.push(`${instance}: ${what} is as of ${at}, not of when it was due`);
    if (recordedMs < due) early.push(`${instance}: ${what} was recorded ${due - recordedMs} ms before it was due`);
    if (toldAt !== null && toldAt < due - TOLERANCE) early.push(`${instance}: ${what} was told before it was due`);
    if (recordedMs > (toldAt ?? end) + TOLERANCE)
      early.push(`${instance}: ${what} was recorded at ${recordedAt}, which had not come yet`);
    if (toldAt === null && !isWaiting.has(id)) lost.push(`${instance}: ${what} was told nobody`);
    if ((command?.notify?.roles.includes('boss') ?? false) !== (what === 'breach'))
      lost.push(`${instance}: ${what} names others who are to be told`);
  }

  for (const { instance, due } of promised) {
    const entries = histories.get(instance);
    histories.delete(instance);
    if (entries === undefined) {
      lost.push(`${instance} was started and is gone`);
      continue;
    }
    const accepted = entries.filter((entry) => entry.accepted);
    const warnings = accepted.filter(({ command }) => command?.mark === 'warn/1');
    const breaches = accepted.filter(({ command }) => command?.mark === 'breach');
    happensOnce(instance, 'warning', warnings);
    happensOnce(instance, 'breach', breaches);
    happensOnce(
      instance,
      'effect',
      accepted.filter(({ type }) => type === 'close'),
    );
    for (const entry of warnings) hold('warning', entry, due - WARNED_BEFORE);
    for (const entry of breaches) hold('breach', entry, due);
    for (const [n, { recordedAt, seq }] of entries.entries()) {
      if (recordedAt < (entries[n - 1]?.recordedAt ?? '')) early.push(`${instance}: entry ${seq} goes back in time`);
    }
  }
  for (const instance of histories.keys()) doubled.push(`${instance}: nobody was answered that it was started`);
  for (const { instance, due } of recorded.timers) lost.push(`${instance}: a timer of ${due} is still there`);
  return { lost, early, doubled, lateness };
}

function byInstance(history: readonly RecordedEntry[]): Map<string, RecordedEntry[]> {
  const found = new Map<string, RecordedEntry[]>();
  for (const entry of history) {
    const known = found.get(entry.instance);
    if (known === undefined) found.set(entry.instance, [entry]);
    else known.push(entry);
  }
  return found;
}
