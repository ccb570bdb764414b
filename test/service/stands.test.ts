import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/engine/types.ts';
import { FINANCE, GUARDED, MANAGER, REP, STRANGER } from '../engine/guarded.ts';
import { ADMIN } from '../engine/process.ts';
import { anyCard, anyInstance, databases, refusal, request, setup } from './setup.ts';

const DAY_MS = 86_400_000;
const TIMED = GUARDED.replace(
  '        owner: instance-owner\n',
  '        owner: instance-owner\n        sla: { within: 4 days, warn: 50% }\n',
).replace('see: [finance, manager], supplies', 'see: [finance, manager], sla: { within: 1 day }, supplies');

describe.each(databases)('a board on %s', (_name, url) => {
  it('counts what the actor sees by the steps of the newest version, and what stands in others after them', async () => {
    const { service } = await setup(await url());
    await service.publish(TIMED, ADMIN);
    await service.start({ process: 'loan' }, request(REP));
    await service.start({ process: 'loan' }, request(STRANGER));
    const board = async (owner: string | null, who: Actor) => {
      const { steps, process, version } = await service.getBoard('loan', { ...anyCard, owner }, who);
      const rest = { process, version };
      return [rest, steps.map(({ phase, step, open }) => `${phase}/${step} ${open}`)];
    };
    const first = { process: 'loan', version: 1 };
    expect(await board(null, REP)).toEqual([first, ['all/apply 1', 'all/decide 0']]);
    expect(await board(null, MANAGER)).toEqual([first, ['all/apply 2', 'all/decide 0']]);
    expect(await board('xu', MANAGER)).toEqual([first, ['all/apply 1', 'all/decide 0']]);
    await service.publish(TIMED.replace('      apply:\n', '      begin:\n'), ADMIN);
    const other = ['all/begin 0', 'all/decide 0', 'all/apply 2'];
    expect(await board(null, MANAGER)).toEqual([{ ...first, version: 2 }, other]);
    expect(await refusal(service.getBoard('lone', anyCard, REP))).toMatchObject({ code: 'not-found' });
  });
});

describe.each(databases)('a list on %s', (_name, url) => {
  it('says since when an instance stands where it does, and how the deadline stands that comes first', async () => {
    const { service, clock } = await setup(await url());
    await service.publish(TIMED, ADMIN);
    const { instance } = await service.start({ process: 'loan' }, request(REP));
    const at = (days: number) => new Date(Date.parse('2026-02-13T09:30:00.000Z') + days * DAY_MS).toISOString();
    const stands = async (who = REP) => (await service.listInstances(anyInstance, who)).stands;
    const place = { phase: 'all', step: 'apply', since: at(0) };
    const own = { clock: 'step/apply', warned: false, due: at(4) };
    expect(await stands()).toEqual({ [instance.id]: [{ ...place, deadline: { ...own, state: 'running' } }] });
    // What is timed of an activity that somebody does not see is not for them.
    const credit = { clock: 'activity/credit', state: 'running', warned: false, due: at(1) };
    expect(await stands(FINANCE)).toEqual({ [instance.id]: [{ ...place, deadline: credit }] });
    clock.move(2 * DAY_MS + 1);
    // The breach of the one, then the warning of the other.
    for (const _ of [1, 2]) await service.fireTimers(100);
    expect(await stands()).toMatchObject({ [instance.id]: [{ deadline: { ...own, state: 'running', warned: true } }] });
    expect(await stands(FINANCE)).toMatchObject({ [instance.id]: [{ deadline: { ...credit, state: 'late' } }] });
    clock.move(2 * DAY_MS);
    expect(await stands()).toMatchObject({ [instance.id]: [{ deadline: { state: 'late', due: at(4) } }] });
  });
});
