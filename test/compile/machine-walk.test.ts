import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import {
  advanceEvent,
  closeEvent,
  compileProcess,
  enterEvent,
  joinEvent,
  openPlaces,
  repeatEvent,
  reworkEvent,
  skipEvent,
  startMachine,
  stepMachine,
  waitingPlaces,
} from '../../src/compile/index.ts';
import type { CompiledProcess, MachineActionJson, Marking } from '../../src/compile/types.ts';
import type { Phase, ProcessDefinition, Step } from '../../src/definition/types.ts';
import { definitions } from './random-definition.ts';

/** The same moves said plainly, without a state machine: a phase, its open and its waiting steps; null when closed. */
type Standing = { readonly phase: Phase; readonly open: readonly string[]; readonly waiting: readonly string[] } | null;
type Moved = { readonly standing: Standing; readonly actions: readonly MachineActionJson[] };

const enter = (step: string): MachineActionJson => ({ type: 'enter', params: { step } });
const leave = (step: string): MachineActionJson => ({ type: 'leave', params: { step } });

function begin(phase: Phase | undefined, before: readonly MachineActionJson[]): Moved {
  if (phase === undefined) return { standing: null, actions: before };
  const ids = phase.steps.map(({ id }) => id);
  const open = phase.order === 'parallel' ? ids : phase.order === 'sequence' ? ids.slice(0, 1) : [];
  return {
    standing: { phase, open, waiting: phase.order === 'any' ? ids : [] },
    actions: [...before, ...open.map(enter)],
  };
}

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((other) => other !== id);

/** Past an open step: to a route's target, to what is written next, or out of the way of its neighbours. */
function past(
  definition: ProcessDefinition,
  now: NonNullable<Standing>,
  step: Step,
  to: string | null,
  reach: boolean,
) {
  const { phase, open, waiting } = now;
  const left: MachineActionJson[] = [leave(step.id)];
  if (reach && step.milestone !== null) left.push({ type: 'reach', params: { outcome: step.milestone } });
  if (phase.order !== 'sequence') return { standing: { phase, open: without(open, step.id), waiting }, actions: left };
  const behind = definition.phases[definition.phases.indexOf(phase) + 1];
  const next = to === null ? phase.steps[phase.steps.indexOf(step) + 1]?.id : to;
  if (next === undefined) return begin(behind, left);
  const home = definition.phases.find(({ steps }) => steps.some(({ id }) => id === next));
  if (home !== undefined) {
    return { standing: { phase: home, open: [next], waiting: [] }, actions: [...left, enter(next)] };
  }
  return begin(
    definition.phases.find(({ id }) => id === next),
    left,
  );
}

function rework(definition: ProcessDefinition, { phase, open }: NonNullable<Standing>, to: string): Moved {
  const target = definition.phases.find(({ steps }) => steps.some(({ id }) => id === to)) ?? phase;
  const standing = { phase: target, open: [to], waiting: [] };
  return { standing, actions: [...[...open].reverse().map(leave), enter(to)] };
}

type Choice = readonly [event: string, moved: Moved | null];

function choicesOf(definition: ProcessDefinition, now: NonNullable<Standing>): readonly Choice[] {
  const { phase, open, waiting } = now;
  const ordered = (ids: readonly string[]) => phase.steps.map(({ id }) => id).filter((id) => ids.includes(id));
  const behind = definition.phases[definition.phases.indexOf(phase) + 1];
  const joined = begin(behind, [...open].reverse().map(leave));
  return [
    [joinEvent(phase.id), phase.order === 'sequence' ? null : joined],
    ...phase.steps.flatMap((step): readonly Choice[] => {
      const { id, optional, repeatable } = step;
      const rest = without(waiting, id);
      const round = [leave(id), enter(id)];
      if (waiting.includes(id)) {
        const entered = { standing: { phase, open: ordered([...open, id]), waiting: rest }, actions: [enter(id)] };
        const skipped = { standing: { phase, open, waiting: rest }, actions: [enter(id), leave(id)] };
        return [
          [enterEvent(id), entered],
          [skipEvent(id), optional ? skipped : null],
          [advanceEvent(id), null],
        ];
      }
      if (!open.includes(id)) return [[advanceEvent(id), null]];
      const routes = step.next.length > 0 ? step.next.map(({ to }) => to) : [null];
      return [
        ...routes.flatMap((to): readonly Choice[] => [
          [advanceEvent(id, to), past(definition, now, step, to, true)],
          [skipEvent(id, to), optional ? past(definition, now, step, to, false) : null],
        ]),
        [repeatEvent(id), repeatable === null ? null : { standing: now, actions: round }],
        [enterEvent(id), null],
        ...(step.rework?.to ?? []).map((to): Choice => [reworkEvent(to), rework(definition, now, to)]),
      ];
    }),
  ];
}

