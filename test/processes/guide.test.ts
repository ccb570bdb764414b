import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { formatProblem, problemCodes, readCalendar, readProcess } from '../../src/definition/index.ts';
import { calendarSchema, processSchema, scenarioSchema } from '../../src/schemas.ts';
import { freshFolder, runCli } from '../cli/testing-cli.ts';

// How the guide marks its examples:
//   ```yaml process    a whole file: reads without any problem; the first one is what the ```diff recipes change
//   ```yaml calendar   a whole calendar: reads without any problem
//   ```yaml            a part of a file: follows the schema of the element its first word belongs to
//   ```diff            a recipe: applies to the first whole file, touches at most 6 lines, leaves no problem
//   ```yaml scenarios  the scenarios of the first whole file; ```text test [changed] [--flags] is what trying them prints,
//                      `changed`: with the first ```diff recipe applied
//   ```diff problems   mistakes made in the first whole file: the ```text after it is what the check then prints
const guide = readFileSync(new URL('../../processes/README.md', import.meta.url), 'utf8');

interface Example {
  readonly kind: string;
  readonly line: number;
  readonly text: string;
}

const examples: readonly Example[] = [...guide.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  kind: match[1] ?? '',
  line: guide.slice(0, match.index).split('\n').length,
  text: match[2] ?? '',
}));

function ofKind(kind: string): Example[] {
  const found = examples.filter((example) => example.kind === kind);
  if (found.length === 0) throw new Error(`the guide has no example of the kind ${kind}`);
  return found;
}

const wholeFile = ofKind('yaml process')[0]?.text ?? '';

describe('the guide for process owners', () => {
  it.each(ofKind('yaml process'))('shows a whole file at line $line that reads without a problem', ({ text }) => {
    expect(readProcess(text, 'example.yaml').problems).toEqual([]);
  });

  it.each(ofKind('yaml calendar'))('shows a calendar at line $line that reads without a problem', ({ text }) => {
    expect(readCalendar(text, 'example.yaml').problems).toEqual([]);
  });

  it.each(ofKind('diff problems'))('shows what the check really prints for the mistakes at line $line', (example) => {
    const printed = examples[examples.indexOf(example) + 1];
    expect(printed?.kind).toBe('text');
    const mistaken = applyDiff(wholeFile, example.text);
    const { problems } = readProcess(mistaken, 'processes/purchase.yaml');
    expect(printed?.text.trim()).toBe(problems.map((problem) => formatProblem(problem, mistaken, 'en')).join('\n'));
  });

  it.each(examples.filter(({ kind }) => kind.startsWith('text test')))(
    'shows what trying the scenarios really prints at line $line',
    async ({ kind, text }) => {
      const folder = freshFolder();
      mkdirSync(join(folder, 'processes'));
      const words = kind.split(' ').slice(2);
      const isChanged = words.includes('changed');
      const process = isChanged ? applyDiff(wholeFile, ofKind('diff')[0]?.text ?? '') : wholeFile;
      writeFileSync(join(folder, 'processes/purchase.yaml'), process);
      writeFileSync(join(folder, 'processes/purchase.test.yaml'), ofKind('yaml scenarios')[0]?.text ?? '');
      const flags = words.filter((word) => word.startsWith('--'));
      const { code, out } = await runCli(['test', join(folder, 'processes'), ...flags]);
      expect(code).toBe(isChanged ? 1 : 0);
      const timeless = (printed: string) => printed.replaceAll(/\d+\.\d\d s\)/g, 'N s)').trim();
      expect(timeless(text)).toBe(timeless(out.replaceAll(`${folder}/`, '')));
    },
  );

  it.each(ofKind('yaml'))('shows at line $line a part that follows the schema', ({ text }) => {
    for (const [word, value] of Object.entries<unknown>(parse(text))) {
      const validate = partValidator(word);
      expect([validate(value), validate.errors]).toEqual([true, null]);
    }
  });

  it.each(ofKind('diff'))('changes the whole file by the recipe at line $line', ({ text }) => {
    for (const sign of ['+', '-']) {
      expect(text.split('\n').filter((line) => line.startsWith(sign)).length).toBeLessThanOrEqual(6);
    }
    expect(readProcess(applyDiff(wholeFile, text), 'example.yaml').problems).toEqual([]);
  });

  it('lists every warning and hint that the check has', () => {
    const codes = Object.entries(problemCodes).flatMap(([code, { severity }]) => (severity === 'error' ? [] : [code]));
    expect(codes.filter((code) => !guide.includes(`\`${code}\``))).toEqual([]);
  });

  it('explains every word of the schema', () => {
    const words = new Set([processSchema, calendarSchema, scenarioSchema].flatMap(wordsOf));
    expect(words.size).toBeGreaterThan(40);
    expect([...words].filter((word) => !guide.includes(`\`${word}\``))).toEqual([]);
  });
});

const ajv = new Ajv2020({ strict: false, allErrors: true }).addSchema(processSchema);
const homes = ['properties', ...['phase', 'step', 'activity'].map((element) => `$defs/${element}/properties`)];

/** The validator of the value of a word, at the outermost element that knows the word. */
function partValidator(word: string): ValidateFunction {
  const found = homes.flatMap((home) => ajv.getSchema(`urn:phasegate:schema:process#/${home}/${word}`) ?? []);
  if (found[0] === undefined) throw new Error(`no element has the word ${word}`);
  return found[0];
}

/** Every name of a member that the schema allows anywhere. */
function wordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value) : []),
    ...wordsOf(value),
  ]);
}

/** Applies hunks (parted by `@@` lines) of context, `-` and `+` lines; each must fit exactly one place. */
function applyDiff(text: string, diff: string): string {
  return diff.split(/^@@.*\n/m).reduce((before, hunk) => {
    const lines = hunk.split('\n').filter((line) => line !== '');
    const side = (sign: string) =>
      lines
        .filter((line) => line.startsWith(' ') || line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    expect(`\n${before}`.split(`\n${side('-')}`)).toHaveLength(2);
    return `\n${before}`.replace(`\n${side('-')}`, () => `\n${side('+')}`).slice(1);
  }, text);
}
