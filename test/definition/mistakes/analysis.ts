import { edits, soundFile } from '../marked-file.ts';
import type { Mistake } from './mistake.ts';

const SLA = 'sla: { within: 2 working days, warn: [80%, 1 day] }';
const DESCRIBE = 'describe: { title';
const REWORK = 'rework: { to: [compare], limit: 2 }';
const CHECK = 'source: "2.2.1", any: [quantity, quality], sla: { due: due_on, from: ordered_at }, every: 6 months';
const RECEIVE = `receive:
        title: { zh: 收货, en: Receive }
        source: "2.2"
        activities:
          check: { title: { zh: 验收, en: Check }, ${CHECK} }`;

type Change = readonly [from: string, to: string];

const ofStep = (step: string, activity: string): readonly Change[] => [
  [SLA, `sla: { ${step} }`],
  [DESCRIBE, `describe: { sla: { ${activity} }, title`],
];
const ofPhase = (words: string): Change => ['    source: "1"\n', `    source: "1"\n    sla: { ${words} }\n`];
const ofProcess = (words: string): Change => ['\nphases:', `\nsla: { ${words} }\nphases:`];
const owned: readonly Change[] = [
  ['source: "1.2"\n', 'source: "1.2"\n        owner: buyer\n'],
  ['source: "2.1"\n', 'source: "2.1"\n        owner: buyer\n'],
  ['source: "2.2"\n', 'source: "2.2"\n        owner: buyer\n'],
];
const guest = (key: string): Change => ['  manager: {', `  ${key}: { title: { zh: 访客, en: Guest } }\n  manager: {`];
const received = (from: string, to: string, key = '«receive»'): Change => [
  RECEIVE,
  RECEIVE.replace(from, to).replace('receive', key),
];

const routes = (list: string): string => `owner: buyer\n        next: [${list}]`;

const changed = (changes: readonly Change[], ...codes: readonly string[]): Mistake => [
  soundFile,
  edits(...changes),
  ...codes,
];

/** Course, times, roles and words: what can be said of a file without errors alone. */
export const analysis: readonly Mistake[] = [
  [SLA, 'sla: { within: 2 days, from: «ordered_at» }', 'gate-reads-later'],
  [SLA, 'sla: { targets: [{ when: «offers» > 3, within: 1 day }, { within: 2 days }] }', 'gate-reads-later'],
  [SLA, 'sla: { due: «ordered_at» }', 'gate-reads-later'],
  changed([ofPhase('within: 9 weeks, from: «ordered_at»')], 'gate-reads-later'),
  ['limit: 2 }', 'limit: 2, resets: [«amount»] }', 'reset-lost'],
  ['limit: 2 }', 'limit: 2, resets: [offers, «approver»] }', 'reset-lost'],
  [REWORK, '«rework»: { to: [compare] }', 'no-limit'],
  ['source: "1.2"\n', 'source: "1.2"\n        next: [{ when: offers < 5, to: «ask» }, { to: buy }]\n', 'no-limit'],
  ['source: "1.2"\n', 'source: "1.2"\n        next: [{ when: offers < 5, to: «decide» }, { to: buy }]\n', 'no-limit'],
  ['source: "1.2"\n', 'source: "1.2"\n        next: [{ when: offers < 5, to: «compare» }, { to: buy }]\n', 'no-limit'],
  ['owner: buyer', routes('{ «when»: amount > 5, to: compare }'), 'route-missing'],
  ['owner: buyer', routes('{ when: amount > 5, to: buy }, { «when»: amount < 5, to: compare }'), 'route-missing'],
  ['owner: buyer', routes('{ when: amount > 0.01, to: buy }, { «when»: amount < 0.01, to: compare }'), 'route-missing'],
  // What is not known is told apart, and what is no comparison with a constant may be anything.
  ['owner: buyer', routes('{ when: known(class), to: buy }, { «when»: amount < 5, to: compare }'), 'route-missing'],
  [
    'owner: buyer',
    routes('{ when: amount > amount, to: buy }, { «when»: amount <= amount, to: compare }'),
    'route-missing',
  ],
  changed(ofStep('within: 2 working days', 'within: «3 working days»'), 'sla-exceeds-parent'),
  changed(ofStep('within: 2 days', 'within: «50 hours»'), 'sla-exceeds-parent'),
  changed(ofStep('within: 3 days', 'within: «5 working days»'), 'sla-exceeds-parent'),
  changed(ofStep('within: 30 days', 'within: «2 months»'), 'sla-exceeds-parent'),
  changed(
    ofStep('targets: [{ when: amount > 5, within: 1 day }, { within: 2 days }]', 'within: «3 days»'),
    'sla-exceeds-parent',
  ),
  changed(
    ofStep('within: 2 days', 'targets: [{ when: amount > 5, within: 1 day }, { within: «3 days» }]'),
    'sla-exceeds-parent',
  ),
  changed([ofPhase('within: 1 day'), [SLA, 'sla: { within: «2 days» }']], 'sla-exceeds-parent'),
  changed([ofProcess('within: 1 day'), ofPhase('within: «2 days»'), [SLA, '']], 'sla-exceeds-parent'),
  changed(
    [ofProcess('within: 1 day'), ['signature: {', 'signature: { sla: { within: «2 days» },']],
    'sla-exceeds-parent',
  ),
  changed([...owned, guest('«guest»')], 'role-unused'),
  changed([received('any: [quantity, quality], ', '')], 'tick-only'),
  changed(
    [received('check: {', 'look: { title: { zh: 看, en: Look }, source: "2.2" }\n          check: { optional: true,')],
    'tick-only',
  ),
  ['zh: 收集, en', 'zh: «及时»收集, en', 'vague-time'],
  ['zh: 收集, en', 'zh: 请«尽快»并按时收集, en', 'vague-time'],
  ['zh: 收集, en: Collect', 'zh: 收集, en: Collect «Regularly»', 'vague-time'],
  ['source: "1.2.1", by', 'source: "1.2.1", note: 我们«定期»收集 / we collect, by', 'vague-time'],
  ['source: "1.2.1", by', 'source: "1.2.1", note: "every offer is read «as soon as possible»", by', 'vague-time'],
  ['zh: 收集, en', 'zh: 按时间顺序«按时»收集, en', 'vague-time'],
  ['zh: 比价, en', 'zh: «阶段性»比价, en', 'vague-time'],
  ['zh: 签字, en', 'zh: «适时»签字, en', 'vague-time'],
];

