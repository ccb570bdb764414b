import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { freshFolder, runCli } from './testing-cli.ts';

const sales = new URL('../../processes/sales.yaml', import.meta.url).pathname;

test('draws a file as SVG with titles in the language asked for', async () => {
  const { code, out } = await runCli(['graph', sales, '--lang', 'zh']);
  expect(code).toBe(0);
  expect(out).toMatch(/^<svg [\s\S]*前期准备阶段[\s\S]*<\/svg>\n$/);
});

test('writes to a file', async () => {
  const path = join(freshFolder(), 'sales.mmd');
  expect(await runCli(['graph', sales, '--format', 'mermaid', '--out', path])).toEqual({ code: 0, out: '', err: '' });
  expect(readFileSync(path, 'utf8')).toMatch(/^flowchart /m);
});

test('says what it cannot write', async () => {
  const path = join(freshFolder(), 'absent', 'sales.svg');
  expect(await runCli(['graph', sales, '--out', path])).toEqual({
    code: 2,
    out: '',
    err: `✗ ${path} cannot be written (ENOENT); check the folder and the permissions\n`,
  });
});

test('the XState drawing is a machine that createMachine takes', async () => {
  const { out } = await runCli(['graph', sales, '--format', 'xstate']);
  expect(createMachine(JSON.parse(out)).id).toBe('sales');
});

test('a file with errors is not drawn: the problems are told instead', async () => {
  const path = join(freshFolder(), 'sales.yaml');
  writeFileSync(path, readFileSync(sales, 'utf8').replace('owner: rep', 'ownr: rep'));
  const { code, out, err } = await runCli(['graph', path]);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('ownr');
});

test.each([
  {
    argv: [sales, '--format', 'svgg'],
    says: '--format should be one of svg, mermaid, xstate, did you mean svg?; found svgg',
  },
  { argv: ['nowhere.yaml'], says: 'there is no file nowhere.yaml; check the path' },
])('wrong usage is told: $says', async ({ argv, says }) => {
  expect(await runCli(['graph', ...argv])).toEqual({ code: 2, out: '', err: `✗ ${says}\n` });
});
