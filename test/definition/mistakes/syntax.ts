import { soundFile } from '../marked-file.ts';
import type { Mistake } from './mistake.ts';

/** What YAML, or our part of it, does not allow. */
export const syntax: readonly Mistake[] = [
  [soundFile, '«»', 'file-empty'],
  [soundFile, '# only a remark\n', 'file-empty'],
  ['zh: 采购, en: Purchase', 'zh: 采\u0007购, en: Purchase', 'control-character'],
  ['en: Purchase', 'en: «"a\\u0000b"»', 'control-character'],
  ['{ zh: 采购, en: Purchase }', '«&title» { zh: 采购, en: Purchase }', 'anchor'],
  ['{ zh: 采购, en: Purchase }', '«*title»', 'alias'],
  ['compared: known(offers)', 'compared: «!known(offers)»', 'tag'],
  ['[amount < 50000, ', '[«!known(amount)», ', 'tag'],
  ['[amount < 50000, ', '[«!known(amount)» «&&» offers > 1, ', 'tag', 'anchor'],
  [
    'compared: known(offers)',
    'compared: «!known(ofers)» # why\n      other: known(«amout»)',
    'tag',
    'condition-unknown-field',
  ],
  ['owner: buyer', 'owner: «*who»\n        «ownr»: buyer', 'alias', 'unknown-key'],
  ['subject: request', '«<<»: { a: b }\nsubject: request', 'merge-key'],
  ['process: purchase', '«---»\nprocess: purchase', 'document-marker'],
  ['\nroles:', '\n«...»\n«---»\nroles:', 'document-marker', 'document-marker'],
  ['process: purchase', '«%YAML 1.2»\n«---»\nprocess: purchase', 'directive', 'document-marker'],
  ['subject: request', '«__proto__»: { a: b }\nsubject: request', 'forbidden-key'],
  ['  decide:', '  «constructor»:', 'forbidden-key'],
  ['subject: request', 'subject: request\n«subject»: deal', 'duplicate-key'],
  ['      compare:', '      «ask»:', 'duplicate-key'],
  ['en: Buyer } }', 'en: Buyer }', 'yaml-syntax'],
];
