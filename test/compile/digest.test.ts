import { describe, expect, it } from 'vitest';
import { compiled } from '../engine/process.ts';

const EARLY = `
process: early
title: { zh: 早期, en: Early }
subject: case
roles:
  clerk: { title: { zh: 职员, en: Clerk } }
fields:
  staff: { type: integer, min: 1 }
outcomes:
  done: { title: { zh: 完成, en: Done } }
phases:
  work:
    title: { zh: 办理, en: Work }
    steps:
      take:
        title: { zh: 受理, en: Take }
        owner: clerk
        activities:
          form: { title: { zh: 表单, en: Form }, supplies: [staff], repeatable: true }
      give:
        title: { zh: 交付, en: Give }
        activities:
          hand: { title: { zh: 交接, en: Hand over } }
        rework: { to: [take], limit: 2 }
        milestone: done
`;

describe('the digest of a version', () => {
  it('stays what the first program computed', () => {
    expect(compiled(EARLY).digest).toBe('f1c9e297c6ad584bfe1343dbd0187c1bac4b166857d1dea608c626e4dd7f85b4');
  });

  it.each([
    ['subject: case', 'subject: case\nhold: { by: clerk }'],
    ['subject: case', 'subject: case\nreopen: { within: 3 days, by: clerk }'],
    [
      'subject: case',
      'subject: case\nsignals: { told: { title: { zh: 告知, en: Told }, match: staff, sets: [staff] } }',
    ],
    ['subject: case', 'subject: case\noverride: { by: clerk }'],
    ['subject: case', 'subject: case\naccess: { see: clerk }'],
    ['subject: case', 'subject: case\nmanagers: { anna: mei }'],
    ['subject: case', 'subject: case\nsubstitutes: [{ for: mei, by: wang, from: 2026-02-01, until: 2026-02-20 }]'],
    ['en: Clerk }', 'en: Clerk }, holders: 2'],
    ['en: Clerk }', 'en: Clerk }, held_by: [mei]'],
    ['owner: clerk', 'owner: clerk\n        optional: true'],
    ['owner: clerk', 'owner: clerk\n        repeatable: true'],
    ['owner: clerk', 'owner: clerk\n        see: clerk'],
    ['owner: clerk', 'owner: clerk\n        override: { by: clerk }'],
    ['owner: clerk', 'owner: clerk\n        next: [{ to: give }]'],
    ['owner: clerk', 'owner: clerk\n        approvals: { ok: { title: { zh: 同意, en: Agreed }, by: clerk } }'],
    ['limit: 2', 'limit: 2, resets: [staff]'],
    ['en: Hand over }', 'en: Hand over }, when: staff > 1'],
    ['en: Hand over }', 'en: Hand over }, see: clerk'],
    [
      'en: Hand over } }',
      'en: Hand over }, skip: { approval: ok } }\n        approvals: { ok: { title: { zh: 同意, en: Agreed }, by: clerk } }',
    ],
    ['repeatable: true', 'repeatable: false'],
    ['title: { zh: 办理, en: Work }', 'title: { zh: 办理, en: Work }\n    order: parallel\n    join: any'],
  ])('is another once %s is written', (from, to) => {
    const text = EARLY.replace(from, to).replace(
      to.includes('order:') ? '        rework: { to: [take], limit: 2 }\n' : '',
      '',
    );
    expect(compiled(text).digest).not.toBe(compiled(EARLY).digest);
  });

  it('of a file with a decision table is the same as before `hit` was a word', () => {
    const table = (words: string) =>
      EARLY.replace('outcomes:', `tables:\n  sizes: { sets: staff, ${words}rules: [{ then: 5 }] }\noutcomes:`).replace(
        'supplies: [staff], ',
        '',
      );
    const digest = 'cd1ee8b749b8e5b43feeaac9ecb017221f1f25e2e437a26c1072804c1cb8012c';
    expect(compiled(table('')).digest).toBe(digest);
    expect(compiled(table('hit: first, ')).digest).toBe(digest);
    expect(compiled(table('hit: unique, ')).digest).not.toBe(digest);
    expect(compiled(table('hit: all, collect: sum, ')).digest).not.toBe(digest);
  });
});

describe('the digest of a version with SLAs', () => {
  const TIMED = EARLY.replace(
    '  staff: { type: integer, min: 1 }',
    '  staff: { type: integer, min: 1 }\n  seen: { type: datetime }',
  )
    .replace('owner: clerk', 'owner: clerk\n        sla: { within: 2 working days, warn: [80%, 1 day], assumed: true }')
    .replace(
      'supplies: [staff], repeatable: true',
      'supplies: [staff, seen], sla: { within: 1 week, from: seen, source: "1.1" }',
    )
    .replace('        rework: { to: [take], limit: 2 }\n', '');

  it('stays what it was before they had more words', () => {
    expect(compiled(TIMED).digest).toBe('1e3e39ac530fdc7dcf4c88841408540b5bca5a05a6a9997de89baa0b081dc03d');
  });

  it.each(['on_rework: restart', 'on_change: keep'])('is the same when %s is written, which says nothing', (words) => {
    const written = TIMED.replace('within: 1 week', `within: 1 week, ${words}`);
    expect(compiled(written).digest).toBe(compiled(TIMED).digest);
  });

  it.each([
    'pause: any',
    'on_rework: continue',
    'on_change: recalculate',
    'on_change: restart',
    'breach: { notify: clerk }',
    'escalate: [{ after: 1 day, raise: clerk }]',
  ])('is another once %s is written', (words) => {
    const written = TIMED.replace('within: 1 week', `within: 1 week, ${words}`);
    expect(compiled(written).digest).not.toBe(compiled(TIMED).digest);
  });

  it('is another once the process, a phase or an approval is timed', () => {
    const approval = 'approvals: { ok: { title: { zh: 同意, en: Agreed }, by: clerk';
    const none = TIMED.replace('owner: clerk', `owner: clerk\n        ${approval} } }`);
    const digests = [
      TIMED,
      TIMED.replace('subject: case', 'subject: case\nsla: { within: 3 weeks }'),
      TIMED.replace('title: { zh: 办理, en: Work }', 'title: { zh: 办理, en: Work }\n    sla: { within: 3 weeks }'),
      none,
      TIMED.replace('owner: clerk', `owner: clerk\n        ${approval}, sla: { within: 3 weeks } } }`),
    ].map((text) => compiled(text).digest);
    expect(new Set(digests).size).toBe(5);
  });

  it('of a file that says all that can be said of time is what the first program that knew it computed', () => {
    const all = `within: 1 week, pause: any, on_rework: continue, on_change: recalculate, breach: { notify: [clerk, instance-owner], raise: clerk, reassign: { actor: mei }, do: { type: advance } },
            escalate: [{ after: 1 day, notify: { actor: wang } }, { after: 2 days, do: { type: close, outcome: done, reason: late } }]`;
    const file = TIMED.replace('within: 1 week', all).replace(
      'sla: { within: 2 working days,',
      'sla: { targets: [{ when: staff > 9, within: 4 days }, { due: seen }],',
    );
    expect(compiled(file).digest).toBe('12035a90ed32459d437d316d823a550dd38728427acfb940266fae229d301c65');
  });
});
