import type { Mistake } from './mistake.ts';

const TICK = 'describe: { title: { zh: 填写, en: Describe }, source: "1.1.1", ';
const call = (words: string) => `${TICK}call: { ${words} }, `;

/** Activities that services do. */
export const calls: readonly Mistake[] = [
  [TICK, call('service: «Credit»'), 'bad-id'],
  [TICK, `${TICK}«call»: { sends: amount }, `, 'missing-key'],
  [TICK, call('service: credit, sends: [amount, «amont»]'), 'unknown-field'],
  [TICK, call('service: credit, sends: «approver»'), 'option-unfit'],
  [TICK, call('service: credit, timeout: «2 working hours»'), 'duration-unfit'],
  [TICK, call('service: credit, wait: «1 month»'), 'duration-unfit'],
  [TICK, call('service: credit, timeout: «0 minutes»'), 'bad-duration'],
  [TICK, call('service: credit, tries: «21»'), 'out-of-bounds'],
  [TICK, call('service: credit, «retries»: 3'), 'unknown-key'],
];
