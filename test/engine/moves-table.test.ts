import { describe, expect, it } from 'vitest';
import type { Instance } from '../../src/engine/types.ts';
import { ADMIN, actor, BOSS, CLERK, compiled, failing, NOW, run, SMALL } from './process.ts';
import { atMake, FORM, small } from './small.ts';

// Every move in every case that decides it: who, where it stands, how often, when, and after whom.

type Case = ReturnType<typeof run>;
const DAY = 86_400_000;
const days = (n: number) => new Date(Date.parse(NOW) + n * DAY).toISOString();
const why = { reason: 'because' };
const CLERK2 = actor('cleo', 'clerk');

function atCheck(): Case {
  const it = atMake();
  it.do('complete', { activity: 'build', choices: ['fast'] }, BOSS);
  it.do('advance', {}, BOSS);
  return it;
}

/** `make` once more, its one rework used up. */
function reworked(): Case {
  const it = atMake();
  it.do('rework', { to: 'intake', ...why }, BOSS);
  it.do('complete', { activity: 'form' }, CLERK);
  it.do('complete', { activity: 'pick', choices: ['a', 'b'] }, CLERK);
  it.do('advance', {}, CLERK);
  return it;
}

function held(): Case {
  const it = atMake();
  it.do('hold', why, BOSS);
  return it;
}

function closed(): Case {
  const it = atMake();
  it.do('close', { outcome: 'dropped', reason: 'cost' }, CLERK);
  return it;
}

/** A clerk has advanced to `make`, and somebody else has acted since. */
function answered(): Case {
  const it = atMake();
  it.do('note', { text: 'seen' }, BOSS);
  return it;
}

const without = (line: string, begin: (it: Case) => void = () => {}) => {
  const it = run(compiled(SMALL.replace(line, '')));
  begin(it);
  return it;
};

const drop = (it: Case) => it.do('close', { outcome: 'dropped', reason: 'cost' });

type Row = readonly [
  what: string,
  begin: () => Case,
  type: string,
  input: Record<string, unknown>,
  actor: typeof ADMIN,
  /** `ok`, or the code and the criteria (or pointers) that said no. */
  expected: string,
  now?: string,
];

