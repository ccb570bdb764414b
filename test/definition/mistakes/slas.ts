import type { Mistake } from './mistake.ts';

const SLA = 'sla: { within: 2 working days, warn: [80%, 1 day] }';
const sla = (words: string) => `sla: { ${words} }`;
const HELD = '\nhold: { reasons: [supplier] }\nphases:';

/** How long things may take, and what happens when they take longer. */
export const slas: readonly Mistake[] = [
  [SLA, sla('within: «1 month of working days»'), 'bad-duration'],
  [SLA, sla('within: «-2 days»'), 'bad-duration'],
  [SLA, sla('within: «0 days»'), 'bad-duration'],
  [SLA, sla('within: «4000 days»'), 'duration-unfit'],
  [SLA, sla('within: 2 days, warn: «120%»'), 'bad-duration'],
  [SLA, sla('within: 2 days, warn: «3 days»'), 'warning-too-early'],
  [SLA, sla('within: 2 days, warn: [50%, «2 days»]'), 'warning-too-early'],
  [SLA, '«sla»: { within: 2 days, due: due_on }', 'choose-one'],
  [SLA, sla('targets: [{ «within»: 1 day }, { within: 2 days }]'), 'rule-never-read'],
  [SLA, sla('targets: [{ when: «amont» > 5, within: 1 day }]'), 'condition-unknown-field'],
  [SLA, sla('targets: [{ due: «amount» }]'), 'time-field-needed'],
  [SLA, sla('targets: [{ within: «40000 days» }]'), 'duration-unfit'],
  [SLA, sla('within: 2 days, breach: { notify: «byer» }'), 'unknown-role'],
  [SLA, sla('within: 2 days, breach: { notify: [buyer, «byer»] }'), 'unknown-role'],
  [SLA, sla('within: 2 days, breach: { raise: «byer» }'), 'unknown-role'],
  [SLA, sla('within: 2 days, breach: { reassign: «buyer» }'), 'wrong-type'],
  [SLA, sla('within: 2 days, breach: { do: { type: «rework» } }'), 'unknown-value'],
  [SLA, sla('within: 2 days, breach: { do: { type: advance, step: «aks» } }'), 'unknown-step'],
  [SLA, sla('within: 2 days, breach: { do: { type: close, outcome: «lst» } }'), 'unknown-outcome'],
  [
    SLA,
    sla('within: 2 days, escalate: [{ after: 2 days, raise: buyer }, { after: «1 day», raise: buyer }]'),
    'escalation-order',
  ],
  [SLA, sla('within: 2 days, escalate: [{ after: «4000 days», raise: buyer }]'), 'duration-unfit'],
  [SLA, sla('within: 2 days, «puase»: any'), 'unknown-key'],
  [SLA, sla('within: 2 days, «pause»: supplier'), 'word-unfit'],
  [SLA, sla('within: 2 days, on_rework: «begin»'), 'unknown-value'],
  [SLA, sla('within: 2 days, on_change: «recalc»'), 'unknown-value'],
  [SLA, sla('within: 2 days, «on_chnage»: keep'), 'unknown-key'],
  ['sla: { due: due_on, from: ordered_at }', sla('due: due_on, from: ordered_at, «pause»: any'), 'word-unfit'],
  [
    '\nphases:',
    HELD.replace('phases:', 'sla: { within: 9 days, pause: [supplier, «suplier»] }\nphases:'),
    'unknown-reason',
  ],
];
