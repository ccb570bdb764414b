import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['test/global-setup.ts'],
    include: ['test/**/*.test.ts'],
    // Nothing of ours keeps state in a module that a test changes, and loading all anew for each file took a quarter of the time.
    isolate: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
    // Half of the tests wait for a database or a child process; vitest would leave one core to itself.
    maxWorkers: Math.max(2, availableParallelism()),
    reporters: ['default'],
  },
});
