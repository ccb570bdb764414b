import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { edit, soundFile, unmark } from '../definition/marked-file.ts';
import { lists } from '../definition/mistakes/lists.ts';
import { freshFolder, runCli, spawnCli } from './testing-cli.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
const china = readFileSync(new URL('../../processes/calendars/china.yaml', import.meta.url), 'utf8');
const broken = sales.replace('quote <= budget', 'qoute <= budget');
const untranslated = sales.replace('title: { zh: 赢单, en: Won }', 'title: { zh: 赢单 }');

function setup(files: Readonly<Record<string, string>>) {
  const folder = freshFolder();
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

test('exit code 0 for a clean file', async () => {
  const folder = setup({ 'sales.yaml': sales });
  expect(await runCli(['check', join(folder, 'sales.yaml')])).toEqual({
    code: 0,
    out: '1 file: 0 errors, 0 warnings, 0 hints\n',
    err: '',
  });
});

test('exit code 0 when there are only warnings, which are told', async () => {
  const folder = setup({ 'sales.yaml': untranslated });
  const { code, out } = await runCli(['check', join(folder, 'sales.yaml')]);
  expect(code).toBe(0);
  expect(out.split('\n').at(-2)).toBe('1 file: 0 errors, 1 warning, 0 hints');
});

test('exit code 1 for errors, each with place, line and remedy, in the language asked for', async () => {
  const folder = setup({ 'sales.yaml': broken });
  const { code, out } = await runCli(['check', folder, '--lang', 'zh']);
  const line = broken.split('\n').findIndex((text) => text.includes('qoute')) + 1;
  const column = (broken.split('\n')[line - 1] ?? '').indexOf('qoute') + 1;
  expect(code).toBe(1);
  expect(out).toContain(`${join(folder, 'sales.yaml')}:${line}:${column}: 错误 `);
  expect(out).toContain('quote');
  expect(out.trimEnd().split('\n').at(-1)).toMatch(/^1 个文件：[1-9]\d* 个错误/);
});

test('--json carries every problem and the counts', async () => {
  const folder = setup({ 'sales.yaml': untranslated });
  const { code, out } = await runCli(['check', join(folder, 'sales.yaml'), '--json']);
  const result = JSON.parse(out);
  expect(code).toBe(0);
  expect(result).toMatchObject({ files: [join(folder, 'sales.yaml')], errors: 0, warnings: 1 });
  expect(result.problems).toHaveLength(1);
  expect(result.problems[0]).toMatchObject({ severity: 'warning', path: '/outcomes/won/title' });
});

test('walks folders for files of processes, calendars and scenarios alone', async () => {
  const folder = setup({
    'a.yaml': sales,
    'deep/b.yml': sales,
    'a.test.yaml': 'process: sales\nat: 2026-03-02T09:00+08:00\nscenarios: [{ name: begin, start: { as: rep } }]',
    'calendars/china.yaml': china,
    'calendars/china.test.yaml': ': not a calendar',
    'readme.md': ': not a process',
    '.hidden.yaml': ': not a process',
  });
  const { out } = await runCli(['check', folder, '--json']);
  expect(JSON.parse(out).files).toEqual([
    join(folder, 'a.yaml'),
    join(folder, 'deep/b.yml'),
    join(folder, 'calendars/china.yaml'),
    join(folder, 'a.test.yaml'),
  ]);
});

test('reads a calendar as one, with its mistakes', async () => {
  const folder = setup({ 'calendars/china.yaml': china.replace('Asia/Shanghai', 'Asia/Shanghia') });
  const { code, out } = await runCli(['check', join(folder, 'calendars/china.yaml')]);
  expect(code).toBe(1);
  expect(out).toContain('china.yaml:4:7: error unknown-zone: There is no time zone Asia/Shanghia');
  expect(out).toContain('→ Did you mean Asia/Shanghai?');
});

test.each([
  { argv: ['check'], says: "missing required argument 'PATH' (see --help)" },
  { argv: ['check', '/no/such/file.yaml'], says: 'there is no file or folder /no/such/file.yaml; check the path' },
  { argv: ['check', '--jsn', '.'], says: "unknown option '--jsn' (Did you mean --json?) (see --help)" },
  { argv: ['chek', '.'], says: "unknown command 'chek' (Did you mean check?) (see --help)" },
])('exit code 2 for wrong usage: $argv', async ({ argv, says }) => {
  expect(await runCli(argv)).toEqual({ code: 2, out: '', err: `✗ ${says}\n` });
});

test('exit code 2 for a folder without processes', async () => {
  const folder = setup({ 'readme.md': '' });
  const { code, err } = await runCli(['check', folder]);
  expect({ code, err }).toEqual({ code: 2, err: `✗ there is no process file (*.yaml) in ${folder}\n` });
});

test('wrong usage is told in Chinese too', async () => {
  const { err } = await runCli(['chek', '.', '--lang=zh']);
  expect(err).toBe('✗ 没有命令 chek，是否指 check？（用 --help 查看用法）\n');
});

test('the built program ends with the same codes', async () => {
  const folder = setup({ 'good/sales.yaml': sales, 'good/calendars/china.yaml': china, 'bad/sales.yaml': broken });
  const codes = ['good', 'bad', 'none'].map(
    async (name) => (await spawnCli(['check', join(folder, name)], {}).ended).code,
  );
  expect(await Promise.all(codes)).toEqual([0, 1, 2]);
});

test('exit code 2 for a file that is not UTF-8, before its characters are lost', async () => {
  const folder = freshFolder();
  const path = join(folder, 'gbk.yaml');
  // 销售 in GBK.
  writeFileSync(path, Buffer.from([0x74, 0x3a, 0x20, 0xcf, 0xfa, 0xca, 0xdb]));
  for (const command of ['check', 'graph']) {
    const { code, err } = await runCli([command, path]);
    expect({ command, code }).toEqual({ command, code: 2 });
    expect(err).toContain('is not in UTF-8 (GBK, perhaps); save it as UTF-8');
  }
});

test('looks for what a file says of others among the files of a folder; of files named one by one nobody knows', async () => {
  const read = (name: string) => readFileSync(new URL(`../../processes/${name}.yaml`, import.meta.url), 'utf8');
  const names = ['sales', 'account-care', 'quarterly-market-review', 'ideal-customer'];
  const calendars = { 'calendars/china.yaml': china };
  const all = setup({ ...calendars, ...Object.fromEntries(names.map((name) => [`${name}.yaml`, read(name)])) });
  const checked = async (path: string) => {
    const { problems } = JSON.parse((await runCli(['check', path, '--json'])).out);
    return problems.map(({ code, message }: { code: string; message: { en: string } }) => [code, message.en]);
  };
  expect(await checked(all)).toEqual([]);
  const some = setup({ ...calendars, 'sales.yaml': sales, 'ideal-customer.yaml': read('ideal-customer') });
  expect(await checked(some)).toEqual([
    ['shared-unknown', 'There is no process quarterly-market-review here'],
    ['unknown-process', 'There is no process "account-care" here'],
  ]);
  expect(await checked(join(some, 'sales.yaml'))).toEqual([]);
  const without = setup({ 'sales.yaml': sales, 'calendars/chin.yaml': china.replace('china', 'chin') });
  expect(await checked(without)).toEqual([['unknown-calendar', 'There is no calendar "china"']]);
});

test('checks scenarios beside the process that they name, and tells their mistakes with line and column', async () => {
  const scenarios =
    'process: sales\nat: 2026-03-02T09:00+08:00\nscenarios:\n  - { name: begin, start: { as: repp } }\n';
  const folder = setup({ 'sales.yaml': sales, 'calendars/china.yaml': china, 'sales.test.yaml': scenarios });
  const path = join(folder, 'sales.test.yaml');
  const { code, out } = await runCli(['check', path]);
  expect(code).toBe(1);
  expect(out).toBe(
    [
      `${path}:4:33: error unknown-role: The process has no role "repp"`,
      '  4 |   - { name: begin, start: { as: repp } }',
      '    |                                 ^^^^',
      '  → Did you mean rep?',
      '1 file: 1 error, 0 warnings, 0 hints',
      '',
    ].join('\n'),
  );
  writeFileSync(path, scenarios.replace('process: sales', 'process: sale').replace('repp', 'rep'));
  expect((await runCli(['check', path])).out).toContain(
    `${path}:1:10: error unknown-process: There is no process "sale" here`,
  );
});

test('the built program, whose schemas are compiled ahead, finds what the sources find', async () => {
  // One mistake of each kind.
  const mistakes = new Map(
    Object.values(lists).flatMap((list) => list.map((mistake) => [mistake[2], mistake] as const)),
  );
  const texts = [...mistakes.values()].map(([from, to]) => unmark(from === soundFile ? to : edit(from, to)).text);
  const folder = setup(Object.fromEntries(texts.map((text, n) => [`mistake-${n}.yaml`, text])));
  const built = spawnCli(['check', folder, '--json'], {});
  const { out } = await runCli(['check', folder, '--json']);
  expect(await built.ended).toEqual({ code: 1, signal: null, out, err: '' });
});
