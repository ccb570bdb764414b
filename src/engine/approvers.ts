import type { CompiledApproval, CompiledProcess } from '../compile/types.ts';
import type { ApprovalBand } from '../definition/approval-types.ts';
import { ADMIN } from '../definition/index.ts';
import type { ApprovalDecision, ApprovalRecord, ApprovalTurn, Who } from './approval-types.ts';
import type { Context } from './context.ts';
import { dayOf } from './time.ts';
import type { Instance } from './types.ts';
import { toFact } from './values.ts';

/** Role or actor whose turn it is. */
export function nameOf({ role, actor }: ApprovalTurn): string {
  return role ?? actor ?? '';
}

/** The band that the present values choose, with its number counted from 1; null while the value is not known. */
export function presentBand(
  process: CompiledProcess,
  { fields }: Instance,
  { approval }: CompiledApproval,
): { readonly number: number; readonly band: ApprovalBand } | null {
  const field = process.fields.get(approval.of ?? '');
  const value = field === undefined ? null : toFact(field, fields[field.id]?.value ?? null);
  if (approval.of !== null && typeof value !== 'number') return null;
  const index = approval.bands.findIndex(({ upTo }) => upTo === null || typeof value !== 'number' || value <= upTo);
  const band = approval.bands[index];
  return band === undefined ? null : { number: index + 1, band };
}

/** The band of a request. */
export function bandOf({ approval }: CompiledApproval, { band }: Pick<ApprovalRecord, 'band'>): ApprovalBand {
  const found = approval.bands[band - 1];
  if (found === undefined) throw new Error(`${approval.id} has no band ${band}`);
  return found;
}

/** The turns of a new request; null where the file names no manager of the owner. */
export function turnsOf(
  { definition }: CompiledProcess,
  instance: Instance,
  band: ApprovalBand,
): readonly ApprovalTurn[] | null {
  const turns: ApprovalTurn[] = [];
  for (const { kind, id } of band.by) {
    const manager = definition.managers.find(({ of }) => of === ownerOf(instance))?.is;
    if (kind === 'manager-of' && manager === undefined) return null;
    const actor = kind === 'manager-of' ? (manager ?? null) : kind === 'actor' ? id : null;
    turns.push({ role: kind === 'role' ? id : null, actor, added: false, from: null, decision: null });
  }
  return turns;
}

/** Whose deal it is: whoever started it. */
export function ownerOf({ startedBy }: Instance): string {
  return startedBy;
}

/** What the decisions so far amount to. Rejecting is final but where enough others may still agree (`at-least`). */
export function statusOf(band: ApprovalBand, turns: readonly ApprovalTurn[]): 'requested' | 'approved' | 'rejected' {
  const own = turns.filter(({ added }) => !added);
  const rejected = own.filter(({ decision }) => decision?.decision === 'rejected').length;
  const final = band.mode === 'at-least' ? own.length - rejected < band.n : rejected > 0;
  const added = turns.filter((turn) => turn.added);
  if (final || added.some(({ decision }) => decision?.decision === 'rejected')) return 'rejected';
  return agreed(own) >= band.n && agreed(added) === added.length ? 'approved' : 'requested';
}

function agreed(turns: readonly ApprovalTurn[]): number {
  return turns.filter(({ decision }) => decision?.decision === 'approved').length;
}

/** Turns that may be decided now: those still needed, one at a time where they are in sequence. */
export function openTurns(band: ApprovalBand, turns: readonly ApprovalTurn[]): readonly ApprovalTurn[] {
  if (statusOf(band, turns) !== 'requested') return [];
  const enough = agreed(turns.filter(({ added }) => !added)) >= band.n;
  const open = turns.filter(({ decision, added }) => decision === null && (added || !enough));
  return band.order === 'sequence' ? open.slice(0, 1) : open;
}

/** Decisions in the order of the turns. */
export function decisionsOf(turns: readonly ApprovalTurn[]): readonly ApprovalDecision[] {
  return turns.flatMap(({ decision }) => decision ?? []);
}

/**
 * In whose place the actor may take a turn: their own (`for` is null) or, as a substitute on this day, somebody else's.
 * Null: in nobody's. An administrator holds every role but is nobody else: a named person's turn is theirs alone.
 */
export function placeIn(
  { process, actor, now }: Pick<Context, 'process' | 'actor' | 'now'>,
  turn: ApprovalTurn,
): {
  readonly for: string | null;
} | null {
  const { role, raised = [] } = turn;
  const own = role === null ? turn.actor === actor.id : actor.roles.includes(role) || actor.roles.includes(ADMIN);
  if (own || raised.some((other) => actor.roles.includes(other))) return { for: null };
  const person = substitutions(process, now).find(({ by, for: of }) => by === actor.id && holds(process, turn, of));
  return person === undefined ? null : { for: person.for };
}

function holds({ definition }: CompiledProcess, { role, actor }: ApprovalTurn, person: string): boolean {
  return role === null
    ? actor === person
    : definition.roles.some(({ id, heldBy }) => id === role && heldBy.includes(person));
}

/** Who stands in for whom on the day of an instant. */
function substitutions({ definition }: CompiledProcess, at: string): CompiledProcess['definition']['substitutes'] {
  if (definition.substitutes.length === 0) return [];
  const day = dayOf(at);
  return definition.substitutes.filter(({ from, until }) => from <= day && day <= until);
}

/** Who could take one of these turns, substitutes of the day included. */
export function whoTakes({ process, now }: Pick<Context, 'process' | 'now'>, turns: readonly ApprovalTurn[]): Who {
  return takers(process, turns, substitutions(process, now));
}

/** Who could take one of these turns on some day: every substitute that the file names is among them. */
export function mayTake(process: CompiledProcess, turns: readonly ApprovalTurn[]): Who {
  return takers(process, turns, process.definition.substitutes);
}

function takers(
  process: CompiledProcess,
  turns: readonly ApprovalTurn[],
  substitutes: CompiledProcess['definition']['substitutes'],
): Who {
  const roles = new Set(turns.flatMap(({ role, raised = [] }) => [...(role === null ? [] : [role]), ...raised]));
  const actors = new Set(turns.flatMap(({ actor }) => actor ?? []));
  for (const { for: person, by } of substitutes) if (turns.some((turn) => holds(process, turn, person))) actors.add(by);
  return { roles: [...roles], actors: [...actors] };
}
