import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import { born, type Fresh, next, setup } from './sample.ts';

const time = (hour: number) => `2026-02-13T${String(hour).padStart(2, '0')}:00:00.000Z`;

export function timerContract(fresh: Fresh): void {
  describe('timers', () => {
    it('come with a commit, are changed and ended by it, and are loaded with the instance as it stands', async () => {
      const { store } = await setup(fresh);
      const first = born({ timer: { due: time(12), what: 'warn' } });
      const none = born();
      expect(await store.commit([first, none])).toEqual(['ok', 'ok']);
      const { id } = first.row;
      const loaded = async () =>
        (await store.loadTimers([id, none.row.id, newId()])).map(({ instance, seq, timer }) => [instance, seq, timer]);
      const nothing = [none.row.id, 1, null];
      const timer = (hour: number, what: string) => ({ due: time(hour), what, isOwn: true });
      expect(new Set(await loaded())).toEqual(new Set([[id, 1, timer(12, 'warn')], nothing]));
      // What says nothing of it leaves it, and what is stale changes nothing.
      const second = next(first);
      const third = next(second, { timer: { due: time(15), what: 'breach' } });
      expect(await store.commit([second])).toEqual(['ok']);
      expect(await store.commit([{ ...third, expectedSeq: 9 }])).toEqual(['stale']);
      expect(new Set(await loaded())).toEqual(new Set([[id, 2, timer(12, 'warn')], nothing]));
      expect(await store.commit([third])).toEqual(['ok']);
      expect(new Set(await loaded())).toEqual(new Set([[id, 3, timer(15, 'breach')], nothing]));
      expect(await store.commit([next(third, { timer: null })])).toEqual(['ok']);
      expect(new Set(await loaded())).toEqual(new Set([[id, 4, null], nothing]));
    });

    it('that are due are taken, the earliest first, and not before a time to which they were put off', async () => {
      const { store } = await setup(fresh);
      const changes = [14, 12, 13, 20].map((hour) => born({ timer: { due: time(hour), what: 'warn' } }));
      await store.commit(changes);
      const ids = (...places: readonly number[]) => places.map((place) => changes[place]?.row.id);
      // Nobody else has them meanwhile: released, they can be taken again.
      const taken = async (hour: number) => {
        const timers = await store.claimTimers(time(hour), time(hour), 9);
        return { timers, ids: timers.map(({ instance }) => instance) };
      };
      expect((await taken(11)).ids).toEqual([]);
      const { timers, ids: found } = await taken(14);
      expect(found).toEqual(ids(1, 2, 0));
      await store.putOffTimers(timers.slice(0, 1), time(16));
      expect((await taken(15)).ids).toEqual(ids(2, 0));
      expect((await taken(16)).ids).toEqual(ids(1, 2, 0));
      await store.putOffTimers(timers.slice(0, 1), time(19));
      await store.putOffTimers(timers.slice(0, 1), '');
      expect((await taken(17)).ids).toEqual(ids(1, 2, 0));
    });
  });
}
