import { describe, expect, it } from 'vitest';
import {
  decide,
  explain,
  hiddenFrom,
  maskEntry,
  maskMissing,
  maskReason,
  start,
  unseen,
} from '../../src/engine/index.ts';
import type { Actor, Instance } from '../../src/engine/types.ts';
import { COLLEAGUE, FINANCE, GUEST, guarded, MANAGER, NOBODY, REP, STRANGER } from './guarded.ts';
import { ADMIN, accepted, actor, command, environment, failing, NOW } from './process.ts';
import { random } from './random.ts';
import { toCommand, walk } from './walk.ts';

function begin(by: Actor = REP): Instance {
  return accepted(start(guarded, 1, command('start', {}, by), environment())).instance;
}

function send(instance: Instance, type: string, input: Record<string, unknown>, by: Actor) {
  return decide(guarded, instance, command(type, input, by), environment());
}

/** As far as the credit check. */
function rated(): Instance {
  const filled = accepted(send(begin(), 'complete', { activity: 'form', with: { amount: 5 } }, REP)).instance;
  return accepted(send(filled, 'complete', { activity: 'credit', with: { rating: 3 } }, FINANCE)).instance;
}

describe('starting', () => {
  it('is for the roles that the access names, and makes whoever starts the owner, in their team', () => {
    expect(begin()).toMatchObject({ tenant: 'main', owner: 'ren', team: 'east' });
    const { entries } = accepted(start(guarded, 1, command('start', {}, REP), environment()));
    expect(entries[0]).toMatchObject({
      tenant: 'main',
      actor: 'ren',
      via: null,
      changes: { owner: { from: null, to: 'ren' }, team: { from: null, to: 'east' } },
    });
    for (const by of [MANAGER, GUEST, NOBODY])
      expect(start(guarded, 1, command('start', {}, by), environment())).toMatchObject({ code: 'role-required' });
  });

  it('records who acted for whom', () => {
    const by = { ...REP, via: 'crm' };
    const { entries, instance } = accepted(start(guarded, 1, command('start', {}, by), environment()));
    expect([entries[0]?.actor, entries[0]?.via, instance.owner]).toEqual(['ren', 'crm', 'ren']);
  });

  it('by the engine itself leaves the instance nobody’s', () => {
    const engine = actor('phasegate', 'admin');
    expect(begin(engine)).toMatchObject({ owner: null, team: null });
  });
});

describe('who sees an instance', () => {
  const cases: readonly (readonly [string, Actor, boolean])[] = [
    ['its owner', REP, true],
    ['its owner, without any role', { ...REP, roles: [], team: null }, true],
    ['a role of its team', COLLEAGUE, true],
    ['a role of another team', STRANGER, false],
    ['a role of no team', { ...COLLEAGUE, team: null }, false],
    ['a role across teams', MANAGER, true],
    ['an administrator', { ...ADMIN, team: 'west' }, true],
    ['a role that the access does not name, of its team', GUEST, false],
    ['nobody’s role', NOBODY, false],
    ['who was given the owner’s role by its key', { ...NOBODY, roles: ['instance-owner'] }, false],
  ];
  it.each(cases)('%s: %s', (_who, by, sees) => {
    expect(unseen(guarded, begin(), by) === null).toBe(sees);
  });

  it('is nobody’s team where the instance has none', () => {
    expect(unseen(guarded, { owner: null, team: null }, { ...COLLEAGUE, team: null })?.id).toBe('team-held');
  });

  it('is refused everything else with that one reason, before anything is said of the command', () => {
    for (const by of [STRANGER, GUEST]) {
      for (const [type, input] of [
        ['note', { text: 'x' }],
        ['set', { fields: { amount: 'many' } }],
        ['complete', { activity: 'form' }],
        ['advance', {}],
        ['assign', { owner: 'me' }],
      ] as const) {
        const refusal = send(rated(), type, input, by);
        expect(refusal).toMatchObject({ ok: false, code: 'role-required', problems: [], missing: [], possible: [] });
        expect(!refusal.ok && failing(refusal)).toEqual([by === GUEST ? 'seen' : 'team-held']);
        expect(!refusal.ok && refusal.reasons?.of).toHaveLength(1);
        expect(refusal.entries).toMatchObject([{ accepted: false, actor: by.id, refusal: { code: 'role-required' } }]);
      }
    }
  });
});

