import type { ScenarioResult } from '../scenario/index.ts';
import type { Language } from '../text.ts';
import { heldText } from './scenario-text.ts';
import type { TestedFile } from './test.ts';

/** The results as JUnit XML: a suite for each file, a case for each scenario. `ms` is how long it all took. */
export function junitXml(tested: readonly TestedFile[], language: Language, ms: number): string {
  const all = tested.flatMap(({ results }) => results);
  const head = `<testsuites${attributes({ name: 'phasegate', ...counts(all), time: (ms / 1000).toFixed(3) })}>`;
  const suites = tested.flatMap(({ path, file, results }) => [
    `  <testsuite${attributes({ name: file.process, file: path, ...counts(results) })}>`,
    ...results.flatMap((result) => caseLines(result, path, file.process, language)),
    '  </testsuite>',
  ]);
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>', ''].join('\n');
}

function counts(results: readonly ScenarioResult[]): Readonly<Record<string, string>> {
  const failures = results.filter(({ passed }) => !passed).length;
  return { tests: String(results.length), failures: String(failures), errors: '0' };
}

function caseLines(
  { name, place, passed, differences, heldBy }: ScenarioResult,
  path: string,
  process: string,
  language: Language,
): readonly string[] {
  const head = `    <testcase${attributes({ name, classname: process, file: path, line: String(place.line) })}`;
  if (passed) return [`${head}/>`];
  const failures = differences.map(({ what, expected, found, place: at }) => {
    const message = `${what}: ${expected[language]} ≠ ${found[language]}`;
    return `      <failure${attributes({ message, type: 'difference' })}>${escaped(`${path}:${at.line}:${at.column}`)}</failure>`;
  });
  const held =
    heldBy === null ? [] : [`      <failure${attributes({ message: heldText(heldBy)[language], type: 'held' })}/>`];
  return [`${head}>`, ...failures, ...held, '    </testcase>'];
}

function attributes(of: Readonly<Record<string, string>>): string {
  return Object.entries(of)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** As XML 1.0 has it: what it cannot carry at all is left out. */
function escaped(text: string): string {
  return [...text]
    .filter((char) => /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(char))
    .map((char) => entities[char] ?? char)
    .join('');
}
