import { describe, expect, it } from 'vitest';
import { openPlaces, waitingPlaces } from '../../src/compile/index.ts';
import type { CompiledProcess } from '../../src/compile/types.ts';
import { mappingOf } from '../../src/diff/index.ts';
import { explain, type Migration, migrate, nextTimer, revert, statementOf } from '../../src/engine/index.ts';
import type { Environment, Instance } from '../../src/engine/types.ts';
import { edits, salesYaml } from './edits.ts';
import { internal } from './parent.ts';
import { ADMIN, compiled, environment } from './process.ts';
import { EVIDENCE } from './resting.ts';
import { walk } from './walk.ts';

/** States that each edit is tried on; more with `npm run test:model`. */
const STATES = Number(process.env.PHASEGATE_MIGRATED ?? 16);

const sales = compiled(salesYaml);

const at = (now: string): Environment => {
  let count = 0;
  return { ...environment(now), evidence: EVIDENCE, ids: () => `id-${++count}` };
};

function over(to: CompiledProcess, instance: Instance, now: string) {
  const migration: Migration = {
    process: to,
    version: 2,
    mapping: mappingOf(sales.definition, to.definition),
    moves: {},
  };
  return { migration, answer: migrate(sales, instance, internal('migrate', { plan: 'p' }), at(now), migration) };
}

/** What anybody can do, see and be told of: it throws where records and version do not fit. */
function isSound(process: CompiledProcess, instance: Instance, now: string): void {
  explain({ process, instance, actor: ADMIN, at: now, now, evidence: EVIDENCE });
  statementOf(process, instance, now);
  nextTimer(process, instance);
}

/** Everything of an instance that the version it is on knows. */
function knownTo(process: CompiledProcess, instance: Instance) {
  const of = <R>(ids: { has(id: string): boolean }, records: Readonly<Record<string, R>>) =>
    Object.fromEntries(Object.entries(records).filter(([id]) => ids.has(id)));
  const { marking, position, waiting, status, hold, outcome, key, version, digest, migration, lastMove } = instance;
  return {
    ...{ marking, position, waiting, status, hold, outcome, key, version, digest, migration, lastMove },
    steps: of(process.steps, instance.steps),
    activities: of(process.activities, instance.activities),
    fields: of(process.fields, instance.fields),
    approvals: of(process.approvals, instance.approvals),
    clocks: of(process.clocks, instance.clocks),
    children: instance.children,
  };
}

/** A record that a version has and an instance does not may be one that nobody has touched. */
function untouched(kind: string, record: object): boolean {
  const { round, status, value, ended } = Object(record);
  if (kind === 'steps') return round === 0;
  if (kind === 'activities') return status === 'open';
  if (kind === 'fields') return value === null;
  if (kind === 'approvals') return status === 'void' || status === 'withdrawn';
  return ended !== null;
}

function expectAlike(found: ReturnType<typeof knownTo>, wanted: ReturnType<typeof knownTo>): void {
  for (const [name, value] of Object.entries(wanted)) {
    const have = Object(found)[name];
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      expect([name, have]).toEqual([name, value]);
    else {
      for (const [id, record] of Object.entries(Object(have))) {
        if (Object.hasOwn(value, id)) expect([name, id, record]).toEqual([name, id, Object(value)[id]]);
        else expect([name, id, record, untouched(name, Object(record))]).toEqual([name, id, record, true]);
      }
      expect(Object.keys(Object(have))).toEqual(expect.arrayContaining(Object.keys(value)));
    }
  }
}

describe.each(edits)('$name', ({ some, apply }) => {
  const to = compiled(apply(salesYaml));
  const kinds = new Set<string>();

  it('takes instances over with all their facts, the same way each time, and back to exactly where they were', () => {
    const { fields } = mappingOf(sales.definition, to.definition);
    walk(
      sales,
      STATES,
      STATES + apply.length,
      (instance, _r, now) => {
        if (instance.status === 'closed') return;
        const { answer, migration } = over(to, instance, now);
        if (!answer.ok) {
          kinds.add(
            answer.reasons?.of?.every(({ id, verdict }) => verdict === 'met' || id === 'migration-place')
              ? 'ask'
              : 'blocked',
          );
          expect(answer.instance).toEqual({ ...instance, seq: instance.seq + 1 });
          return;
        }
        kinds.add('all');
        const { instance: after } = answer;
        expect(over(to, instance, now).answer).toEqual(answer);
        expect([after.version, after.digest, after.status]).toEqual([2, to.digest, instance.status]);
        expect([after.position, after.waiting]).toEqual([
          openPlaces(to, after.marking),
          waitingPlaces(to, after.marking),
        ]);
        isSound(to, after, now);
        for (const [former, id] of fields) {
          const was = instance.fields[former];
          if (was === undefined || to.derived.has(id)) continue;
          const { seq: _, digest, ...wanted } = was;
          expect([id, after.fields[id]]).toMatchObject([id, wanted]);
          expect([id, after.fields[id]?.digest === null]).toEqual([id, digest === null]);
        }
        for (const { step } of after.position) expect(after.steps[step]).toMatchObject({ leftAt: null });
        const back = revert(to, after, internal('revert', { plan: 'p' }), at(now), sales);
        const started = after.migration?.before.added.children ?? [];
        if (started.length > 0) {
          expect(back).toMatchObject({ ok: false, code: 'not-allowed-now' });
          return;
        }
        if (!back.ok) throw new Error(back.detail.en);
        isSound(sales, back.instance, now);
        expectAlike(knownTo(sales, back.instance), knownTo(sales, instance));
        expect(revert(to, { ...after, revision: after.revision + 1 }, internal('revert', {}), at(now), sales).ok).toBe(
          false,
        );
        expect(migration.mapping.steps.size).toBeGreaterThan(0);
      },
      true,
    );
    expect(kinds).toContain('all');
    if (some === 'all') expect([...kinds]).toEqual(['all']);
    else expect(kinds).toContain(some);
  });
});