/** Advances a step, and joins its phase when it was the last; null where it is not taken. */
function advanceAndJoin(process: CompiledProcess, marking: Marking, phase: string, step: string) {
  const route = process.steps.get(step)?.step.next[0]?.to ?? null;
  const move = stepMachine(process, marking, advanceEvent(step, route));
  if (move === null) return null;
  const left = [...openPlaces(process, move.marking), ...waitingPlaces(process, move.marking)];
  const joined = left.length === 0 ? stepMachine(process, move.marking, joinEvent(phase)) : null;
  return joined === null ? move : { marking: joined.marking, actions: [...move.actions, ...joined.actions] };
}

/** The process without its routes, which need not lead to every step, or to an end. */
const straight = (definition: ProcessDefinition): ProcessDefinition => ({
  ...definition,
  phases: definition.phases.map((phase) => ({
    ...phase,
    steps: phase.steps.map((step) => ({ ...step, next: [] })),
  })),
});

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
          const choices = choicesOf(definition, standing);
          const [event, expected] = choices[pick % choices.length] ?? ['', null];
          const move = stepMachine(process, marking, event);
          actor.send({ type: event });
          expect(move?.actions ?? null, event).toEqual(expected?.actions ?? null);
          if (move === null || expected === null) continue;
          ({ marking, actions } = move);
          ({ standing } = expected);
          const places = (ids: readonly string[] = []) =>
            ids.map((step) => ({ phase: standing?.phase.id ?? '', step }));
          expect(openPlaces(process, marking)).toEqual(places(standing?.open));
          expect(waitingPlaces(process, marking)).toEqual(places(standing?.waiting));
          expect(actor.getSnapshot().value).toEqual(marking);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('enters every step and ends closed when steps are advanced in any order', () => {
    fc.assert(
      fc.property(definitions, fc.infiniteStream(fc.nat()), (written, picks) => {
        const process = compileProcess(straight(written));
        let { marking, actions } = startMachine(process);
        const entered: (string | undefined)[] = [];
        for (;;) {
          entered.push(...actions.filter(({ type }) => type === 'enter').map(({ params }) => params.step));
          const [waiting] = waitingPlaces(process, marking);
          const places = openPlaces(process, marking);
          const place = places[Number(picks.next().value) % places.length];
          const move =
            waiting !== undefined
              ? stepMachine(process, marking, enterEvent(waiting.step))
              : place !== undefined
                ? advanceAndJoin(process, marking, place.phase, place.step)
                : undefined;
          if (move === undefined) break;
          if (move === null) throw new Error(`${JSON.stringify(marking)} goes no further`);
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
          const [waiting] = waitingPlaces(process, marking);
          const [place] = openPlaces(process, marking);
          if (waiting !== undefined) marking = stepMachine(process, marking, enterEvent(waiting.step))?.marking ?? '';
          else if (place === undefined) break;
          else marking = advanceAndJoin(process, marking, place.phase, place.step)?.marking ?? '';
        }
        const places = openPlaces(process, marking);
        const phases = [...places, ...waitingPlaces(process, marking)].map(({ phase }) => phase);
        for (const { id, from } of definition.outcomes) {
          const listed =
            from === 'any'
              ? phases.length > 0
              : from.some((place) => phases.includes(place) || places.some(({ step }) => step === place));
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
