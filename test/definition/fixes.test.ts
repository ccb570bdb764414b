import { describe, expect, it } from 'vitest';
import { type Fix, type Problem, readProcess } from '../../src/definition/index.ts';
import { edit, soundFile, unmark } from './marked-file.ts';
import { lists } from './mistakes/lists.ts';

const beside = { calendars: new Set(['china', 'germany']) };
const read = (text: string) => readProcess(text, 'purchase.yaml', beside).problems;

function applied(text: string, { line, column, length, text: written }: Fix): string {
  const lines = text.split('\n');
  const own = lines[line - 1] ?? '';
  lines[line - 1] = own.slice(0, column - 1) + written + own.slice(column - 1 + length);
  return lines.join('\n');
}

const first = (text: string): Fix | null => read(text).find(({ fix }) => fix !== null)?.fix ?? null;

const said = ({ code, path, message }: Problem): string => `${code} ${path} ${message.en}`;

const mistaken = Object.values(lists)
  .flat()
  .map(([from, to]) => unmark(from === soundFile ? to : edit(from, to)).text);

/** What the mistakes had hidden, since nothing is said that may follow from them. */
const hidden = [
  'step-unreachable /phases/decide/steps/compare Nothing leads to the step compare',
  'step-unreachable /phases/buy/steps/order Nothing leads to the step order',
  'step-unreachable /phases/buy/steps/receive Nothing leads to the step receive',
  'gate-reads-later /phases/decide/steps/ask/starts/care/when No activity before compare supplies offers, and without it nothing can be decided here',
];

/** A part of the sound file, as people write it wrongly, and what all offered fixes make of it. */
const slips = [
  ['owner: buyer', 'owner: "buyr"', 'owner: buyer'],
  ['owner: buyer', 'ownr: buyer', 'owner: buyer'],
  ['subject: request', 'subject: request\nnote: 12', 'subject: request\nnote: "12"'],
  ['title: { zh: 比价, en: Compare }', 'title: 比价', 'title: { zh: "比价" }'],
  [
    'title: { zh: 比价, en: Compare }',
    'title: { zh: 比价, en: Compare, the offers, all of them }',
    'title: { zh: 比价, en: "Compare, the offers, all of them" }',
  ],
  ['title: { zh: 比价, en: Compare }', 'title： { zh: 比价, en: Compare }', 'title: { zh: 比价, en: Compare }'],
  ['title: { zh: 比价, en: Compare }\n        ', '', 'title: { zh: compare, en: "Compare" }\n        '],
  ['title: { zh: 收集, en: Collect }, ', '', 'title: { zh: collect, en: "Collect" }, '],
  ['type: integer, min: 0, max: 9', 'min: 0, max: "9"', 'type: text, min: 0, max: 9'],
  ['        source: "1.2"', '\t\t\t\tsource: "1.2"', '        source: "1.2"'],
  ['offers >= 3', 'offers => 3', 'offers >= 3'],
  ['offers >= 3', 'offers ≥ 3', 'offers >= 3'],
  ['offers >= 3', 'ofers >= 3', 'offers >= 3'],
  ['offers >= 3', 'offers >= 3 and amount < 5', 'offers >= 3 && amount < 5'],
  ['offers >= 3', 'offers >= 3 OR amount < 5', 'offers >= 3 || amount < 5'],
  ['offers >= 3', 'known(offers) && not known(amount)', 'known(offers) && ! known(amount)'],
  ['offers >= 3', '"offers >= 3 && class == \'urgnt\'"', '"offers >= 3 && class == \'urgent\'"'],
  ['offers >= 3', 'offers >= 3 && class == urgent', 'offers >= 3 && class == "urgent"'],
  ['offers >= 3', '"offers >= 3 && class == urgent"', '"offers >= 3 && class == \\"urgent\\""'],
  ['amount < 50000', '"amount < 50,000"', '"amount < 50000"'],
  ['amount < 50000', 'amount < 50%', 'amount < 50'],
  ['amount < 50000', 'has(amount)', 'known(amount)'],
  ['amount < 50000', 'size(tags) > 2', 'count(tags) > 2'],
  ['resets: [offers]', 'resets: [offers, offers]', 'resets: [offers]'],
  ['mail, phone', 'Mail Box', 'mail-box'],
] as const;

describe('a fix', () => {
  it.each(slips)('%# %s, written %j, becomes %j', (right, slip, mended) => {
    const sound = soundFile.replace('limit: 2 }', 'limit: 2, resets: [offers] }');
    let text = sound.replace(right, () => slip);
    for (let fix = first(text); fix !== null; fix = first(text)) text = applied(text, fix);
    expect(text).toBe(sound.replace(right, () => mended));
  });

  const offered = mistaken.flatMap((text) =>
    read(text).flatMap((problem) => (problem.fix === null ? [] : [{ text, problem, fix: problem.fix }])),
  );

  it.each(offered.map((offer) => [said(offer.problem), offer] as const))(
    'of “%s” mends it and breaks nothing',
    (_, offer) => {
      const { text, problem, fix } = offer;
      const before = read(text).map(said);
      const after = read(applied(text, fix));
      const errors = after.filter(({ severity }) => severity === 'error').map(said);
      expect([fix, after.map(said)]).not.toEqual([fix, expect.arrayContaining([said(problem)])]);
      expect(errors.filter((error) => !before.includes(error) && !hidden.includes(error))).toEqual([]);
    },
  );

  it('is offered for the mistakes that are but a word', () => {
    expect([...new Set(offered.map(({ problem }) => problem.code))].sort()).toEqual([
      'bad-id',
      'clause-unknown',
      'condition-forbidden',
      'condition-syntax',
      'condition-unknown-field',
      'condition-unknown-value',
      'duplicate-item',
      'missing-key',
      'table-value-unfit',
      'unknown-activity',
      'unknown-approval',
      'unknown-calendar',
      'unknown-field',
      'unknown-key',
      'unknown-outcome',
      'unknown-role',
      'unknown-step',
      'unknown-value',
      'unknown-zone',
      'wrong-type',
    ]);
  });
});
