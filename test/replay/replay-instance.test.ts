import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { readProcess } from '../../src/definition/index.ts';
import { mappingOf } from '../../src/diff/index.ts';
import type { EntryDraft } from '../../src/engine/types.ts';
import { createReplay, createTally } from '../../src/replay/index.ts';
import type { Difference } from '../../src/replay/types.ts';
import { evidenceOfDeals } from '../bench/evidence.ts';
import { edits } from '../engine/edits.ts';
import { type GoldenInstance, readGolden } from './golden-file.ts';

const store = new URL('../golden/histories/2026-11/', import.meta.url);

function golden(name: string) {
  const { head, instances } = readGolden(readFileSync(new URL(`${name}.jsonl`, store), 'utf8'));
  const yaml = readFileSync(new URL(`${name}.yaml`, store), 'utf8');
  const compiled = (text: string): CompiledProcess => {
    const { definition } = readProcess(text, `${name}.yaml`);
    if (definition === null) throw new Error(`${name}.yaml has errors`);
    return compileProcess(definition, head.calendars === null ? [] : JSON.parse(head.calendars));
  };
  return { yaml, instances, compiled };
}

/** Replays instances of which nothing is kept beside their entries: no personal value, no state. */
function replayAll(instances: readonly GoldenInstance[], from: CompiledProcess, to: CompiledProcess) {
  const tally = createTally();
  const found: Difference[] = [];
  const sink = {
    ...tally,
    differs(difference: Difference) {
      found.push(difference);
      tally.differs(difference);
    },
  };
  const evidence = evidenceOfDeals('', '');
  const candidate = {
    process: to,
    mappingFrom: (version: CompiledProcess) => mappingOf(version.definition, to.definition),
    versions: () => from,
    evidence: () => evidence,
  };
  const asked: unknown[] = [];
  for (const { story, steps } of instances) {
    const subject = { id: story, key: story, personal: () => undefined, stateAt: () => null };
    const replay = createReplay(candidate, subject, { since: '2026', until: '2027' }, sink);
    const entries: EntryDraft[] = steps.flatMap((step) => step.entries.map((text) => JSON.parse(text)));
    // One by one, as a long history comes in parts.
    for (const entry of entries) asked.push(...replay.add([entry]));
    asked.push(...replay.end('2026-12-31'));
  }
  return { counts: tally.counts(), found, asked };
}

describe.each(['sales', 'trade-fair', 'quarterly-market-review', 'ideal-customer'])(
  'the golden histories of %s',
  (name) => {
    it('give the same decisions again, though nothing is kept of them but their entries', () => {
      const { yaml, instances, compiled } = golden(name);
      const same = compiled(yaml);
      const { counts, found, asked } = replayAll(instances, same, same);
      expect([found, asked]).toEqual([[], []]);
      expect(counts.same).toBe(counts.commands);
      expect(counts.commands).toBeGreaterThanOrEqual(instances.length * 5);
    });

    it('give the same decisions on another version that only calls something otherwise', () => {
      const { yaml, instances, compiled } = golden(name);
      const other = compiled(yaml.replace(/title: \{ zh: (\S+), en: /, 'title: { zh: $1, en: New '));
      const { counts, found } = replayAll(instances, compiled(yaml), other);
      expect(found).toEqual([]);
      const { 'not-kept': wrong, ...others } = counts.incomparable;
      expect(others).toEqual({ nowhere: 0, erased: 0, unreadable: 0, untraced: 0 });
      expect(counts.same + wrong).toBe(counts.commands);
    });
  },
);

const renamings = edits.filter(({ name }) => name.includes('renamed'));

it.each(renamings)('the golden histories of sales give the same decisions with $name', ({ apply }) => {
  const { yaml, instances, compiled } = golden('sales');
  const other = compiled(apply(yaml));
  const { counts, found } = replayAll(instances, compiled(yaml), other);
  expect(found).toEqual([]);
  const { 'not-kept': wrong, ...others } = counts.incomparable;
  expect(others).toEqual({ nowhere: 0, erased: 0, unreadable: 0, untraced: 0 });
  expect(counts.same + wrong).toBe(counts.commands);
  expect(renamings).toHaveLength(7);
});
