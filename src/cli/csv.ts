import { closeSync, writeSync } from 'node:fs';
import { openOutput } from './output-file.ts';

/** A file of lines for spreadsheets (RFC 4180), written as they are found; its columns are the same in every language. */
export function openCsv<Column extends string>(path: string, columns: readonly Column[]) {
  const file = openOutput(path);
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
