import { edits, soundFile } from '../marked-file.ts';
import type { Mistake } from './mistake.ts';

const keys = ['1', '1.1', '1.1.1', '1.1.2', '1.2', '1.2.1', '2', '2.1', '2.1.1', '2.2', '2.2.1'].map(
  (key) => `"${key}"`,
);
const listed = (list: readonly string[]) => ['\nsubject:', `\npolicy: [${list.join(', ')}]\nsubject:`] as const;
const COLLECT = 'source: "1.2.1"';

/** The clauses that a policy has, and those that elements name. */
export const clauses: readonly Mistake[] = [
  ['\nsubject:', listed([...keys, '«"9"»'])[1], 'clause-unimplemented'],
  ['\nsubject:', listed([...keys, '«"1.1.3"»', '«"采购制度"»'])[1], 'clause-unimplemented', 'clause-unimplemented'],
  [soundFile, edits(listed(keys), [COLLECT, 'source: «"1.2.2"»']), 'clause-unimplemented', 'clause-unknown'],
  [soundFile, edits(listed(keys.slice(0, -1))), 'clause-unknown'],
  [
    soundFile,
    edits(listed(keys), ['compared: known(offers)', 'compared: { when: known(offers), source: «7» }']),
    'wrong-type',
  ],
  [
    soundFile,
    edits(listed(keys), ['compared: known(offers)', 'compared: { when: known(offers), source: «"7"» }']),
    'clause-unknown',
  ],
  ['\nsubject:', listed([...keys, '«"1"»'])[1], 'duplicate-item'],
  ['\nsubject:', listed([...keys, '«1.3»'])[1], 'wrong-type'],
  ['\nsubject:', '\n«policy»: []\nsubject:', 'empty'],
  ['\nsubject:', '\n«polcy»: ["1"]\nsubject:', 'unknown-key'],
];

/** What looks like it and is right. */
export const complete: readonly string[] = [
  edits(listed(keys)),
  // What is called `source` there is a field of the child or a person.
  edits(listed(keys), ['owner: buyer', 'starts: { care: { process: care, with: { source: amount } } }']),
  edits(listed(keys), ['managers: { anna: mei }', 'managers: { anna: mei, source: mei }']),
];
