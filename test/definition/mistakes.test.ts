import { describe, expect, it } from 'vitest';
import { problemCodes, readProcess } from '../../src/definition/index.ts';
import { scenarioCodes } from '../scenario/mistakes.ts';
import { calendarCodes } from './calendar-mistakes.ts';
import { edit, problemsOf, soundFile, unmark } from './marked-file.ts';
import { harmless } from './mistakes/analysis.ts';
import { missing } from './mistakes/calendars.ts';
import { complete } from './mistakes/clauses.ts';
import { sometimes } from './mistakes/constants.ts';
import { lists } from './mistakes/lists.ts';

describe('a process file without mistakes', () => {
  it('reads without a problem', () => {
    expect(readProcess(soundFile, 'purchase.yaml').problems).toEqual([]);
  });
});

describe('what is right, though it looks like a mistake', () => {
  it.each(sometimes)('%# %s → %s', (from, to) => {
    expect(problemsOf(edit(from, to))).toEqual([]);
  });

  it.each([...harmless, ...complete])('%# of the course, times, roles, words and clauses', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe.each(Object.entries(lists))('mistakes of %s', (_kind, mistakes) => {
  it.each(mistakes)('%# %s → %s', (from, to, ...codes) => {
    const { text, places } = unmark(from === soundFile ? to : edit(from, to));
    const found = problemsOf(text);
    expect(found.map(([code]) => code)).toEqual(codes);
    // Every marked word is named exactly; what follows elsewhere from the mistake is not marked.
    expect(found.map(([, ...place]) => place)).toEqual(expect.arrayContaining([...places]));
  });
});

describe('working time in a file that names no calendar', () => {
  const withSla = (sla: string, from = '', to = '') =>
    unmark(
      edit('sla: { within: 2 working days, warn: [80%, 1 day] }', sla).replace('calendar: china', '').replace(from, to),
    );

  it.each(missing)('is warned of: %s', (sla) => {
    const { text, places } = withSla(sla);
    const { definition, problems } = readProcess(text, 'purchase.yaml');
    expect(definition).not.toBeNull();
    expect(problems.map((p) => [p.code, p.severity, [p.line, p.column, p.length]])).toEqual([
      ['calendar-missing', 'warning', places[0]],
    ]);
  });

  it.each([
    ['of its own', 'sla: { within: 2 working days, calendar: china }', '', ''],
    ['of who does it', 'sla: { within: 2 working days }', 'en: Buyer } }', 'en: Buyer }, calendar: china }'],
    ['that calendar time does not need', 'sla: { within: 2 days }', '', ''],
  ])('is not warned of with a calendar %s', (_, sla, from, to) => {
    expect(readProcess(withSla(sla, from, to).text, 'purchase.yaml').problems).toEqual([]);
  });
});

describe('the codes of problems', () => {
  it('are each produced by one of the mistakes above, or by a file that is too much', () => {
    const produced = new Set(
      Object.values(lists)
        .flat()
        .flatMap(([, , ...codes]) => codes),
    );
    for (const much of ['['.repeat(900), ' '.repeat(300_000)])
      for (const [code] of problemsOf(much)) produced.add(code);
    // What only shows beside other files: see shared-evidence.test.ts, folder.test.ts and above.
    for (const code of ['unknown-process', 'shared-unknown', 'calendar-missing']) produced.add(code);
    for (const code of calendarCodes) produced.add(code);
    for (const code of scenarioCodes) produced.add(code);
    expect(Object.keys(problemCodes).filter((code) => !produced.has(code))).toEqual([]);
  });
});
