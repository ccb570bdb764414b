import { describe, expect, it } from 'vitest';
import { editProcess } from '../../src/edit/index.ts';
import { ProcessError } from '../../src/errors.ts';

const file = `process: visit   # ours
title: { zh: 拜访, en: Visit }
subject: visit

roles:
  rep:     { title: { zh: 销售, en: Rep } }
  manager: { title: { zh: 经理, en: Manager } }

fields:
  # what is known
  score:  { type: integer, min: 0 }
  reason: { type: text }

outcomes: { done: { title: { zh: 完成, en: Done } } }

phases:
  only:
    title: { zh: 阶段, en: Phase }
    steps:
      # the beginning
      call:
        title: { zh: 致电, en: Call }   # by phone
        owner: rep
        activities:
          ask:                    # politely
            title: { zh: 询问, en: Ask }
            supplies: [score]
            # no more than once
      # and then
      meet:
        title:
          zh: 会面
          en: Meet
        owner: "rep"
        rework: { to: [call] }
        activities: { talk: { title: { zh: 谈, en: Talk }, supplies: [ reason ] } }
        exit:
          high: score >= 50
          either:
            any:
              - score >= 60       # good enough
              - known(reason)
        milestone: done
`;

/** The lines that an edit takes out and puts in. */
function edited(...operations: readonly unknown[]) {
  const { yaml, problems, definition } = editProcess(file, 'visit.yaml', operations, '/operations');
  const [before, after] = [file.split('\n'), yaml.split('\n')];
  const left = (own: readonly string[], other: readonly string[]) => {
    const rest = [...other];
    return own.filter((line) => {
      const at = rest.indexOf(line);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
  };
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ code, line }) => `${line} ${code}`);
  return { yaml, out: left(before, after), in: left(after, before), errors, refused: definition === null };
}

