import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import { readProcess } from '../../src/definition/index.ts';
import { readGolden } from './golden-file.ts';
import { playGolden } from './golden-play.ts';

const store = new URL('../golden/histories/', import.meta.url);
const UNCHANGED =
  'old versions must run unchanged for years: instances are pinned to them, and their history is proven by its hashes. Do not record these files anew; change the program so that what was published before is decided, and spelt, as it was';

const files = readdirSync(store).flatMap((month) =>
  readdirSync(new URL(`${month}/`, store))
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => `${month}/${file.replace('.jsonl', '')}`),
);

describe.each(files)('the golden histories of %s', (name) => {
  const { head, instances } = readGolden(readFileSync(new URL(`${name}.jsonl`, store), 'utf8'));
  const { definition, problems } = readProcess(readFileSync(new URL(`${name}.yaml`, store), 'utf8'), `${name}.yaml`);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const process = definition && compileProcess(definition, head.calendars === null ? [] : JSON.parse(head.calendars));

  it('are of a definition that still reads, under the digest that it was published with', () => {
    expect(errors, UNCHANGED).toEqual([]);
    expect(process?.digest, UNCHANGED).toBe(head.digest);
  });

  it.each(instances)('come out the same to the byte: $story', (instance) => {
    if (process === null) throw new Error(UNCHANGED);
    const played = playGolden(process, instance);
    for (const [n, { command, entries }] of instance.steps.entries())
      expect(played.entries[n], `${command.type} of ${instance.story}, command ${n + 1}: ${UNCHANGED}`).toEqual(
        entries,
      );
    expect(played.head, UNCHANGED).toBe(instance.head);
    expect(instance.steps.length).toBeGreaterThan(1);
  });
});
