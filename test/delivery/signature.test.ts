import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { newSecret, signatureOf } from '../../src/delivery/index.ts';

it('is what the independent package accepts, with each of the secrets that hold', () => {
  const secrets = [newSecret(), newSecret()];
  const seconds = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({ 客户: '甲' });
  const headers = {
    'webhook-id': 'm-1',
    'webhook-timestamp': String(seconds),
    'webhook-signature': signatureOf(secrets, 'm-1', seconds, body),
  };
  for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual({ 客户: '甲' });
  expect(() => new Webhook(newSecret()).verify(body, headers)).toThrow('No matching signature');
  expect(() => new Webhook(secrets[0] ?? '').verify(`${body} `, headers)).toThrow('No matching signature');
});

it('is the signature of the published example', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(signatureOf([secret], 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});
