import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readProcesses } from '../../src/definition/index.ts';
import { processSchema } from '../../src/schemas.ts';
import { offeredWords, type Schema, shippedProcesses, strangeKeywords, wordsIn } from './shown-words.ts';

const folder = new URL('../../processes/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** Words that no shipped process has, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'access.teams: open': 'what holds unless written, and a process that says it would say nothing',
};

function unshown(schema: Schema): readonly string[] {
  const shown = new Set(shippedProcesses().flatMap((file) => [...wordsIn(schema, file)]));
  return [...offeredWords(schema)].filter((word) => !shown.has(word));
}

test('every word and every value that the schema offers is in a shipped process', () => {
  expect(unshown(processSchema)).toEqual(Object.keys(exceptions));
});

test('a word, a value or a definition that nobody shows is found', () => {
  const schema = structuredClone(processSchema);
  Object.assign(Object(schema.$defs).step.properties, {
    colour: { type: 'string' },
    shape: { $ref: '#/$defs/shape' },
  });
  Object(schema.$defs).shape = { type: 'object', properties: { corners: { enum: [3, 4] } } };
  Object(schema.$defs).phase.properties.order.enum.push('random');
  expect([...unshown(schema)].sort()).toEqual([
    'access.teams: open',
    'phase.order: random',
    'shape.corners',
    'shape.corners: 3',
    'shape.corners: 4',
    'step.colour',
    'step.shape',
  ]);
});

test('the schema uses no keyword in which a word could hide', () => {
  expect(strangeKeywords(processSchema)).toEqual([]);
  expect(strangeKeywords({ properties: { a: { anyOf: [] } }, items: { oneOf: [{ patternProperties: {} }] } })).toEqual([
    'anyOf',
    'patternProperties',
  ]);
});

test('all shipped processes read together without an error, a warning or a hint', () => {
  const names = readdirSync(folder).filter((name) => /^[\w-]+\.yaml$/.test(name));
  const files = names.map((path) => ({ path, text: read(path) }));
  const calendars = readdirSync(new URL('calendars/', folder)).map((name) => name.replace('.yaml', ''));
  expect(readProcesses(files, new Set(calendars)).flatMap(({ problems }) => problems)).toEqual([]);
  expect(names).toContain('trade-fair.yaml');
});

test('the guide’s tour names words that the file has, and places that are in it', () => {
  const rows = [...read('README.md').matchAll(/^\| (.*) \| .* \| \[(\S+\.yaml)\]\(\2\) \| (.*) \|$/gm)];
  const ticked = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  const wrong = rows.flatMap(([, words = '', file = '', places = '']) => {
    const has = [...wordsIn(processSchema, parse(read(file)))];
    const ids = new Set([...read(file).matchAll(/([\w-]+):/g)].map(([, id]) => id));
    return [
      ...ticked(words).filter((word) => !has.some((name) => name.endsWith(`.${word}`))),
      ...ticked(places).filter((place) => !ids.has(place)),
    ].map((name) => `${file}: ${name}`);
  });
  expect(wrong).toEqual([]);
  expect(rows.length).toBeGreaterThan(15);
});