/** What looks like it and is right. */
export const harmless: readonly string[] = [
  edits(
    [SLA, 'sla: { within: 2 days, from: ordered_at }'],
    ['outcomes:', 'signals: { sent: { title: { zh: 到, en: Sent }, sets: [ordered_at] } }\n\noutcomes:'],
  ),
  edits([REWORK, 'rework: { to: [compare], limit: 2, resets: [offers] }']),
  edits(['source: "1.2"\n', 'source: "1.2"\n        next: [{ when: offers < 5, to: ask, limit: 3 }, { to: buy }]\n']),
  edits(['owner: buyer', 'owner: buyer\n        next: [{ when: amount < 5, to: buy }, { to: compare }]']),
  ...[
    '{ when: amount > 5, to: buy }, { when: amount <= 5, to: compare }',
    '{ when: amount < 0.01, to: buy }, { when: amount >= 0.01, to: compare }',
    '{ when: amount > 5, to: buy }, { when: amount < 5, to: compare }, { when: amount == 5, to: compare }',
    `{ when: 'class == "urgent"', to: buy }, { when: 'class == "B"', to: compare }`,
    '{ when: known(class) && amount > 5, to: buy }, { when: "!known(class) || amount <= 5", to: compare }',
  ].map((list) => edits(['owner: buyer', routes(list)])),
  edits(...ofStep('within: 2 working days', 'within: 2 working days')),
  edits(...ofStep('within: 2 days', 'within: 49 hours')),
  edits(...ofStep('within: 2 working days', 'within: 3 days')),
  edits(...ofStep('within: 30 days', 'within: 1 month')),
  edits(...ofStep('within: 8 working hours', 'within: 2 working days')),
  edits(...ofStep('within: 2 days, pause: any', 'within: 3 days')),
  edits(...ofStep('within: 2 working days, calendar: germany', 'within: 3 working days')),
  edits(...ofStep('targets: [{ when: amount > 5, within: 1 day }, { within: 4 days }]', 'within: 3 days')),
  edits(...ofStep('targets: [{ when: amount > 5, within: 1 day }, { due: due_on }]', 'within: 3 days')),
  edits(guest('guest')),
  edits(...owned, guest('guest'), ['\nfields:', '\naccess: { see: [buyer, guest] }\nfields:']),
  edits(received('any: [quantity, quality], ', 'may_supply: [tags], ', 'receive')),
  edits(received('any: [quantity, quality], ', 'call: { service: scale }, ', 'receive')),
  edits(received('any: [quantity, quality], ', 'shared: other/proof, ', 'receive')),
  edits(received('any: [quantity, quality], ', 'optional: true, ', 'receive')),
  edits([
    `${RECEIVE}\n`,
    `${RECEIVE.replace('any: [quantity, quality], ', '')}\n        exit: { seen: known(due_on) }\n`,
  ]),
  edits([
    `${RECEIVE}\n`,
    `${RECEIVE.replace('any: [quantity, quality], ', '')}\n        approvals: { seen: { title: { zh: 看, en: Seen }, by: chief } }\n`,
  ]),
  edits(['zh: 收集, en', 'zh: 及时收集, en'], ['source: "1.2.1", by', 'source: "1.2.1", sla: { within: 2 days }, by']),
  edits(['zh: 收集, en', 'zh: 定期收集, en'], ['source: "1.2.1", by', 'source: "1.2.1", every: 1 month, by']),
  edits(['zh: 收集, en', 'zh: 尽快收集, en'], ['source: "1.2.1", by', 'source: "1.2.1", assumed: true, by']),
  edits(['zh: 申请, en: Ask', 'zh: 及时申请, en: Ask promptly']),
  edits(['zh: 采购, en: Buy', 'zh: 定期采购, en: Buy']),
  edits(['zh: 收集, en: Collect', 'zh: 收集, en: Collect irregular times']),
  ...['按时间顺序整理资料', '确认需求以及时间', '采用标准时区', '选择合适时机', '在规定期限内收集'].map((title) =>
    edits(['zh: 收集, en', `zh: ${title}, en`]),
  ),
];
