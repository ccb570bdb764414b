import type { Mistake } from './mistake.ts';

const REVIEW =
  '\nevidence:\n  review: { title: { zh: 回顾, en: Review }, on: bought, valid: { for: 3 months } }\nphases:';

/** The evidence of a process, and activities that rest on that of others. */
export const evidence: readonly Mistake[] = [
  ['\nphases:', REVIEW.replace('on: bought', 'on: «bougt»'), 'unknown-outcome'],
  [
    '\nphases:',
    REVIEW.replace('  review: {', '  «review»: {').replace(', valid: { for: 3 months }', ''),
    'missing-key',
  ],
  ['\nphases:', REVIEW.replace('valid: { for', '«valid»: { until: due_on, for'), 'choose-one'],
  ['\nphases:', REVIEW.replace('3 months', '«5 working days»'), 'duration-unfit'],
  ['\nphases:', REVIEW.replace('3 months', '«36501 days»'), 'duration-unfit'],
  ['\nphases:', REVIEW.replace('for: 3 months', 'until: «due_of»'), 'unknown-field'],
  ['\nphases:', REVIEW.replace('for: 3 months', 'for: 3 months, from: «offers»'), 'time-field-needed'],
  ['\nphases:', REVIEW.replace('valid:', 'scope: [class, «clas»], valid:'), 'unknown-field'],
  ['\nphases:', REVIEW.replace('valid:', 'scope: [«approver»], valid:'), 'evidence-field-unfit'],
  ['\nphases:', REVIEW.replace('valid:', 'scope: [«offers»], valid:'), 'evidence-field-unfit'],
  ['by: buyer, any', 'by: buyer, shared: «reviews», any', 'bad-format'],
  ['by: buyer, any', 'by: buyer, shared: { «evidnce»: reviews/review }, any', 'unknown-key'],
  ['by: buyer, any', 'by: buyer, shared: { evidence: r/r, scope: { region: «clas» } }, any', 'unknown-field'],
  ['by: buyer, any', 'by: buyer, shared: { evidence: r/r, scope: { region: «amount» } }, any', 'evidence-field-unfit'],
];
