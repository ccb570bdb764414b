import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../src/json.ts';

describe('canonicalJson', () => {
  it('spells the example of RFC 8785, section 3.2.2, as the standard does', () => {
    const value = {
      numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, also those that look like an index', () => {
    const keys = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7, '10': 8, '9': 9 };
    expect(canonicalJson(keys)).toBe('{"\\r":2,"1":4,"10":8,"9":9,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined])('has no text for %s', (value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

it('sha256 is of the UTF-8 bytes', () => {
  expect(sha256('销售')).toBe('f04b061471b1fd165d7af6258fe4f698846af1701e9b829765251908a629a448');
});
