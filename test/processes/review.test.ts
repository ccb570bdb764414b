import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { expect, it } from 'vitest';
import { freshFolder, runCli, serveHere } from '../cli/testing-cli.ts';

// The guide's quarterly review, done: ```diff review FILE edits the file, ```console review is typed and prints what stands
// behind it; `…` stands for what was left out in front.
const root = new URL('../../', import.meta.url).pathname;
const guide = readFileSync(join(root, 'processes/README.md'), 'utf8');
const chapter = guide.split('\n## ').find((one) => one.startsWith('A quarterly review in ten minutes')) ?? '';

const blocks = [...chapter.matchAll(/^```(diff|console) review ?(\S*)\n([\s\S]*?)^```$/gm)].map(
  ([, kind = '', file = '', text = '']) => ({ kind, file, text }),
);

const typed = (text: string) =>
  text
    .split(/^\$ /m)
    .slice(1)
    .map((one) => ({ command: one.slice(0, one.indexOf('\n')), printed: one.slice(one.indexOf('\n') + 1) }));

const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** What is another each time: ids, days and times, digests, how long it took, how many entries time has made by now. */
const plain = (text: string): string =>
  text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g, 'TIME')
    .replaceAll(/ID +\d+ +TIME/g, 'ID PLACE TIME')
    .replaceAll(/\b[0-9a-f]{12}\b/g, 'DIGEST')
    .replaceAll(/\(\d+\.\d+ s\)/g, '(SECONDS)')
    .replaceAll(/\d+ entries checked/g, 'ENTRIES checked')
    .replaceAll(/\d+ commands: \d+ decided/g, 'COMMANDS decided');

it('the quarterly review of the guide does and prints what it shows', { timeout: 180_000 }, async () => {
  const folder = freshFolder();
  const inFolder = (word: string) => (/^(processes\/|plan\.json$)/.test(word) ? join(folder, word) : word);
  cpSync(join(root, 'processes'), join(folder, 'shipped'), { recursive: true });
  cpSync(join(root, 'processes'), join(folder, 'processes'), { recursive: true });
  const data = { PHASEGATE_DATA: join(folder, 'data') };
  const settings = { ...data, PHASEGATE_PROCESSES: join(folder, 'shipped'), PHASEGATE_REVIEW: 'four-eyes' };
  const server = await serveHere(settings);
  const env = { ...data, ...server.env };
  expect(await runCli(['demo', '--begin', '2025-09-01'], env)).toMatchObject({ code: 0 });
  const made = await runCli(['keys', 'create', 'li.si', '--role', 'admin'], data);
  const [second = ''] = /pg_[\w-]+/.exec(`${made.out}${made.err}`) ?? [];
  expect(blocks.map(({ kind }) => kind)).toEqual(['diff', 'console', 'diff', ...Array(5).fill('console')]);
  for (const { kind, file, text } of blocks) {
    if (kind === 'diff') {
      const path = join(folder, file);
      const edited = applyPatch(readFileSync(path, 'utf8'), text);
      if (edited === false) throw new Error(`the edit of ${file} does not apply`);
      writeFileSync(path, edited);
      continue;
    }
    for (const { command, printed } of typed(text)) {
      const [npx, phasegate, ...words] = wordsOf(command.replace(/ {2,}#.*/, ''));
      expect([npx, phasegate]).toEqual(['npx', 'phasegate']);
      const key = command.includes('# with the key of somebody else') ? { PHASEGATE_KEY: second } : {};
      const { out, err } = await runCli(words.map(inFolder), { ...env, ...key });
      const found = plain(`${out}${err}`.replaceAll(`${folder}/`, ''));
      if (printed.startsWith('…\n')) expect(found.endsWith(plain(printed.slice(2))), command).toBe(true);
      else expect(found, command).toBe(plain(printed));
    }
  }
  expect(await runCli(['revert', join(folder, 'plan.json')], env)).toMatchObject({ err: '' });
});
