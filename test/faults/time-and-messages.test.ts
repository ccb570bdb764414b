import { describe, expect, it } from 'vitest';
import { checkMessages, type MessageCheck } from './message-check.ts';
import type { Arrival } from './receiver.ts';
import type { RecordedEntry } from './recorded.ts';
import { checkTimers, type TimerCheck } from './timer-check.ts';

// The checks of the fault runs must see what they look for.

const due = Date.parse('2026-02-13T09:30:00.000Z');
const iso = (ms: number) => new Date(due + ms).toISOString();

function entry(seq: number, type: string, more: Partial<RecordedEntry> = {}): RecordedEntry {
  return { instance: 'a', process: 'promise', seq, type, accepted: true, at: iso(0), recordedAt: iso(0), ...more };
}

function arrival(seq: number, more: Partial<Arrival> = {}): Arrival {
  const own = { path: '/1', id: `a-${seq}`, instance: 'a', seq, at: due + 100, body: `${seq}` };
  return { ...own, isSigned: true, isTaken: true, ...more };
}

const start = entry(1, 'start', { at: iso(-9_000), recordedAt: iso(-9_000) });
const warned = entry(2, 'warn', { at: iso(-3_000), recordedAt: iso(-2_900), command: { mark: 'warn/1' } });
const breached = entry(3, 'breach', {
  recordedAt: iso(80),
  command: { mark: 'breach', notify: { roles: ['boss'] } },
});
const closed = entry(4, 'close', { recordedAt: iso(80) });

describe('the check of timers', () => {
  const sound: TimerCheck = {
    recorded: { history: [start, warned, breached, closed], outbox: [], timers: [] },
    promised: [{ instance: 'a', due }],
    arrivals: [arrival(2, { at: due - 2_850 }), arrival(3)],
    end: due + 1_000,
  };
  const withHistory = (...history: RecordedEntry[]): TimerCheck => ({
    ...sound,
    recorded: { ...sound.recorded, history },
  });

  it('finds nothing where all is well, and says how late it was', () => {
    expect(checkTimers(sound)).toEqual({ lost: [], early: [], doubled: [], lateness: [100, 80] });
  });

  it.each<[string, TimerCheck, object]>([
    ['a warning that never was', withHistory(start, breached, closed), { lost: ['a: no warning'] }],
    ['a breach that never was', withHistory(start, warned, closed), { lost: ['a: no breach'] }],
    ['an effect that never was', withHistory(start, warned, breached), { lost: ['a: no effect'] }],
    [
      'what was refused instead of done',
      withHistory(start, { ...warned, accepted: false }, breached, closed),
      { lost: ['a: no warning'] },
    ],
    [
      'an effect that was done twice',
      withHistory(start, warned, breached, closed, { ...closed, seq: 5 }),
      { doubled: ['a: 2 times effect'] },
    ],
    [
      'a warning that was given twice',
      withHistory(start, warned, { ...warned, recordedAt: iso(-2_800) }, breached, closed),
      { doubled: ['a: 2 times warning'] },
    ],
    [
      'a breach before its time',
      withHistory(start, warned, { ...breached, recordedAt: iso(-1) }, closed),
      { early: ['a: breach was recorded 1 ms before it was due'] },
    ],
    [
      'a breach of a time that has not come',
      withHistory(
        start,
        warned,
        { ...breached, recordedAt: iso(3_600_000) },
        { ...closed, recordedAt: iso(3_600_000) },
      ),
      { early: [`a: breach was recorded at ${iso(3_600_000)}, which had not come yet`] },
    ],
    [
      'a breach that does not say when it was due',
      withHistory(start, warned, { ...breached, at: iso(80) }, closed),
      { lost: [`a: breach is as of ${iso(80)}, not of when it was due`] },
    ],
    [
      'a warning that names whom the breach names',
      withHistory(start, { ...warned, command: { mark: 'warn/1', notify: { roles: ['boss'] } } }, breached, closed),
      { lost: ['a: warning names others who are to be told'] },
    ],
    [
      'a history that goes back',
      withHistory(start, warned, breached, { ...closed, recordedAt: iso(70) }),
      { early: ['a: entry 4 goes back in time'] },
    ],
    ['an instance that is gone', withHistory(), { lost: ['a was started and is gone'] }],
    [
      'an instance that nobody knows of',
      { ...sound, promised: [] },
      { doubled: ['a: nobody was answered that it was started'] },
    ],
    [
      'a timer that is left',
      { ...sound, recorded: { ...sound.recorded, timers: [{ instance: 'a', due: iso(0) }] } },
      { lost: [`a: a timer of ${iso(0)} is still there`] },
    ],
    ['a breach that nobody was told', { ...sound, arrivals: [arrival(2)] }, { lost: ['a: breach was told nobody'] }],
    [
      'a breach that was told before its time',
      { ...sound, arrivals: [arrival(2, { at: due - 2_850 }), arrival(3, { at: due - 100 })] },
      {
        early: ['a: breach was told before it was due', `a: breach was recorded at ${iso(80)}, which had not come yet`],
      },
    ],
  ])('finds %s', (_what, check, found) => {
    const { lateness: _, ...findings } = checkTimers(check);
    expect(findings).toEqual({ lost: [], early: [], doubled: [], ...found });
  });

  it('lets wait what waits', () => {
    const outbox = [{ instance: 'a', seq: 3, isDead: false }];
    const check = { ...sound, recorded: { ...sound.recorded, outbox }, arrivals: [arrival(2)] };
    expect(checkTimers(check)).toMatchObject({ lost: [], early: [], doubled: [] });
  });
});

