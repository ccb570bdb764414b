import type { Phase, ProcessDefinition, Route, Step } from '../../src/definition/types.ts';
import { activity, definition, field, outcome, phase, step } from '../compile/build-definition.ts';
import type { Random } from './random.ts';
import { type Order, openSteps, type Standing, stepsThat } from './reference-standing.ts';

const FACTS = ['f', 'g', 'h'];

/** A small process out of every word that has to do with the course of work. */
export function randomProcess(r: Random): ProcessDefinition {
  const orders = Array.from({ length: r.integer(1, 4) }, () =>
    r.pick(['sequence', 'sequence', 'any', 'parallel'] as const),
  );
  const ids = orders.map((_, p) => Array.from({ length: r.integer(1, 4) }, (_, s) => `s${p}-${s}`));
  const inSequence = ids.filter((_, p) => orders[p] === 'sequence').flat();
  const places = [...inSequence, ...inSequence, ...orders.map((_, p) => `p${p}`), 'end'];
  const phases = orders.map((order, p): Phase => {
    const own = ids[p] ?? [];
    const before = ids.slice(0, p).flat();
    const steps = own.map((id, s): Step => {
      const earlier = order === 'sequence' ? [...before, ...own.slice(0, s)] : before;
      return step(id, {
        optional: r.chance(0.25) && (s > 0 || order === 'sequence'),
        skip: null,
        repeatable: r.chance(0.25) ? { max: r.integer(2, 3) } : null,
        entry: gate(r, 0.1),
        exit: gate(r, 0.2),
        activities: Array.from({ length: r.integer(0, 2) }, (_, a) =>
          activity(`a${p}-${s}-${a}`, {
            optional: r.chance(0.25),
            skip: null,
            repeatable: r.chance(0.25),
            when: r.chance(0.3) ? condition(r) : null,
          }),
        ),
        rework:
          earlier.length > 0 && r.chance(0.35)
            ? {
                to: [...new Set([r.pick(earlier), r.pick(earlier)])],
                limit: r.chance(0.5) ? r.integer(1, 2) : null,
                resets: [],
              }
            : null,
        next: order === 'sequence' && r.chance(0.4) ? routes(r, places) : [],
        milestone: r.chance(0.1) ? 'won' : null,
        advance: r.chance(0.15) ? 'auto' : 'manual',
      });
    });
    const join = r.chance(0.5) ? 'all' : { atLeast: r.integer(1, own.length) };
    const gates = { entry: p === 0 ? [] : gate(r, 0.15), exit: gate(r, 0.15) };
    return phase(`p${p}`, steps, { order, join, ...gates });
  });
  return definition(phases, {
    roles: [],
    fields: FACTS.map((id) => field(id, { type: 'boolean' })),
    outcomes: [
      outcome('won', []),
      outcome('lost', 'any'),
      outcome('void', [r.pick(ids.flat()), `p${r.integer(0, orders.length - 1)}`]),
    ],
  });
}

function condition(r: Random): string {
  const [a, b] = [r.pick(FACTS), r.pick(FACTS)];
  return r.pick([a, `!${a}`, `known(${a})`, `${a} && ${b}`, `${a} || !${b}`]);
}

function gate(r: Random, probability: number): Step['exit'] {
  if (!r.chance(probability)) return [];
  const criterion = { kind: 'condition', text: condition(r) } as const;
  return [{ id: 'asked', say: null, source: null, assumed: false, criterion }];
}

function routes(r: Random, places: readonly string[]): readonly Route[] {
  const count = r.integer(1, 3);
  return Array.from({ length: count }, (_, n) => ({
    when: n < count - 1 || r.chance(0.15) ? condition(r) : null,
    to: r.pick(places),
    limit: r.chance(0.4) ? r.integer(1, 3) : null,
  }));
}

/** An order that fits where the work stands, or one that may not. */
export function randomOrder({ phases }: ProcessDefinition, now: Standing, r: Random): Order {
  const steps = phases.flatMap((phase) => phase.steps);
  const open = openSteps(now);
  const waiting = stepsThat(now.inside, 'waiting');
  const likely = r.chance(0.85);
  const among = (ids: readonly string[]): string =>
    likely && ids.length > 0 ? r.pick(ids) : r.pick(steps.map(({ id }) => id));
  const here = steps.filter(({ id }) => open.includes(id));
  const activities = (likely && here.length > 0 ? here : steps).flatMap((each) => each.activities.map(({ id }) => id));
  const dice = r.next();
  if (dice < 0.12) return { type: 'set', fields: { [r.pick(FACTS)]: r.pick([true, true, false, null]) } };
  if (dice < 0.4 && activities.length > 0) {
    const type = r.pick(['complete', 'complete', 'complete', 'complete', 'skip', 'undo']);
    return { type, activity: r.pick(activities) };
  }
  if (dice < 0.5 || (waiting.length > 0 && dice < 0.6)) return { type: 'enter', step: among(waiting) };
  if (dice < 0.8) return { type: 'advance', step: among(open) };
  if (dice < 0.87) return { type: 'skip', step: among([...open, ...waiting]) };
  if (dice < 0.93) return { type: 'repeat', step: among(open) };
  if (dice < 0.985) {
    const from = among(open);
    const to = steps.find(({ id }) => id === from)?.rework?.to ?? [];
    return { type: 'rework', step: from, to: likely && to.length > 0 ? r.pick(to) : among([]) };
  }
  return { type: 'close', outcome: r.pick(['won', 'lost', 'void', 'void']) };
}
