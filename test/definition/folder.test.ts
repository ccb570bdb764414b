import { describe, expect, it } from 'vitest';
import { readProcesses } from '../../src/definition/index.ts';
import { edit, soundFile, unmark } from './marked-file.ts';

describe('files that belong together', () => {
  const starting = (process: string) => ({
    path: 'purchase.yaml',
    text: edit('owner: buyer', `owner: buyer\n        starts: { next: { process: ${process} } }`),
  });

  it('are warned of a process that none of them is, with its place and the one that may be meant', () => {
    const { text, places } = unmark(starting('«purchse»').text);
    const [file] = readProcesses([{ path: 'purchase.yaml', text }]);
    expect(file?.definition).not.toBeNull();
    expect(file?.problems).toEqual([
      {
        code: 'unknown-process',
        severity: 'warning',
        file: 'purchase.yaml',
        line: places[0]?.[0],
        column: places[0]?.[1],
        length: 7,
        path: '/phases/decide/steps/ask/starts/next/process',
        message: { zh: '没有找到流程 purchse', en: 'There is no process "purchse" here' },
        remedy: { zh: '是不是想写 purchase？', en: 'Did you mean purchase?' },
        fix: { line: places[0]?.[0], column: places[0]?.[1], length: 7, text: 'purchase' },
      },
    ]);
  });

  it('are warned of a field that the other process does not have', () => {
    const { text, places } = unmark(
      edit(
        'owner: buyer',
        'owner: buyer\n        starts: { next: { process: purchase, with: { amount: amount, «ofers»: offers } } }',
      ),
    );
    const [file] = readProcesses([{ path: 'purchase.yaml', text }]);
    expect(file?.problems).toMatchObject([
      {
        code: 'unknown-field',
        severity: 'warning',
        line: places[0]?.[0],
        column: places[0]?.[1],
        length: 5,
        message: { en: 'The process purchase has no field "ofers"' },
        remedy: { en: 'Did you mean offers?' },
      },
    ]);
  });

  it('know each other, and say nothing of what is in one that has errors', () => {
    const other = { path: 'care.yaml', text: soundFile.replace('process: purchase', 'process: care') };
    const problems = (...files: Parameters<typeof readProcesses>[0]) =>
      readProcesses(files).flatMap((file) => file.problems.map(({ code }) => code));
    expect(problems(starting('care'), other)).toEqual([]);
    expect(problems(starting('care'))).toEqual(['unknown-process']);
    expect(problems(starting('purchase'))).toEqual([]);
    const broken = (text: string) => problems(starting('care'), { path: 'broken.yaml', text });
    expect(broken('process: care')).not.toContain('unknown-process');
    expect(broken('title: [')).not.toContain('unknown-process');
    expect(broken('process: cares')).toContain('unknown-process');
  });
});
