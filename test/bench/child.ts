import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A part of a benchmark in a process of its own. */
export interface Child {
  readonly pid: number;
  /** Sends a message and waits for the answer; rejects when the process ends instead. */
  ask(message: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Runs a file beside this one. */
export function forkChild(file: string): Child {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return {
    pid: child.pid ?? 0,
    ask: (message) =>
      new Promise((resolve, reject) => {
        const ended = () => reject(new Error(`${file} ended`));
        child.once('exit', ended);
        child.once('message', (answer) => {
          child.off('exit', ended);
          resolve(answer);
        });
        child.send(message);
      }),
    stop: () => stopped(child, 'SIGKILL'),
  };
}

/** Ends a process and waits until it has. */
export async function stopped(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

const TICKS_PER_SECOND = 100;

/** Milliseconds of processor time that a process has used, all its threads together; NaN where there is no /proc. */
export function cpuOf(pid: number): number {
  const ticks = fields(`/proc/${pid}/stat`);
  return ((Number(ticks[11]) + Number(ticks[12])) / TICKS_PER_SECOND) * 1000;
}

/** MiB that a process holds in memory; NaN where there is no /proc. */
export function memoryOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]) / 1024;
}

/** Fields after the name in parentheses, which may hold blanks. */
function fields(path: string): readonly string[] {
  const text = read(path);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
