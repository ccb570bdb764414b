import type { CompiledActivity, CompiledProcess, CompiledStep } from '../compile/types.ts';
import type { Instance } from './types.ts';

// Roles that may do something too since it was late: the one place where the roles of a step or an activity are asked for.

type Clocked = Pick<Instance, 'clocks'>;
const none: readonly string[] = [];

/** Who may do an activity: its roles, and those that were raised to it or to what it stands in. */
export function activityRoles(
  process: CompiledProcess,
  instance: Clocked,
  { activity, step, phase, roles }: CompiledActivity,
): readonly string[] {
  if (process.clocks.size === 0) return roles;
  return withRaised(instance, roles, [`activity/${activity.id}`, `step/${step.id}`, `phase/${phase.id}`, 'process']);
}

/** Who may move a step on. */
export function moverRoles(
  process: CompiledProcess,
  instance: Clocked,
  { step, phase, roles }: Pick<CompiledStep, 'step' | 'phase' | 'roles'>,
): readonly string[] {
  if (process.clocks.size === 0) return roles;
  return withRaised(instance, roles, [`step/${step.id}`, `phase/${phase.id}`, 'process']);
}

function withRaised({ clocks }: Clocked, roles: readonly string[], ids: readonly string[]): readonly string[] {
  const raised = ids.flatMap((id) => {
    const record = clocks[id];
    return record === undefined || record.ended !== null ? none : record.raised;
  });
  return raised.length === 0 ? roles : [...new Set([...roles, ...raised])];
}
