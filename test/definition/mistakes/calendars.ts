import type { Mistake } from './mistake.ts';

const SLA = 'sla: { within: 2 working days, warn: [80%, 1 day] }';
const NAMED = 'calendar: china';
const list = (choices: string) => `calendar: [${choices}]`;
const BUYER = 'buyer:   { title: { zh: 采购员, en: Buyer } }';

/** The calendars that processes, roles and SLAs name. */
export const calendars: readonly Mistake[] = [
  [NAMED, 'calendar: «chian»', 'unknown-calendar'],
  [NAMED, 'calendar: «China»', 'bad-id'],
  [NAMED, list('{ when: class == "A", use: germany }, { use: «chian» }'), 'unknown-calendar'],
  [NAMED, list('{ when: «clas» == "A", use: germany }, { use: china }'), 'condition-unknown-field'],
  [NAMED, list('{ «use»: germany }, { use: china }'), 'rule-never-read'],
  [NAMED, list('{ when: class == "A", «ues»: germany }, { use: china }'), 'missing-key', 'unknown-key'],
  [BUYER, BUYER.replace(' } }', ' }, calendar: «mars» }'), 'unknown-calendar'],
  [SLA, 'sla: { within: 2 working days, calendar: «mars» }', 'unknown-calendar'],
];

/** In a file that names no calendar. */
export const missing: readonly (readonly [sla: string, ...places: readonly string[]])[] = [
  ['sla: { within: «2 working days» }'],
  ['sla: { within: 2 days, warn: [80%, «1 working hour»] }'],
  ['sla: { targets: [{ when: amount > 5, within: 1 day }, { within: «2 working days» }] }'],
  ['sla: { within: 2 days, escalate: [{ after: «1 working day», raise: buyer }] }'],
];
