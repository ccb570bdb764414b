import type { CompiledClock } from '../compile/clock-types.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { Approver } from '../definition/approval-types.ts';
import { ADMIN, INSTANCE_OWNER } from '../definition/index.ts';
import type { Who } from './approval-types.ts';
import { bandOf, mayTake, openTurns } from './approvers.ts';
import { activityRoles, moverRoles } from './raised.ts';
import type { Instance } from './types.ts';

/** Who is told of a clock: those for whom what it times waits, and those whom the file names. */
export function toldOf(
  process: CompiledProcess,
  instance: Instance,
  clock: CompiledClock,
  notify: readonly Approver[],
): Who {
  const waits = waitedFor(process, instance, clock);
  const roles = new Set(waits.roles);
  const actors = new Set(waits.actors);
  for (const approver of notify) {
    if (approver.kind === 'role') roles.add(approver.id);
    const person = approver.kind === 'role' ? null : personOf(process, instance, approver);
    if (person !== null) actors.add(person);
  }
  if (roles.delete(INSTANCE_OWNER) && instance.owner !== null) actors.add(instance.owner);
  if (roles.size === 0 && actors.size === 0) roles.add(ADMIN);
  return { roles: [...roles], actors: [...actors] };
}

function waitedFor(process: CompiledProcess, instance: Instance, { kind, of }: CompiledClock): Who {
  const none = { roles: [], actors: [] };
  switch (kind) {
    case 'activity': {
      const compiled = process.activities.get(of);
      return compiled === undefined ? none : { roles: activityRoles(process, instance, compiled), actors: [] };
    }
    case 'step': {
      const compiled = process.steps.get(of);
      return compiled === undefined ? none : { roles: moverRoles(process, instance, compiled), actors: [] };
    }
    case 'approval': {
      const compiled = process.approvals.get(of);
      const record = instance.approvals[of];
      if (compiled === undefined || record === undefined) return none;
      return mayTake(process, openTurns(bandOf(compiled, record), record.turns));
    }
    default:
      return { roles: [INSTANCE_OWNER], actors: [] };
  }
}

/** A person whom an SLA names; null: the file names no manager of the owner. */
export function personOf(
  { definition }: CompiledProcess,
  { owner, startedBy }: Instance,
  approver: Exclude<Approver, { readonly kind: 'role' }> | Approver,
): string | null {
  if (approver.kind !== 'manager-of') return approver.kind === 'actor' ? approver.id : null;
  return definition.managers.find(({ of }) => of === (owner ?? startedBy))?.is ?? null;
}
