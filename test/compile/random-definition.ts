import fc from 'fast-check';
import type { ProcessDefinition } from '../../src/definition/types.ts';
import { activity, definition, outcome, phase, step } from './build-definition.ts';

const titles = fc.record({ zh: fc.string({ unit: 'binary' }), en: fc.string({ unit: 'grapheme' }) });

const phaseShapes = fc.record({
  parallel: fc.boolean(),
  title: titles,
  steps: fc.array(
    fc.record({
      title: titles,
      milestone: fc.boolean(),
      /** Earlier steps to go back to, by place; larger numbers wrap around. */
      rework: fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 3 }),
      activities: fc.array(titles, { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** Small processes of every form that the check of a definition lets pass, with titles that are hard to draw. */
export const definitions: fc.Arbitrary<ProcessDefinition> = fc
  .array(phaseShapes, { minLength: 1, maxLength: 4 })
  .map((shapes) => {
    const ids: string[] = [];
    const phases = shapes.map(({ parallel, title, steps }, p) => {
      const before = [...ids];
      return phase(
        `p${p}`,
        steps.map((shape, s) => {
          const earlier = parallel ? before : [...ids];
          const to = earlier.length === 0 ? [] : shape.rework.map((place) => earlier[place % earlier.length] ?? '');
          const id = `s${p}-${s}`;
          ids.push(id);
          return step(id, {
            title: shape.title,
            milestone: shape.milestone ? 'won' : null,
            rework: to.length === 0 ? null : { to: [...new Set(to)], limit: null, resets: [] },
            activities: shape.activities.map((each, a) => activity(`a${p}-${s}-${a}`, { title: each })),
          });
        }),
        { title, order: parallel ? 'parallel' : 'sequence' },
      );
    });
    return definition(phases, {
      outcomes: [outcome('won', []), outcome('lost', 'any'), outcome('void', ['p0', ids.at(-1) ?? ''])],
    });
  });