describe('the owner of an instance', () => {
  it('does what is the owner’s, and nobody else but an administrator', () => {
    const form = { activity: 'form', with: { amount: 5 } };
    expect(send(begin(), 'complete', form, COLLEAGUE)).toMatchObject({ code: 'role-required' });
    expect(send(begin(), 'complete', form, { ...COLLEAGUE, roles: ['rep', 'instance-owner'] }).ok).toBe(false);
    expect(send(begin(), 'complete', form, REP).ok).toBe(true);
    expect(send(begin(), 'complete', form, ADMIN).ok).toBe(true);
  });

  it('hands it on, as do the roles that the access names; the history says from whom to whom', () => {
    const handed = accepted(send(begin(), 'assign', { owner: 'ni', team: '华南', reason: 'on leave' }, REP));
    expect(handed.instance).toMatchObject({ owner: 'ni', team: '华南', revision: 2 });
    expect(handed.entries).toMatchObject([
      {
        type: 'assign',
        command: { owner: 'ni', team: '华南', reason: 'on leave' },
        changes: { owner: { from: 'ren', to: 'ni' }, team: { from: 'east', to: '华南' } },
      },
    ]);
    const kept = accepted(send(begin(), 'assign', { owner: 'ni' }, MANAGER));
    expect(kept.instance).toMatchObject({ owner: 'ni', team: 'east' });
    expect(kept.entries[0]?.changes).toEqual({ owner: { from: 'ren', to: 'ni' } });
    expect(accepted(send(begin(), 'assign', { owner: 'ni', team: null }, ADMIN)).instance.team).toBeNull();
    // Once it is handed on, it is the other's.
    expect(send(kept.instance, 'assign', { owner: 'ren' }, REP)).toMatchObject({ code: 'role-required' });
    expect(send(kept.instance, 'assign', { owner: 'ren' }, NOBODY).ok).toBe(true);
    expect(send(begin(), 'assign', { owner: 'ni' }, COLLEAGUE)).toMatchObject({ code: 'role-required' });
  });

  it.each([
    [{}, ['/owner']],
    [{ owner: '' }, ['/owner']],
    [{ owner: ' ren' }, ['/owner']],
    [{ owner: 'a\u0000b' }, ['/owner']],
    [{ owner: '\ud800' }, ['/owner']],
    [{ owner: 'x'.repeat(101) }, ['/owner']],
    [{ owner: null }, ['/owner']],
    [{ owner: 'ren', team: '' }, ['/team']],
    [{ owner: 'ren', reason: ' ' }, ['/reason']],
    [{ owner: 'ren', temas: 'east' }, ['/temas']],
  ])('is refused %j', (input, pointers) => {
    const refusal = send(begin(), 'assign', input, REP);
    expect(!refusal.ok && [refusal.code, refusal.problems.map(({ pointer }) => pointer)]).toEqual([
      'invalid-input',
      pointers,
    ]);
  });

  it('cannot be changed once the instance is closed', () => {
    const closed = accepted(send(begin(), 'close', { outcome: 'dropped', reason: 'x' }, REP)).instance;
    expect(send(closed, 'assign', { owner: 'ni' }, REP)).toMatchObject({ code: 'not-allowed-now' });
  });
});

