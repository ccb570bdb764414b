import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freshFolder, runCli } from '../cli/testing-cli.ts';

// How the guide marks what a person types: ```console, each command after `$ `, then what it prints, errors last.
const guide = readFileSync(new URL('../../processes/README.md', import.meta.url), 'utf8');

interface Typed {
  readonly command: string;
  readonly printed: string;
}

const typed: readonly Typed[] = [...guide.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => {
      const end = text.indexOf('\n');
      return { command: text.slice(0, end), printed: text.slice(end + 1) };
    }),
);

/** A command line's words, as a shell parts them. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

it('every command of the guide prints what it shows', { timeout: 60_000 }, async () => {
  const whole = /^```yaml process\n([\s\S]*?)^```$/m.exec(guide)?.[1] ?? '';
  const folder = freshFolder();
  const files = ['purchase.yaml', 'before.yaml'];
  for (const name of files) writeFileSync(join(folder, name), whole);
  expect(typed.length).toBeGreaterThan(5);
  for (const { command, printed } of typed) {
    const [npx, phasegate, ...words] = wordsOf(command);
    expect([npx, phasegate]).toEqual(['npx', 'phasegate']);
    const { out, err } = await runCli(words.map((word) => (files.includes(word) ? join(folder, word) : word)));
    expect(`${out}${err}`.replaceAll(`${folder}/`, ''), command).toBe(printed);
  }
});
