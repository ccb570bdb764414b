import { expect } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { CHILD, PARENT } from '../engine/parent.ts';
import { ADMIN, actor } from '../engine/process.ts';
import { type node, request, setup } from './setup.ts';

export const CARLA: Actor = { ...actor('carla', 'clerk', 'boss'), team: 'east' };

type Node = Awaited<ReturnType<typeof node>>;

/** Carries out what is open between instances, as the worker does, until nothing is. */
export async function settle({ service, store }: Pick<Node, 'service' | 'store'>): Promise<void> {
  for (let n = 0; n < 20; n += 1) {
    expect((await service.settleLinks(null, 64)).failed).toEqual([]);
    if ((await store.openLinks(null, 1)).length === 0) return;
  }
}

/** A service with an instance of the process `parent`, which stands before the step that starts children. */
export async function family(url?: string, fields: Record<string, unknown> = { wanted: true }) {
  const made = await setup(url);
  await made.service.publish(PARENT, ADMIN);
  await made.service.publish(CHILD, ADMIN);
  const { id } = (await made.service.start({ process: 'parent', fields }, request(CARLA))).instance;
  return {
    ...made,
    id,
    settle: () => settle(made),
    send: (type: string, members: Record<string, unknown> = {}, who = CARLA) =>
      made.service.send(id, { type, ...members }, request(who)),
    parent: () => made.service.getInstance(id, ADMIN),
    /** Records of the children by name, the newest of each, with their ids. */
    async children() {
      const { records } = await made.service.getInstance(id, ADMIN);
      return Object.fromEntries(
        Object.entries(records.children).map(([child, record]) => [record.name, { ...record, id: child }]),
      );
    },
    /** Closes a child as its own people would. */
    close: (child: string, outcome = 'poor') =>
      made.service.send(child, { type: 'close', outcome, reason: 'x' }, request(ADMIN)),
  };
}
