import { describe, expect, it } from 'vitest';
import { problemCodes, readProcess } from '../../src/definition/index.ts';
import { calendarCodes } from './calendar-mistakes.ts';
import { edit, problemsOf, soundFile, unmark } from './marked-file.ts';

/** What is replaced, by what (the offending words in « »), and the codes expected there, in order. */
type Mistake = readonly [from: string, to: string, ...codes: string[]];

const syntax: readonly Mistake[] = [
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

const words: readonly Mistake[] = [
  ['owner: buyer', '«ownr»: buyer', 'unknown-key'],
  ['        title: { zh: 下单, en: Order }', '        «titel»: { zh: 下单, en: Order }', 'unknown-key'],
  ['\nroles:', '\n«rolls»:', 'unknown-key'],
  ['    order: parallel', '    «milestone»: bought\n    order: parallel', 'unknown-key'],
  ['subject: request\n', '', 'missing-key'],
  ['title: { zh: 下单, en: Place }, ', '', 'missing-key'],
  ['{ type: money, currency: CNY, min: 0 }', '{ type: money, min: 0 }', 'missing-key'],
  ['{ when: amount >= 50000, then: urgent }', '{ when: amount >= 50000 }', 'missing-key'],
  ['source: "1.2"', 'source: «1.2»', 'wrong-type'],
  ['title: { zh: 比价, en: Compare }', 'title: «Compare»', 'wrong-type'],
  ['max_length: 40', 'max_length: «"40"»', 'wrong-type'],
  ['personal: true', 'personal: «yes»', 'wrong-type'],
  ['compared: known(offers)', 'compared: «5»', 'wrong-type'],
  ['      compared: known(offers)', '      «compared»:', 'wrong-type'],
  ['by: [manager]', 'by: [«1»]', 'wrong-type'],
  ['type: integer', 'type: «integr»', 'unknown-value'],
  ['order: parallel', 'order: «anyhow»', 'unknown-value'],
  ['order: parallel', 'order: any\n    join: «some»', 'unknown-value'],
  ['order: parallel', 'order: any\n    join: { «atleast»: 1 }', 'unknown-key'],
  ['        milestone: bought', '        milestone: bought\n        repeatable: { max: «101» }', 'out-of-bounds'],
  ['owner: buyer', 'owner: buyer\n        next: [{ «too»: end }]', 'unknown-key'],
  ['from: [decide, compare]', 'from: «anywhere»', 'unknown-value'],
  ['  request_no:', '  «Request-No»:', 'unknown-field', 'bad-id'],
  ['      compared: known', '      «isCompared»: known', 'bad-id'],
  ['[A, B, urgent]', '[A, B, urgent, «C+»]', 'bad-id'],
  ['2 working days', '«two days»', 'bad-duration'],
  ['[80%, 1 day]', '[«100%», 1 day]', 'bad-duration'],
  ['currency: CNY', 'currency: «yuan»', 'bad-format'],
  ['sla: { within: 2 working days', '«sla»: { due: due_on, within: 2 working days', 'choose-one'],
  ['three: { when: offers >= 3, say', '«three»: { say', 'choose-one'],
  ['any: [mail, phone]', 'any: [mail, phone], «all»: [mail]', 'choose-one'],
  ['\nroles:', '\nreopen: { «whithin»: 30 days, by: manager }\nroles:', 'unknown-key'],
  ['\nroles:', '\n«reopen»: { within: 30 days }\nroles:', 'missing-key'],
  ['\nroles:', '\nreopen: { within: «a month», by: manager }\nroles:', 'bad-duration'],
  ['\nroles:', '\n«hold»: {}\nroles:', 'empty'],
  ['limit: 2', 'limit: 2, resets: [offers, «offers»]', 'duplicate-item'],
  ['of: [known(ordered_at), \'"red" in tags\']', '«of»: []', 'empty'],
  ['limit: 2', 'limit: «0»', 'out-of-bounds'],
  ['max_length: 40', 'max_length: «99999»', 'out-of-bounds'],
  ['compared: known(offers)', `compared: «known(offers) && ${'1'.repeat(500)} > 0»`, 'out-of-bounds'],
  ['[A, B, urgent]', '[A, B, urgent, «A»]', 'duplicate-item'],
];

const meaning: readonly Mistake[] = [
  ['          place: {', '          «collect»: {', 'duplicate-id'],
  ['      receive:', '      «decide»:', 'duplicate-id'],
  ['      receive:', '      «closed»:', 'reserved-id'],
  ['  manager:', '  «admin»:', 'reserved-id', 'unknown-role'],
  ['  tags:       {', '  «size»:       {', 'reserved-id', 'field-unused', 'unknown-field', 'condition-unknown-field'],
  ['owner: buyer', 'owner: «buyr»', 'unknown-role'],
  ['by: buyer', 'by: «seller»', 'unknown-role'],
  ['by: [manager]', 'by: [manager, «boss»]', 'unknown-role'],
  ['\nroles:', '\nhold: { by: [manager, «boss»] }\nroles:', 'unknown-role'],
  ['\nroles:', '\nreopen: { within: 30 days, by: «buyr» }\nroles:', 'unknown-role'],
  ['\nroles:', '\noverride: { by: «managr» }\nroles:', 'unknown-role'],
  ['owner: buyer', 'override: { by: [«byer»] }', 'unknown-role'],
  ['limit: 2', 'limit: 2, resets: [offers, «ofers»]', 'unknown-field'],
  ['limit: 2', 'limit: 2, resets: [«class»]', 'field-derived'],
  ['\nroles:', '\nreopen: { within: 30 days, by: manager, to: «decide» }\nroles:', 'unknown-step'],
  ['\nroles:', '\nreopen: { within: «5 working days», by: manager }\nroles:', 'duration-unfit'],
  ['within: 2 working days', 'within: «3661 working days»', 'duration-unfit'],
  ['[80%, 1 day]', '[80%, «11000 days»]', 'duration-unfit'],
  ['[80%, 1 day]', '«523 weeks»', 'duration-unfit'],
  ['every: 6 months', 'every: «121 months»', 'duration-unfit'],
  ['2 working days', '«1 month of working days»', 'bad-duration'],
  ['2 working days', '«-2 working days»', 'bad-duration'],
  ['2 working days', '«0 days»', 'bad-duration'],
  ['owner: buyer', 'owner: buyer\n        see: [buyer, manager, «buyr»]', 'unknown-role'],
  ['by: [manager]', 'by: [manager], see: «mangers»', 'unknown-role'],
  ['\nfields:', '\naccess: { see: «buyr», start: [manager, «seller»] }\nfields:', 'unknown-role', 'unknown-role'],
  ['\nfields:', '\naccess: { see: buyer, «instance-owner»: buyer }\nfields:', 'unknown-key'],
  ['\nfields:', '\naccess: { assign: [«instance-owner»] }\nfields:', 'reserved-id'],
  ['\nfields:', '\naccess: { teams: «seperate» }\nfields:', 'unknown-value'],
  ['\nfields:', '\naccess: {}\nfields:', 'empty'],
  ['\n  manager:', '\n  «instance-owner»: { title: { zh: 人, en: Who } }\n  manager:', 'reserved-id'],
  ['owner: buyer', 'owner: «buyer»\n        see: manager', 'see-lacks-doer'],
  ['by: [manager]', 'by: [«manager», instance-owner], see: [buyer, instance-owner]', 'see-lacks-doer'],
  ['by: buyer', 'by: «buyer», see: [manager]', 'see-lacks-doer'],
  ['supplies: [offers]', 'supplies: [offers, «ofers»]', 'unknown-field'],
  ['owner: buyer', 'starts: { care: { process: care, with: { sum: «amout» } } }', 'unknown-field'],
  ['owner: buyer', 'starts: { care: { process: care, when: «ofers» > 1 } }', 'condition-unknown-field'],
  ['owner: buyer', 'starts: { care: { «proces»: care } }', 'unknown-key'],
  ['owner: buyer', 'starts: { care: { process: care, on_leave: «stop» } }', 'unknown-value'],
  ['owner: buyer', 'starts: { care: { process: «Care» } }', 'bad-id'],
  ['owner: buyer', 'starts: { care: { process: care } }\n        wait: «some»', 'unknown-value'],
  ['owner: buyer', '«wait»: any', 'word-unfit'],
  ['due: due_on', 'due: «due_at»', 'unknown-field'],
  ['key: request_no', 'key: «request»', 'unknown-field', 'field-unused'],
  ['sets: class', 'sets: «clas»', 'unknown-field'],
  ['milestone: bought', 'milestone: «bougt»', 'unknown-outcome'],
  ['from: [decide, compare]', 'from: [decide, «comparing»]', 'unknown-step'],
  ['to: [compare]', 'to: [«compair»]', 'unknown-step'],
  ['min: 0, max: 9', 'min: «10», max: 9', 'min-above-max'],
  ['due_on:     { type: date }', 'due_on:     { type: date, «max_length»: 5 }', 'option-unfit'],
  ['{ type: datetime }', '{ type: datetime, «currency»: CNY, «of»: [A] }', 'option-unfit', 'option-unfit'],
  ['key: request_no', 'key: «amount»', 'key-unfit', 'field-unused'],
  ['due: due_on', 'due: «offers»', 'time-field-needed'],
  ['from: ordered_at', 'from: «due_on»', 'time-field-needed'],
  ['may_supply: [tags]', 'may_supply: [tags, «class»]', 'field-derived'],
  ['\noutcomes:', '  second: { sets: «class», rules: [{ then: A }] }\n\noutcomes:', 'field-set-twice'],
  ['supplies: [offers]', '«may_supply»: []', 'empty'],
  ['may_supply: [tags]', 'optional: true', 'field-never-supplied'],
  ['  due_on:     {', '  «unread»: { type: text }\n  due_on:     {', 'field-unused'],
  ['then: urgent', 'then: «urgnt»', 'table-value-unfit'],
  ['then: B', 'then: «5»', 'table-value-unfit'],
  ['when: amount >= 50000, then: urgent', "when: class == 'A', then: urgent", 'table-cycle'],
  ['{ when: amount >= 50000, then: urgent }', '{ «then»: urgent }', 'rule-never-read'],
  ['    rules:\n', '    hit: «all»\n    rules:\n', 'missing-key'],
  ['    rules:\n', '    hit: all\n    collect: «sum»\n    rules:\n', 'word-unfit'],
  ['    rules:\n', '    «collect»: list\n    rules:\n', 'word-unfit'],
  ['    rules:\n', '    hit: «any»\n    rules:\n', 'unknown-value'],
  ['{ when: amount >= 50000, then: urgent }', '«{» when: amount >= 50000, assumed: true }', 'missing-key'],
  ['{ then: B }', '{ when: «amount >= 70000», then: B }', 'table-gap', 'rule-never-read'],
  ['{ then: B }', '{ when: «amount < 0», then: B }', 'table-gap', 'rule-never-holds'],
  ['    rules:\n', '    hit: unique\n    rules:\n', 'table-overlap'],
  [
    '    rules:\n      - { when: amount >= 50000, then: urgent }\n      - { then: B }',
    '    hit: unique\n    rules:\n      - { when: amount >= 50000, then: urgent }\n      - { when: «amount * 2 < 1», then: B }',
    'table-unchecked',
  ],
  ['        milestone: bought\n', '', 'outcome-unreachable', 'no-outcome'],
  ['  rejected: {', '  «lost»: { title: { zh: 丢, en: Lost } }\n  rejected: {', 'outcome-unreachable'],
  ['to: [compare]', 'to: [«receive»]', 'rework-target'],
  ['to: [compare]', 'to: [compare, «order»]', 'rework-target'],
  ['rework: { to: [compare], limit: 2 }', '«next»: [{ to: end }]', 'word-unfit'],
  ['    order: parallel', '    order: parallel\n    join: { at_least: «3» }', 'count-too-high'],
  ['    source: "1"\n', '    source: "1"\n    «join»: any\n', 'word-unfit'],
  ['owner: buyer', 'owner: buyer\n        next: [{ to: «comparing» }]', 'unknown-step'],
  ['owner: buyer', 'owner: buyer\n        next: [{ to: «receive» }]', 'route-target'],
  [
    'owner: buyer',
    'owner: buyer\n        next: [{ to: end }]',
    'step-unreachable',
    'step-unreachable',
    'step-unreachable',
  ],
  [
    '        milestone: bought\n      receive:',
    '        optional: true\n        milestone: bought\n      receive:\n        optional: true',
    'join-empty',
  ],
  ['owner: buyer', 'owner: buyer\n        next: [{ to: compare }, { «to»: buy }]', 'rule-never-read'],
  [
    'owner: buyer',
    'owner: buyer\n        next: [{ to: compare }, { «when»: amount > 5, to: compare }]',
    'rule-never-read',
  ],
  ['owner: buyer', 'owner: buyer\n        next: [{ «when»: amount > 5, to: compare }]', 'route-missing'],
  [
    'owner: buyer',
    'owner: buyer\n        next: [{ when: «amout» > 5, to: buy }, { to: compare }]',
    'condition-unknown-field',
  ],
  [
    'owner: buyer',
    'owner: buyer\n        next: [{ when: «offers» > 5, to: buy }, { to: compare }]',
    'gate-reads-later',
  ],
  [
    '    steps:\n      ask:',
    '    steps:\n      «ask»:\n        next: [{ to: ask }]',
    'dead-end',
    'step-unreachable',
    'step-unreachable',
    'step-unreachable',
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
  ['at_least: { n: 1,', 'at_least: { n: «3»,', 'count-too-high'],
  [
    '        sla: { within: 2 working days',
    '        approvals: { spend: { title: { zh: 审, en: A }, by: chief } }\n        sla: { within: 2 working days',
    'duplicate-id',
  ],
  ['by: finance }', 'by: «finanse» }', 'unknown-role'],
  ['by: [finance, chief], mode', 'by: [finance, «chef»], mode', 'unknown-role'],
  ['of: amount\n', 'of: «amunt»\n', 'unknown-field'],
  ['voids_on: [offers, ordered_at]', 'voids_on: [offers, «orderd_at»]', 'unknown-field'],
  ['when: amount > 1000', 'when: «amout» > 1000', 'condition-unknown-field'],
  ['of: amount\n', 'of: «due_on»\n', 'band-field-unfit'],
  ['up_to: 50000,', 'up_to: «20000»,', 'band-never-reached'],
  ['up_to: 20000,', 'up_to: «-1»,', 'band-never-reached'],
  ['up_to: 50000, by: [finance, chief]', 'by: [finance, chief]', 'band-never-reached'],
  ['- { by: [finance, chief, {', '- { up_to: 90000, by: [finance, chief, {', 'band-gap'],
  ['mode: { at_least: 2 }', 'mode: { at_least: «4» }', 'count-too-high'],
  ['mode: { at_least: 2 }', 'mode: «any»', 'approver-never-asked'],
  ['{ actor: mei }', '{ actor: «chief» }', 'duplicate-item'],
  ['by: [finance, chief], mode', 'by: [finance, { actor: fang }, { actor: fu }], mode', 'approval-impossible'],
  ['managers: { anna: mei }\n', '', 'missing-key'],
  ['held_by: [fang, fu] }', '«holders»: 2, held_by: [fang, fu] }', 'choose-one'],
  ['until: 2026-02-20', 'until: «2026-02-30»', 'bad-format'],
  ['from: 2026-02-01', 'from: «2026-03-01»', 'min-above-max'],
  ['by: fu,', 'by: «fang»,', 'substitute-unfit'],
  ['source: "2.1.1", ', 'source: "2.1.1", skip: { approval: «signatur» }, ', 'unknown-approval'],
  ['source: "1.2.1", ', 'source: "1.2.1", skip: { approval: «spend» }, ', 'unknown-approval'],
  ['source: "2.1.1", ', 'source: "2.1.1", skip: { approval: spend, by: «bying» }, ', 'unknown-role'],
  ['source: "2.1.1", ', 'source: "2.1.1", optional: true, «skip»: { approval: spend }, ', 'choose-one'],
  ['source: "2.1.1", ', 'source: "2.1.1", «skip»: { by: buyer }, ', 'missing-key'],
  [
    '        rework: { to: [compare], limit: 2 }\n        activities:\n          place: { ',
    '        skip: { approval: spend }\n        activities:\n          place: { skip: { approval: «spend» }, ',
    'word-unfit',
  ],
  ['at_least: 1, of', 'at_least: «3», of', 'count-too-high'],
  [
    'compared: known(offers)',
    `compared: ${'{ not: '.repeat(7)}{ any: [«known(offers)»] }${' }'.repeat(7)}`,
    'nested-too-deep',
  ],
  ['zh: 采购员, en: Buyer', 'en: Buyer', 'missing-translation'],
  ['say: { zh: 至少三份, en: At least three }', '«say»: { zh: 至少三份 }', 'missing-translation'],
  ['source: "2.1.1", ', '', 'missing-source'],
  ['    source: "2"\n', '', 'missing-source'],
];

const REVIEW =
  '\nevidence:\n  review: { title: { zh: 回顾, en: Review }, on: bought, valid: { for: 3 months } }\nphases:';

/** The evidence of the process, one mistake at a time. */
const evidence: readonly Mistake[] = [
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

/** Where the other processes are known: what activities rest on is looked for among them. */
const shared: readonly (readonly [word: string, remedy: string])[] = [
  ['«revews/market»', 'Did you mean reviews/market?'],
  ['«reviews/markt»', 'Did you mean reviews/market?'],
  ['«nothing/like-it»', 'Until nothing is published and declares like-it under evidence, the activity cannot be met'],
  ['{ evidence: «reviews/market», scope: { region: class } }', 'Leave scope out'],
  ['{ evidence: «reviews/local» }', 'Name one of our fields under scope for each of region'],
];

const conditions: readonly Mistake[] = [
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
];

describe('a process file without mistakes', () => {
  it('reads without a problem', () => {
    expect(readProcess(soundFile, 'purchase.yaml').problems).toEqual([]);
  });
});

describe.each([
  ['syntax', syntax],
  ['the words of the language', words],
  ['meaning', meaning],
  ['evidence', evidence],
  ['conditions', conditions],
])('mistakes of %s', (_kind, mistakes) => {
  it.each(mistakes)('%# %s → %s', (from, to, ...codes) => {
    const { text, places } = unmark(from === soundFile ? to : edit(from, to));
    const found = problemsOf(text);
    expect(found.map(([code]) => code)).toEqual(codes);
    // Every marked word is named exactly; what follows elsewhere from the mistake is not marked.
    expect(found.map(([, ...place]) => place)).toEqual(expect.arrayContaining([...places]));
  });
});

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
    const { definition, problems } = readProcess(text, 'purchase.yaml', others);
    expect(definition).not.toBeNull();
    expect(problems.map((p) => [p.code, p.severity, p.remedy.en, [p.line, p.column, p.length]])).toEqual([
      ['shared-unknown', 'warning', remedy, places[0]],
    ]);
  });

  it.each(['reviews/market', '{ evidence: reviews/local, scope: { region: class } }'])('is found: %s', (word) => {
    expect(readProcess(rested(word).text, 'purchase.yaml', others).problems).toEqual([]);
    expect(readProcess(rested('nobody/knows').text, 'purchase.yaml').problems).toEqual([]);
  });
});

describe('the codes of problems', () => {
  it('are each produced by one of the mistakes above, or by a file that is too much', () => {
    const produced = new Set([syntax, words, meaning, evidence, conditions].flat().flatMap(([, , ...codes]) => codes));
    for (const much of ['['.repeat(900), ' '.repeat(300_000)])
      for (const [code] of problemsOf(much)) produced.add(code);
    // What only shows beside other files: see above, and folder.test.ts.
    for (const code of ['unknown-process', 'shared-unknown']) produced.add(code);
    for (const code of calendarCodes) produced.add(code);
    expect(Object.keys(problemCodes).filter((code) => !produced.has(code))).toEqual([]);
  });
});
