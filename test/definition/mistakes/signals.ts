import type { Mistake } from './mistake.ts';

const PAID = '\nsignals:\n  paid: { title: { zh: 已付, en: Paid }, from: finance, sets: [offers] }\nphases:';

/** What other systems may tell. */
export const signals: readonly Mistake[] = [
  ['\nphases:', PAID.replace('sets: [offers]', 'completes: «aprove»'), 'unknown-activity'],
  ['\nphases:', PAID.replace('sets: [offers]', 'completes: «collect»'), 'signal-activity-unfit'],
  [
    '\nphases:',
    PAID.replace('sets: [offers]', 'completes: approve, sets: [offers]').replace('paid', '«paid»'),
    'choose-one',
  ],
  ['\nphases:', PAID.replace('sets: [offers]', 'keep: 1 day').replace('paid', '«paid»'), 'choose-one'],
  // The file has a key; taken away, the other things that name it are wrong too.
  ['key: request_no\n', 'signals: { «paid»: { title: { zh: 已付, en: Paid }, sets: [request_no] } }\n', 'missing-key'],
  ['\nphases:', PAID.replace('[offers]', '[«ofers»]'), 'unknown-field'],
  ['\nphases:', PAID.replace('[offers]', '[«class»]'), 'field-derived'],
  ['\nphases:', PAID.replace('from: finance', 'from: «finanse»'), 'unknown-role'],
  ['\nphases:', PAID.replace('from: finance', 'from: [«instance-owner»]'), 'reserved-id'],
  ['\nphases:', PAID.replace('from:', 'match: «requst_no», from:'), 'unknown-field'],
  ['\nphases:', PAID.replace('from:', 'match: «approver», from:'), 'signal-field-unfit'],
  ['\nphases:', PAID.replace('from:', 'match: «amount», from:'), 'signal-field-unfit'],
  ['\nphases:', PAID.replace('from:', 'keep: «2 working days», from:'), 'duration-unfit'],
  ['\nphases:', PAID.replace('from:', 'keep: «11000 days», from:'), 'duration-unfit'],
  ['\nphases:', PAID.replace('from:', 'keep: «1 month of working days», from:'), 'bad-duration'],
  ['\nphases:', PAID.replace('from:', '«form»:'), 'unknown-key'],
];
