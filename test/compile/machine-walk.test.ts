import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import {
  advanceEvent,
  closeEvent,
  compileProcess,
  openPlaces,
  reworkEvent,
  startMachine,
  stepMachine,
} from '../../src/compile/index.ts';
import type { MachineActionJson } from '../../src/compile/types.ts';
import type { Phase, ProcessDefinition } from '../../src/definition/types.ts';
import { definitions } from './random-definition.ts';

/** The same moves said plainly, without a state machine: a phase and its open steps, or null when closed. */
type Standing = { readonly phase: Phase; readonly open: readonly string[] } | null;
type Moved = { readonly standing: Standing; readonly actions: readonly MachineActionJson[] };

const enter = (step: string): MachineActionJson => ({ type: 'enter', params: { step } });
const leave = (step: string): MachineActionJson => ({ type: 'leave', params: { step } });

function begin(phase: Phase | undefined, before: readonly MachineActionJson[]): Moved {
  if (phase === undefined) return { standing: null, actions: before };
  const ids = phase.steps.map(({ id }) => id);
  const open = phase.order === 'parallel' ? ids : ids.slice(0, 1);
  return { standing: { phase, open }, actions: [...before, ...open.map(enter)] };
}

function advance(definition: ProcessDefinition, { phase, open }: NonNullable<Standing>, id: string): Moved {
  const place = phase.steps.findIndex((step) => step.id === id);
  const step = phase.steps[place];
  const left: MachineActionJson[] = [leave(id)];
  if (step?.milestone) left.push({ type: 'reach', params: { outcome: step.milestone } });
  const next = phase.steps[place + 1];
  if (phase.order === 'sequence' && next !== undefined) {
    return { standing: { phase, open: [next.id] }, actions: [...left, enter(next.id)] };
  }
  const still = open.filter((other) => other !== id);
  if (still.length > 0) return { standing: { phase, open: still }, actions: left };
  return begin(definition.phases[definition.phases.indexOf(phase) + 1], left);
}

function rework(definition: ProcessDefinition, { phase, open }: NonNullable<Standing>, to: string): Moved {
  const target = definition.phases.find(({ steps }) => steps.some(({ id }) => id === to)) ?? phase;
  return { standing: { phase: target, open: [to] }, actions: [...[...open].reverse().map(leave), enter(to)] };
}

describe('the machine of any process', () => {
  it('moves as the process says, and an actor on its JSON goes the same way', () => {
    fc.assert(
      fc.property(definitions, fc.array(fc.nat(), { maxLength: 40 }), (definition, picks) => {
        const process = compileProcess(definition);
        const json = JSON.parse(JSON.stringify(process.config));
        expect(json).toEqual(process.config);
        const actor = createActor(createMachine(json)).start();
        const start = begin(definition.phases[0], []);
        let { standing } = start;
        let { marking, actions } = startMachine(process);
        expect(actions).toEqual(start.actions);
        for (const pick of picks) {
          if (standing === null) break;
          const { phase, open } = standing;
          const steps = phase.steps.filter(({ id }) => open.includes(id));
          const choices: readonly (readonly [string, Moved | null])[] = [
            ...steps.map(({ id }) => [advanceEvent(id), advance(definition, { phase, open }, id)] as const),
            ...steps.flatMap((step) =>
              (step.rework?.to ?? []).map((to) => [reworkEvent(to), rework(definition, { phase, open }, to)] as const),
            ),
            ...phase.steps.filter(({ id }) => !open.includes(id)).map(({ id }) => [advanceEvent(id), null] as const),
          ];
          const [event, expected] = choices[pick % choices.length] ?? ['', null];
          const move = stepMachine(process, marking, event);
          actor.send({ type: event });
          expect(move?.actions ?? null).toEqual(expected?.actions ?? null);
          if (move === null || expected === null) continue;
          ({ marking, actions } = move);
          ({ standing } = expected);
          const now = standing;
          expect(openPlaces(process, marking)).toEqual(
            now === null ? [] : now.open.map((step) => ({ phase: now.phase.id, step })),
          );
          expect(actor.getSnapshot().value).toEqual(marking);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('enters every step and ends closed when steps are advanced in any order', () => {
    fc.assert(
      fc.property(definitions, fc.infiniteStream(fc.nat()), (definition, picks) => {
        const process = compileProcess(definition);
        let { marking, actions } = startMachine(process);
        const entered: (string | undefined)[] = [];
        for (;;) {
          entered.push(...actions.filter(({ type }) => type === 'enter').map(({ params }) => params.step));
          const places = openPlaces(process, marking);
          const place = places[Number(picks.next().value) % places.length];
          if (place === undefined) break;
          const move = stepMachine(process, marking, advanceEvent(place.step));
          if (move === null) throw new Error(`${place.step} is open but cannot be advanced`);
          ({ marking, actions } = move);
        }
        expect(marking).toBe('closed');
        expect(entered).toEqual([...process.steps.keys()]);
      }),
      { numRuns: 300 },
    );
  });

  it('closes from every place with the outcomes that list it, and no other', () => {
    fc.assert(
      fc.property(definitions, fc.nat({ max: 16 }), (definition, moves) => {
        const process = compileProcess(definition);
        let { marking } = startMachine(process);
        for (let count = 0; count < moves; count += 1) {
          const [place] = openPlaces(process, marking);
          if (place === undefined) break;
          marking = stepMachine(process, marking, advanceEvent(place.step))?.marking ?? marking;
        }
        const places = openPlaces(process, marking);
        for (const { id, from } of definition.outcomes) {
          const listed =
            from === 'any'
              ? places.length > 0
              : places.some(({ phase, step }) => from.includes(phase) || from.includes(step));
          const leaves = [...places].reverse().map(({ step }) => leave(step));
          expect(stepMachine(process, marking, closeEvent(id))).toEqual(
            listed ? { marking: 'closed', actions: leaves } : null,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
