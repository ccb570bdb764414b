import { closeSync, openSync, writeSync } from 'node:fs';
import { UsageError } from './exit.ts';

/** A file of lines for spreadsheets (RFC 4180), written as they are found; its columns are the same in every language. */
export function openCsv<Column extends string>(path: string, columns: readonly Column[]) {
  const file = opened(path);
  const line = (cells: readonly string[]) => writeSync(file, `${cells.map(cell).join(',')}\r\n`);
  // Spreadsheets take a file without it for one of another encoding.
  writeSync(file, '\ufeff');
  line(columns);
  return {
    /** Cells that are not given stay empty. */
    write(cells: Readonly<Partial<Record<Column, string>>>) {
      line(columns.map((column) => cells[column] ?? ''));
    },
    close: () => closeSync(file),
  };
}

/** What a spreadsheet would take for a formula stands behind an apostrophe; a number is none. */
function cell(value: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^-?\d+(?:\.\d+)?$/.test(value);
  const text = isFormula ? `'${value}` : value;
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