function refused(...operations: readonly unknown[]) {
  try {
    editProcess(file, 'visit.yaml', operations, '/operations');
  } catch (error) {
    if (error instanceof ProcessError) return error.extra.errors;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('an edit', () => {
  it('sets the duration of an SLA alone, or all of it', () => {
    const one = edited({ op: 'set-sla', at: 'call', value: '2 days' });
    expect(one).toMatchObject({ out: [], in: ['        sla: { within: 2 days }'], errors: [] });
    const two = edited(
      { op: 'set-sla', at: 'call', value: { within: '2 days', warn: ['50%', '80%'] } },
      { op: 'set-sla', at: 'call', value: '3 days' },
    );
    expect(two.in).toEqual(['        sla: { within: 3 days, warn: [50%, 80%] }']);
  });

  it('sets one language of a title, and leaves the remark beside it', () => {
    expect(edited({ op: 'set-title', at: 'call', value: { en: 'Call them: now' } })).toMatchObject({
      out: ['        title: { zh: 致电, en: Call }   # by phone'],
      in: ['        title: { zh: 致电, en: "Call them: now" }   # by phone'],
    });
    expect(edited({ op: 'set-title', at: 'meet', value: { en: 'Meeting' } })).toMatchObject({
      out: ['          en: Meet'],
      in: ['          en: Meeting'],
    });
  });

  it('keeps the quotes of what it replaces', () => {
    expect(edited({ op: 'set-role', at: 'meet', value: 'manager' }).in).toEqual(['        owner: "manager"']);
  });

  it('sets any word, in lists and in what is not there yet', () => {
    expect(edited({ op: 'set', at: 'meet', word: 'rework/limit', value: 2 }).in).toEqual([
      '        rework: { to: [call], limit: 2 }',
    ]);
    expect(edited({ op: 'set', at: 'field:score', word: 'max', value: 100 }).in).toEqual([
      '  score:  { type: integer, min: 0, max: 100 }',
    ]);
    expect(edited({ op: 'set', at: 'process', word: 'hold/reasons', value: ['waiting'] }).in).toEqual([
      'hold: { reasons: [waiting] }',
    ]);
    expect(edited({ op: 'set', at: 'meet', word: 'rework', value: null }).out).toEqual([
      '        rework: { to: [call] }',
    ]);
    expect(edited({ op: 'set', at: 'meet/exit/either', word: 'any/1', value: 'known(score)' })).toMatchObject({
      out: ['              - known(reason)'],
      in: ['              - known(score)'],
    });
  });

  it('sets a condition, whatever the criterion was', () => {
    expect(edited({ op: 'set-condition', at: 'meet/exit/high', value: 'score >= 60 && reason != "x"' }).in).toEqual([
      `          high: score >= 60 && reason != "x"`,
    ]);
    expect(
      edited({
        op: 'set-condition',
        at: 'meet/exit/either',
        value: { any: ['score >= 60', 'score == 0', 'known(reason)'] },
      }),
    ).toMatchObject({ out: [], in: ['              - score == 0'] });
  });

  it('renames an element and all that names it, and says what it was', () => {
    expect(edited({ op: 'rename', at: 'call', to: 'phone' })).toMatchObject({
      out: ['      call:', '        rework: { to: [call] }'],
      in: ['      phone:', '        was: call', '        rework: { to: [phone] }'],
      errors: [],
    });
    expect(edited({ op: 'rename', at: 'field:score', to: 'points' })).toMatchObject({
      out: [
        '  score:  { type: integer, min: 0 }',
        '            supplies: [score]',
        '          high: score >= 50',
        '              - score >= 60       # good enough',
      ],
      in: [
        '  points: { type: integer, min: 0, was: score }',
        '            supplies: [points]',
        '          high: points >= 50',
        '              - points >= 60       # good enough',
      ],
      errors: [],
    });
  });

  it('remembers every id that a version may have known it by, but not the one that it has again', () => {
    const rename = (...ids: readonly string[]) =>
      ids.slice(1).map((to, n) => ({ op: 'rename', at: `step:${ids[n]}`, to }));
    const set = { op: 'set', at: 'step:call', word: 'was', value: 'visit' };
    const written = (...operations: readonly unknown[]) => {
      const { in: lines, errors } = edited(...operations);
      return [...lines.filter((line) => line.includes('was:')).map((line) => line.trim()), ...errors];
    };
    expect(written(set, ...rename('call', 'phone'))).toEqual(['was: [visit, call]']);
    expect(written(...rename('call', 'phone', 'ring'))).toEqual(['was: call']);
    expect(edited(...rename('call', 'phone', 'call'))).toMatchObject({ out: [], in: [], errors: [] });
    expect(edited(...rename('call', 'phone', 'ring', 'call'))).toMatchObject({ out: [], in: [], errors: [] });
    // What takes over an id that another had.
    const swap = [...rename('call', 'other'), ...rename('meet', 'call')];
    expect(written(...swap, ...rename('call', 'meet'), ...rename('other', 'call'))).toEqual([]);
    expect(written(...swap, ...rename('call', 'visit'))).toEqual(['was: call', 'was: meet']);
  });

  it('gives the id back that `was` says, where it was there before', () => {
    const before = file.replace('      meet:\n', '      meet:\n        was: call-on\n');
    const operations = [
      { op: 'rename', at: 'meet', to: 'call-on' },
      { op: 'rename', at: 'call-on', to: 'meet' },
    ];
    expect(editProcess(before, 'visit.yaml', operations, '').yaml).toBe(before);
  });

  it('adds a step in the style of its neighbours', () => {
    const step = {
      title: { zh: '准备', en: 'Prepare' },
      owner: 'rep',
      source: '1.1',
      activities: { read: { title: { zh: '读', en: 'Read' } } },
    };
    const { yaml, out } = edited({ op: 'add', at: 'step:prepare', in: 'only', before: 'call', value: step });
    expect(out).toEqual([]);
    expect(yaml).toContain(`
      # the beginning
      prepare:
        title: { zh: 准备, en: Prepare }
        owner: rep
        source: "1.1"
        activities:
          read: { title: { zh: 读, en: Read } }
      call:
`);
  });

  it('moves a step with the remark above it', () => {
    const { yaml, errors } = edited(
      { op: 'set', at: 'meet', word: 'rework', value: null },
      { op: 'move', at: 'step:meet', before: 'call' },
    );
    expect(errors).toEqual(['29 gate-reads-later']);
    expect(yaml).toContain(
      '    steps:\n      # the beginning\n      # and then\n      meet:\n        title:\n          zh: 会面\n',
    );
    expect(yaml).toMatch(/milestone: done\n {6}call:\n[\s\S]*# no more than once\n$/);
  });

  it('moves what is alone in its place, or comes to a place without its like, with every remark', () => {
    const first = edited({ op: 'remove', at: 'talk' }, { op: 'move', at: 'ask', to: 'meet' });
    expect(first.yaml).not.toMatch(/owner: rep\n {8}activities:/);
    expect(first.yaml).toContain(`        rework: { to: [call] }
        activities:
          ask:                    # politely
            title: { zh: 询问, en: Ask }
            supplies: [score]
            # no more than once
        exit:
`);
    const remarked = file.replace('        activities:\n', '        activities:   # both\n');
    const operation = { op: 'move', at: 'ask', to: 'meet' };
    expect(() => editProcess(remarked, 'visit.yaml', [{ op: 'remove', at: 'talk' }, operation], '')).toThrow(
      'around line 24',
    );
  });

  it('removes a step and says where instances go on that stand there', () => {
    const { in: added, yaml } = edited({ op: 'remove', at: 'step:call', move_to: 'meet' });
    expect(added).toEqual(['retired: { call: { move_to: meet } }']);
    expect(yaml).toContain('# the beginning\n      # and then\n      meet:');
    const chain = edited({ op: 'rename', at: 'call', to: 'phone' }, { op: 'remove', at: 'phone', move_to: 'meet' });
    expect(chain.in).toContain('retired: { phone: { move_to: meet }, call: { move_to: meet } }');
  });

  it('is refused with what is wrong in the file that it would make', () => {
    const { refused: isRefused, errors } = edited({ op: 'remove', at: 'step:call', move_to: 'meet' });
    expect([isRefused, errors]).toEqual([true, ['28 unknown-step', '31 field-never-supplied']]);
  });
});

describe('what cannot be done is refused at its place', () => {
  it.each([
    ['an element that is not there', { op: 'set-sla', at: 'cal', value: '1 day' }, '/at', 'did you mean call?'],
    ['a name of several elements', { op: 'add', at: 'role:rep', value: {} }, '/at', 'there is a role rep already'],
    ['an id that is taken', { op: 'rename', at: 'call', to: 'meet' }, '/to', 'is the id of another step beside it'],
    [
      'a word below a value',
      { op: 'set', at: 'call', word: 'owner/x', value: 1 },
      '/word',
      'there is no place for x in owner',
    ],
    [
      'taking out what is not there',
      { op: 'set', at: 'call', word: 'sla', value: null },
      '/word',
      'is not written there',
    ],
    [
      'a criterion without a condition',
      { op: 'set-condition', at: 'meet/exit/high', value: null },
      '/value',
      'use remove meet/exit/high',
    ],
    ['a neighbour that is none', { op: 'move', at: 'call', after: 'talk' }, '/after', 'one of its neighbours: meet'],
    ['two neighbours', { op: 'move', at: 'call', after: 'meet', before: 'meet' }, '/before', 'found both'],
    ['moving what has no other place', { op: 'move', at: 'role:rep', to: 'only' }, '/to', 'can change its order only'],
    [
      'a step that leads nowhere',
      { op: 'remove', at: 'step:call' },
      '/move_to',
      'expected the step that instances in call go on with',
    ],
    ['the last of its kind', { op: 'remove', at: 'outcome:done' }, '/at', 'done is the last of outcomes'],
    [
      'an addition without a place',
      { op: 'add', at: 'step:x', value: {} },
      '/in',
      'expected the phase that it is added to',
    ],
    ['an address of no kind', { op: 'add', at: 'x', value: {} }, '/at', 'expected kind:id'],
    ['an unknown operation', { op: 'set_sla', at: 'call', value: '1 day' }, '/op', 'did you mean set-sla?'],
    ['an unknown member', { op: 'rename', at: 'call', to: 'x', as: 'y' }, '/as', 'rename has at, to'],
    ['a member that is missing', { op: 'rename', at: 'call' }, '/to', 'a text of 1–200 characters; found undefined'],
    [
      'null inside a value',
      { op: 'set', at: 'call', word: 'sla', value: { within: null } },
      '/value',
      'without null inside',
    ],
    ['a value of many levels', { op: 'set', at: 'call', word: 'sla', value: nested(20) }, '/value', '16 levels'],
  ])('%s', (_, operation, place, words) => {
    expect(refused(operation)).toEqual([
      {
        pointer: `/operations/0${place}`,
        message: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringContaining(words) },
      },
    ]);
  });

  it('a name of several elements, unless the kind is said', () => {
    const twice = file.replace('talk: {', 'call: {');
    const operation = { op: 'set-title', at: 'call', value: { en: 'X' } };
    expect(() => editProcess(twice, 'visit.yaml', [operation], '')).toThrow('say which: step:call, activity:call');
    expect(editProcess(twice, 'visit.yaml', [{ ...operation, at: 'activity:call' }], '').definition).not.toBeNull();
  });

  it('a remark that would be lost', () => {
    const remarked = file.replace('{ to: [call] }', '{ to: [call], # back\n          limit: 2 }');
    const operation = { op: 'set', at: 'meet', word: 'rework/limit', value: null };
    expect(() => editProcess(remarked, 'visit.yaml', [operation], '')).toThrow(
      'around line 35 (a remark inside brackets',
    );
  });

  it('more operations than are taken', () => {
    const operation = { op: 'set-title', at: 'call', value: { en: 'X' } };
    expect(refused(...Array(101).fill(operation))).toMatchObject([{ pointer: '/operations' }]);
    const long = `${file}# ${'x'.repeat(200_000)}\n`;
    expect(() => editProcess(long, 'visit.yaml', Array(100).fill(operation), '')).toThrow('at most 14 operations');
  });

  it('nothing at all of a file that is no YAML: its problems are told', () => {
    const { yaml, problems, definition } = editProcess('a: [', 'x.yaml', [{ op: 'remove', at: 'step:x' }], '');
    expect([yaml, problems.map(({ code }) => code), definition]).toEqual(['a: [', ['yaml-syntax'], null]);
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { a: nested(levels - 1) };
}
