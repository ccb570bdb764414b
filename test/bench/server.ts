import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stopped } from './child.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'dist', 'cli', 'main.js');

/** The key of every server that is started here. */
export const ADMIN_KEY = 'key-of-the-benchmark';

export interface ServerOptions {
  /** The SQLite file. */
  readonly file: string;
  readonly client: 'sqlite3' | 'better-sqlite3';
  /** Everything that the server prints, its access log too. */
  readonly log: string;
  /** Flags for node itself. */
  readonly nodeFlags?: readonly string[];
  /** More of its environment. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process until it listened. */
  readonly startup: number;
  stop(): Promise<void>;
  /** As if the power had failed, but for the disk. */
  kill(): Promise<void>;
}

/** Starts the built program as `phasegate serve` would run, on any free port. Throws what it printed when it ends. */
export async function startServer({ file, client, log, nodeFlags = [], env = {} }: ServerOptions): Promise<Server> {
  if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`);
  const output = openSync(log, 'a');
  const before = readFileSync(log, 'utf8').length;
  const start = performance.now();
  const child = spawn(process.execPath, [...nodeFlags, program, 'serve'], {
    cwd: root,
    stdio: ['ignore', output, output],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PHASEGATE_DB: `sqlite:${file}`,
      PHASEGATE_DB_CLIENT: client,
      PHASEGATE_PORT: '0',
      PHASEGATE_ADMIN_KEY: ADMIN_KEY,
      PHASEGATE_REVIEW: 'off',
      // One actor sends everything here; a limit per actor would be what is measured.
      PHASEGATE_REQUESTS_PER_SECOND: '1000000',
      ...env,
    },
  });
  closeSync(output);
  for (;;) {
    const printed = readFileSync(log, 'utf8').slice(before);
    const [url, port] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed) ?? [];
    if (url !== undefined) {
      const startup = performance.now() - start;
      const kill = () => stopped(child, 'SIGKILL');
      return { url, port: Number(port), pid: child.pid ?? 0, startup, stop: () => stopped(child, 'SIGTERM'), kill };
    }
    if (child.exitCode !== null) throw new ServerEnded(child.exitCode, printed);
    await after(5);
  }
}

/** The server ended instead of listening. */
export class ServerEnded extends Error {
  readonly code: number;
  readonly printed: string;

  constructor(code: number, printed: string) {
    super(`the server ended with ${code}: ${printed}`);
    this.code = code;
    this.printed = printed;
  }
}

/** One request with the server's key; throws when it is not answered with 2xx. */
export async function ask(server: Pick<Server, 'url'>, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
