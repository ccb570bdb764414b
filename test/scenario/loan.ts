import { compileProcess } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { readProcess } from '../../src/definition/index.ts';
import { readScenarios, runScenarios, type ScenarioFile, type ScenarioResult } from '../../src/scenario/index.ts';
import { shippedCalendars } from '../calendar/shipped.ts';

/** A small process with one of each thing that a scenario can be about. */
export const LOAN = `process: loan
title: { zh: 贷款, en: Loan }
subject: request
key: number
calendar: china
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
  boss: { title: { zh: 主管, en: Boss } }
fields:
  number: { type: text }
  amount: { type: money, currency: CNY, min: 0 }
  score: { type: integer, min: 0, max: 100 }
  grade: { type: choice, of: [high, low] }
  paid_on: { type: date }
tables:
  grading: { sets: grade, rules: [{ when: score >= 60, then: high }, { then: low }] }
outcomes:
  paid: { title: { zh: 已放款, en: Paid } }
  dropped: { title: { zh: 放弃, en: Dropped }, from: any, reasons: [withdrawn, bad] }
evidence:
  record: { title: { zh: 记录, en: Record }, on: paid, valid: { for: 3 months } }
signals:
  rated: { title: { zh: 已评分, en: Rated }, from: clerk, sets: [score] }
hold: { by: clerk }
reopen: { within: 30 days, by: boss }
override: { by: boss }
phases:
  decide:
    title: { zh: 决定, en: Decide }
    steps:
      ask:
        title: { zh: 申请, en: Ask }
        owner: clerk
        sla: { within: 2 working days, warn: 50%, breach: { notify: boss } }
        starts: { check: { process: check, when: amount > 1000 } }
        activities:
          form: { title: { zh: 填写, en: Form }, supplies: [amount] }
          rate: { title: { zh: 评分, en: Rate }, supplies: [score], call: { service: bureau, timeout: 1 hour, tries: 1 } }
        exit:
          good: { when: score >= 60, say: { zh: 评分不足, en: The score is too low } }
      sign:
        title: { zh: 签约, en: Sign }
        owner: clerk
        rework: { to: [ask], limit: 1 }
        activities:
          papers: { title: { zh: 文件, en: Papers }, any: [paper, scan] }
          gift: { title: { zh: 礼品, en: Gift }, optional: true }
        approvals:
          large: { title: { zh: 大额审批, en: Approval of a large one }, when: amount > 5000, by: boss, exclude: requester }
  pay:
    title: { zh: 放款, en: Pay }
    entry:
      signed: { any: [amount <= 9000, known(paid_on)], say: { zh: 需要日期, en: A date is needed } }
    steps:
      transfer:
        title: { zh: 转账, en: Transfer }
        owner: clerk
        activities: { transfer: { title: { zh: 转账, en: Transfer }, supplies: [paid_on] } }
        milestone: paid
`;

export const LOAN_CALENDARS = shippedCalendars;

export function loan(text = LOAN): CompiledProcess {
  const { definition, problems } = readProcess(text, 'loan.yaml');
  if (definition === null) throw new Error(problems.map(({ line, message }) => `${line} ${message.en}`).join('\n'));
  return compileProcess(definition, shippedCalendars);
}

/** Scenarios of the loan: what stands before them, and the list itself. */
export function loanFile(scenarios: string): string {
  return `process: loan\nat: 2026-03-02T09:00+08:00\nactors: { bo: boss, max: [clerk, boss] }\nscenarios:\n${scenarios}`;
}

/** Reads scenarios that must be free of problems. */
export function read(text: string, process = loan()): ScenarioFile {
  const { file, problems } = readScenarios(text, 'loan.test.yaml', (id) => (id === 'loan' ? process : undefined));
  if (file === null) throw new Error(problems.map(({ line, message }) => `${line} ${message.en}`).join('\n'));
  return file;
}

/** What becomes of one scenario whose steps are these lines. */
export function runSteps(...steps: readonly string[]): ScenarioResult {
  const [start = '', ...rest] = steps;
  const lines = rest.length === 0 ? '      []\n' : rest.map((step) => `      - ${step}\n`).join('');
  const process = loan();
  const file = read(loanFile(`  - name: one\n    start: ${start}\n    do:\n${lines}`), process);
  const [result] = runScenarios(process, file);
  if (result === undefined) throw new Error('there is one scenario');
  return result;
}

/** What was not as it should be, in English: `what: expected | found`. */
export function told({ differences }: ScenarioResult): readonly string[] {
  return differences.map(({ what, expected, found }) => `${what}: ${expected.en} | ${found.en}`);
}
