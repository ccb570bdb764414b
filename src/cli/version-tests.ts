import { setImmediate as turn } from 'node:timers/promises';
import type { CompiledProcess } from '../compile/types.ts';
import { createRunner, readScenarios } from '../scenario/index.ts';
import type { VersionTests } from '../service/index.ts';

/** What the file of a draft's scenarios is called in problems. */
const NAME = 'tests.yaml';

/** The scenarios that come with a draft, run one in each turn of the event loop, so that others are answered in between. */
export const versionTests: VersionTests = {
  check: (process, text) => read(process, text).problems,
  async run(process, text) {
    const { file } = read(process, text);
    // It was read without errors when it was drafted; by this program it no longer is.
    if (file === null) return { passed: 0, failed: [NAME] };
    const runner = createRunner(process, file);
    const failed: string[] = [];
    for (const scenario of file.scenarios) {
      await turn();
      if (!runner.run(scenario).passed) failed.push(scenario.name);
    }
    return { passed: file.scenarios.length - failed.length, failed };
  },
};

function read(process: CompiledProcess, text: string) {
  return readScenarios(text, NAME, (name) => (name === process.definition.process ? process : undefined));
}
