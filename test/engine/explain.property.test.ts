import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { decide, explain, verbs } from '../../src/engine/index.ts';
import { CALLING } from './calling.ts';
import { PARENT } from './parent.ts';
import { ADMIN, accepted, actor, BOSS, CLERK, compiled, DEPUTY, environment, NOW, SMALL } from './process.ts';
import { valueFor } from './random.ts';
import { EVIDENCE, RESTING } from './resting.ts';
import { SIDE } from './side.ts';
import { TIMED } from './timed.ts';
import { toCommand, walk } from './walk.ts';

const sales = readFileSync(new URL('../../processes/sales.yaml', import.meta.url), 'utf8');
const ajv = addFormats.default(new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }));

/** Only a process whose steps may wait or come again takes these, only one whose steps start others, or ask services, those. */
const beside = ['enter', 'repeat'];
const ofChildren = ['retry-child', 'dismiss-child'];
const ofCalls = ['fail-call', 'retry-call'];
const everywhere = [...verbs.keys()].filter((type) => ![...beside, ...ofChildren, ...ofCalls].includes(type));

/** Of the states that `npm run test:model` looks at: these are looked at by every run. */
const SHARE = Number(process.env.PHASEGATE_STATES ?? 0.3);

describe.each([
  ['small', SMALL, 4_000, everywhere],
  ['side by side', SIDE, 4_000, [...everywhere, ...beside]],
  ['starting others', PARENT, 2_000, [...ofChildren, 'advance', 'rework', 'recall', 'repeat', 'override', 'reopen']],
  ['resting', RESTING, 2_000, ['advance', 'close', 'complete', 'override', 'recall', 'reopen', 'rework', 'undo']],
  ['sales', sales, 3_000, everywhere],
  ['timed', TIMED, 1_000, ['advance', 'approve', 'complete', 'hold', 'reject', 'request-approval', 'resume', 'rework']],
  ['calling', CALLING, 1_000, ['advance', 'complete', 'undo', 'hold', 'resume', 'rework', 'fail-call', 'retry-call']],
])('explain and decide on %s', (_name, yaml, most, types) => {
  const process = compiled(yaml);
  // With fewer some actions are never met both ways.
  const states = Math.max(1_000, Math.round(most * SHARE));

  it(`agree on every action in ${states} random states, for every actor`, () => {
    let allowed = 0;
    let shut = 0;
    const seen = new Set<string>();
    walk(
      process,
      states,
      20260213,
      (instance, r, now) => {
        const who = r.pick([ADMIN, DEPUTY, CLERK, BOSS, actor('nobody')]);
        for (const action of explain({ process, instance, actor: who, at: now, now, evidence: EVIDENCE })) {
          const answer = decide(process, instance, toCommand(action, r, who), environment(now));
          seen.add(`${action.type} ${action.allowed}`);
          if (action.allowed) {
            allowed += 1;
            expect(answer.ok, JSON.stringify(answer)).toBe(true);
          } else {
            shut += 1;
            if (answer.ok) expect.fail(`${action.type} was explained as shut and accepted`);
            expect(answer.reasons).toEqual(action.reasons);
            expect(answer.missing).toEqual(action.missing);
          }
        }
      },
      yaml === TIMED || yaml === CALLING,
    );
    expect(allowed).toBeGreaterThan(states);
    expect(shut).toBeGreaterThan(states);
    for (const type of types) {
      expect([...seen], type).toContain(`${type} true`);
      expect([...seen], type).toContain(`${type} false`);
    }
  });

  it('give the same bytes for the same command on the same state', () => {
    walk(process, 300, 7, (instance, r) => {
      const action = r.pick(explain({ process, instance, actor: ADMIN, at: NOW, now: NOW, evidence: EVIDENCE }));
      const order = toCommand(action, r);
      const kept = JSON.stringify(instance);
      const once = JSON.stringify(decide(process, instance, order, environment()));
      expect(JSON.stringify(decide(process, instance, order, environment()))).toBe(once);
      expect(JSON.stringify(instance)).toBe(kept);
    });
  });

  it('offer input schemas that are valid and that accept what the engine accepts', () => {
    walk(process, 60, 11, (instance, r) => {
      for (const action of explain({ process, instance, actor: ADMIN, at: NOW, now: NOW, evidence: EVIDENCE })) {
        const { type, ...input } = Object(valueFor(action.input, r));
        expect(ajv.validate(action.input, { type, ...input }), ajv.errorsText()).toBe(true);
      }
    });
  });
});

it('a client that only does what is missing opens every shut advance', () => {
  const process = compiled(SMALL);
  walk(process, Math.round(1_500 * SHARE), 3, (state, r) => {
    let instance = state;
    if (state.status === 'on-hold') return;
    for (const { step } of state.position) {
      for (let round = 0; round < 12; round += 1) {
        const action = explain({ process, instance, actor: ADMIN, at: NOW, now: NOW, evidence: EVIDENCE }).find(
          (a) => a.type === 'advance' && a.step === step,
        );
        if (action === undefined || action.allowed) break;
        expect(action.missing.length, JSON.stringify(action.reasons)).toBeGreaterThan(0);
        const [need] = action.missing;
        if (need?.kind !== 'activity') break;
        const doIt = explain({ process, instance, actor: ADMIN, at: NOW, now: NOW, evidence: EVIDENCE }).find(
          (a) => a.type === 'complete' && a.activity === need.id && a.allowed,
        );
        if (doIt === undefined) expect.fail(`${need.id} is missing but cannot be completed`);
        instance = accepted(decide(process, instance, toCommand(doIt, r), environment())).instance;
      }
    }
  });
});
