import { describe, expect, it } from 'vitest';
import { newId } from '../../src/ids.ts';
import type { Change } from '../../src/store/types.ts';
import { at, born, type Fresh, next, setup } from './sample.ts';

const time = (hour: number) => `2026-02-13T${hour}:00:00.000Z`;
const subscription = newId();

/** What an instance of some tenant waits for. */
const waiting = (tenant: string, parts: Partial<Change>): Change => born({ ...parts, row: { tenant } });
const work = (...whos: readonly string[]) => ({
  gone: [],
  listed: whos.map((who) => ({ step: 'a', who, since: at, due: null })),
});

export function backlogContract(fresh: Fresh): void {
  describe('the backlog', () => {
    it('counts what is due, what is to be told or was given up, and incidents, whoever’s they are', async () => {
      const { store } = await setup(fresh);
      const messages = [{ subscription, seq: 1, since: at }];
      const changes = [
        waiting('main', { timer: { due: time(12), what: 'warn' }, messages }),
        waiting('acme', { timer: { due: time(11), what: 'breach' }, work: work('incident', 'role:rep') }),
        waiting('acme', { timer: { due: time(14), what: 'warn' }, messages, work: work('incident') }),
      ];
      expect(await store.commit(changes)).toEqual(['ok', 'ok', 'ok']);
      expect(await store.commit([waiting('main~sandbox', { work: work('incident') })])).toEqual(['ok']);
      const nothingDue = { timersOverdue: 0, timersOverdueSince: null };
      const rest = { messagesWaiting: 2, messagesDead: 0, incidents: 2 };
      expect(await store.backlog(time(10))).toEqual({ ...nothingDue, ...rest });
      expect(await store.backlog(time(13))).toEqual({ timersOverdue: 2, timersOverdueSince: time(11), ...rest });

      const [one, , other] = changes;
      if (one === undefined || other === undefined) throw new Error('there are three');
      const gone = { gone: [{ step: 'a', who: 'incident' }], listed: [] };
      expect(await store.commit([next(other, { timer: null, work: gone })])).toEqual(['ok']);
      await store.killMessages(subscription, 'HTTP 410', at, 1);
      expect(await store.backlog(time(15))).toEqual({
        timersOverdue: 2,
        timersOverdueSince: time(11),
        messagesWaiting: 1,
        messagesDead: 1,
        incidents: 1,
      });
    });

    it('is counted to ten thousand', async () => {
      const { store } = await setup(fresh);
      const messages = Array.from({ length: 10_001 }, (_, n) => ({ subscription, seq: n + 1, since: at }));
      expect(await store.commit([born({ messages })])).toEqual(['ok']);
      expect(await store.backlog(at)).toMatchObject({ messagesWaiting: 10_000 });
    });
  });
}
