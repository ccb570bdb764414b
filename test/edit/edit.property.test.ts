import { diffArrays } from 'diff';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Lexer, parseDocument, stringify } from 'yaml';
import { editProcess } from '../../src/edit/index.ts';
import { ProcessError } from '../../src/errors.ts';
import { type File, fileOf, randomEdit, shipped } from './random-edit.ts';

const RUNS = 200;

/** The lines with their breaks. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function commentsOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).sort();
}

/** The lines taken out and put in, and in how many places. */
function touched(before: string, after: string) {
  const parts = diffArrays([...linesOf(before)], [...linesOf(after)]);
  const of = (side: 'added' | 'removed') => parts.filter((part) => part[side]).flatMap(({ value }) => value);
  const places = parts.filter(
    ({ added, removed }, n) => (added || removed) && !(parts[n - 1]?.added || parts[n - 1]?.removed),
  );
  return { added: of('added'), removed: of('removed'), places: places.length };
}

/** Whitespace at both ends of lines may change where something is moved. */
const trimmed = (lines: readonly string[]) => lines.map((line) => line.trim()).sort();

/** Null: where a remark stands in the way, it is left to its owner. */
function editedOrRefused({ text, name }: File, operation: unknown) {
  try {
    return editProcess(text, name, [operation], '/operations');
  } catch (error) {
    if (error instanceof ProcessError && error.detail.en.includes('edit it by hand')) return null;
    throw error;
  }
}

function check(files: readonly File[], numRuns: number): { readonly accepted: number } {
  let accepted = 0;
  fc.assert(
    fc.property(randomEdit(files), ({ file, operation, expected }) => {
      const edited = editedOrRefused(file, operation);
      if (edited === null) return;
      const { yaml, definition } = edited;
      if (definition !== null) {
        accepted++;
        expect(definition).toEqual(expected);
      }
      const { added, removed, places } = touched(file.text, yaml);
      const { op } = operation;
      const id = String(operation.at).split(':').at(-1) ?? '';
      if (op !== 'remove') {
        // Every remark is there, as often as it was.
        expect(commentsOf(yaml)).toEqual(commentsOf(file.text));
      }
      if (String(op).startsWith('set')) {
        expect(places).toBeLessThanOrEqual(1);
        expect(Math.max(added.length, removed.length)).toBeLessThanOrEqual(6);
      }
      if (op === 'add') expect([removed.length <= 1, places]).toEqual([true, 1]);
      if (op === 'rename') {
        // Each line that is touched named it, but for the one that says `was`.
        for (const line of removed) expect(line).toMatch(new RegExp(`^ *was: |\\b${id}\\b`));
        expect(added.length - removed.length).toBeLessThanOrEqual(1);
      }
      // The last activity of a step takes the word with it.
      if (op === 'move' && !String(operation.at).startsWith('activity:'))
        expect(trimmed(added)).toEqual(trimmed(removed));
      if (op === 'remove') expect(added.length).toBeLessThanOrEqual(2);
      const breaks = new Set(linesOf(file.text).map((line) => line.endsWith('\r\n')));
      expect(
        new Set(
          linesOf(yaml)
            .slice(0, -1)
            .map((line) => line.endsWith('\r\n')),
        ),
      ).toEqual(breaks);
    }),
    { numRuns },
  );
  return { accepted };
}

it('changes what was asked for and no other byte, in the shipped files', { timeout: 120_000 }, () => {
  // The others are refused, since no file with errors comes out.
  expect(check(shipped, RUNS).accepted).toBeGreaterThan(RUNS / 2);
});

it('keeps the line breaks of Windows', { timeout: 120_000 }, () => {
  const files = shipped.map(({ name, text }) => fileOf(name, text.replaceAll('\n', '\r\n')));
  expect(check(files, RUNS / 4).accepted).toBeGreaterThan(RUNS / 8);
});

it('finds its way in files that are all braces, or all blocks', { timeout: 120_000 }, () => {
  const files = shipped.flatMap(({ name, text }) => {
    const document = parseDocument(text);
    const value = document.toJS();
    return [fileOf(name, `# one remark\n${stringify(value)}`), fileOf(name, flow(value))];
  });
  fc.assert(
    fc.property(randomEdit(files), ({ file, operation, expected }) => {
      const { yaml, definition } = editProcess(file.text, file.name, [operation], '/operations');
      if (definition !== null) expect(definition).toEqual(expected);
      expect(commentsOf(yaml)).toEqual(commentsOf(file.text));
    }),
    { numRuns: RUNS / 2 },
  );
});

/** Phases as one line of braces each. */
function flow(value: Readonly<Record<string, unknown>>): string {
  return Object.entries(value)
    .map(([key, own]) => `${key}: ${JSON.stringify(own)} # ${key}\n`)
    .join('');
}
