import type { Mistake } from './mistake.ts';

/** Conditions, and the criteria that are made of them. */
export const conditions: readonly Mistake[] = [
  ['offers >= 3', 'offers «=» 3', 'condition-syntax'],
  ['offers >= 3', '«offers > "3"»', 'condition-type'],
  ['offers >= 3', 'known(offers) && «ofers» >= 3', 'condition-unknown-field'],
  ['"class == \'urgent\'"', '"class == «\'urgnt\'»"', 'condition-unknown-value'],
  ['"class == \'urgent\'"', '"\\u0063lass == «\\"urgnt\\"»"', 'condition-unknown-value'],
  ['\'"red" in tags\'', '\'«"green"» in tags\'', 'condition-unknown-value'],
  ['\'"red" in tags\'', "'«''green''» in tags'", 'condition-unknown-value'],
  ['amount >= 50000, then', '«size(tags)» > 1, then', 'condition-forbidden'],
  ['compared: known(offers)', 'compared:\n        known(offers)\n        &&  «amout» > 1', 'condition-unknown-field'],
  ['compared: known(offers)', 'compared: >\n        known(offers)\n        && «amout» > 1', 'condition-unknown-field'],
  [
    'compared: known(offers)',
    `compared: known(offers) && ${'('.repeat(16)}«(true${')'.repeat(17)}»`,
    'condition-too-large',
  ],
  [
    'source: "1.2.1", by: buyer',
    'source: "1.2.1", when: «ordered_at» > timestamp("2026-01-01T00:00:00Z"), by: buyer',
    'gate-reads-later',
  ],
  ['source: "1.2.1", by: buyer', 'source: "1.2.1", when: known(approver), by: buyer'],
  ['source: "1.2.1", by: buyer', 'source: "1.2.1", when: «amount == "a"», by: buyer', 'condition-type'],
  ['any: [amount < 50000, known(approver)', 'all: [amount < 50000, known(«offers»)', 'gate-reads-later'],
  ['[amount < 50000, known(approver)', '[amount < 50000, known(approver) || «offers» > 3', 'gate-reads-later'],
  ['compared: known(offers)', "compared: 'known(offers) && known(«ordered_at»)'", 'gate-reads-later'],
  ['at_least: 1, of', 'at_least: «3», of', 'count-too-high'],
  [
    'compared: known(offers)',
    `compared: ${'{ not: '.repeat(7)}{ any: [«known(offers)»] }${' }'.repeat(7)}`,
    'nested-too-deep',
  ],
];
