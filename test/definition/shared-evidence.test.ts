import { describe, expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';
import { edit, soundFile, unmark } from './marked-file.ts';

/** Where the other processes are known: what activities rest on is looked for among them. */
const shared: readonly (readonly [word: string, remedy: string])[] = [
  ['«revews/market»', 'Did you mean reviews/market?'],
  ['«reviews/markt»', 'Did you mean reviews/market?'],
  ['«nothing/like-it»', 'Until nothing is published and declares like-it under evidence, the activity cannot be met'],
  ['{ evidence: «reviews/market», scope: { region: class } }', 'Leave scope out'],
  ['{ evidence: «reviews/local» }', 'Name one of our fields under scope for each of region'],
];

describe('evidence of processes that are known', () => {
  const described = { title: { zh: '', en: '' }, source: null, assumed: false, note: null };
  const valid = { for: '1 month', until: null, from: null };
  const made = (id: string, ...scope: string[]) => ({ id, ...described, on: 'done', valid, scope });
  const { definition: sound } = readProcess(soundFile, 'reviews.yaml');
  if (sound === null) throw new Error('the sound file is not');
  const others = new Map([['reviews', { ...sound, evidence: [made('market'), made('local', 'region')] }]]);
  const rested = (word: string) => unmark(edit('by: buyer, any', `by: buyer, shared: ${word}, any`));

  it.each(shared)('is looked for: %s', (word, remedy) => {
    const { text, places } = rested(word);
    const { definition, problems } = readProcess(text, 'purchase.yaml', { others });
    expect(definition).not.toBeNull();
    expect(problems.map((p) => [p.code, p.severity, p.remedy.en, [p.line, p.column, p.length]])).toEqual([
      ['shared-unknown', 'warning', remedy, places[0]],
    ]);
  });

  it.each(['reviews/market', '{ evidence: reviews/local, scope: { region: class } }'])('is found: %s', (word) => {
    expect(readProcess(rested(word).text, 'purchase.yaml', { others }).problems).toEqual([]);
    expect(readProcess(rested('nobody/knows').text, 'purchase.yaml').problems).toEqual([]);
  });
});