describe('the check of messages', () => {
  const sound: MessageCheck = {
    recorded: {
      history: [start, entry(2, 'note'), entry(3, 'note', { accepted: false }), entry(4, 'note')],
      outbox: [],
    },
    paths: ['/1'],
    arrivals: [arrival(1, { isTaken: false }), arrival(1), arrival(1), arrival(2), arrival(4)],
  };

  it('finds nothing where all is well, with a message that came again', () => {
    expect(checkMessages(sound)).toEqual({ lost: [], overtaking: [], changed: [], unsigned: [] });
  });

  it.each<[string, Partial<MessageCheck>, object]>([
    ['one that never came', { arrivals: [arrival(1), arrival(2)] }, { lost: ['a-4 never came to /1'] }],
    [
      'one that came and was not taken',
      { arrivals: [arrival(1), arrival(2), arrival(4, { isTaken: false })] },
      { lost: ['a-4 never came to /1'] },
    ],
    [
      'one that came to another',
      {
        paths: ['/1', '/2'],
        arrivals: sound.arrivals.flatMap((one) => (one.seq < 4 ? [one, { ...one, path: '/2' }] : [one])),
      },
      { lost: ['a-4 never came to /2'] },
    ],
    [
      'one that was given up',
      {
        recorded: { ...sound.recorded, outbox: [{ instance: 'a', seq: 4, isDead: true }] },
        arrivals: [arrival(1), arrival(2)],
      },
      { lost: ['a-4 was given up'] },
    ],
    [
      'one that overtook another',
      { arrivals: [arrival(1), arrival(2, { isTaken: false }), arrival(4), arrival(2)] },
      { overtaking: ['/1 a-4 came before a-2 was taken'] },
    ],
    [
      'one under another id',
      { arrivals: [...sound.arrivals, arrival(4, { id: 'a-5' })] },
      { changed: ['/1 a-4 came under the id a-5'] },
    ],
    [
      'one that came as another text',
      { arrivals: [...sound.arrivals, arrival(4, { body: 'else' })] },
      { changed: ['/1 a-4 came as another text'] },
    ],
    [
      'one that tells what was refused',
      { arrivals: [...sound.arrivals, arrival(3)] },
      { changed: ['/1 a-3 tells what never happened'] },
    ],
    [
      'one whose signature is refused',
      { arrivals: [...sound.arrivals, arrival(4, { isSigned: false })] },
      { unsigned: ['/1 a-4 is not signed'] },
    ],
  ])('finds %s', (_what, change, found) => {
    expect(checkMessages({ ...sound, ...change })).toEqual({
      lost: [],
      overtaking: [],
      changed: [],
      unsigned: [],
      ...found,
    });
  });

  it('lets wait what waits', () => {
    const outbox = [{ instance: 'a', seq: 4, isDead: false }];
    const check = { ...sound, recorded: { ...sound.recorded, outbox }, arrivals: [arrival(1), arrival(2)] };
    expect(checkMessages(check).lost).toEqual([]);
  });
});
