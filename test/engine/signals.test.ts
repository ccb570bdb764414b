import { describe, expect, it } from 'vitest';
import { correlationsOf, decide, explain, isEarly } from '../../src/engine/index.ts';
import type { Instance } from '../../src/engine/types.ts';
import { PARCEL } from '../service/parcel.ts';
import { ADMIN, accepted, actor, CLERK, command, compiled, environment, failing, NOW, run } from './process.ts';

const parcel = compiled(PARCEL);
const carrier = actor('dhl', 'carrier');

/** A signal as the service brings it. */
function told(instance: Instance, signal: string, data: unknown, by = carrier) {
  return decide(
    parcel,
    instance,
    { ...command('signal', { signal, id: 'x', data }, by), internal: true },
    environment(),
  );
}

function refusedAs(instance: Instance, signal: string, data: unknown, by = carrier) {
  const refusal = told(instance, signal, data, by);
  if (refusal.ok) throw new Error('it was accepted');
  return refusal;
}

/** Packed, and on its way. */
function shipped() {
  const begun = run(parcel, { order_no: 'S-1', waybill: 'W-1' });
  begun.do('complete', { activity: 'pack', with: { packed_by: 'bo' } });
  begun.do('advance', { step: 'packing' });
  return begun;
}

describe('a signal', () => {
  it('completes its activity by its own rules, whoever they say does it', () => {
    const { instance } = shipped();
    const { entries, instance: after } = accepted(told(instance, 'delivered', { delivered_at: NOW, receiver: 'Li' }));
    expect(after.activities['hand-over']).toMatchObject({ status: 'done', by: 'dhl' });
    expect(entries[0]).toMatchObject({ type: 'signal', actor: 'dhl', command: { activity: 'hand-over', id: 'x' } });
    expect(JSON.stringify(entries)).not.toContain('"Li"');
    expect(failing(refusedAs(after, 'delivered', { delivered_at: NOW }))).toEqual(['activity-open']);
  });

  it('is refused to other roles, in another step, on hold and after the end', () => {
    const early = run(parcel, { order_no: 'S-1' });
    expect(failing(refusedAs(early.instance, 'delivered', { delivered_at: NOW }))).toEqual(['step-open']);
    const late = shipped();
    expect(failing(refusedAs(late.instance, 'delivered', { delivered_at: NOW }, CLERK))).toEqual(['role-held']);
    // Nobody is named: administrators alone.
    expect(failing(refusedAs(early.instance, 'packed', { packed_by: 'bo' }))).toEqual(['role-held']);
    accepted(told(early.instance, 'packed', { packed_by: 'bo' }, ADMIN));
    late.do('hold', { reason: 'customs' });
    expect(failing(refusedAs(late.instance, 'weighed', { weight: 3 }))).toEqual(['not-on-hold']);
    late.do('resume');
    late.do('complete', { activity: 'hand-over', with: { delivered_at: NOW } });
    late.do('advance');
    expect(failing(refusedAs(late.instance, 'weighed', { weight: 3 }))).toEqual(['instance-open']);
  });

  it.each([
    ['delivered', {}, '/data/delivered_at'],
    ['delivered', { delivered_at: 'now' }, '/data/delivered_at'],
    ['delivered', { delivered_at: NOW, weight: 3 }, '/data/weight'],
    ['weighed', {}, '/data'],
    ['weighed', { weight: 0 }, '/data/weight'],
    ['weighed', { order_no: 'S-2' }, '/data/order_no'],
    ['weighed', { weight: null }, '/data/weight'],
    ['weighed', 3, '/data'],
    ['wighed', {}, '/signal'],
  ])('%s with %o is refused at %s', (signal, data, pointer) => {
    const { problems, code } = refusedAs(shipped().instance, signal, data);
    expect([code, problems.map((problem) => problem.pointer)]).toEqual([
      'invalid-input',
      expect.arrayContaining([pointer]),
    ]);
  });

  it('is brought by the service alone, and nobody is offered it', () => {
    const begun = shipped();
    expect(begun.refuse('signal', { signal: 'delivered', id: 'x', data: {} }).code).toBe('unknown-event');
    const context = { process: parcel, instance: begun.instance, actor: ADMIN, at: NOW, now: NOW };
    expect(explain(context).filter(({ type }) => type === 'signal')).toEqual([]);
  });
});

it('a signal is early until its step opens, and while its instance is on hold', () => {
  const early = (instance: Instance) =>
    [...parcel.signals.values()].filter((signal) => isEarly(parcel, instance, signal)).map(({ signal }) => signal.id);
  const begun = run(parcel, { order_no: 'S-1' });
  expect(early(begun.instance)).toEqual(['delivered']);
  begun.do('complete', { activity: 'pack', with: { packed_by: 'bo' } });
  begun.do('advance', { step: 'packing' });
  // What is done already is not early: it is refused.
  expect(early(begun.instance)).toEqual([]);
  begun.do('hold', { reason: 'customs' });
  expect(early(begun.instance)).toEqual(['delivered', 'weighed', 'packed']);
});

it('an instance is found by its key and the fields that its signals match, as long as it is open', () => {
  const begun = run(parcel, { order_no: 'S-1' });
  expect(correlationsOf(parcel, begun.instance)).toEqual([{ field: 'order_no', value: 'S-1' }]);
  const { instance } = shipped();
  const both = [
    { field: 'order_no', value: 'S-1' },
    { field: 'waybill', value: 'W-1' },
  ];
  expect(correlationsOf(parcel, instance)).toEqual(both);
  expect(correlationsOf(parcel, { ...instance, status: 'on-hold' })).toEqual(both);
  expect(correlationsOf(parcel, { ...instance, status: 'closed' })).toEqual([]);
});
