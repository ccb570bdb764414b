import { expect, test } from 'vitest';
import type { CompiledClock } from '../../src/compile/clock-types.ts';
import { reckon } from '../../src/engine/clock-reckon.ts';
import { nextTimer, retime, statementOf } from '../../src/engine/index.ts';
import type { ClockRecord, Instance } from '../../src/engine/types.ts';
import { compiled } from './process.ts';
import { TIMED } from './timed.ts';
import { walk } from './walk.ts';

const timed = compiled(TIMED);

/** Whether what a clock times is to be done, said plainly. */
function isUnderWay(instance: Instance, { kind, of, step }: CompiledClock): boolean {
  const { status, position, waiting, activities, approvals } = instance;
  const places = kind === 'phase' ? [...position, ...waiting] : position;
  if (status === 'closed') return false;
  if (kind === 'process') return true;
  if (kind === 'approval') return approvals[of]?.status === 'requested';
  if (kind === 'phase') return places.some(({ phase }) => phase === of);
  if (kind === 'step') return places.some((place) => place.step === of);
  return places.some((place) => place.step === step) && (activities[of]?.status ?? 'open') === 'open';
}

const ms = (instant: string) => Date.parse(instant);

test('whatever happens, clocks run for what is under way, say what follows from their course and the facts, and add up', () => {
  const seen = { running: 0, ended: 0, paused: 0, raised: 0, told: 0, withdrawn: 0, rounds: 0, reopened: 0 };
  walk(
    timed,
    1_500,
    20260215,
    (instance, _r, now) => {
      for (const clock of timed.clocks.values()) {
        const record = instance.clocks[clock.id];
        const runs = record !== undefined && record.ended === null;
        expect(runs, clock.id).toBe(isUnderWay(instance, clock));
        if (record === undefined) continue;
        seen[runs ? 'running' : 'ended'] += 1;
        seen.raised += runs ? record.raised.length : 0;
        seen.told += record.marks.filter(({ firedAt }) => firedAt !== null).length;
        seen.withdrawn += record.marks.filter(({ withdrawnAt }) => withdrawnAt !== null).length;
        seen.rounds += record.earlier.length;
        seen.reopened += record.pauses.filter(({ why }) => why === 'closed').length;
        seen.paused += holdsTogether(instance, clock, record) ? 1 : 0;
        // Nothing but its course and the facts: no change of either was missed.
        if (runs) {
          const { startedAt, target, calendar, due, provisional, marks } = record;
          const said = marks.map((mark) => [mark.id, mark.due]);
          expect({ startedAt, target, calendar, due, provisional, marks: said }).toEqual(
            reckon(timed, instance, clock, record),
          );
        }
      }
      const untold = Object.values(instance.clocks).flatMap(({ ended, marks }) =>
        ended === null ? marks.flatMap(({ due, firedAt }) => (due !== null && firedAt === null ? [due] : [])) : [],
      );
      expect(nextTimer(timed, instance)?.due).toBe(untold.sort()[0]);
      // A version that says the same changes nothing, and every line adds up.
      expect(retime(timed, timed, instance, now)).toEqual({ clocks: instance.clocks, changes: [] });
      for (const { startedAt, lines, endedAt } of statementOf(timed, instance, now)) {
        if (startedAt === null) continue;
        let place = startedAt;
        for (const { from, to } of lines) {
          expect(from).toBe(place);
          expect(ms(to)).toBeGreaterThan(ms(from));
          place = to;
        }
        const until = ms(endedAt ?? now);
        expect(ms(place)).toBe(Math.max(until, ms(startedAt)));
      }
    },
    true,
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(7);
});

/** Pauses are in order and stand still only for what the instance is on hold for; true: one goes on. */
function holdsTogether({ hold, status }: Instance, { sla }: CompiledClock, { pauses, ended }: ClockRecord): boolean {
  for (const [n, { from, to }] of pauses.entries()) {
    const before = pauses[n - 1]?.to;
    expect(before).not.toBeNull();
    if (before !== undefined && before !== null) expect(ms(from)).toBeGreaterThanOrEqual(ms(before));
    if (to !== null) expect(ms(to)).toBeGreaterThanOrEqual(ms(from));
  }
  const isOpen = pauses.at(-1)?.to === null;
  expect(isOpen).toBe(ended === null && status === 'on-hold' && hold !== null && sla.pause === 'any');
  return isOpen;
}
