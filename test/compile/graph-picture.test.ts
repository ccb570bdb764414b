import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProcess, drawGraph, graphPicture } from '../../src/compile/index.ts';
import { activity, definition, outcome, phase, step } from './build-definition.ts';
import { definitions } from './random-definition.ts';
import { elements, parseXml } from './xml.ts';

const setup = () =>
  definition(
    [
      phase('meet', [step('ask', { activities: [activity('call')] }), step('show')], { order: 'parallel' }),
      phase('sell', [
        step('sign', {
          rework: { to: ['ask'], limit: null, resets: [] },
          next: [
            { when: 'true', to: 'meet', limit: 2 },
            { when: null, to: 'end', limit: null },
          ],
        }),
      ]),
    ],
    { outcomes: [outcome('won', 'any')] },
  );

describe('the picture of a process as data', () => {
  it('says where each step stands, in which phase, and what its card says', () => {
    const { process, title, language, phases, nodes } = graphPicture(setup(), 'en', { detail: 'activities', lines: 0 });
    expect([process, title, language]).toEqual(['deal-flow', 'Title of deal-flow', 'en']);
    expect(phases.map(({ id, title: named, mode }) => [id, named, mode])).toEqual([
      ['meet', 'Title of meet', 'parallel'],
      ['sell', 'Title of sell', null],
    ]);
    expect(nodes.map(({ id, kind, phase: of, step: named }) => [id, kind, of, named])).toEqual([
      ['start', 'start', null, null],
      ['step/ask', 'step', 'meet', 'ask'],
      ['step/show', 'step', 'meet', 'show'],
      ['step/sign', 'step', 'sell', 'sign'],
      ['end', 'end', null, null],
      ['outcome/won', 'outcome', null, null],
    ]);
    expect(nodes[1]?.lines.map(({ kind, text, mark }) => [kind, text, mark])).toEqual([
      ['title', 'Title of ask', null],
      ['rule', '', null],
      ['activity', 'Title of call', 'must'],
    ]);
  });

  it('says of each way what it is, whence and whither, and on what condition', () => {
    const { ways } = graphPicture(setup(), 'zh', { detail: 'steps', lines: 0 });
    expect(ways.map(({ kind, from, to, label }) => [kind, from, to, label])).toEqual([
      ['flow', 'start', 'step/ask', null],
      ['flow', 'start', 'step/show', null],
      ['flow', 'step/ask', 'step/sign', null],
      ['flow', 'step/show', 'step/sign', null],
      ['flow', 'step/sign', 'end', null],
      ['rework', 'step/sign', 'step/ask', null],
      ['route', 'step/sign', 'step/ask', 'true'],
    ]);
  });

  it('keeps room in each step for lines of the reader', () => {
    for (const lines of [0, 2, 4]) {
      const { nodes } = graphPicture(setup(), 'en', { detail: 'steps', lines });
      const rooms = nodes.flatMap(({ kind, room, height }) => (kind === 'step' ? [height - (room ?? height)] : []));
      expect(rooms.filter((room) => room < lines * 17)).toEqual([]);
    }
  });

  it('is what the SVG is drawn from: as many cards, phases and ways, at the same places', () => {
    fc.assert(
      fc.property(definitions, (each) => {
        const { nodes, ways, phases } = graphPicture(each, 'en', { detail: 'activities', lines: 0 });
        const svg = elements(parseXml(drawGraph(compileProcess(each), 'svg', 'en')));
        const columns = (name: string) =>
          svg.flatMap(({ attributes }) => (attributes.class === name ? [Number(attributes.x)] : []));
        expect(columns('area')).toEqual(phases.map(({ x }) => x));
        expect(columns('card')).toEqual(nodes.flatMap(({ kind, x }) => (kind === 'step' ? [x] : [])));
        const lines = svg.filter(({ name, attributes }) => name === 'path' && attributes.class === 'line');
        expect(lines).toHaveLength(ways.filter(({ kind }) => kind !== 'rework').length);
      }),
      { numRuns: 50 },
    );
  });

  it('stays inside its frame, no step on another, whatever the process', () => {
    fc.assert(
      fc.property(
        definitions,
        fc.constantFrom('steps', 'activities'),
        fc.integer({ min: 0, max: 4 }),
        (each, detail, lines) => {
          const { width, height, nodes, ways, phases } = graphPicture(each, 'zh', { detail, lines });
          const boxes = [...phases, ...nodes];
          const points = ways.flatMap((way) => way.points);
          for (const { x, y } of [...boxes, ...points]) expect([x >= 0, y >= 0]).toEqual([true, true]);
          for (const box of boxes)
            expect([box.x + box.width <= width, box.y + box.height <= height]).toEqual([true, true]);
          for (const { x, y } of points) expect([x <= width, y <= height]).toEqual([true, true]);
          const steps = nodes.filter(({ kind }) => kind === 'step');
          for (const [n, a] of steps.entries())
            for (const b of steps.slice(n + 1)) {
              const apart =
                a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
              expect([a.id, b.id, apart]).toEqual([a.id, b.id, true]);
            }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is refused where there are more ways than anybody could follow', () => {
    const steps = (name: string) => Array.from({ length: 50 }, (_, n) => step(`${name}${n}`));
    const crowd = definition([
      phase('p', steps('a'), { order: 'parallel' }),
      phase('q', steps('b'), { order: 'parallel' }),
    ]);
    expect(() => graphPicture(crowd, 'en', { detail: 'steps', lines: 0 })).toThrow(/^too-large: .*2600 ways/);
  });
});
