import type { Command, FoundEvidence } from '../../src/engine/types.ts';

// Golden histories: what instances of a definition were sent, and every entry that came of it, as one file of lines:
//   {"process", "digest", "calendars"}                  the definition's digest; its text stands in a file of the same name
//   {"story", "version"}                                an instance begins
//   {"command", "now", "ids", "evidence"}               what it was sent, with the ids that were made and the evidence found
//   {"accepted": …, …}                                  the entries that came of it, to the byte
//   {"head"}                                            the hash of the last one, which seals all before it

export interface GoldenHead {
  readonly process: string;
  readonly digest: string;
  /** The calendars of the version, as its row keeps them; null: none. */
  readonly calendars: string | null;
}

export interface GoldenCommand {
  readonly command: Command;
  readonly now: string;
  readonly ids: readonly string[];
  readonly evidence: readonly (readonly [name: string, scope: string, found: readonly FoundEvidence[]])[];
}

export interface GoldenStep extends GoldenCommand {
  /** Texts of the entries. */
  readonly entries: readonly string[];
}

export interface GoldenInstance {
  readonly story: string;
  readonly steps: readonly GoldenStep[];
  /** Hash of its last entry. */
  readonly head: string;
}

export function goldenText(head: GoldenHead, instances: readonly GoldenInstance[]): string {
  const lines = instances.flatMap(({ story, steps, head }) => [
    JSON.stringify({ story }),
    ...steps.flatMap(({ entries, ...sent }) => [JSON.stringify(sent), ...entries]),
    JSON.stringify({ head }),
  ]);
  return `${[JSON.stringify(head), ...lines].join('\n')}\n`;
}

export function readGolden(text: string): { readonly head: GoldenHead; readonly instances: readonly GoldenInstance[] } {
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const instances: { story: string; steps: (GoldenCommand & { entries: string[] })[]; head: string }[] = [];
  for (const line of lines) {
    const value = JSON.parse(line);
    const last = instances.at(-1);
    if ('story' in value) instances.push({ story: value.story, steps: [], head: '' });
    else if (last === undefined) throw new Error('a golden file begins with a story');
    else if ('head' in value) last.head = value.head;
    else if ('now' in value) last.steps.push({ ...value, entries: [] });
    else last.steps.at(-1)?.entries.push(line);
  }
  return { head: JSON.parse(first), instances };
}
