import { afterEach, describe, expect, it, vi } from 'vitest';
import { createActor, createMachine } from 'xstate';
import {
  advanceEvent,
  closeEvent,
  compileProcess,
  joinEvent,
  openPlaces,
  reworkEvent,
  startMachine,
  stepMachine,
} from '../../src/compile/index.ts';
import type { CompiledProcess, Marking } from '../../src/compile/types.ts';
import { definition, outcome, phase, step } from './build-definition.ts';

const enter = (step: string) => ({ type: 'enter', params: { step } });
const leave = (step: string) => ({ type: 'leave', params: { step } });
const reach = (outcome: string) => ({ type: 'reach', params: { outcome } });

function setup() {
  const process = compileProcess(
    definition(
      [
        phase('prepare', [step('study'), step('constructor')], { order: 'parallel' }),
        phase('sell', [
          step('meet'),
          step('sign', { rework: { to: ['meet', 'study'], limit: 3, resets: [] }, milestone: 'won' }),
        ]),
        phase('serve', [step('pack'), step('bill', { rework: { to: ['sign'], limit: 1, resets: [] } }), step('call')], {
          order: 'parallel',
        }),
      ],
      { outcomes: [outcome('won', []), outcome('lost', 'any'), outcome('void', ['sell', 'pack'])] },
    ),
  );
  const move = (marking: Marking, event: string) => stepMachine(process, marking, event);
  return { process, move };
}

/** The marking after events that must all be taken. */
function markingAfter(process: CompiledProcess, ...events: readonly string[]): Marking {
  let { marking } = startMachine(process);
  for (const event of events) {
    const move = stepMachine(process, marking, event);
    if (move === null) throw new Error(`${event} is not taken in ${JSON.stringify(marking)}`);
    marking = move.marking;
  }
  return marking;
}

const toSign = [advanceEvent('study'), advanceEvent('constructor'), joinEvent('prepare'), advanceEvent('meet')];
const toServe = [...toSign, advanceEvent('sign')];

afterEach(() => {
  vi.restoreAllMocks();
});

describe('startMachine', () => {
  it('enters every step of a first phase that is parallel', () => {
    expect(startMachine(setup().process)).toEqual({
      marking: { prepare: { study: 'open', constructor: 'open' } },
      actions: [enter('study'), enter('constructor')],
    });
  });
});

