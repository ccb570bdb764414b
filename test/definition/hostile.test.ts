import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Problem, readProcess } from '../../src/definition/index.ts';
import { soundFile } from './marked-file.ts';

const codes = (text: string): string[] => [...new Set(readProcess(text, 'x.yaml').problems.map(({ code }) => code))];

describe('a hostile file', () => {
  it.each([
    ['[', 900],
    ['[', 900],
    ['{a: ', 900],
    ['- ', 900],
    ['? ', 900],
    ['a: ', 900],
    ['[a: ', 900],
    ['[{', 100_000],
    ['- - ', 60_000],
    ['\t[', 900],
    ['[\n', 900],
  ])('of %j × %i is refused before the parser sees it', (unit, times) => {
    expect(codes(unit.repeat(times))).toEqual(['nested-too-deep']);
  });

  it('of nested pairs without brackets is refused', () => {
    expect(codes(`[${'a: '.repeat(5000)}a]`)).toEqual(['nested-too-deep']);
  });

  it('of brackets that are only text behind a tag is refused', () => {
    expect(codes(`[!x\n "${'['.repeat(900)}"]`)).toEqual(['tag']);
  });

  it('of deeper and deeper indentation is refused', () => {
    const lines = Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}a:`);
    expect(codes(lines.join('\n'))).toEqual(['nested-too-deep']);
  });

  it('of aliases that multiply is refused at each anchor and alias', () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefgh'.split('').map((c, n) => `${c}: &${c} [*${'abcdefg'[n]}, *${'abcdefg'[n]}]`),
    ];
    const { definition, problems } = readProcess(bomb.join('\n'), 'x.yaml');
    expect(definition).toBeNull();
    expect(problems.filter(({ code }) => code === 'alias')).toHaveLength(14);
    expect(problems.filter(({ code }) => code === 'anchor')).toHaveLength(8);
  });

  it('of a megabyte is refused by its size, counted in bytes', () => {
    expect(codes('a'.repeat(1024 * 1024))).toEqual(['file-too-large']);
    expect(codes('中'.repeat(90_000))).toEqual(['file-too-large']);
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['escape', '\u001b[31m'],
    ['a lone surrogate', '\ud800'],
    ['a lone carriage return', 'process: a\rsubject: b'],
  ])('with %s is refused at its place', (_name, text) => {
    expect(codes(`# ${text}`)).toEqual(['control-character']);
  });

  it.each(['__proto__', 'constructor', 'prototype', '"__proto__"', '"\\x5f_proto__"'])(
    'with the key %s is refused and changes no prototype',
    (key) => {
      expect(codes(`${key}: { polluted: true }`)).toContain('forbidden-key');
      expect(codes(`fields:\n  ${key}: { polluted: true }`)).toContain('forbidden-key');
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  );

  it.each([
    ['keys', Array.from({ length: 20_000 }, (_, n) => `k${n}: 1`).join('\n')],
    ['items', `key: [${Array.from({ length: 40_000 }, (_, n) => n).join(',')}]`],
    [
      'reasons',
      soundFile.replace('[price, other]', `[${Array.from({ length: 40_000 }, (_, n) => `r${n}`).join(',')}]`),
    ],
    ['supplies', soundFile.replaceAll('[offers]', `[${Array.from({ length: 30_000 }, (_, n) => `f${n}`).join(',')}]`)],
    [
      'unknown names in conditions',
      soundFile.replace(
        'known(offers)\n',
        `x\n${Array.from({ length: 4_000 }, (_, n) => `      c${n}: a${n}x+b${n}y+c${n}z>f${n}`).join('\n')}\n`,
      ),
    ],
    ['equal keys', 'a: 1\n'.repeat(40_000)],
    ['commas', `[${','.repeat(200_000)}`],
    ['closing brackets', ']'.repeat(200_000)],
    ['unknown fields', `fields:\n${Array.from({ length: 8_000 }, (_, n) => `  f${n}: { x: 1 }`).join('\n')}`],
    ['one long line', 'a'.repeat(250_000)],
    ['quotes', '"" '.repeat(60_000)],
  ])('of nothing but %s is answered with a bounded list of problems', (_name, text) => {
    const { definition, problems } = readProcess(text, 'x.yaml');
    expect(definition).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(500);
  });

  it('with more warnings than are kept still shows its errors', () => {
    const unused = Array.from({ length: 480 }, (_, n) => `  unused_${n}: { type: text }`).join('\n');
    const reasons = Array.from({ length: 90 }, (_, n) => `r${n}: { zh: 一 }`).join(', ');
    const text = soundFile
      .replace('  due_on:', `${unused}\n  due_on:`)
      .replace('[price, other]', `{ ${reasons} }`)
      .replace('compared: known(offers)', 'compared: known(ordered_at)');
    const { definition, problems } = readProcess(text, 'x.yaml');
    expect(definition).toBeNull();
    expect(problems.filter(({ severity }) => severity === 'warning')).toHaveLength(500);
    expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toContain(
      'gate-reads-later',
    );
  });

  it('may hold & * ! % and brackets where they are only text', () => {
    const text = soundFile
      .replace('{ zh: 采购, en: Purchase }', '{ zh: "&采购 *x !y", en: a & b * c ! %d } # &x *y !z [[[[ --- <<')
      .replace('source: 采购制度', `note: |\n  ---x &a *b !c ${'['.repeat(200)}\nsource: 采购制度`);
    expect(readProcess(text, 'x.yaml').problems).toEqual([]);
  });

  it('may start with a byte order mark and end its lines with CR LF', () => {
    expect(readProcess(`\ufeff${soundFile.replaceAll('\n', '\r\n')}`, 'x.yaml').problems).toEqual([]);
  });
});

