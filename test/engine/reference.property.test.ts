import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import { decide, roundsOf, start } from '../../src/engine/index.ts';
import type { Instance } from '../../src/engine/types.ts';
import { documentOf, patchOf, snapshotOf } from '../../src/service/snapshot.ts';
import { ADMIN, command, environment } from './process.ts';
import { random } from './random.ts';
import { randomOrder, randomProcess } from './random-process.ts';
import { reference } from './reference.ts';
import { type Order, type Standing, stepsThat } from './reference-standing.ts';

/** `npm run test:model` asks for more. */
const DEFINITIONS = Number(process.env.PHASEGATE_MODEL ?? 2_000);
const ORDERS = 50;

/** What both must agree on. */
interface Told {
  readonly status: string;
  readonly outcome: string | null;
  readonly position: readonly string[];
  readonly waiting: readonly string[];
  readonly rounds: Readonly<Record<string, readonly [number, readonly string[]]>>;
  readonly activities: Readonly<Record<string, string>>;
}

function toldByEngine(instance: Instance): Told {
  const ids = Object.keys(instance.steps).sort();
  const touched = Object.entries(instance.activities).filter(([, { status }]) => status !== 'open');
  return {
    status: instance.status,
    outcome: instance.outcome,
    position: instance.position.map(({ step }) => step),
    waiting: instance.waiting.map(({ step }) => step),
    rounds: Object.fromEntries(
      ids.map((id) => {
        const round = instance.steps[id]?.round ?? 0;
        return [
          id,
          [round, roundsOf(instance, id).map((each) => `${each.round} ${each.ended} ${each.activities.join('+')}`)],
        ];
      }),
    ),
    activities: Object.fromEntries(touched.map(([id, { status }]): [string, string] => [id, status]).sort()),
  };
}

function toldByReference(now: Standing): Told {
  const ids = [...now.round.keys()].sort();
  const touched = [...now.activities].filter(([, state]) => state !== 'open');
  return {
    status: now.closed ? 'closed' : 'active',
    outcome: now.outcome,
    position: [...stepsThat(now.inside, 'open')].sort(),
    waiting: [...stepsThat(now.inside, 'waiting')].sort(),
    rounds: Object.fromEntries(ids.map((id) => [id, [now.round.get(id) ?? 0, (now.ended.get(id) ?? []).slice(-10)]])),
    activities: Object.fromEntries(touched.sort()),
  };
}

function toCommand({ type, ...order }: Order) {
  const reason = type === 'skip' || type === 'rework' || type === 'close' ? { reason: 'because' } : {};
  return command(type, { ...order, ...reason }, ADMIN);
}

/** The instance as the next process to run it would read it: its row, from a snapshot or a patch on one. */
function restarted(before: Instance, after: Instance, patched: boolean): Instance {
  const patch = patched ? patchOf(before, after) : null;
  const row =
    patch === null ? { snapshot: snapshotOf(after), patches: '' } : { snapshot: snapshotOf(before), patches: patch };
  const document = documentOf(row);
  if (document === null) throw new Error(`not a document: ${row.snapshot} ${row.patches}`);
  const { id, process: name, version, digest, status, outcome, revision, seq, startedAt, updatedAt } = after;
  const { tenant, owner, team } = after;
  return {
    ...document,
    tenant,
    owner,
    team,
    id,
    process: name,
    version,
    digest,
    status,
    outcome,
    revision,
    seq,
    startedAt,
    updatedAt,
  };
}

describe(`${DEFINITIONS} random processes, ${ORDERS} random orders each`, () => {
  it(
    'run as the plain reading of their definition says, with and without restarts',
    () => {
      const seen = { taken: 0, refused: 0, closed: 0, restarts: 0 };
      const types = new Set<string>();
      const shut = new Set<string>();
      const ends = new Set<string>();
      for (let seed = 1; seed <= DEFINITIONS; seed += 1) {
        const r = random(seed);
        const definition = randomProcess(r);
        const compiled = compileProcess(definition);
        const plain = reference(definition);
        const restarts = seed % 10 === 0;
        const answer = start(compiled, 1, command('start'), environment());
        let now = plain.start();
        const told: string[] = [];
        const context = () => `seed ${seed}: ${told.join(' ')}\n${JSON.stringify(definition.phases)}`;
        expect(answer.ok, context()).toBe(now !== null);
        if (!answer.ok || now === null) continue;
        let { instance } = answer;
        expect(toldByEngine(instance), context()).toEqual(toldByReference(now));
        for (let count = 0; count < ORDERS; count += 1) {
          if (instance.status === 'closed' && r.chance(0.7)) {
            now = plain.start();
            if (now === null) break;
            ({ instance } = answer);
            told.length = 0;
          }
          const order = randomOrder(definition, now, r);
          told.push(JSON.stringify(order));
          const taken = plain.send(now, order);
          const decided = decide(compiled, instance, toCommand(order), environment());
          if (decided.ok !== taken) expect.fail(`${decided.ok ? 'accepted' : decided.detail.en} ${context()}`);
          types.add(`${order.type} ${taken}`);
          if (!decided.ok)
            for (const { id, verdict } of decided.reasons?.of ?? []) if (verdict !== 'met') shut.add(id ?? '');
          seen[taken ? 'taken' : 'refused'] += 1;
          const before = instance;
          instance = decided.instance ?? instance;
          if (restarts) {
            instance = restarted(before, instance, r.chance(0.5));
            seen.restarts += 1;
          }
          if (instance.status === 'closed') seen.closed += 1;
          for (const { ended } of Object.values(instance.rounds)) ends.add(ended);
          if (JSON.stringify(toldByEngine(instance)) === JSON.stringify(toldByReference(now))) continue;
          expect(toldByEngine(instance), context()).toEqual(toldByReference(now));
        }
      }
      expect(seen.taken).toBeGreaterThan(DEFINITIONS * 10);
      expect(seen.refused).toBeGreaterThan(DEFINITIONS * 10);
      expect(seen.closed).toBeGreaterThan(DEFINITIONS / 10);
      expect(seen.restarts).toBeGreaterThan(DEFINITIONS);
      for (const type of ['set', 'complete', 'undo', 'skip', 'enter', 'advance', 'repeat', 'rework', 'close']) {
        expect([...types], type).toContain(`${type} true`);
        expect([...types], type).toContain(`${type} false`);
      }
      expect([...ends].sort()).toEqual(['closed', 'done', 'left', 'repeated', 'reworked', 'skipped']);
      const criteria = [
        'activity-needed',
        'repeat-limit',
        'rework-limit',
        'route-known',
        'route-limit',
        'step-optional',
        'step-repeatable',
        'step-waiting',
      ];
      for (const id of criteria) expect([...shut]).toContain(id);
    },
    120_000 + DEFINITIONS * 60,
  );
});
