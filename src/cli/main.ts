#!/usr/bin/env node
import { isColorSupported } from './colour.ts';
import { main } from './program.ts';

// A reader that has seen enough (`phasegate history … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const code = await main(process.argv.slice(2), {
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  colour: isColorSupported(process.env, process.stdout.isTTY === true && process.stderr.isTTY === true),
  terminal: process.stderr.isTTY === true,
  // A write per line costs as much as making the line: they go out together, a quarter of a second later at most.
  openLog: async () => {
    const { default: pino } = await import('pino');
    return pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 250 });
  },
  // Once: a second signal ends the process at once, as it would without us.
  stopRequested: () =>
    new Promise((resolve) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
    }),
});
process.stdout.write('', () => process.exit(code));
