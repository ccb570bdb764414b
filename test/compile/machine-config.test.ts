import { describe, expect, it } from 'vitest';
import { compileProcess } from '../../src/compile/index.ts';
import { definition, outcome, phase, step } from './build-definition.ts';

describe('machine config', () => {
  it('is plain data with the ids of the file', () => {
    const condition = { kind: 'condition', text: '1 < 2' } as const;
    const process = compileProcess(
      definition(
        [
          phase('first', [
            step('find', {
              source: '1.1',
              exit: [{ id: 'found', say: null, source: null, assumed: false, criterion: condition }],
            }),
            step('sign', { rework: { to: ['find'], limit: 2, resets: [] }, milestone: 'won' }),
          ]),
          phase('second', [step('pack'), step('bill', { rework: { to: ['sign'], limit: null, resets: [] } })], {
            order: 'parallel',
          }),
          phase('third', [step('visit', { rework: { to: ['bill'], limit: null, resets: [] } })]),
        ],
        { outcomes: [outcome('won', []), outcome('lost', 'any'), outcome('void', ['first', 'bill'])] },
      ),
    );
    const meta = (id: string) => ({
      title: { zh: `${id} 的标题`, en: `Title of ${id}` },
      source: null,
      entry: [],
      exit: [],
    });
    const state = (id: string) => ({
      description: `Title of ${id}`,
      meta: { ...meta(id), owner: null },
      entry: [{ type: 'enter', params: { step: id } }],
      exit: [{ type: 'leave', params: { step: id } }],
    });
    const closed = { target: '#deal-flow.closed' };
    expect(process.config).toEqual({
      id: 'deal-flow',
      initial: 'first',
      on: { 'close:lost': closed },
      states: {
        first: {
          initial: 'find',
          description: 'Title of first',
          meta: meta('first'),
          on: { 'close:void': closed },
          states: {
            find: {
              ...state('find'),
              meta: { ...meta('find'), source: '1.1', owner: null, exit: ['found'] },
              on: { 'advance:find': { target: 'sign' } },
            },
            sign: {
              ...state('sign'),
              on: {
                'advance:sign': {
                  target: '#deal-flow.second',
                  actions: [{ type: 'reach', params: { outcome: 'won' } }],
                },
                'rework:find': { target: 'find' },
              },
            },
          },
        },
        second: {
          type: 'parallel',
          description: 'Title of second',
          meta: { ...meta('second'), join: 'all' },
          on: { 'join:second': { target: '#deal-flow.third' } },
          states: {
            pack: {
              initial: 'open',
              states: {
                open: { ...state('pack'), on: { 'advance:pack': { target: 'done' } } },
                done: { type: 'final' },
              },
            },
            bill: {
              initial: 'open',
              states: {
                open: {
                  ...state('bill'),
                  on: {
                    'advance:bill': { target: 'done' },
                    'rework:sign': { target: '#deal-flow.first.sign' },
                    'close:void': closed,
                  },
                },
                done: { type: 'final' },
              },
            },
          },
        },
        third: {
          initial: 'visit',
          description: 'Title of third',
          meta: meta('third'),
          states: {
            visit: {
              ...state('visit'),
              on: {
                'advance:visit': closed,
                'rework:bill': { target: ['#deal-flow.second.pack.done', '#deal-flow.second.bill.open'] },
              },
            },
          },
        },
        closed: { type: 'final' },
      },
    });
    expect(JSON.parse(JSON.stringify(process.config))).toEqual(process.config);
  });

  it('refuses a process without phases as a bug', () => {
    expect(() => compileProcess(definition([]))).toThrow('process deal-flow has no phase');
  });
});
