import { describe, expect, it } from 'vitest';
import { linesOf, readProcess } from '../../src/definition/index.ts';
import { diffProcesses } from '../../src/diff/index.ts';
import { soundFile } from '../definition/marked-file.ts';

function version(text: string) {
  const { definition, problems } = readProcess(text, 'x.yaml');
  if (definition === null) throw new Error(JSON.stringify(problems.map(({ message }) => message.en)));
  return { definition, lineOf: linesOf(text) };
}

type Edit = readonly [from: string | RegExp, to: string];

/** The sound file with these words replaced. */
function edit(...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    const edited = text.replace(from, to);
    expect(edited, String(from)).not.toBe(text);
    return edited;
  }, soundFile);
}

function changes(...edits: readonly Edit[]): readonly string[] {
  const { changes: found } = diffProcesses(version(soundFile), version(edit(...edits)));
  return found.map(({ kind, topic, effect, summary }) => `${kind} ${topic} ${effect}: ${summary.en}`);
}

describe('a gate', () => {
  it('is tightened by a criterion that holds in fewer cases, loosened by one that holds in more', () => {
    expect(changes(['any: [amount < 50000,', 'any: [amount < 20000,'])).toEqual([
      expect.stringMatching(/^changed gate tightened: criterion ask\/exit\/approved: when any \[amount < 50000/),
    ]);
    expect(changes(['any: [amount < 50000,', 'any: [amount < 90000,'])).toEqual([
      expect.stringMatching(/^changed gate loosened/),
    ]);
    expect(changes([`, { not: "class == 'urgent'" }`, ''])).toEqual([expect.stringMatching(/^changed gate tightened/)]);
  });

  it('is neither where some cases pass that did not and others the other way round', () => {
    expect(changes(['any: [amount < 50000,', 'any: [amount > 90000,'])).toEqual([
      expect.stringMatching(/^changed gate neutral/),
    ]);
  });

  it('is neither by other words for the same', () => {
    expect(changes([/any: \[amount < 50000, /, 'any: ["!(amount >= 50000)", '])).toEqual([
      expect.stringMatching(/^changed gate neutral/),
    ]);
  });
});

describe('an SLA', () => {
  it('is tightened by a shorter time in units that can be compared', () => {
    expect(changes(['within: 2 working days', 'within: 1 working day'])).toEqual([
      'changed sla tightened: step ask: sla.within 2 working days → 1 working day',
    ]);
    expect(changes(['within: 2 working days', 'within: 20 days'])).toEqual([
      'changed sla neutral: step ask: sla.within 2 working days → 20 days',
    ]);
  });

  it('is told word by word, or whole where it is new or gone', () => {
    expect(changes(['warn: [80%, 1 day]', 'warn: 50%, breach: { notify: manager }'])).toEqual([
      'changed sla neutral: step ask: sla.warn [80%, 1 day] → [50%]',
      'changed sla neutral: step ask: sla.breach (none) → { notify: [manager] }',
    ]);
    expect(changes(['        sla: { within: 2 working days, warn: [80%, 1 day] }\n', ''])).toEqual([
      expect.stringMatching(/^changed sla loosened: step ask: sla \{ within: 2 working days/),
    ]);
  });
});

describe('an element', () => {
  it('is renamed by `was`, and says the same where it is named', () => {
    expect(
      changes(
        ['  manager: { title', '  boss: { was: manager, title'],
        [/by: \[manager\]/, 'by: [boss]'],
        ...others('manager', 'boss'),
      ),
    ).toEqual(['renamed element neutral: role manager is renamed boss']);
  });

  it('is removed and another added where nothing says that it was the same', () => {
    const found = changes(['      ask:\n', '      demand:\n']);
    expect(found).toEqual([
      'added element neutral: step demand is added (with 1 criterion)',
      'moved element neutral: activity describe moves from ask to demand',
      'moved element neutral: activity approve moves from ask to demand',
      'removed element neutral: step ask is removed (with 1 criterion)',
    ]);
  });

  it('may be looser or stricter by being there', () => {
    expect(changes(['optional: true, supplies: [approver]', 'supplies: [approver]'])).toEqual([
      'changed course tightened: activity approve: optional true → false',
    ]);
    expect(
      changes(['offers:     { type: integer, min: 0, max: 9 }', 'offers:     { type: integer, min: 1, max: 99 }']),
    ).toEqual(['changed field tightened: field offers: min 0 → 1', 'changed field loosened: field offers: max 9 → 99']);
  });
});

it('gives the lines in both files', () => {
  const { changes: found } = diffProcesses(
    version(soundFile),
    version(`# a remark\n${edit(['within: 2 working days', 'within: 1 working day'])}`),
  );
  const line = soundFile.split('\n').findIndex((text) => text.includes('within: 2 working days')) + 1;
  expect(found.map((change) => [change.line, change.path])).toEqual([
    [{ before: line, after: line + 1 }, '/phases/decide/steps/ask/sla/within'],
  ]);
});

it('names the innermost word that differs, with its path and lines', () => {
  const withBreach = (breach: string) =>
    edit(['warn: [80%, 1 day] }', `warn: 80%, breach:\n          ${breach.replaceAll('; ', ',\n          ')} }`]);
  const { changes: found } = diffProcesses(
    version(withBreach('{ notify: manager; reassign: { manager_of: owner } }')),
    version(withBreach('{ raise: manager; notify: finance; reassign: { actor: mei } }')),
  );
  const line = soundFile.split('\n').findIndex((text) => text.includes('warn: [80%, 1 day]')) + 1;
  expect(found.map((change) => [change.word, change.path, change.line, change.summary.en])).toEqual([
    [
      'sla.breach.raise',
      '/phases/decide/steps/ask/sla/breach/raise',
      { before: line, after: line + 1 },
      'step ask: sla.breach.raise (none) → manager',
    ],
    [
      'sla.breach.notify',
      '/phases/decide/steps/ask/sla/breach/notify',
      { before: line + 1, after: line + 2 },
      'step ask: sla.breach.notify [manager] → [finance]',
    ],
    [
      'sla.breach.reassign',
      '/phases/decide/steps/ask/sla/breach/reassign',
      { before: line + 2, after: line + 3 },
      'step ask: sla.breach.reassign manager-of owner → actor mei',
    ],
  ]);
});

/** Every other place that names a role. */
function others(role: string, to: string): readonly (readonly [RegExp, string])[] {
  const count = soundFile.match(new RegExp(`\\b${role}\\b`, 'g'))?.length ?? 0;
  return Array.from({ length: count - 2 }, () => [new RegExp(`(?<!was: )\\b${role}\\b(?!s:)`), to] as const);
}
