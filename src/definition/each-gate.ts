import { conditionsIn } from './build-gate.ts';
import type { Check } from './check.ts';
import { eachStep } from './each-step.ts';
import type { Path } from './outline.ts';
import { entries, member, type Raw, rawOf } from './raw.ts';
import type { Criterion, Gate } from './types.ts';

/** A gate with its place in the order of work: what steps up to this slot supply can be known when it is asked. */
export interface PlacedGate {
  readonly lastSlot: number;
  readonly criteria: readonly {
    readonly criterion: Criterion;
    readonly raw: Raw;
    readonly conditions: readonly { readonly text: string; readonly at: Raw }[];
  }[];
}

/** Every gate of phases and steps, in the order written. */
export function eachGate({ definition, outline }: Check): readonly PlacedGate[] {
  const top = rawOf(outline);
  const place = (gate: Gate, path: Path, lastSlot: number): PlacedGate => {
    const raws = new Map(entries(path.reduce<Raw>((raw, key) => member(raw, String(key)), top)));
    return {
      lastSlot,
      criteria: gate.flatMap(({ id, criterion }) => {
        const raw = raws.get(id);
        return raw === undefined ? [] : [{ criterion, raw, conditions: conditionsIn(raw) }];
      }),
    };
  };
  const steps = eachStep(definition);
  return definition.phases.flatMap((phase) => {
    const own = steps.filter((placed) => placed.phase === phase);
    const slots = own.map(({ slot }) => slot);
    const path = ['phases', phase.id];
    return [
      place(phase.entry, [...path, 'entry'], Math.min(...slots) - 1),
      ...own.flatMap(({ step, slot, path: at }) => [
        place(step.entry, [...at, 'entry'], slot - 1),
        place(step.exit, [...at, 'exit'], slot),
      ]),
      place(phase.exit, [...path, 'exit'], Math.max(...slots)),
    ];
  });
}
