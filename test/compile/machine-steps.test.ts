import { describe, expect, it } from 'vitest';
import {
  advanceEvent,
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
import type { Marking } from '../../src/compile/types.ts';
import { definition, phase, step } from './build-definition.ts';

const enter = (step: string) => ({ type: 'enter', params: { step } });
const leave = (step: string) => ({ type: 'leave', params: { step } });

describe('steps of any order, routes and rounds', () => {
  function several() {
    const process = compileProcess(
      definition([
        phase('gather', [step('ask'), step('look', { optional: true }), step('read', { repeatable: { max: 3 } })], {
          order: 'any',
          join: { atLeast: 1 },
        }),
        phase('write', [
          step('draft', {
            optional: true,
            next: [
              { when: 'true', to: 'draft', limit: null },
              { when: 'true', to: 'gather', limit: null },
              { when: 'true', to: 'write', limit: null },
              { when: null, to: 'end', limit: null },
            ],
          }),
          step('check', { rework: { to: ['look'], limit: null, resets: [] }, repeatable: { max: 2 } }),
        ]),
      ]),
    );
    return { process, move: (marking: Marking, event: string) => stepMachine(process, marking, event) };
  }
  const idle = { gather: { ask: 'waiting', look: 'waiting', read: 'waiting' } };

  it('begins with every step waiting', () => {
    const { process, move } = several();
    expect(startMachine(process)).toEqual({ marking: idle, actions: [] });
    expect(openPlaces(process, idle)).toEqual([]);
    expect(waitingPlaces(process, idle).map((place) => place.step)).toEqual(['ask', 'look', 'read']);
    expect(move(idle, enterEvent('look'))).toEqual({
      marking: { gather: { ...idle.gather, look: 'open' } },
      actions: [enter('look')],
    });
    expect(move(idle, advanceEvent('look'))).toBeNull();
  });

  it('skips what is optional, open or waiting, with a round that leaves its record', () => {
    const { move } = several();
    expect(move(idle, skipEvent('look'))).toEqual({
      marking: { gather: { ...idle.gather, look: 'skipped' } },
      actions: [enter('look'), leave('look')],
    });
    expect(move({ gather: { ...idle.gather, look: 'open' } }, skipEvent('look'))?.actions).toEqual([leave('look')]);
    expect(move(idle, skipEvent('ask'))).toBeNull();
  });

  it('leaves a phase early with what is open or waiting in it', () => {
    const { move } = several();
    expect(move({ gather: { ask: 'done', look: 'waiting', read: 'open' } }, joinEvent('gather'))).toEqual({
      marking: { write: 'draft' },
      actions: [leave('read'), enter('draft')],
    });
  });

  it('leaves a step and enters it again for another round', () => {
    const { move } = several();
    const open = { gather: { ...idle.gather, read: 'open' } };
    expect(move(open, repeatEvent('read'))).toEqual({ marking: open, actions: [leave('read'), enter('read')] });
    const check = { write: 'check' };
    expect(move(check, repeatEvent('check'))).toEqual({ marking: check, actions: [leave('check'), enter('check')] });
    expect(move({ write: 'draft' }, repeatEvent('draft'))).toBeNull();
  });

  it('takes the route that the event names: to itself, a phase, its own phase, the end', () => {
    const { move } = several();
    const draft = { write: 'draft' };
    expect(move(draft, advanceEvent('draft'))).toBeNull();
    expect(move(draft, advanceEvent('draft', 'draft'))).toEqual({
      marking: draft,
      actions: [leave('draft'), enter('draft')],
    });
    expect(move(draft, advanceEvent('draft', 'gather'))).toEqual({ marking: idle, actions: [leave('draft')] });
    expect(move(draft, skipEvent('draft', 'write'))).toEqual({
      marking: draft,
      actions: [leave('draft'), enter('draft')],
    });
    expect(move(draft, advanceEvent('draft', 'end'))).toEqual({ marking: 'closed', actions: [leave('draft')] });
  });

  it('goes back into a phase of any order with the other steps done', () => {
    expect(several().move({ write: 'check' }, reworkEvent('look'))).toEqual({
      marking: { gather: { ask: 'done', look: 'open', read: 'done' } },
      actions: [leave('check'), enter('look')],
    });
  });
});
