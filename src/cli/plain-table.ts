import Table from 'cli-table3';
import type { Cli } from './command.ts';

const chars = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Columns two blanks apart, as wide as they look (Chinese characters take two), without lines. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  { paint }: Pick<Cli, 'paint'>,
): string {
  const table = new Table({
    chars,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    head: head.map((title) => paint.bold(title)),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
