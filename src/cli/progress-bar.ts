import type { Cli } from './command.ts';

const WIDTH = 30;

/** How far something is, on one line of a terminal's standard error; elsewhere nothing is shown. */
export interface ProgressBar {
  show(done: number, all: number): void;
  /** Takes the line away. */
  clear(): void;
}

export function createProgressBar({ io }: Pick<Cli, 'io'>): ProgressBar {
  let last = '';
  return {
    show(done, all) {
      const line = progressLine(done, all);
      if (!io.terminal || line === last) return;
      last = line;
      io.err(`\r${line}`);
    },
    clear() {
      if (last !== '') io.err(`\r${' '.repeat(last.length)}\r`);
      last = '';
    },
  };
}

/** `[#########·····················]  30 %  3,000 / 10,000` */
export function progressLine(done: number, all: number): string {
  const share = all === 0 ? 1 : Math.min(1, done / all);
  const full = Math.floor(share * WIDTH);
  const percent = String(Math.floor(share * 100)).padStart(3);
  const counts = `${done.toLocaleString('en')} / ${all.toLocaleString('en')}`;
  return `[${'#'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${percent} %  ${counts}`;
}
