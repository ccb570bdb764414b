import type { CompiledProcess } from '../compile/types.ts';
import { isMoney, type Money } from './money.ts';
import { roundsOf } from './rounds.ts';
import type { Instance } from './types.ts';

/** What has become of an instance: its outcome is fixed, or it is closed without any. */
export interface Ending {
  readonly outcome: string | null;
  /** Of the reasons that the outcome lists, the one that was given; null: none was, or a free text. */
  readonly reason: string | null;
  /** Event time at which the outcome was fixed: its milestone was passed, or it was closed with it. */
  readonly at: string;
  /** Of the field that says what it is worth; null: there is none, or it is not known. */
  readonly amount: Money | null;
}

/** Null while nothing is decided. */
export function endingOf(process: CompiledProcess, instance: Instance): Ending | null {
  const { outcome, status, closedAt, startedAt } = instance;
  if (outcome === null && status !== 'closed') return null;
  // Of an outcome that came from another version and whose milestone this one does not have, nobody knows when.
  const at = fixedAt(process, instance) ?? closedAt ?? startedAt;
  const listed = process.outcomes.get(outcome ?? '')?.reasons.some(({ id }) => id === instance.reason) ?? false;
  const field = amountField(process);
  const value = field === null ? null : instance.fields[field]?.value;
  return { outcome, reason: listed ? instance.reason : null, at, amount: isMoney(value) ? value : null };
}

/** When the milestone of its outcome was passed first, as far as rounds are kept; null: it was none. */
function fixedAt({ steps }: CompiledProcess, instance: Instance): string | null {
  let first: string | null = null;
  for (const { step } of steps.values()) {
    if (step.milestone === null || step.milestone !== instance.outcome) continue;
    const passed = roundsOf(instance, step.id).find(({ ended }) => ended === 'done');
    if (passed !== undefined && (first === null || passed.leftAt < first)) first = passed.leftAt;
  }
  return first;
}

/**
 * The field that says what an instance is worth: of its amounts of money that are not personal, the last that its activities
 * must supply, in order of the file; where none supplies any, the last that is declared. Null: it has none.
 */
export function amountField({ definition, fields }: CompiledProcess): string | null {
  const known = fieldsWorth.get(definition);
  if (known !== undefined) return known;
  const isAmount = (id: string) => fields.get(id)?.type === 'money' && fields.get(id)?.personal === false;
  const supplied = definition.phases.flatMap(({ steps }) =>
    steps.flatMap(({ activities }) => activities.flatMap(({ supplies }) => supplies.filter(isAmount))),
  );
  const found = supplied.at(-1) ?? definition.fields.filter(({ id }) => isAmount(id)).at(-1)?.id ?? null;
  fieldsWorth.set(definition, found);
  return found;
}

const fieldsWorth = new WeakMap<CompiledProcess['definition'], string | null>();