describe('stepMachine', () => {
  it('leaves one step and enters the next', () => {
    const { process, move } = setup();
    expect(move(markingAfter(process, ...toSign.slice(0, 3)), 'advance:meet')).toEqual({
      marking: { sell: 'sign' },
      actions: [leave('meet'), enter('sign')],
    });
  });

  it('leaves a parallel phase when it is joined', () => {
    const { move } = setup();
    expect(move({ prepare: { study: 'open', constructor: 'open' } }, 'advance:constructor')).toEqual({
      marking: { prepare: { study: 'open', constructor: 'done' } },
      actions: [leave('constructor')],
    });
    expect(move({ prepare: { study: 'open', constructor: 'done' } }, 'advance:study')).toEqual({
      marking: { prepare: { study: 'done', constructor: 'done' } },
      actions: [leave('study')],
    });
    expect(move({ prepare: { study: 'done', constructor: 'done' } }, 'join:prepare')).toEqual({
      marking: { sell: 'meet' },
      actions: [enter('meet')],
    });
    expect(move({ prepare: { study: 'open', constructor: 'done' } }, 'join:prepare')).toEqual({
      marking: { sell: 'meet' },
      actions: [leave('study'), enter('meet')],
    });
  });

  it('reaches a milestone between leaving and entering', () => {
    const { move } = setup();
    expect(move({ sell: 'sign' }, 'advance:sign')).toEqual({
      marking: { serve: { pack: 'open', bill: 'open', call: 'open' } },
      actions: [leave('sign'), reach('won'), enter('pack'), enter('bill'), enter('call')],
    });
  });

  it('closes when a last phase that is parallel is joined', () => {
    const { process, move } = setup();
    const marking = markingAfter(process, ...toServe, 'advance:bill', 'advance:pack', 'advance:call');
    expect(move(marking, 'join:serve')).toEqual({ marking: 'closed', actions: [] });
  });

  it('goes back to an earlier step of the phase', () => {
    expect(setup().move({ sell: 'sign' }, reworkEvent('meet'))).toEqual({
      marking: { sell: 'meet' },
      actions: [leave('sign'), enter('meet')],
    });
  });

  it('goes back into a parallel phase with the other steps done', () => {
    expect(setup().move({ sell: 'sign' }, reworkEvent('study'))).toEqual({
      marking: { prepare: { study: 'open', constructor: 'done' } },
      actions: [leave('sign'), enter('study')],
    });
  });

  it('goes back from a parallel phase, leaving every step that is open, the last one first', () => {
    expect(setup().move({ serve: { pack: 'done', bill: 'open', call: 'open' } }, reworkEvent('sign'))).toEqual({
      marking: { sell: 'sign' },
      actions: [leave('call'), leave('bill'), enter('sign')],
    });
  });

  it.each([
    [{ prepare: { study: 'open', constructor: 'open' } }, [leave('constructor'), leave('study')]],
    [{ sell: 'meet' }, [leave('meet')]],
    [{ serve: { pack: 'done', bill: 'open', call: 'done' } }, [leave('bill')]],
  ])('closes from anywhere: %j', (marking, actions) => {
    expect(setup().move(marking, closeEvent('lost'))).toEqual({ marking: 'closed', actions });
  });

  it('closes with an outcome only from where it is listed', () => {
    const { move } = setup();
    const taken = (marking: Marking) => move(marking, closeEvent('void')) !== null;
    expect(taken({ sell: 'meet' })).toBe(true);
    expect(taken({ serve: { pack: 'open', bill: 'open', call: 'open' } })).toBe(true);
    expect(taken({ serve: { pack: 'done', bill: 'open', call: 'open' } })).toBe(false);
    expect(taken({ prepare: { study: 'open', constructor: 'open' } })).toBe(false);
  });

  it.each([
    'advance:sign',
    'enter:meet',
    'skip:meet',
    'repeat:meet',
    'join:serve',
    'rework:study',
    'close:won',
    'nonsense',
    '*',
    '',
    'xstate.init',
    'xstate.done.state.deal-flow.serve',
    'xstate.done.state.deal-flow.prepare',
  ])('does not take %j where it is not listed', (event) => {
    const { move } = setup();
    expect(move({ sell: 'meet' }, event)).toBeNull();
    expect(move({ prepare: { study: 'open', constructor: 'open' } }, event)).toBeNull();
  });

  it('takes nothing once closed', () => {
    const { process, move } = setup();
    const events = [...process.steps.keys()].flatMap((id) => [advanceEvent(id), reworkEvent(id)]);
    expect([...events, closeEvent('lost')].map((event) => move('closed', event))).toEqual(
      [...events, closeEvent('lost')].map(() => null),
    );
  });

  it.each([
    ['no such state', { sell: 'gone' }],
    ['no such phase', 'sell-more'],
    ['a phase without its step', 'sell'],
    ['a region that is missing', { prepare: { study: 'open' } }],
    ['two phases at once', { sell: 'meet', prepare: { study: 'open', constructor: 'open' } }],
    ['an empty marking', {}],
    ['a state below a step', { sell: { meet: 'open' } }],
    ['a name that every object has', { prepare: { study: 'open', constructor: 'constructor' } }],
    ['no object of ours', { toString: 'open' }],
  ])('throws for a marking that is damaged: %s', (_, marking) => {
    expect(() => setup().move(marking, 'advance:meet')).toThrow('is not one of process deal-flow');
  });
});

describe('openPlaces', () => {
  it('names the open steps in order of the definition', () => {
    const { process } = setup();
    expect(openPlaces(process, { sell: 'sign' })).toEqual([{ phase: 'sell', step: 'sign' }]);
    expect(openPlaces(process, { serve: { call: 'open', bill: 'done', pack: 'open' } })).toEqual([
      { phase: 'serve', step: 'pack' },
      { phase: 'serve', step: 'call' },
    ]);
    expect(openPlaces(process, 'closed')).toEqual([]);
  });
});

describe('the machine JSON alone', () => {
  it('runs in an actor without a warning and ends done', () => {
    const warn = vi.spyOn(console, 'warn');
    const error = vi.spyOn(console, 'error');
    const { process } = setup();
    const actor = createActor(createMachine(JSON.parse(JSON.stringify(process.config)))).start();
    for (const type of [...toServe, 'advance:call', 'advance:bill', 'advance:pack', 'join:serve']) actor.send({ type });
    const { value, status } = actor.getSnapshot();
    expect({ value, status }).toEqual({ value: 'closed', status: 'done' });
    expect([...warn.mock.calls, ...error.mock.calls]).toEqual([]);
  });
});
