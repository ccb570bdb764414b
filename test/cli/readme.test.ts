import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freshFolder, type ServedCli, serveHere, testKey } from './testing-cli.ts';

const root = new URL('../..', import.meta.url).pathname;
const readme = readFileSync(join(root, 'README.md'), 'utf8');
/** The lines that README tells a newcomer to type, in order. */
const lines = [...(readme.split('## A first deal')[1] ?? '').matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, block = '']) => block.split('\n'))
  .filter((line) => line !== '');

const END = 'END-OF-LINE';

interface Ran {
  readonly line: string;
  readonly code: number;
  readonly out: string;
}

/** Runs lines in one shell, as a person would type them; the first names the server and the key. */
async function runLines(server: ServedCli, env: Readonly<Record<string, string>>): Promise<readonly Ran[]> {
  const [first, ...others] = lines;
  expect(first).toMatch(/^URL=http:\/\/127\.0\.0\.1:7400 KEY=pg_/);
  const typed = [`URL=${server.url} KEY=${testKey}`, ...others];
  const shell = spawn('bash', [], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  shell.stdout.setEncoding('utf8').on('data', (more: string) => {
    out += more;
  });
  shell.stdin.end(typed.map((line) => `${line}\necho "${END} $?"\n`).join(''));
  await new Promise((resolve) => shell.on('close', resolve));
  const outputs = [...out.matchAll(new RegExp(`([\\s\\S]*?)${END} (\\d+)\\n`, 'g'))];
  return lines.map((line, i) => ({ line, code: Number(outputs[i]?.[2] ?? -1), out: outputs[i]?.[1] ?? '' }));
}

test('every line of the first deal works: to won, and to the end of phase 3', async () => {
  const env = { PHASEGATE_DATA: join(freshFolder(), 'data') };
  const server = await serveHere(env);
  const ran = await runLines(server, env);
  const refusedByCurl = 22;
  const wrong = ran.filter(({ line, code }) => code !== (line.includes('# 409') ? refusedByCurl : 0));
  expect(wrong).toEqual([]);

  const refusals = ran.filter(({ line }) => line.includes('# 409')).map(({ out }) => JSON.parse(out).code);
  expect(refusals).toEqual(['gate-shut', 'not-allowed-now']);
  const outcomes = ran
    .filter(({ line, code }) => code === 0 && /"type":"advance"\}/.test(line))
    .map(({ out }) => {
      const { status, outcome, position } = JSON.parse(out).instance;
      return [status, outcome, ...position.map(({ step }: { readonly step: string }) => step)];
    });
  expect(outcomes).toEqual([
    ['active', null, 'first-contact'],
    ['active', null, 'demo'],
    ['active', null, 'negotiation'],
    ['active', 'won', 'delivery'],
    ['active', 'won', 'satisfaction'],
    ['active', 'won', 'long-term'],
    ['closed', 'won'],
  ]);
  const verified = ran.find(({ line }) => line.startsWith('npx phasegate verify'));
  expect(verified?.out).toMatch(/^✓ \d+ entries checked: the chain holds\n$/);
});

test('the walk completes or skips all 24 activities', () => {
  const deal = lines.slice(lines.indexOf('ID=$DEAL'));
  const named = deal.flatMap((line) => /"type":"(?:complete|skip)","activity":"([\w-]+)"/.exec(line)?.[1] ?? []);
  expect(new Set(named).size).toBe(24);
});

test('names the two commands, and only files that are there', () => {
  expect(readme).toContain('npm ci && npm start');
  expect(readme).toContain('npm ci && npm test');
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(5);
  for (const path of links) expect(() => readFileSync(join(root, path)), path).not.toThrow();
});
