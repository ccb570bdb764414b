import { describe, expect, it } from 'vitest';
import { runScenarios } from '../../src/scenario/index.ts';
import { loan, loanFile, read, runSteps, told } from './loan.ts';

const START = '{ as: clerk, number: L-1 }';
const FORM = '{ complete: form, with: { amount: 800 } }';
const RATED = '{ answer-call: rate, with: { score: 60 } }';
const TO_SIGN = [START, FORM, RATED, '{ as: clerk, advance: true }'] as const;

describe('a scenario', () => {
  it.each([
    [
      'a start, and the instance that it makes',
      [
        '{ as: clerk, number: L-1, expect: { step: ask, status: active, outcome: null, owner: clerk, messages: [instance.started, call.requested] } }',
      ],
    ],
    [
      'fields in the words of the file',
      ['{ as: clerk, with: { amount: 12.5 }, expect: { fields: { amount: 12.5, score: null } } }'],
    ],
    ['what is open, and calls of services', [START, '{ expect: { open: [form, rate], calls: { rate: requested } } }']],
    [
      'what tables make of fields',
      [
        START,
        FORM,
        '{ answer-call: rate, with: { score: 59 }, expect: { fields: { grade: low }, calls: { rate: done }, open: [] } }',
      ],
    ],
    [
      'criteria that say no',
      [
        START,
        '{ advance: true, refused: [form, rate, good, children-ended] }',
        '{ advance: true, refused: gate-shut }',
        '{ advance: ask, refused: true }',
      ],
    ],
    [
      'a command that comes from the wrong role',
      [START, '{ as: boss, complete: form, with: { amount: 1 }, refused: role-required }'],
    ],
    ['wrong input', [START, '{ complete: form, with: { amount: -1 }, refused: [invalid-input] }']],
    [
      'somebody with a name and several roles',
      [
        START,
        '{ as: max, complete: form, with: { amount: 1 } }',
        '{ as: [clerk, boss], undo: form, expect: { open: [form, rate] } }',
      ],
    ],
    [
      'signals of other systems',
      [
        START,
        '{ as: boss, signal: rated, with: { score: 61 }, refused: role-required }',
        '{ as: clerk, signal: rated, with: { score: 61 }, expect: { fields: { grade: high } } }',
      ],
    ],
    [
      'a service that fails, and one that does not answer in time',
      [
        START,
        '{ fail-call: rate, reason: down, expect: { calls: { rate: failed }, messages: [incident.opened] } }',
        '{ retry-call: rate, reason: again }',
        '{ wait: 1 hour, expect: { calls: { rate: failed }, messages: [incident.opened] } }',
      ],
    ],
    [
      'a child that is started and ends',
      [
        START,
        '{ complete: form, with: { amount: 1001 }, expect: { children: { check: started } } }',
        RATED,
        '{ as: clerk, advance: true, refused: [children-ended] }',
        '{ child: check, ended: null, expect: { children: { check: ended } } }',
        '{ child: check, reopened: true, expect: { children: { check: started } } }',
        '{ child: check, ended: done }',
        '{ as: clerk, advance: true }',
      ],
    ],
    [
      'a child that fails and is given up',
      [
        START,
        '{ complete: form, with: { amount: 1001 } }',
        '{ child: check, failed: nobody has it, expect: { children: { check: failed } } }',
        '{ as: boss, retry-child: check, expect: { children: { check: started } } }',
        '{ child: check, failed: again }',
        '{ as: boss, dismiss-child: check, reason: enough }',
        RATED,
        '{ as: clerk, advance: true, expect: { step: sign } }',
      ],
    ],
    [
      'a skip, rework, its limit, and recall',
      [
        ...TO_SIGN,
        '{ skip: gift, reason: none }',
        '{ rework: ask, reason: more, expect: { step: ask } }',
        '{ recall: true, expect: { step: sign } }',
        '{ rework: ask, reason: more }',
        '{ complete: form }',
        RATED,
        '{ as: clerk, advance: true }',
        '{ rework: ask, reason: more, refused: [rework-limit] }',
      ],
    ],
    [
      'holding and resuming',
      [
        START,
        '{ hold: the customer travels, until: 2026-03-20, expect: { status: on-hold, messages: [instance.held] } }',
        '{ advance: true, refused: [not-on-hold, form, rate, good, children-ended] }',
        '{ resume: true, expect: { status: active } }',
      ],
    ],
    [
      'an end, its reason, and reopening',
      [
        START,
        '{ close: dropped, reason: bad, expect: { status: closed, outcome: dropped, reason: bad, step: [], messages: [instance.closed] } }',
        '{ wait: 30 days }',
        '{ as: boss, reopen: true, reason: changed, expect: { step: ask, messages: [instance.reopened, call.requested] } }',
      ],
    ],
    [
      'an override',
      [
        START,
        FORM,
        '{ answer-call: rate, with: { score: 10 } }',
        '{ as: boss, override: good, reason: known well }',
        '{ as: clerk, advance: true, expect: { step: sign } }',
      ],
    ],
    [
      'owners and notes',
      [START, '{ as: bo, note: seen }', '{ as: clerk, assign: bo, team: east, expect: { owner: bo } }'],
    ],
    [
      'an event that happened before',
      [
        START,
        '{ wait: 1 day }',
        '{ complete: form, with: { amount: 1 }, at: 2026-03-02T10:00+08:00 }',
        '{ complete: form, with: { amount: 1 }, at: 2026-02-02T10:00+08:00, refused: invalid-input }',
      ],
    ],
  ] as const)('tells %s', (_, steps) => {
    expect(told(runSteps(...steps))).toEqual([]);
  });

  it('lets time pass by the calendar, and what falls due happens at its own time', () => {
    const result = runSteps(
      START,
      '{ expect: { sla: { ask: { state: running, due: 2026-03-03T18:00+08:00 } } } }',
      '{ wait: 1 working day, expect: { sla: { ask: warned }, messages: [incident.opened, sla.warned], notified: [clerk] } }',
      '{ wait: until 2026-03-10T09:00+08:00, expect: { sla: { step/ask: late }, messages: [sla.breached], notified: [clerk, boss] } }',
      '{ wait: until 2026-03-09T09:00+08:00 }',
    );
    expect(told(result)).toEqual(['wait: later than 2026-03-10T01:00:00.000Z | 2026-03-09T01:00:00.000Z']);
    const timed = result.history.filter(({ actor }) => actor === 'phasegate').map(({ type, at }) => [type, at]);
    expect(timed).toEqual([
      ['request-call', '2026-03-02T01:00:00.000Z'],
      ['time-out-call', '2026-03-02T02:00:00.000Z'],
      ['warn', '2026-03-02T10:00:00.000Z'],
      ['breach', '2026-03-03T10:00:00.000Z'],
    ]);
  });

  it('asks for approvals and gives them, with four eyes', () => {
    const steps = ['{ complete: papers, choices: [scan] }', '{ set: { amount: 6000 } }'];
    const asked =
      '{ advance: true, refused: [large], expect: { approvals: { large: requested }, messages: [approval.requested] } }';
    const result = runSteps(
      ...TO_SIGN,
      ...steps,
      asked,
      '{ as: clerk, approve: large, refused: role-required }',
      '{ as: bo, approve: large, expect: { approvals: { large: approved } } }',
      '{ as: clerk, advance: true, expect: { step: transfer } }',
      '{ complete: transfer, with: { paid_on: 2026-03-02 } }',
      '{ advance: true, expect: { status: closed, outcome: paid, evidence: { record: until 2026-06-01 } } }',
    );
    expect(told(result)).toEqual([]);
  });
});

