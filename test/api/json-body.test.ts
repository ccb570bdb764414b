import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/api/json-body.ts';
import { ProcessError } from '../../src/errors.ts';

/** Where and why a text is refused. */
function refusal(text: string, depth = 32) {
  try {
    parseJson(text, depth);
  } catch (error) {
    if (error instanceof ProcessError) return { code: error.code, ...error.extra, en: error.detail.en };
    throw error;
  }
  return null;
}

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    const text = ' {"a":[1,-0.5,1e3,true,false,null,"\\u4e2d\\n\\ud83d\\ude00"],\r\n\t"b":{}, "c":[] } ';
    expect(parseJson(text, 32)).toEqual(JSON.parse(text));
  });

  it.each([
    ['', 1, 1, '', 'expected a value, but the body ends here.'],
    ['{"a":}', 1, 6, '/a', 'expected a value, but found "}".'],
    ['{"a":1,}', 1, 8, '', 'expected a key in double quotes, but found "}".'],
    ['{"a":1', 1, 7, '', 'expected , or }, but the body ends here.'],
    ['{\n "a": [1 2]}', 2, 10, '/a', 'expected , or ], but found "2".'],
    ["{'a':1}", 1, 2, '', 'expected a key in double quotes, but found "\'".'],
    ['{"a" 1}', 1, 6, '/a', 'expected :, but found "1".'],
    ['[01]', 1, 3, '', 'expected , or ], but found "1".'],
    ['[-]', 1, 2, '/0', 'expected a number, but found "-".'],
    ['{} x', 1, 4, '', 'expected the end of the body, but found "x".'],
    ['"abc', 1, 5, '', 'expected the closing " of a text, but the body ends here.'],
    ['["a\tb"]', 1, 4, '/0', 'a text may not hold a bare control character; write \\n, \\t and so on.'],
    ['["\\x"]', 1, 3, '/0', 'no such escape: write \\\\ for a backslash.'],
    ['["\\u12g4"]', 1, 3, '/0', 'four hexadecimal digits must follow \\u.'],
    ['{"a":{"b/c":["\\u0000"]}}', 1, 15, '/a/b~1c/0', 'a text may not hold NUL (\\u0000).'],
    ['["\\ud800x"]', 1, 3, '/0', 'half of a surrogate pair is not a character.'],
    ['["\\udc00"]', 1, 3, '/0', 'half of a surrogate pair is not a character.'],
    ['[1e999]', 1, 2, '/0', 'this number is too large to be held.'],
    ['{"a":1,"a":2}', 1, 8, '/a', 'the key "a" is there twice.'],
    ['{"a":1,"\\u0061":2}', 1, 8, '/a', 'the key "a" is there twice.'],
    ['{"x":{"__proto__":{}}}', 1, 7, '/x/__proto__', 'the key "__proto__" is not taken.'],
    ['{"\\u005f_proto__":1}', 1, 2, '/__proto__', 'the key "__proto__" is not taken.'],
    ['{"constructor":1}', 1, 2, '/constructor', 'the key "constructor" is not taken.'],
    ['nul', 1, 1, '', 'expected a value, but found "n".'],
  ])('refuses %j at line %i, column %i, pointer %j', (text, line, column, pointer, why) => {
    expect(refusal(text)).toEqual({
      code: 'malformed-json',
      line,
      column,
      pointer,
      en: `Line ${line}, column ${column}: ${why}`,
    });
  });

  it('takes as many levels as allowed, and not one more', () => {
    expect(parseJson('['.repeat(32) + ']'.repeat(32), 32)).toEqual(JSON.parse('['.repeat(32) + ']'.repeat(32)));
    expect(refusal('['.repeat(33) + ']'.repeat(33))).toMatchObject({ column: 33, pointer: '/0'.repeat(32) });
    expect(refusal('['.repeat(250_000))).toMatchObject({ column: 33 });
  });

  it('reads every JSON value back as it was', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6, noUnicodeString: false }), (text) => {
        fc.pre(!/__proto__|constructor|prototype|\\u0000|\\ud[89a-f]/i.test(text));
        expect(parseJson(text, 32)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses whatever JSON.parse refuses, always with a place', () => {
    const damaged = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-'))
      .map(([text, at, insert]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + insert + text.slice(place + (insert === '' ? 1 : 0));
      });
    fc.assert(
      fc.property(damaged, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        fc.pre(!valid);
        expect(refusal(text)).toMatchObject({
          code: 'malformed-json',
          line: expect.any(Number),
          column: expect.any(Number),
          pointer: expect.any(String),
        });
      }),
      { numRuns: 500 },
    );
  });
});
