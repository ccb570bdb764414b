import { execFileSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server for tests, and the means to make databases on it. */
export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  freshDatabase(): Promise<string>;
  /** Drops what was made; a server of our own is stopped and deleted. */
  stop(): Promise<void>;
}

/** Where the tests' workers ask for databases: `serveDatabases` sets it, `freshPostgres` reads it. */
const SOCKET_VARIABLE = 'PHASEGATE_TEST_PG_SOCKET';

/** An empty PostgreSQL database for one test file; the server starts when the first file asks. */
export function freshPostgres(): Promise<string> {
  const socketPath = process.env[SOCKET_VARIABLE];
  if (socketPath === undefined) throw new Error('run this test with vitest --config test/vitest.config.ts');
  return new Promise((resolve, reject) => {
    get({ socketPath, path: '/' }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => (response.statusCode === 200 ? resolve(body) : reject(new Error(body))));
    }).on('error', reject);
  });
}

/** Hands databases to the tests' workers over a socket until the returned function is called. */
export async function serveDatabases(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-tests-'));
  const socketPath = join(folder, 'databases.sock');
  let server: Promise<PostgresServer> | null = null;
  const broker = createServer((_, response) => {
    server ??= startPostgres({ durable: false });
    server
      .then((postgres) => postgres.freshDatabase())
      .then(
        (url) => response.end(url),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((listening) => broker.listen(socketPath, listening));
  process.env[SOCKET_VARIABLE] = socketPath;
  return async () => {
    await new Promise((closed) => broker.close(closed));
    await server?.then(
      (postgres) => postgres.stop(),
      () => {},
    );
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * The server named by `PHASEGATE_TEST_PG` (a URL whose user may create databases), or else a private cluster in a
 * temporary folder, on a unix socket. `durable: false` does not sync the disk: quicker, for tests that do not measure.
 */
export async function startPostgres({ durable }: { readonly durable: boolean }): Promise<PostgresServer> {
  const given = process.env.PHASEGATE_TEST_PG;
  if (given !== undefined && given !== '') return onServer(given, async () => {});

  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'phasegate-pg-'));
  const data = join(folder, 'data');
  if (isRoot()) execFileSync('chown', ['postgres', folder]);
  try {
    run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync']);
    const settings = [
      `-k ${folder}`,
      "-c listen_addresses=''",
      ...(durable ? ['-c shared_buffers=256MB', '-c max_wal_size=2GB'] : ['-c fsync=off', '-c full_page_writes=off']),
    ];
    run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings.join(' '), 'start']);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return onServer(`postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`, async () => {
    run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-m', 'immediate', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  });
}

function onServer(url: string, stopServer: () => Promise<void>): PostgresServer {
  const made: string[] = [];
  async function administer(sql: (name: string) => string, names: readonly string[]): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      for (const name of names) await client.query(sql(name));
    } finally {
      await client.end();
    }
  }
  return {
    async freshDatabase() {
      const name = `phasegate_${process.pid}_${Date.now()}_${made.length}`;
      made.push(name);
      await administer((database) => `create database ${database} template template0 encoding 'UTF8'`, [name]);
      const fresh = new URL(url);
      fresh.pathname = `/${name}`;
      return fresh.href;
    },
    async stop() {
      await administer((database) => `drop database if exists ${database} with (force)`, made);
      await stopServer();
    },
  };
}

/** The newest PostgreSQL that Debian's packages have put on this machine. */
function binaries(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const bin = join(root, version, 'bin');
    if (existsSync(join(bin, 'initdb'))) return bin;
  }
  throw new Error(
    'The tests need PostgreSQL. Install it (apt-get install postgresql), or set PHASEGATE_TEST_PG to the URL of a server whose user may create databases.',
  );
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Runs a program of PostgreSQL; as its own user when we are root, which it refuses to run as. */
function run(program: string, args: readonly string[]): void {
  const [command, ...rest] = isRoot() ? ['runuser', '-u', 'postgres', '--', program, ...args] : [program, ...args];
  if (command === undefined) return;
  try {
    execFileSync(command, rest, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' });
  } catch (error) {
    const stderr = (error as Partial<SpawnSyncReturns<Buffer>>).stderr?.toString() ?? '';
    throw new Error(`${program} failed: ${stderr}`, { cause: error });
  }
}
