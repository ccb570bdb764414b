import { closeSync, writeSync } from 'node:fs';
import { CSV_MARK, csvLine } from '../csv.ts';
import { openOutput } from './output-file.ts';

/** A file of lines for spreadsheets, written as they are found; its columns are the same in every language. */
export function openCsv<Column extends string>(path: string, columns: readonly Column[]) {
  const file = openOutput(path);
  writeSync(file, CSV_MARK);
  writeSync(file, csvLine(columns));
  return {
    /** Cells that are not given stay empty. */
    write(cells: Readonly<Partial<Record<Column, string>>>) {
      writeSync(file, csvLine(columns.map((column) => cells[column] ?? '')));
    },
    close: () => closeSync(file),
  };
}