const rows: readonly Row[] = [
  ['rework by the owner', atMake, 'rework', { to: 'intake', ...why }, BOSS, 'ok'],
  ['rework by another role', atMake, 'rework', { to: 'intake', ...why }, CLERK, 'role-required role-held'],
  [
    'rework to a step that is not listed',
    atMake,
    'rework',
    { to: 'papers', ...why },
    BOSS,
    'not-allowed-now rework-listed',
  ],
  ['rework to a later step', atMake, 'rework', { to: 'check', ...why }, BOSS, 'not-allowed-now rework-listed'],
  ['rework without a reason', atMake, 'rework', { to: 'intake' }, BOSS, 'invalid-input /reason'],
  ['rework to a misspelt step', atMake, 'rework', { to: 'intaek', ...why }, BOSS, 'invalid-input /to'],
  ['rework past the limit', reworked, 'rework', { to: 'intake', ...why }, BOSS, 'not-allowed-now rework-limit'],
  ['rework on hold', held, 'rework', { to: 'intake', ...why }, BOSS, 'not-allowed-now not-on-hold'],
  [
    'rework of a closed case',
    closed,
    'rework',
    { to: 'intake', ...why },
    ADMIN,
    'not-allowed-now instance-open step-open rework-listed',
  ],

  ['recall by whoever moved', atMake, 'recall', {}, CLERK, 'ok'],
  ['recall with an empty reason', atMake, 'recall', { reason: ' ' }, CLERK, 'invalid-input /reason'],
  ['recall by somebody else of the same role', atMake, 'recall', {}, CLERK2, 'not-allowed-now recall-own'],
  ['recall by an administrator who did not move', atMake, 'recall', {}, ADMIN, 'not-allowed-now recall-own'],
  ['recall by nobody’s role', atMake, 'recall', {}, actor('gus'), 'role-required seen'],
  ['recall after somebody else acted', answered, 'recall', {}, CLERK, 'not-allowed-now recall-unanswered'],
  ['recall right after a start', () => run(small), 'recall', {}, ADMIN, 'not-allowed-now recall-move'],
  ['recall on hold', held, 'recall', {}, CLERK, 'not-allowed-now not-on-hold recall-unanswered'],
  ['recall of a close', closed, 'recall', {}, CLERK, 'not-allowed-now instance-open recall-move'],
  ['recall of a rework', reworkedOnce, 'recall', {}, BOSS, 'ok'],

  ['hold by the owner of the open step', atMake, 'hold', why, BOSS, 'ok'],
  ['hold by another role', atMake, 'hold', why, CLERK, 'role-required role-held'],
  ['hold where anybody owns the step', atCheck, 'hold', why, CLERK, 'ok'],
  ['hold without a reason', atMake, 'hold', {}, BOSS, 'invalid-input /reason'],
  ['hold until a day to come', atMake, 'hold', { ...why, until: '2026-02-14' }, BOSS, 'ok'],
  ['hold until today', atMake, 'hold', { ...why, until: '2026-02-13' }, BOSS, 'invalid-input /until'],
  ['hold twice', held, 'hold', why, BOSS, 'not-allowed-now not-on-hold'],
  ['hold of a closed case', closed, 'hold', why, BOSS, 'not-allowed-now instance-open'],

  ['resume by the owner', held, 'resume', {}, BOSS, 'ok'],
  ['resume by another role', held, 'resume', {}, CLERK, 'role-required role-held'],
  ['resume of what is not on hold', atMake, 'resume', {}, BOSS, 'not-allowed-now on-hold'],
  ['resume of a closed case', closed, 'resume', {}, BOSS, 'not-allowed-now on-hold'],

  ['reopen on day 0', closed, 'reopen', why, BOSS, 'ok'],
  ['reopen on day 30', closed, 'reopen', why, BOSS, 'ok', days(30)],
  ['reopen on day 31', closed, 'reopen', why, BOSS, 'not-allowed-now reopen-within', days(31)],
  ['reopen by another role', closed, 'reopen', why, CLERK, 'role-required role-held'],
  ['reopen without a reason', closed, 'reopen', {}, BOSS, 'invalid-input /reason'],
  ['reopen of an open case', atMake, 'reopen', why, BOSS, 'not-allowed-now instance-closed'],
  ['reopen on hold', held, 'reopen', why, BOSS, 'not-allowed-now instance-closed'],
  [
    'reopen without a policy',
    () => without('reopen: { within: 30 days, by: boss }\n', drop),
    'reopen',
    why,
    ADMIN,
    'not-allowed-now reopen-allowed',
  ],

  ['override by who may', atMake, 'override', { criteria: ['build'], ...why }, BOSS, 'ok'],
  ['override by another role', atMake, 'override', { criteria: ['build'], ...why }, CLERK, 'role-required role-held'],
  ['override without a reason', atMake, 'override', { criteria: ['build'] }, BOSS, 'invalid-input /reason'],
  ['override of nothing', atMake, 'override', { criteria: [], ...why }, BOSS, 'invalid-input /criteria'],
  [
    'override of the engine’s own criterion',
    atMake,
    'override',
    { criteria: ['step-open'], ...why },
    BOSS,
    'invalid-input /criteria/0',
  ],
  ['override of what holds', atCheck, 'override', { criteria: ['two-of'], ...why }, BOSS, 'invalid-input /criteria/0'],
  [
    'override of a step that is not open',
    atMake,
    'override',
    { step: 'check', criteria: ['look'], ...why },
    BOSS,
    'not-allowed-now step-open',
  ],
  [
    'override without naming one of two steps',
    () => run(small),
    'override',
    { criteria: ['form'], ...why },
    BOSS,
    'invalid-input /step',
  ],
  ['override on hold', held, 'override', { criteria: ['build'], ...why }, BOSS, 'not-allowed-now not-on-hold'],
  [
    'override of a closed case',
    closed,
    'override',
    { step: 'make', criteria: ['build'], ...why },
    BOSS,
    'not-allowed-now instance-open step-open',
  ],
  [
    'override without a policy',
    () => without('override: { by: boss }\n'),
    'override',
    { step: 'intake', criteria: ['form'], ...why },
    ADMIN,
    'not-allowed-now override-allowed',
  ],

  ['undo of what is done', doneForm, 'undo', { activity: 'form' }, CLERK, 'ok'],
  ['undo by another role', doneForm, 'undo', { activity: 'form' }, BOSS, 'role-required role-held'],
  ['undo of what is open', () => run(small), 'undo', { activity: 'form' }, CLERK, 'not-allowed-now activity-done'],
  ['undo in a step that was left', atMake, 'undo', { activity: 'form' }, CLERK, 'not-allowed-now step-open'],
  ['undo on hold', held, 'undo', { activity: 'build' }, BOSS, 'not-allowed-now not-on-hold activity-done'],

  ['close on hold', held, 'close', { outcome: 'dropped', reason: 'cost' }, CLERK, 'ok'],
  [
    'close on hold from where its outcome is not',
    held,
    'close',
    { outcome: 'early', reason: 'x' },
    CLERK,
    'not-allowed-now outcome-reachable',
  ],
  ['note on hold', held, 'note', { text: 'x' }, CLERK, 'ok'],
  ['set on hold', held, 'set', { fields: { staff: 1 } }, CLERK, 'not-allowed-now not-on-hold'],
  ['advance on hold', held, 'advance', {}, BOSS, 'not-allowed-now not-on-hold build'],
];

function reworkedOnce(): Case {
  const it = atMake();
  it.do('rework', { to: 'intake', ...why }, BOSS);
  return it;
}

function doneForm(): Case {
  const it = run(small);
  it.do('complete', FORM, CLERK);
  return it;
}

describe('every move, case by case', () => {
  it.each(rows.map((row) => [row[0], row] as const))('%s', (_what, row) => {
    const [, begin, type, input, actor, expected, now = NOW] = row;
    const it = begin();
    if (expected === 'ok') {
      const before: Instance = it.instance;
      expect(it.do(type, input, actor, undefined, now).instance.revision).toBeGreaterThan(before.revision);
      return;
    }
    const refusal = it.refuse(type, input, actor, undefined, now);
    const said = refusal.reasons === null ? refusal.problems.map(({ pointer }) => pointer) : failing(refusal);
    expect([refusal.code, ...said].join(' ')).toBe(expected);
    // Refused is recorded and changes nothing else.
    expect(refusal.entries).toMatchObject([{ type, accepted: false, changes: null }]);
    expect(refusal.instance).toEqual({ ...it.instance, seq: it.instance.seq + 1 });
    // Both languages say something.
    expect([refusal.detail.zh, refusal.detail.en].every((text) => text.length > 5)).toBe(true);
  });

  it('names who acted since, and when', () => {
    const refusal = answered().refuse('recall', {}, CLERK);
    expect(refusal.detail.en).toBe(`nobody else should have acted since; bo did at ${NOW} (entry 7)`);
  });
});
