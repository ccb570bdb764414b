import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenarios } from '../../src/scenario/index.ts';
import { ownCriteria } from '../../src/scenario/refusal-words.ts';
import { scenarioSchema } from '../../src/schemas.ts';
import { unmark } from '../definition/marked-file.ts';
import { compiled, SMALL } from '../engine/process.ts';
import { loan } from './loan.ts';
import { scenarioMistakes, soundScenarios } from './mistakes.ts';

function setup() {
  const process = loan();
  return (text: string) => readScenarios(text, 'loan.test.yaml', (id) => (id === 'loan' ? process : undefined));
}

describe('a file of scenarios', () => {
  const read = setup();

  it('reads without a problem', () => {
    const { file, problems } = read(soundScenarios);
    expect(problems).toEqual([]);
    expect(file?.scenarios.map(({ name, begin, steps }) => [name, begin.kind, steps.length])).toEqual([
      ['first', 'start', 4],
      ['second', 'after', 3],
    ]);
  });

  it.each(scenarioMistakes)('%# %s → %s', (from, to, ...codes) => {
    expect(soundScenarios).toContain(from);
    const { text, places } = unmark(soundScenarios.replace(from, () => to));
    const { file, problems } = read(text);
    expect(problems.map(({ code }) => code)).toEqual(codes);
    expect(problems.map(({ line, column, length }) => [line, column, length])).toEqual(
      expect.arrayContaining([...places]),
    );
    expect(file).toBeNull();
  });

  it('says what to do, in both languages', () => {
    expect(read(soundScenarios.replace('after: first', 'after: frist')).problems).toMatchObject([
      {
        code: 'unknown-scenario',
        severity: 'error',
        message: { zh: '没有名为“frist”的场景', en: 'There is no scenario “frist”' },
        remedy: { zh: '是不是想写 first？', en: 'Did you mean first?' },
      },
    ]);
  });

  it('is warned of working time that no calendar says', () => {
    const process = compiled(SMALL);
    const text =
      'process: small\nat: 2026-03-02T09:00+08:00\nscenarios: [{ name: a, start: {}, do: [{ wait: 2 working days }, { wait: 2 days }] }]';
    const { file, problems } = readScenarios(text, 'x', () => process);
    expect(problems.map(({ code, severity, line, length }) => [code, severity, line, length])).toEqual([
      ['calendar-missing', 'warning', 3, 14],
    ]);
    expect(file).not.toBeNull();
  });

  it('is not held against a process that has errors of its own', () => {
    const { problems } = readScenarios(soundScenarios.replace('complete: form', 'complete: from'), 'x', () => null);
    expect(problems).toEqual([]);
  });

  it('is answered, whatever is in it', () => {
    const lines = soundScenarios.split('\n');
    const word = fc.constantFrom(
      'start',
      'do',
      'expect',
      '[',
      '{ a: 1 }',
      'null',
      '- x',
      '&a',
      'wait: 3',
      ': ',
      '"',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(60), word, (line, column, more) => {
        const text = lines
          .map((each, n) => (n === line ? `${each.slice(0, column)}${more}${each.slice(column)}` : each))
          .join('\n');
        const { file, problems } = read(text);
        expect(file === null).toBe(problems.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 300 },
    );
    for (const text of ['', '[', '['.repeat(900), ' '.repeat(300_000), 'scenarios: 1', '- a'])
      expect(read(text).file).toBeNull();
  });
});

it('refusals may name every criterion of the engine’s own', () => {
  const folder = new URL('../../src/engine/', import.meta.url);
  const found = readdirSync(folder).flatMap((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return [
      ...text.matchAll(/state\('([a-z-]+)'|^ +id: '([a-z-]+)',|^(?:export )?const [A-Z_]+ = '([a-z]+-[a-z-]+)';/gm),
    ].map(([, state, id, constant]) => state ?? id ?? constant ?? '');
  });
  expect(found.length).toBeGreaterThan(40);
  // Going over to another version and back is nothing that a scenario does.
  const named = [...new Set(found)].filter((id) => !/^(migration|revert)-/.test(id));
  expect(named.filter((id) => !ownCriteria.includes(id))).toEqual([]);
});

it('the schema tells editors of each word in Chinese and in English', () => {
  const untold: string[] = [];
  const walk = (schema: unknown, path: string) => {
    for (const [word, part] of Object.entries(Object(Object(schema).properties))) {
      const { title = '', description = '' } = Object(part);
      if (!/\p{Script=Han}.* \/ /u.test(title) || !/\p{Script=Han}[^\n]*\n\n[A-Z"`trueadin]/u.test(description))
        untold.push(`${path}.${word}`);
    }
  };
  walk(scenarioSchema, 'file');
  for (const [name, part] of Object.entries(Object(scenarioSchema.$defs))) walk(part, name);
  expect(untold).toEqual([]);
});
