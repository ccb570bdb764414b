import { conditionsIn } from './build-gate.ts';
import type { Check } from './check.ts';
import { type Course, courseOf, placeOf, type Way } from './course-graph.ts';
import { eachStep, type PlacedStep } from './each-step.ts';
import type { Path } from './outline.ts';
import { entries, items, member, type Raw, rawOf } from './raw.ts';
import type { Criterion, Gate, Phase, Step } from './types.ts';

/** A gate with its place in the order of work: what steps up to this slot supply can be known when it is asked. */
export interface PlacedGate {
  readonly lastSlot: number;
  /** Where the work stands when it is asked. */
  readonly asked: readonly string[];
  /** Ways that nobody takes before it was passed. */
  readonly bars: (way: Way) => boolean;
  /** A gate must be met; whether an activity is needed or a route is taken must only be known. */
  readonly wants: 'met' | 'answer';
  readonly criteria: readonly {
    readonly criterion: Criterion;
    readonly raw: Raw;
    readonly conditions: readonly { readonly text: string; readonly at: Raw }[];
  }[];
}

export type Standing = Pick<PlacedGate, 'lastSlot' | 'asked' | 'bars'>;

const found = new WeakMap<Check, readonly PlacedGate[]>();

/** Every gate of phases and steps, and the conditions of activities, children and routes, in the order written. */
export function eachGate(check: Check): readonly PlacedGate[] {
  const gates = found.get(check) ?? gatesOf(check);
  found.set(check, gates);
  return gates;
}

function gatesOf({ definition, outline }: Check): readonly PlacedGate[] {
  const top = rawOf(outline);
  const at = (path: Path): Raw => path.reduce<Raw>((raw, key) => member(raw, String(key)), top);
  const gate = (criteria: Gate, path: Path, standing: Standing): PlacedGate => {
    const raws = new Map(entries(at(path)));
    return {
      ...standing,
      wants: 'met',
      criteria: criteria.flatMap(({ id, criterion }) => {
        const raw = raws.get(id);
        return raw === undefined ? [] : [{ criterion, raw, conditions: conditionsIn(raw) }];
      }),
    };
  };
  const question = (raw: Raw, standing: Standing): readonly PlacedGate[] => {
    const conditions = conditionsIn(raw);
    return conditions.map((condition) => ({
      ...standing,
      wants: 'answer',
      criteria: [{ criterion: { kind: 'condition', text: condition.text }, raw, conditions: [condition] }],
    }));
  };
  const course = courseOf(definition);
  const steps = eachStep(definition);
  return definition.phases.flatMap((phase) => {
    const own = steps.filter((placed) => placed.phase === phase);
    const slots = own.map(({ slot }) => slot);
    const path = ['phases', phase.id];
    const inside = new Set(phase.steps.map(({ id }) => placeOf(phase, id)));
    const standings = { entry: before(course, inside, Math.min(...slots) - 1), exit: phaseExitStanding(phase, own) };
    return [
      gate(phase.entry, [...path, 'entry'], standings.entry),
      ...own.flatMap((placed) => {
        const { step, slot, path: where } = placed;
        const place = new Set([placeOf(phase, step.id)]);
        const leaving = behind(place, slot);
        const exit = exitStanding(placed);
        return [
          // Steps of any order are entered when others of the phase may be done.
          gate(step.entry, [...where, 'entry'], phase.order === 'any' ? exit : before(course, place, slot - 1)),
          ...step.activities.flatMap(({ id }) => question(at([...where, 'activities', id, 'when']), exit)),
          ...step.starts.flatMap(({ id }) => question(at([...where, 'starts', id, 'when']), exit)),
          gate(step.exit, [...where, 'exit'], exit),
          ...items(at([...where, 'next'])).flatMap((route) => question(member(route, 'when'), leaving)),
        ];
      }),
      gate(phase.exit, [...path, 'exit'], standings.exit),
    ];
  });
}

/** When the exit of a phase is asked, which has these steps. */
export function phaseExitStanding(phase: Phase, steps: readonly PlacedStep[]): Standing {
  const inside = new Set(phase.steps.map(({ id }) => placeOf(phase, id)));
  return behind(inside, Math.max(...steps.map(({ slot }) => slot)));
}

/** When the exit of a step is asked. */
export function exitStanding({ phase, step, slot }: PlacedStep): Standing {
  const leaving = behind(new Set([placeOf(phase, step.id)]), slot);
  return isNeeded(phase, step) ? leaving : { ...leaving, bars: () => false };
}

/** Whether nobody gets past a step without passing its exit. */
function isNeeded({ order, join }: Phase, { optional, skip }: Step): boolean {
  return !optional && skip === null && (order === 'sequence' || join === 'all');
}

/** Asked before any of these places is entered from outside. */
function before({ into }: Course, places: ReadonlySet<string>, lastSlot: number): Standing {
  const bars = ({ from, to, rework }: Way): boolean =>
    !rework && places.has(to) && (!places.has(from) || places.size === 1);
  const asked = [...places].flatMap((place) => (into.get(place) ?? []).filter(bars).map(({ from }) => from));
  return { lastSlot, asked, bars };
}

/** Asked in these places before they are left. */
function behind(places: ReadonlySet<string>, lastSlot: number): Standing {
  const bars = ({ from, to, rework }: Way): boolean =>
    !rework && places.has(from) && (!places.has(to) || places.size === 1);
  return { lastSlot, asked: [...places], bars };
}
