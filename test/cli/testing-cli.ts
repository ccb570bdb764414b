import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Io, main } from '../../src/cli/index.ts';
import { produceOver } from '../bench/evidence.ts';

const root = new URL('../..', import.meta.url).pathname;
export const builtCli = join(root, 'dist/cli/main.js');

export type Env = Readonly<Record<string, string>>;

/** A folder of the test's own, deleted after it. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function recorder(env: Env, stopRequested: () => Promise<string>, terminal = false) {
  const text = { out: '', err: '', log: '' };
  const io: Io = {
    env,
    out: (more) => {
      text.out += more;
    },
    err: (more) => {
      text.err += more;
    },
    colour: false,
    terminal,
    openLog: async () => ({
      write: (more) => {
        text.log += more;
      },
      flushSync: () => {},
    }),
    stopRequested,
  };
  return { io, text };
}

/** One command line in this process. */
export async function runCli(argv: readonly string[], env: Env = {}): Promise<Outcome> {
  const { io, text } = recorder(env, () => new Promise(() => {}));
  const code = await main(argv, io);
  return { code, out: text.out, err: text.err };
}

export interface ServedCli {
  readonly url: string;
  readonly env: Env;
  readonly err: () => string;
  readonly log: () => string;
  /** Asks it to stop; returns the exit code. Called by itself when the test ends. */
  stop(): Promise<number>;
}

export const testKey = 'test-admin-key-0123456789';

/**
 * `serve` in this process, on a free port and a file of its own, with the shipped processes, publishing without a review;
 * `env` adds to the configuration; `terminal`: somebody reads at one what it says.
 */
export async function serveHere(
  env: Env = {},
  finished: (stop: () => Promise<unknown>) => void = (stop) => onTestFinished(async () => void (await stop())),
  terminal = false,
): Promise<ServedCli> {
  let ask: (signal: string) => void = () => {};
  const stopRequested = new Promise<string>((resolve) => {
    ask = resolve;
  });
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-served-'));
  const own = { PHASEGATE_PORT: '0', PHASEGATE_ADMIN_KEY: testKey, PHASEGATE_DATA: join(folder, 'data') };
  const full = { ...own, PHASEGATE_REVIEW: 'off', ...env };
  const { io, text } = recorder(full, () => stopRequested, terminal);
  let ready: (url: string) => void = () => {};
  const url = new Promise<string>((resolve) => {
    ready = resolve;
  });
  const err = io.err;
  const code = main(['serve'], {
    ...io,
    err(more) {
      err(more);
      const [found] = /http:\/\/\S+:\d+/.exec(more) ?? [];
      if (found !== undefined) ready(found);
    },
  });
  const stop = async () => {
    ask('SIGTERM');
    const ended = await code;
    rmSync(folder, { recursive: true, force: true });
    return ended;
  };
  finished(stop);
  const served = await Promise.race([url, code]);
  if (typeof served === 'number') throw new Error(`serve ended with ${served}: ${text.err}`);
  return {
    url: served,
    env: { PHASEGATE_URL: served, PHASEGATE_KEY: testKey },
    err: () => text.err,
    log: () => text.log,
    stop,
  };
}

/** What deals of the shipped sales process rest on. */
export function produceEvidence({ url, env }: Pick<ServedCli, 'url' | 'env'>): Promise<void> {
  return produceOver(async (path, body) => {
    const headers = { authorization: `Bearer ${env.PHASEGATE_KEY}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  });
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves when what was written to either output matches. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Outcome & { readonly signal: string | null }>;
}

/** The built program as a process of its own. */
export function spawnCli(argv: readonly string[], env: Env, cwd = root): Child {
  if (!existsSync(builtCli)) throw new Error('build first: npm run build (npm test does)');
  const child = spawn(process.execPath, [builtCli, ...argv], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text.out += more;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding('utf8').on('data', (more: string) => {
    text.err += more;
    for (const look of waiting) look();
  });
  const ended = new Promise<Outcome & { readonly signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? -1, ...text, signal }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const said = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(text.err) ?? pattern.exec(text.out);
        if (found === null) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${pattern}: ${text.err}`)));
    });
  return { process: child, said, ended };
}
