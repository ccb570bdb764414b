import type { CompiledProcess, CompiledStep } from '../compile/types.ts';
import type { OverridePolicy } from '../definition/types.ts';
import type { Context } from './context.ts';
import { EVIDENCE_KNOWN } from './evidence.ts';
import { ROUTE_KNOWN } from './onward.ts';
import type { Instance, OverrideRecord, Reason } from './types.ts';

/** Who may override criteria of a step: whom the step names, else whom the process does; null: nobody. */
export function overridePolicy({ definition }: CompiledProcess, { step }: CompiledStep): OverridePolicy | null {
  return step.override ?? definition.override;
}

/** Gates and activities may be overridden; where a step leads, how often, and what evidence says may not. */
export function isOverridable({ gate, kind, id }: Reason): boolean {
  return gate !== undefined || (kind !== 'state' && id !== ROUTE_KNOWN && id !== EVIDENCE_KNOWN);
}

/** What a step asks before it is left, with what somebody has let count as met in this round of it. */
export function withOverrides(
  { instance }: Context,
  { step }: CompiledStep,
  reasons: readonly Reason[],
): readonly Reason[] {
  const records = overridesOf(instance, step.id);
  if (records.length === 0) return reasons;
  return reasons.map((reason) => {
    if (reason.verdict === 'met' || !isOverridable(reason)) return reason;
    const found = records.find(({ criteria }) => criteria.includes(reason.id ?? ''));
    if (found === undefined) return reason;
    const { by, at, reason: why } = found;
    return { ...reason, verdict: 'met', overridden: { by, at, reason: why } };
  });
}

/** Whether a criterion or an activity of a step counts as met in this round of it. */
export function isOverridden(instance: Instance, step: string, criterion: string): boolean {
  return overridesOf(instance, step).some(({ criteria }) => criteria.includes(criterion));
}

function overridesOf({ overrides, steps }: Instance, step: string): readonly OverrideRecord[] {
  const found: OverrideRecord[] = [];
  for (const seq in overrides) {
    const record = overrides[seq];
    if (record?.step === step && record.round === steps[step]?.round) found.push(record);
  }
  return found;
}
