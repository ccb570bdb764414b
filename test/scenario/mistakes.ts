import type { Mistake } from '../definition/mistakes/mistake.ts';

/** A file of scenarios without any problem; the tests make one mistake at a time in it. */
export const soundScenarios = `process: loan
at: 2026-03-02T09:00+08:00
actors: { bo: boss }
evidence: [{ evidence: other/review, scope: { a: 1 }, from: 2026-01-01, until: 2026-12-31 }]
scenarios:
  - name: first
    start: { as: clerk, number: L-1, expect: { step: ask, sla: { ask: running }, fields: { amount: 5 } } }
    do:
      - { as: bo, complete: form, with: { amount: 800 }, refused: [role-held] }
      - { as: clerk, wait: 2 days, expect: { evidence: { record: none }, outcome: null } }
      - { child: check, ended: null, expect: { children: { check: ended }, calls: { rate: failed } } }
  - name: second
    after: first
    do: [{ skip: gift, reason: none }, { signal: rated, with: { score: 5 } }, { close: dropped, reason: bad }]
`;

/** One mistake in it: what is replaced, by what (the words that problems name are marked), and the codes of the problems. */
export const scenarioMistakes: readonly Mistake[] = [
  ['process: loan', 'process: «lone»', 'unknown-process'],
  ['process: loan\n', '', 'missing-key'],
  ['at: 2026-03-02T09:00+08:00\n', '', 'missing-key'],
  ['at: 2026-03-02T09:00+08:00', 'at: «2026-03-02»', 'bad-format'],
  ['{ bo: boss }', '{ bo: «bos» }', 'unknown-role'],
  ['until: 2026-12-31', 'until: «31.12.2026»', 'bad-format'],
  ['{ as: clerk, number', '{ as: «clark», number', 'unknown-role'],
  ['number: L-1', '«numbr»: L-1', 'unknown-field'],
  ['expect: { step: ask,', 'expect: { step: «aks»,', 'unknown-step'],
  ['expect: { step: ask,', 'expect: { «stepp»: ask,', 'unknown-key'],
  ['sla: { ask: running }', 'sla: { «asc»: running }', 'unknown-name'],
  ['sla: { ask: running }', 'sla: { ask: «runing» }', 'unknown-value'],
  ['sla: { ask: running }', 'sla: { ask: { due: «soon» } }', 'bad-format'],
  ['fields: { amount: 5 }', 'fields: { amount: «five» }', 'value-unfit'],
  ['fields: { amount: 5 }', 'fields: { «amont»: 5 }', 'unknown-field'],
  ['complete: form', 'complete: «from»', 'unknown-activity'],
  ['complete: form', '«complet»: form', 'unknown-key'],
  ['with: { amount: 800 }', 'with: { «amuont»: 800 }', 'unknown-field'],
  ['refused: [role-held]', 'refused: [«role-hold»]', 'unknown-name'],
  ['refused: [role-held]', 'refused: «false»', 'unknown-value'],
  ['refused: [role-held]', '«reason»: none', 'word-unfit'],
  ['wait: 2 days', 'wait: «two days»', 'bad-duration'],
  ['wait: 2 days', 'wait: «2 dayz»', 'bad-duration'],
  ['wait: 2 days', 'wait: «99999 months»', 'bad-duration'],
  ['wait: 2 days', 'wait: «until 2026-02-30T09:00+08:00»', 'bad-duration'],
  ['wait: 2 days', 'wait: 2 days, «enter»: ask', 'choose-one'],
  ['evidence: { record: none }', 'evidence: { «recard»: none }', 'unknown-name'],
  ['evidence: { record: none }', 'evidence: { record: «valid» }', 'bad-format'],
  ['outcome: null', 'outcome: «payed»', 'unknown-outcome'],
  ['child: check', 'child: «chek»', 'unknown-name'],
  ['calls: { rate: failed }', 'calls: { «form»: failed }', 'unknown-name'],
  ['calls: { rate: failed }', 'messages: [«sla.warn»]', 'unknown-name'],
  ['after: first', 'after: «frist»', 'unknown-scenario'],
  ['after: first', 'after: «second»', 'scenario-circle'],
  ['name: second', 'name: «first»', 'duplicate-id', 'scenario-circle'],
  ['after: first', 'after: first\n    start: { as: clerk }', 'choose-one'],
  ['skip: gift', 'skip: «gitf»', 'unknown-activity'],
  ['signal: rated', 'signal: «rate»', 'unknown-name'],
  ['close: dropped', 'close: «droped»', 'unknown-outcome'],
  ['scenarios:', 'scenarios: []\nscenario:', 'empty', 'unknown-key'],
];

/** The codes that only files of scenarios have. */
export const scenarioCodes = new Set(scenarioMistakes.flatMap(([, , ...codes]) => codes));