describe('what is not as a scenario says', () => {
  it('is told with the place in the file, what was expected and found, and the history until then', () => {
    const process = loan();
    const file = read(
      loanFile(`  - name: wrong
    start: { as: clerk, number: L-1 }
    do:
      - { complete: form, with: { amount: 800 },
          expect: { step: sign, fields: { amount: 900 }, open: [form], sla: { ask: { due: 2026-03-04T18:00+08:00 } } } }
      - { advance: true, refused: [good] }
`),
      process,
    );
    expect(runScenarios(process, file)).toMatchObject([
      {
        name: 'wrong',
        place: { line: 5, column: 5 },
        passed: false,
        heldBy: null,
        differences: [
          { what: 'step', expected: { en: 'sign' }, found: { en: 'ask' }, place: { line: 9, column: 21 } },
          { what: 'fields.amount', expected: { en: '900' }, found: { en: '800' }, place: { line: 9, column: 43 } },
          { what: 'open', expected: { en: 'form' }, found: { en: 'rate' }, place: { line: 9, column: 58 } },
          {
            what: 'sla.ask.due',
            expected: { en: '2026-03-04T10:00:00.000Z' },
            found: { en: '2026-03-03T10:00:00.000Z' },
            place: { line: 9, column: 86 },
          },
        ],
        history: [{ type: 'start' }, { type: 'request-call' }, { type: 'complete' }],
      },
    ]);
  });

  it.each([
    [
      'a refusal that was not expected',
      ['{ as: boss, advance: true }'],
      'advance: accepted | refused: role-held, form, rate, good, children-ended (the role clerk is needed; boss holds boss)',
    ],
    ['an acceptance where a refusal was expected', ['{ note: hello, refused: true }'], 'note: refused | accepted'],
    [
      'other criteria than those expected',
      ['{ advance: true, refused: [form, good] }'],
      'advance: refused: form, good | refused: form, rate, good, children-ended (4 criteria do not hold: the activity “Form” (form) is not done yet; the activity “Rate” (rate) is not done yet; The score is too low; whether the child check is started is not known yet: amount > 1000)',
    ],
    [
      'a clock that never began',
      ['{ expect: { evidence: { record: standing }, approvals: { large: requested } } }'],
      'evidence.record: standing | none',
      'approvals.large: requested | none',
    ],
    [
      'a child that there is not',
      ['{ child: check, ended: null }'],
      'child.check: a child of which this can be told | none',
    ],
  ] as const)('tells %s', (_, steps, ...differences) => {
    expect(told(runSteps(START, ...steps))).toEqual(differences);
  });

  it('is told of the first step that went wrong alone, and a refused start leaves nothing to do', () => {
    expect(told(runSteps(START, '{ expect: { step: sign } }', '{ expect: { step: transfer } }'))).toEqual([
      'step: sign | ask',
    ]);
    expect(told(runSteps('{ as: clerk, amount: -1, refused: invalid-input }', FORM))).toEqual([
      'start: an instance that was started | none was started',
    ]);
  });
});

