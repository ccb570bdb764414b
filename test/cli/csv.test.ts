import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCsv } from '../../src/cli/csv.ts';
import { freshFolder } from './testing-cli.ts';

it('writes what a spreadsheet reads as it was, and runs nothing of it', () => {
  const path = join(freshFolder(), 'a.csv');
  const file = openCsv(path, ['a', 'b']);
  const cells = ['=1+1', '-2+3+cmd|x', '+1', '@x', '\tx', '-2.5', '-2', '12', 'a"b', 'a,b', 'a\nb', '王'];
  for (const a of cells) file.write({ a });
  file.write({ b: 'only' });
  file.close();
  const shown = ["'=1+1", "'-2+3+cmd|x", "'+1", "'@x", "'\tx", '-2.5', '-2', '12', '"a""b"', '"a,b"', '"a\nb"', '王'];
  const lines = [...shown.map((cell) => `${cell},`), ',only'];
  expect(readFileSync(path, 'utf8')).toBe(`\ufeffa,b\r\n${lines.join('\r\n')}\r\n`);
});
