import { describe, expect, it } from 'vitest';
import { ADMIN, actor, CLERK } from '../engine/process.ts';
import { ACME, messaging } from './messaging.ts';
import { refusal } from './setup.ts';

describe('a subscription', () => {
  it.each([
    [{}, '/url'],
    [{ url: 7 }, '/url'],
    [{ url: 'https://10.1/' }, '/url'],
    [{ url: 'http://example.com/' }, '/url'],
    [{ url: 'https://example.com/', process: 'smal' }, '/process'],
    [{ url: 'https://example.com/', types: ['phasegate.instance.start'] }, '/types/0'],
    [{ url: 'https://example.com/', types: 'phasegate.instance.started' }, '/types'],
    [{ url: 'https://example.com/', types: Array.from({ length: 16 }, () => 'phasegate.instance.started') }, '/types'],
    [{ url: 'https://example.com/', services: 'credit' }, '/services'],
    [{ url: 'https://example.com/', services: ['Credit'] }, '/services'],
    [{ url: 'https://example.com/', uri: 1 }, '/uri'],
  ])('%j is wrong at %s', async (members, pointer) => {
    const { service } = await messaging(undefined);
    const answer = service.subscribe(members, ADMIN);
    const { code, extra } = await refusal(answer);
    expect([code, extra.errors]).toEqual(['invalid-input', [{ pointer, message: expect.anything() }]]);
  });

  it('is for administrators, at most 50 of a tenant', async () => {
    const { service } = await messaging(undefined);
    for (const who of [CLERK, actor('x')])
      expect((await refusal(service.subscribe({ url: 'https://example.com/' }, who))).code).toBe('role-required');
    for (let n = 0; n < 50; n += 1) await service.subscribe({ url: 'https://example.com/' }, ADMIN);
    expect((await refusal(service.subscribe({ url: 'https://example.com/' }, ADMIN))).code).toBe('not-allowed-now');
    await service.subscribe({ url: 'https://example.com/' }, ACME);
  });

  it.each([[{ overlapHours: 169 }], [{ overlapHours: -1 }], [{ overlapHours: '1' }], [{ hours: 1 }]])(
    'is not rotated with %j',
    async (members) => {
      const { service } = await messaging(undefined);
      const { id } = await service.subscribe({ url: 'https://example.com/' }, ADMIN);
      expect((await refusal(service.rotateSecret(id, members, ADMIN))).code).toBe('invalid-input');
    },
  );
});