function expectInside(problem: Problem, text: string): void {
  const lines = text.split('\n');
  const line = lines[problem.line - 1];
  expect(line).toBeDefined();
  expect(problem.column).toBeGreaterThanOrEqual(1);
  expect(problem.column - 1 + problem.length).toBeLessThanOrEqual(line?.length ?? 0);
}

describe('any file', () => {
  const lines = soundFile.split('\n');
  const at = fc.nat({ max: soundFile.length - 1 });
  const lineAt = fc.nat({ max: lines.length - 1 });
  const change = fc.oneof(
    at.map((n) => (text: string) => text.slice(0, n) + text.slice(n + 1)),
    fc.tuple(at, fc.constantFrom(...'[]{}:,-&*!#|>\'"%@` \n\t?<=.0a中\u0000\\')).map(
      ([n, c]) =>
        (text: string) =>
          text.slice(0, n) + c + text.slice(n),
    ),
    lineAt.map((n) => (text: string) => text.split('\n').toSpliced(n, 1).join('\n')),
    lineAt.map(
      (n) => (text: string) =>
        text
          .split('\n')
          .toSpliced(n, 0, lines[n] ?? '')
          .join('\n'),
    ),
    lineAt.map((n) => (text: string) => text.split('\n').toSpliced(n, 1, `  ${lines[n]}`).join('\n')),
    fc.tuple(at, fc.nat({ max: 30 })).map(
      ([n, k]) =>
        (text: string) =>
          text.slice(0, n) + text.slice(n + k),
    ),
  );

  it('near a sound one is read without throwing, its problems lie inside it, and it has errors or a definition', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const text = changes.reduce((before, apply) => apply(before), soundFile);
        const { definition, problems } = readProcess(text, 'x.yaml');
        expect(definition === null).toBe(problems.some(({ severity }) => severity === 'error'));
        for (const problem of problems) expectInside(problem, text);
      }),
      { numRuns: 400 },
    );
  });

  it('of any shape is read without throwing', () => {
    const value = fc.json({ maxDepth: 4 });
    const shaped = fc
      .tuple(fc.constantFrom('roles', 'fields', 'tables', 'outcomes', 'phases', 'key', 'title'), value)
      .map(([key, json]) =>
        soundFile.replace(new RegExp(`^${key}:[^\\n]*\\n(?:[ \\n][^\\n]*\\n?)*`, 'm'), () => `${key}: ${json}\n`),
      );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), value, shaped), (text) => {
        const { problems } = readProcess(text, 'x.yaml');
        for (const problem of problems) expectInside(problem, text);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [0, 1],
    [1, 0],
  ])('with %i steps of 45 criteria that tell many cases apart is looked at for so long, no longer', (steps, told) => {
    const conditions = Array.from({ length: 50 }, (_, n) => `f${n % 3} >= ${n}`).join(', ');
    const criteria = Array.from({ length: 45 }, (_, n) => `          c${n}: { at_least: 25, of: [${conditions}] }`);
    const text = `process: heavy
title: { zh: 重, en: Heavy }
subject: case
roles: { rep: { title: { zh: 代表, en: Rep } } }
fields:
${['f0', 'f1', 'f2', 'g'].map((id) => `  ${id}: { type: integer, min: 0 }`).join('\n')}
outcomes: { won: { title: { zh: 赢, en: Won } } }
phases:
  one:
    title: { zh: 一, en: One }
    steps:
      first:
        title: { zh: 首, en: First }
        owner: rep
        activities: { fill: { title: { zh: 填, en: Fill }, supplies: [f0, f1, f2, g] } }
${Array.from({ length: steps }, (_, n) => `      s${n}:\n        title: { zh: 步, en: Step }\n        owner: rep\n        exit:\n${criteria.join('\n')}`).join('\n')}
      last:
        title: { zh: 末, en: Last }
        owner: rep
        exit: { odd: { all: [g >= 5, g < 3] } }
        milestone: won
`;
    const { definition, problems } = readProcess(text, 'x.yaml');
    expect(definition).not.toBeNull();
    expect(problems.filter(({ code }) => code === 'never-holds')).toHaveLength(told);
  });
});
