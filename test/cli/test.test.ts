import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Element, parseXml } from '../compile/xml.ts';
import { LOAN, loanFile } from '../scenario/loan.ts';
import { freshFolder, runCli } from './testing-cli.ts';

const calendars = new URL('../../processes/calendars', import.meta.url).pathname;

const PASSES = `  - name: begin
    start: { as: clerk, number: L-1 }
    do: [{ complete: form, with: { amount: 800 } }]
`;
const FAILS = `  - name: 'a "wrong" <one> & more'
    after: begin
    do:
      - { expect: { step: sign } }
`;

function setup(scenarios: string, process = LOAN) {
  const folder = freshFolder();
  writeFileSync(join(folder, 'loan.yaml'), process);
  cpSync(calendars, join(folder, 'calendars'), { recursive: true });
  const path = join(folder, 'loan.test.yaml');
  writeFileSync(path, loanFile(scenarios));
  return { folder, path };
}

const timeless = (text: string) => text.replaceAll(/\d+\.\d\d s\b/g, 'N s');

describe('phasegate test', () => {
  test('exit code 0 when all pass, with what they reached', async () => {
    const { folder, path } = setup(PASSES);
    const { code, out, err } = await runCli(['test', folder]);
    expect({ code, out: timeless(out), err }).toEqual({
      code: 0,
      out: [
        path,
        '✓ begin',
        'seen: steps 1/3, routes 0/1, activities 1/5, outcomes 0/2, criteria seen both met and not met 0/2',
        '1 scenario: 1 passed, 0 failed (N s)',
        '',
      ].join('\n'),
      err: '',
    });
  });

  test('exit code 1 when one fails: what was expected and found, where, and the history', async () => {
    const { path } = setup(PASSES + FAILS);
    const { code, out } = await runCli(['test', path]);
    expect(code).toBe(1);
    expect(timeless(out)).toBe(
      [
        path,
        '✓ begin',
        '✗ a "wrong" <one> & more',
        `  ${path}:11:21: step`,
        '    expected sign',
        '    found    ask',
        '  history until then:',
        '    #  when              actor      event           what',
        '    1  2026-03-02 09:00  clerk      ✓ start         number  → ask',
        '    2  2026-03-02 09:00  phasegate  ✓ request-call  rate  by itself after 1',
        '    3  2026-03-02 09:00  clerk      ✓ complete      form  amount',
        'seen: steps 1/3, routes 0/1, activities 1/5, outcomes 0/2, criteria seen both met and not met 0/2',
        '2 scenarios: 1 passed, 1 failed (N s)',
        '',
      ].join('\n'),
    );
  });

  test('says the same in Chinese', async () => {
    const { path } = setup(PASSES + FAILS);
    const { out } = await runCli(['test', path, '--lang', 'zh']);
    expect(out).toContain('    应为 sign\n    实为 ask\n  此前的历史：\n');
    expect(timeless(out)).toContain('2 个场景：1 个通过，1 个未通过（N s）');
  });

  test('answers as JSON', async () => {
    const { path } = setup(PASSES + FAILS);
    const { code, out } = await runCli(['test', path, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      passed: 1,
      failed: 1,
      problems: [],
      files: [
        {
          path,
          process: 'loan',
          scenarios: [
            { name: 'begin', line: 5, passed: true, heldBy: null, differences: [], history: [] },
            {
              passed: false,
              differences: [
                { what: 'step', expected: { en: 'sign' }, found: { en: 'ask' }, place: { line: 11, column: 21 } },
              ],
              history: [{ type: 'start' }, { type: 'request-call' }, { type: 'complete' }],
            },
          ],
          coverage: {
            steps: [
              { id: 'ask', seen: true },
              { id: 'sign', seen: false },
              { id: 'transfer', seen: false },
            ],
          },
        },
      ],
    });
  });

  test('writes JUnit XML that is well-formed whatever a scenario is called', async () => {
    const held = '  - { name: held, after: \'a "wrong" <one> & more\' }\n';
    const { folder, path } = setup(PASSES + FAILS + held);
    const junit = join(folder, 'junit.xml');
    expect((await runCli(['test', path, '--junit', junit])).code).toBe(1);
    const text = readFileSync(junit, 'utf8');
    expect(text.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true);
    const suites = parseXml(text.slice(text.indexOf('\n') + 1));
    const [suite] = suites.children;
    const told = ({ name, attributes }: Element) => [name, attributes.name ?? attributes.message];
    expect(suites.attributes).toMatchObject({ tests: '3', failures: '2', errors: '0' });
    expect(suite?.attributes).toMatchObject({ name: 'loan', file: path, tests: '3', failures: '2' });
    expect(suite?.children.map(told)).toEqual([
      ['testcase', 'begin'],
      ['testcase', 'a "wrong" <one> & more'],
      ['testcase', 'held'],
    ]);
    expect(suite?.children.flatMap(({ children }) => children).map(told)).toEqual([
      ['failure', 'step: sign ≠ ask'],
      ['failure', 'not tried: “a "wrong" <one> & more”, which it goes on after, failed'],
    ]);
  });

  test('exit code 2 where the XML cannot be written, after the results', async () => {
    const { folder, path } = setup(PASSES + FAILS);
    const plain = await runCli(['test', path]);
    const junit = join(folder, 'absent', 'junit.xml');
    const { code, out, err } = await runCli(['test', path, '--junit', junit]);
    expect({ code, out: timeless(out), err }).toEqual({
      code: 2,
      out: timeless(plain.out),
      err: `✗ ${junit} cannot be written (ENOENT); check the folder and the permissions\n`,
    });
  });

  test('lists what is not reached', async () => {
    const { out } = await runCli(['test', setup(PASSES).path, '--coverage']);
    expect(out.split('\n').slice(3, -2)).toEqual([
      '  ○ steps sign',
      '  ○ steps transfer',
      '  ○ routes sign<ask',
      '  ○ activities rate',
      '  ○ activities papers',
      '  ○ activities gift',
      '  ○ activities transfer',
      '  ○ outcomes paid',
      '  ○ outcomes dropped',
      '  ○ ask exit good: never met',
      '  ○ ask exit good: never not met',
      '  ○ pay entry signed: never met',
      '  ○ pay entry signed: never not met',
    ]);
  });

  test('lists small changes that no scenario notices, by line of the process', async () => {
    const { folder, path } = setup(PASSES);
    const { code, out } = await runCli(['test', path, '--mutate']);
    expect(code).toBe(0);
    const line = LOAN.split('\n').findIndex((each) => each.includes('good:')) + 1;
    expect(out).toContain(
      `  ${join(folder, 'loan.yaml')}:${line}:25: score >= 60 → score > 60  (phases.decide.steps.ask.exit.good.when)`,
    );
    expect(out).toMatch(/loan\.yaml: 46 small changes, \d+ noticed by a scenario/);
  });

  test('proposes scenarios that pass when they are put in the file', async () => {
    const { path } = setup(PASSES);
    const { code, out } = await runCli(['test', path, '--generate']);
    expect(code).toBe(0);
    writeFileSync(path, out);
    const again = await runCli(['test', path, '--coverage']);
    expect(again.code).toBe(0);
    expect(again.out).toContain('0 failed');
    expect(again.out).toContain('criteria seen both met and not met 2/2');
  });

  test('exit code 1 for mistakes in the file or in its process, which are told; no scenario of it is run', async () => {
    const wrong = setup(PASSES.replace('complete: form', 'complete: from'));
    const first = await runCli(['test', wrong.path]);
    expect(first.code).toBe(1);
    expect(first.out).toContain('error unknown-activity: The process has no activity "from"');
    expect(first.out).toContain('→ Did you mean form?');
    const broken = setup(PASSES, LOAN.replace('score >= 60, say', 'scoer >= 60, say'));
    const second = await runCli(['test', broken.path]);
    expect(second.code).toBe(1);
    expect(second.out).toContain('loan.yaml:');
    expect(second.out).toContain('There is no field "scoer"');
  });

  test.each([
    { argv: ['test'], says: "missing required argument 'PATH' (see --help)" },
    { argv: ['test', '/no/such'], says: 'there is no file or folder /no/such; check the path' },
    { argv: ['test', calendars], says: 'there is no file of scenarios (*.test.yaml) in' },
  ])('exit code 2 for wrong usage: $argv', async ({ argv, says }) => {
    const { code, err } = await runCli(argv);
    expect({ code, says: err.includes(says) }).toEqual({ code: 2, says: true });
  });
});
