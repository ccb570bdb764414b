import { describe, expect, it } from 'vitest';
import { decide, explain, maskEvidence, maskMissing, maskReason, restsOn } from '../../src/engine/index.ts';
import { lastDayOf } from '../../src/engine/time.ts';
import { ADMIN, accepted, BOSS, CLERK, command, compiled, environment, failing, NOW, run } from './process.ts';
import { EVIDENCE, PRODUCER, RESTING } from './resting.ts';

const resting = compiled(RESTING);
const at = (region: string) => {
  const it = run(resting);
  it.do('complete', { activity: 'place', with: { region, first_day: '2026-02-14' } }, CLERK);
  return it;
};
/** At the step that produces. */
const atMake = () => {
  const it = at('east');
  it.do('complete', { activity: 'price', choices: ['mail'], with: { worth: 1 } }, CLERK);
  it.do('advance', { step: 'begin' }, CLERK);
  it.do('complete', { activity: 'look' }, CLERK);
  return it;
};

describe('an activity that rests on evidence', () => {
  it.each([
    ['2025-12-31T15:59:59.999Z', 'not-met', 'upcoming'],
    ['2025-12-31T16:00:00.000Z', 'met', 'valid'],
    ['2026-03-31T15:59:59.999Z', 'met', 'valid'],
    ['2026-03-31T16:00:00.000Z', 'not-met', 'expired'],
  ])('is at %s %s: days begin and end in UTC+8, the first and the last are included', (now, verdict, state) => {
    const { instance } = at('east');
    const context = { process: resting, instance, actor: ADMIN, at: now, now, evidence: EVIDENCE };
    const tree = explain(context).find(({ type }) => type === 'override');
    expect(restsOn(context)[0]?.state).toBe(state);
    expect(tree?.input).toMatchObject({
      properties: { criteria: { items: { enum: expect.arrayContaining(['price']) } } },
    });
    const { enum: open } = Object(tree?.input.properties).criteria.items;
    expect(open.includes('general')).toBe(verdict === 'not-met');
  });

  it('is told with the evidence, what it is, and what to do', () => {
    const it = at('west');
    const { reasons, missing, detail, code } = it.refuse('advance', { step: 'begin' }, CLERK);
    expect(code).toBe('gate-shut');
    expect(reasons?.of?.find(({ id }) => id === 'general')).toEqual({
      kind: 'activity',
      id: 'general',
      verdict: 'met',
      say: {
        zh: `细则“总体”（general）：证据 reviews/general 有效（2026-01-01 至 2026-03-31，实例 ${PRODUCER}）`,
        en: `the activity “General” (general): the evidence reviews/general is valid (2026-01-01 to 2026-03-31, of instance ${PRODUCER})`,
      },
      source: '1.1',
      of: [
        {
          kind: 'evidence',
          id: 'reviews/general',
          verdict: 'met',
          say: expect.anything(),
          evidence: {
            evidence: 'reviews/general',
            scope: {},
            state: 'valid',
            instance: PRODUCER,
            validFrom: '2026-01-01',
            validTo: '2026-03-31',
          },
        },
      ],
    });
    expect(reasons?.of?.find(({ id }) => id === 'local')?.of).toMatchObject([
      {
        kind: 'evidence',
        verdict: 'not-met',
        evidence: { scope: { region: 'west' }, state: 'expired', validTo: '2025-12-31' },
        reads: [{ field: 'region', value: 'west', by: 'carla', at: NOW }],
      },
    ]);
    expect(missing.map(({ kind, id }) => [kind, id])).toEqual([
      ['evidence', 'reviews/local'],
      ['activity', 'price'],
    ]);
    expect(detail.en).toContain(
      `the evidence reviews/local (region) was valid until 2025-12-31 (of instance ${PRODUCER}), today is 2026-02-13; complete the process reviews anew`,
    );
    expect(detail.zh).toContain('今天是 2026-02-13；请完成新的 reviews 流程');
  });

  it('is unknown while its scope is, and names the field; none and not yet valid are said as such', () => {
    const { reasons, missing } = run(resting).refuse('advance', { step: 'begin' }, CLERK);
    expect(reasons?.of?.find(({ id }) => id === 'local')).toMatchObject({
      verdict: 'unknown',
      of: [{ kind: 'evidence', verdict: 'unknown', missing: ['region'], evidence: { state: 'unknown' } }],
    });
    expect(missing.map(({ kind, id }) => `${kind} ${id}`)).toContain('activity place');
    const south = at('south').refuse('advance', { step: 'begin' }, CLERK);
    expect(failing(south)).toEqual(['local']);
    expect(south.detail.en).toContain('is valid from 2026-04-01');
    const alone = decide(resting, at('east').instance, command('advance', { step: 'begin' }), {
      ...environment(),
      evidence: undefined,
    });
    expect(alone.ok ? [] : failing(alone)).toEqual(['general', 'local', 'price']);
    expect(alone.ok ? '' : alone.detail.en).toContain(
      'there is no evidence reviews/general; complete the process reviews',
    );
  });

  it('asks for both where it is to be done as well, and for nothing where it is not needed', () => {
    const it = at('east');
    expect(failing(it.refuse('advance', { step: 'begin' }, CLERK))).toEqual(['price']);
    it.do('complete', { activity: 'price', choices: ['mail'], with: { worth: 1 } }, CLERK);
    const late = it.refuse('advance', { step: 'begin' }, CLERK, undefined, '2026-04-01T00:00:00.000Z');
    expect(failing(late)).toEqual(['general', 'local', 'price']);
    expect(late.missing.map(({ id }) => id)).toEqual(['reviews/general', 'reviews/local', 'reviews/prices']);
    const { instance } = at('south');
    const context = { process: resting, instance, actor: ADMIN, at: NOW, now: NOW, evidence: EVIDENCE };
    expect(restsOn(context).map(({ activity, state }) => [activity, state])).toEqual([
      ['general', 'valid'],
      ['local', 'upcoming'],
    ]);
  });

  it('is asked of the day of recording: no move is dated back to a day when it was valid', () => {
    const it = at('east');
    it.do('complete', { activity: 'price', choices: ['mail'], with: { worth: 1 } }, CLERK);
    const back = it.refuse('advance', { step: 'begin' }, CLERK, '2026-03-31T12:00:00Z', '2026-04-01T12:00:00.000Z');
    expect(back.code).toBe('gate-shut');
  });

  it('has nothing to complete but what it may supply', () => {
    const it = at('east');
    const refusal = it.refuse('complete', { activity: 'general' }, CLERK);
    expect([refusal.code, failing(refusal)]).toEqual(['not-allowed-now', ['activity-form']]);
    expect(refusal.detail.en).toBe(
      'the activity “General” (general) is met by the evidence reviews/general; there is nothing to complete',
    );
    it.do('complete', { activity: 'local', with: { notes: ['x'] } }, CLERK);
    expect(it.instance.fields.notes?.value).toEqual(['x']);
  });

  it('is kept in the verdicts of the move that it opened, and may be overridden', () => {
    const it = at('west');
    it.do('complete', { activity: 'price', choices: ['mail'], with: { worth: 1 } }, CLERK);
    it.do('override', { step: 'begin', criteria: ['local'], reason: 'renewed tomorrow' }, BOSS);
    const [entry] = it.do('advance', { step: 'begin' }, CLERK).entries;
    expect(entry?.verdicts?.of?.filter(({ kind }) => kind === 'activity')).toMatchObject([
      { id: 'place', verdict: 'met' },
      { id: 'general', of: [{ evidence: { state: 'valid', instance: PRODUCER, validTo: '2026-03-31' } }] },
      { id: 'local', verdict: 'met', overridden: { by: 'bo' }, of: [{ verdict: 'not-met' }] },
      { id: 'price', verdict: 'met' },
    ]);
  });
});

