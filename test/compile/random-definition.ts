import fc from 'fast-check';
import type { Phase, ProcessDefinition } from '../../src/definition/types.ts';
import { activity, definition, outcome, phase, step } from './build-definition.ts';

const titles = fc.record({ zh: fc.string({ unit: 'binary' }), en: fc.string({ unit: 'grapheme' }) });

const places = fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 3 });

const phaseShapes = fc.record({
  order: fc.constantFrom<Phase['order']>('sequence', 'any', 'parallel'),
  join: fc.constantFrom<Phase['join']>('all', { atLeast: 1 }),
  title: titles,
  steps: fc.array(
    fc.record({
      title: titles,
      milestone: fc.boolean(),
      optional: fc.boolean(),
      repeatable: fc.boolean(),
      /** Earlier steps to go back to, by place; larger numbers wrap around. */
      rework: places,
      /** Steps of sequences that routes lead to. */
      next: places,
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
    const targets = shapes.flatMap(({ order, steps }, p) =>
      order === 'sequence' ? steps.map((_, s) => `s${p}-${s}`) : [`p${p}`],
    );
    const phases = shapes.map(({ order, join, title, steps }, p) => {
      const before = [...ids];
      return phase(
        `p${p}`,
        steps.map((shape, s) => {
          const earlier = order === 'sequence' ? [...ids] : before;
          const to = earlier.length === 0 ? [] : shape.rework.map((place) => earlier[place % earlier.length] ?? '');
          const routes = new Set(shape.next.map((place) => [...targets, 'end'][place % (targets.length + 1)] ?? ''));
          const id = `s${p}-${s}`;
          ids.push(id);
          return step(id, {
            title: shape.title,
            milestone: shape.milestone ? 'won' : null,
            optional: shape.optional && s > 0,
            repeatable: shape.repeatable ? { max: 3 } : null,
            rework: to.length === 0 ? null : { to: [...new Set(to)], limit: null, resets: [] },
            next: order === 'sequence' ? [...routes].map((place) => ({ when: null, to: place, limit: null })) : [],
            activities: shape.activities.map((each, a) => activity(`a${p}-${s}-${a}`, { title: each })),
          });
        }),
        { title, order, join },
      );
    });
    return definition(phases, {
      outcomes: [outcome('won', []), outcome('lost', 'any'), outcome('void', ['p0', ids.at(-1) ?? ''])],
    });
  });
