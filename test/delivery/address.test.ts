import { describe, expect, it } from 'vitest';
import { allowList, wrongAddress } from '../../src/delivery/index.ts';

function listed(...entries: readonly string[]) {
  const list = allowList(entries);
  if (list === null) throw new Error('not a list');
  return list;
}

describe('the address of a webhook', () => {
  it.each([
    'https://example.com/hook?a=b',
    'https://例子.example.com/',
    'https://8.8.8.8:8443/hook',
    'https://[2606:4700:4700::1111]/',
    'https://10.example.com/',
  ])('may be %s', (url) => {
    expect(wrongAddress(url, listed())).toBeNull();
  });

  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://me@example.com/',
    'https://me:secret@example.com/',
    'https://example.com/#part',
    'example.com/hook',
    '',
    'https://',
    `https://example.com/${'x'.repeat(2_000)}`,
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.0.0.1./',
    'https://１２７.0.0.1/',
    'https://10.0.0.1/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://192.0.2.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://[::]/',
    'https://[::1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::7f00:1]/',
    'https://[::ffff:0:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001::1]/',
    'https://[2001:db8::1]/',
    'https://[fc00::1]/',
    'https://[fd12:3456::1]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[ff02::1]/',
    'https://[4000::1]/',
  ])('may not be %s', (url) => {
    expect(wrongAddress(url, listed())).toEqual({ zh: expect.any(String), en: expect.any(String) });
  });

  it('may be an intranet that is allowed, then also without TLS', () => {
    const list = listed('crm.intranet', '10.1.0.0/16', 'fd00::/8', '192.168.1.7', 'localhost');
    const verdicts = Object.fromEntries(
      [
        'http://crm.intranet:8080/hook',
        'http://CRM.intranet./',
        'http://10.1.2.3/',
        'https://[fd00::1]/',
        'https://[::ffff:10.1.2.3]/',
        'http://192.168.1.7/',
        'http://localhost/',
        'http://me@crm.intranet/',
        'http://other.intranet/',
        'https://10.2.0.1/',
        'https://192.168.1.8/',
      ].map((url) => [url, wrongAddress(url, list) === null]),
    );
    expect(Object.values(verdicts)).toEqual([true, true, true, true, true, true, true, false, false, false, false]);
  });

  it.each(['10.0.0.0/33', 'http://x', 'a b', '127.1', '', '*', 'a..b', 'x/24'])(
    'is allowed by no entry %j',
    (entry) => {
      expect(allowList([entry])).toBeNull();
    },
  );
});