describe('scenarios that go on after others', () => {
  const text =
    loanFile(`  - { name: second, after: first, do: [{ set: { score: 70 } }, { wait: 1 hour, expect: { fields: { grade: high } } }] }
  - { name: first, start: { as: clerk, number: L-1 }, do: [{ complete: form, with: { amount: 1 } }] }
  - { name: third, after: first, do: [{ expect: { fields: { grade: null, amount: 1 } } }] }
`);

  it('begin where, when and with whom those ended, and do not see each other', () => {
    const process = loan();
    const results = runScenarios(process, read(text, process));
    expect(results.map(({ name, passed, history }) => [name, passed, history.length])).toEqual([
      ['second', true, 5],
      ['first', true, 3],
      ['third', true, 3],
    ]);
  });

  it('are not tried where those failed', () => {
    const process = loan();
    const broken = read(text.replace('{ amount: 1 } }] }', '{ amount: 1 }, expect: { step: sign } }] }'), process);
    expect(
      runScenarios(process, broken).map(({ passed, heldBy, differences }) => [passed, heldBy, differences.length]),
    ).toEqual([
      [false, 'first', 0],
      [false, null, 1],
      [false, 'first', 0],
    ]);
  });

  it('come to the same whenever they are run', () => {
    const process = loan();
    const file = read(text, process);
    expect(runScenarios(process, file)).toEqual(runScenarios(process, file));
  });
});