describe('what is hidden', () => {
  it('of an activity is its evidence too, and of a scope its value', () => {
    const { instance } = at('west');
    const context = { process: resting, instance, actor: ADMIN, at: NOW, now: NOW, evidence: () => [] };
    const advance = explain(context).find(({ type }) => type === 'advance');
    if (advance?.reasons === undefined || advance.reasons === null) throw new Error('advance is shut');
    const hidden = { activities: new Set(['general']), fields: new Set(['region']), clocks: new Set<string>() };
    const masked = JSON.stringify([maskReason(hidden, advance.reasons), maskMissing(hidden, advance.missing)]);
    expect(JSON.stringify([advance.reasons, advance.missing])).toMatch(/reviews\/general.*"region":"west"/);
    expect(masked).not.toMatch(/reviews\/general|west/);
    expect(masked).toMatch(/"scope":\{"region":"\(hidden\)"\}/);
    const record = { scope: { region: 'west' }, validFrom: 'a', validTo: 'b', by: 'c', at: 'd', recordedAt: 'e' };
    expect(maskEvidence(hidden, { finding: { ...record, seq: 1, withdrawn: null } }).finding?.scope).toEqual({
      region: '(hidden)',
    });
  });
});

describe('evidence', () => {
  it('is produced with its outcome, with its days and scope', () => {
    const { instance, entries } = atMake().do('advance', { step: 'make' }, CLERK);
    const record = {
      scope: { region: 'east' },
      validFrom: '2026-02-14',
      validTo: '2026-03-13',
      by: 'carla',
      at: NOW,
      recordedAt: NOW,
      seq: instance.seq,
      withdrawn: null,
    };
    expect(instance.evidence).toEqual({ finding: record });
    expect(entries[0]?.changes).toMatchObject({ outcome: 'done', evidence: { finding: record } });
  });

  it('is withdrawn by whoever takes the outcome back, and comes again with it', () => {
    const it = atMake();
    it.do('advance', { step: 'make' }, CLERK);
    const first = it.instance.evidence.finding;
    const { entries, instance } = it.do('recall', {}, CLERK);
    const withdrawn = { seq: instance.seq, by: 'carla', at: NOW };
    expect(entries[0]?.changes?.evidence).toEqual({ finding: { ...first, withdrawn } });
    it.do('set', { fields: { region: 'west' } }, CLERK);
    it.do('advance', { step: 'make' }, CLERK);
    expect(it.instance.evidence.finding).toMatchObject({ scope: { region: 'west' }, withdrawn: null });
  });

  it('is not produced by another outcome, and outlives a reopening that leaves the outcome fixed', () => {
    const lost = atMake();
    lost.do('close', { outcome: 'dropped', reason: 'cost' }, CLERK);
    expect(lost.instance.evidence).toEqual({});
    const it = atMake();
    it.do('advance', { step: 'make' }, CLERK);
    it.do('complete', { activity: 'file' }, CLERK);
    it.do('advance', { step: 'last' }, CLERK);
    it.do('reopen', { reason: 'more' }, BOSS);
    expect(it.instance).toMatchObject({
      status: 'active',
      outcome: 'done',
      evidence: { finding: { withdrawn: null } },
    });
  });

  it('wants what it says to be known before the outcome is reached, which nobody overrides', () => {
    const it = atMake();
    const known = it.instance;
    const instance = { ...known, fields: { ...known.fields, first_day: { ...known.fields.region, value: null } } };
    const bare = run(resting, {}, { ...instance } as typeof known);
    const refusal = bare.refuse('advance', { step: 'make' }, CLERK);
    expect([refusal.code, failing(refusal)]).toEqual(['gate-shut', ['evidence-known']]);
    expect(refusal.missing).toMatchObject([{ kind: 'field', id: 'first_day', activities: ['place'] }]);
    expect(bare.refuse('override', { step: 'make', criteria: ['evidence-known'], reason: 'x' }, BOSS).code).toBe(
      'invalid-input',
    );
  });

  it.each([
    ['2026-01-01', 3, 'months', '2026-03-31'],
    ['2026-01-31', 1, 'months', '2026-02-28'],
    ['2024-01-31', 1, 'months', '2024-02-29'],
    ['2025-12-15', 1, 'months', '2026-01-14'],
    ['2026-02-28', 1, 'days', '2026-02-28'],
    ['2026-02-28', 2, 'weeks', '2026-03-13'],
  ] as const)('that begins on %s and is valid for %i %s ends on %s', (first, amount, unit, last) => {
    expect(lastDayOf(first, { amount, unit })).toBe(last);
  });

  it('is decided by what is handed in alone', () => {
    const order = command('advance', { step: 'begin' }, CLERK);
    const { instance } = at('south');
    const once = JSON.stringify(decide(resting, instance, order, environment()));
    expect(JSON.stringify(decide(resting, instance, order, environment()))).toBe(once);
    expect(accepted(decide(resting, atMake().instance, command('advance', { step: 'make' }), environment())).ok).toBe(
      true,
    );
  });
});