describe('what is hidden', () => {
  it('is the activities that somebody may not see, and the fields that only they supply', () => {
    expect(hiddenFrom(guarded, rated(), REP)).toEqual({
      activities: new Set(['credit', 'judge']),
      fields: new Set(['rating', 'verdict']),
      clocks: new Set(),
    });
    expect(hiddenFrom(guarded, rated(), FINANCE)).toEqual({
      activities: new Set(['judge']),
      fields: new Set(['verdict']),
      clocks: new Set(),
    });
    expect(hiddenFrom(guarded, rated(), MANAGER)).toBeNull();
    expect(hiddenFrom(guarded, rated(), ADMIN)).toBeNull();
  });

  it('is not offered as an action, not to be set, and refused with who may', () => {
    const actions = explain({ process: guarded, instance: rated(), actor: REP, at: NOW, now: NOW });
    expect(actions.filter(({ activity }) => activity === 'credit')).toEqual([]);
    const set = actions.find(({ type }) => type === 'set');
    expect(Object.keys(Object(set?.input.properties).fields.properties)).toEqual(['amount']);
    expect(send(rated(), 'set', { fields: { rating: 9 } }, REP)).toMatchObject({
      code: 'invalid-input',
      problems: [{ pointer: '/fields/rating' }],
    });
    const refusal = send(rated(), 'complete', { activity: 'credit', with: { rating: 'high' } }, REP);
    expect(refusal).toMatchObject({ code: 'role-required', problems: [] });
    expect(!refusal.ok && refusal.detail.en).toBe('only the roles finance, manager see it; ren holds rep');
    const advanced = { ...rated(), position: [{ phase: 'all', step: 'decide' }], marking: { all: 'decide' } };
    expect(
      explain({ process: guarded, instance: advanced, actor: REP, at: NOW, now: NOW }).map(({ type }) => type),
    ).toEqual(['hold', 'close', 'set', 'note', 'assign']);
  });

  it('stands as (hidden) in reasons, in what is missing and in the history', () => {
    const hidden = hiddenFrom(guarded, rated(), REP);
    if (hidden === null) throw new Error('something is hidden');
    const filled = accepted(send(begin(), 'complete', { activity: 'form', with: { amount: 5 } }, REP)).instance;
    const early = send(filled, 'advance', {}, REP);
    if (early.ok || early.reasons === null) throw new Error('it is refused');
    expect(JSON.stringify(early)).toMatch(/Credit check/);
    const shown = [maskReason(hidden, early.reasons), maskMissing(hidden, early.missing)];
    expect(JSON.stringify(shown)).not.toMatch(/Credit check|"credit"/);
    expect(maskMissing(hidden, early.missing)).toEqual([
      {
        kind: 'activity',
        id: '(hidden)',
        title: { zh: '（不可见）', en: '(hidden)' },
        activities: [],
        roles: ['finance'],
      },
    ]);

    const done = accepted(send(filled, 'complete', { activity: 'credit', with: { rating: 3 } }, FINANCE));
    const [entry] = done.entries;
    if (entry === undefined) throw new Error('there is an entry');
    expect(maskEntry(hidden, entry)).toEqual({
      ...entry,
      command: '(hidden)',
      changes: { fields: { rating: { from: '(hidden)', to: '(hidden)' } }, activities: {} },
    });
    const late = send(done.instance, 'advance', {}, REP);
    if (late.ok || late.entries[0] === undefined) throw new Error('it is refused');
    const masked = maskEntry(hidden, late.entries[0]);
    expect(masked.verdicts?.of?.at(-1)?.reads).toEqual([{ field: 'rating', value: '(hidden)', by: null, at: null }]);
    expect(masked.refusal?.detail.en).toBe('1 criterion does not hold: The rating is too low');
    expect(JSON.stringify(masked)).not.toContain('"value":3');

    const wrong = send(done.instance, 'set', { fields: { rating: 'nine' } }, FINANCE);
    if (wrong.ok || wrong.entries[0] === undefined) throw new Error('it is refused');
    expect(maskEntry(hidden, wrong.entries[0])).toMatchObject({
      command: '(hidden)',
      refusal: { code: 'invalid-input', detail: { en: '(hidden)' } },
    });
  });
});

it('explain and decide agree on who may, in 2,000 random states', () => {
  const people = [REP, COLLEAGUE, STRANGER, FINANCE, MANAGER, GUEST, NOBODY, ADMIN];
  const seen = new Set<string>();
  walk(guarded, 2_000, 5, (state, r) => {
    const handed = random(r.integer(1, 1e6));
    const whose = { owner: handed.pick([null, 'ren', 'ni', 'ma']), team: handed.pick([null, 'east', 'west']) };
    const instance = { ...state, ...whose };
    const by = r.pick(people);
    for (const action of explain({ process: guarded, instance, actor: by, at: NOW, now: NOW })) {
      const answer = decide(guarded, instance, toCommand(action, r, by), environment());
      seen.add(`${by.id} ${answer.ok}`);
      expect(answer.ok).toBe(action.allowed);
      if (!answer.ok) expect([answer.reasons, answer.missing]).toEqual([action.reasons, action.missing]);
    }
  });
  // The guest sees nothing and owns nothing.
  const expected = people.flatMap(({ id }) => (id === 'gu' ? [`${id} false`] : [`${id} false`, `${id} true`]));
  expect([...seen].sort()).toEqual(expected.sort());
});
