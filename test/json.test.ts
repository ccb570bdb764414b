import canonicalize from 'canonicalize';
import fc from 'fast-check';
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

  it('agrees with the library on any JSON value', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'toString', '1', '02', '9', '10', 'at'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom<unknown>(null, true, -0, 1e21, 5e-324),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs)),
      ),
    }));
    fc.assert(
      fc.property(value, (any) => {
        expect(canonicalJson(any)).toBe(canonicalize(any));
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined])('has no text for %s', (value) => {
    expect(() => canonicalJson(value)).toThrow();
    expect(() => canonicalJson([1, { '2': value ?? Number.NaN, a: value ?? Number.NaN }])).toThrow();
  });
});

it('sha256 is of the UTF-8 bytes', () => {
  expect(sha256('销售')).toBe('f04b061471b1fd165d7af6258fe4f698846af1701e9b829765251908a629a448');
});
