import { closeSync, openSync, writeSync } from 'node:fs';
import type { Difference } from '../service/types.ts';
import { UsageError } from './exit.ts';

const columns = [
  'kind',
  'key',
  'instance',
  'seq',
  'at',
  'recorded_at',
  'actor',
  'command',
  'step',
  'reasons',
  'approvals_added',
  'approvals_dropped',
  'from',
  'to',
] as const;

/** Every difference as a line, written as it is found; the columns are the same in every language. */
export function openCsv(path: string) {
  const file = opened(path);
  // Spreadsheets take a file without it for one of another encoding.
  writeSync(file, `\ufeff${columns.join(',')}\r\n`);
  return {
    write(difference: Difference) {
      const cells = cellsOf(difference);
      writeSync(file, `${columns.map((column) => cell(cells[column] ?? '')).join(',')}\r\n`);
    },
    close: () => closeSync(file),
  };
}

function cellsOf(difference: Difference): Partial<Record<(typeof columns)[number], string>> {
  const { kind, instance, key, step } = difference;
  const head = { kind, instance, key: key ?? '', step: step ?? '' };
  if ('clock' in difference) {
    const { clock, round, due, endedAt } = difference;
    return { ...head, at: endedAt ?? '', reasons: `${clock} ${round}`, from: due.from ?? '', to: due.to ?? '' };
  }
  const { seq, at, recordedAt, actor, command, findings, added, dropped, led } = difference;
  return {
    ...head,
    seq: String(seq),
    at,
    recorded_at: recordedAt,
    actor,
    command,
    reasons: findings.map(({ id }) => id).join(' '),
    approvals_added: added.join(' '),
    approvals_dropped: dropped.join(' '),
    from: led?.from ?? '',
    to: led?.to ?? '',
  };
}

/** RFC 4180; what a spreadsheet would take for a formula stands behind an apostrophe. */
function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function opened(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError({
      zh: `无法写入 ${path}（${why}）；请检查目录和权限`,
      en: `${path} cannot be written (${why}); check the folder and the permissions`,
    });
  }
}
