import type { CompiledActivity, CompiledApproval, CompiledProcess, CompiledStep } from '../compile/types.ts';
import { ADMIN, INSTANCE_OWNER } from '../definition/index.ts';
import type { Phase } from '../definition/types.ts';
import { isUnneeded } from './activity-need.ts';
import { approve } from './approval-verbs.ts';
import { bandOf, mayTake, openTurns } from './approvers.ts';
import { isWithService } from './calls.ts';
import { type Context, factsOf } from './context.ts';
import { advance } from './move-verbs.ts';
import { isOverridden } from './overrides.ts';
import { activityRoles, moverRoles } from './raised.ts';
import { hasForm, mustBeDone } from './shared-reason.ts';
import { roleHeld } from './state-criteria.ts';
import { enter } from './step-verbs.ts';
import type { Instance } from './types.ts';

/** Somebody whom an open step, or one that is to be entered, waits for. */
export interface Wait {
  readonly step: string;
  /** `role:<id>` is whoever holds the role, `actor:<id>` that person. */
  readonly who: string;
  /** Event time since when. */
  readonly since: string;
  /** Instant by which it is to be done; null: there is none. */
  readonly due: string | null;
}

/** What of a step waits for an actor. */
export interface Work {
  /** Ids of activities that it may do. */
  readonly activities: readonly string[];
  /** Ids of approvals that it may decide. */
  readonly approvals: readonly string[];
  /** Whether it could move the step on as things stand. */
  readonly advance: boolean;
  /** Whether it could enter the step, which waits for that. */
  readonly enter: boolean;
}

/**
 * Whom an instance waits for, one for each step and holder. Every open step waits for somebody: who may do an activity
 * that is open, who is asked for an approval, and, once neither keeps it, who moves it on. Substitutes are waited for
 * on all days, since no clock is asked: `workOf` says on the day whether it is theirs. Where the roles are nobody's,
 * it is the administrators'. Nothing waits while it is on hold or closed.
 */
export function waitsOf(process: CompiledProcess, instance: Instance): readonly Wait[] {
  if (instance.status !== 'active') return [];
  const waits: Wait[] = [];
  for (const { step } of instance.position) {
    const compiled = process.steps.get(step);
    if (compiled !== undefined) waits.push(...openWaits(process, instance, compiled));
    const failedAt = incidentSince(process, instance, step);
    if (failedAt !== null) waits.push({ step, who: INCIDENT, since: failedAt, due: null });
  }
  for (const { step } of instance.waiting) {
    const compiled = process.steps.get(step);
    if (compiled === undefined) continue;
    const since = waitingSince(instance, compiled.phase);
    const roles = moverRoles(process, instance, compiled);
    for (const who of new Set(holders(roles, instance.owner))) waits.push({ step, who, since, due: null });
  }
  return waits;
}

/** The name under which what failed in a step is listed, for whoever sees to it. */
export const INCIDENT = 'incident';

/** Since when something of a step has failed that nobody tries any more; null: nothing has. */
function incidentSince({ activities }: CompiledProcess, { calls, children }: Instance, step: string): string | null {
  const times = [
    ...Object.entries(calls)
      .filter(([id, { status }]) => status === 'failed' && activities.get(id)?.step.id === step)
      .map(([, { failures, requestedAt }]) => failures.at(-1)?.at ?? requestedAt),
    ...Object.values(children)
      .filter((child) => child.step === step && child.status === 'failed' && child.need === 'wanted')
      .map(({ requestedAt }) => requestedAt),
  ];
  return times.sort()[0] ?? null;
}

function openWaits(process: CompiledProcess, instance: Instance, compiled: CompiledStep): readonly Wait[] {
  const { owner, steps, startedAt } = instance;
  const step = compiled.step.id;
  const enteredAt = steps[step]?.enteredAt ?? startedAt;
  const { activities, approvals, isHeldUp } = undone(process, instance, compiled);
  const found = new Map<string, Pick<Wait, 'since' | 'due'>>();
  const add = (who: string, since: string, due: string | null): void => {
    const last = found.get(who);
    if (last === undefined) found.set(who, { since, due });
    else found.set(who, { since: since < last.since ? since : last.since, due: earliest(last.due, due) });
  };
  const stepDue = runningDue(instance, `step/${step}`);
  for (const activity of activities) {
    const due = earliest(stepDue, runningDue(instance, `activity/${activity.activity.id}`));
    for (const who of holders(activityRoles(process, instance, activity), owner)) add(who, enteredAt, due);
  }
  if (!isHeldUp)
    for (const who of holders(moverRoles(process, instance, compiled), owner)) add(who, enteredAt, stepDue);
  for (const approval of approvals) {
    const { id } = approval.approval;
    const due = earliest(stepDue, runningDue(instance, `approval/${id}`));
    const since = instance.approvals[id]?.requestedAt ?? enteredAt;
    for (const who of approvers(process, instance, approval)) add(who, since, due);
  }
  return [...found].map(([who, { since, due }]) => ({ step, who, since, due }));
}

/** When a clock that runs is due; null: there is none, or it is not known. */
function runningDue({ clocks }: Instance, id: string): string | null {
  const record = clocks[id];
  return record === undefined || record.ended !== null ? null : record.due;
}

function earliest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** What is to be done in an open step, and whether it keeps the step from being moved on, whatever its gate says. */
function undone(
  process: CompiledProcess,
  instance: Instance,
  { step }: CompiledStep,
): {
  readonly activities: readonly CompiledActivity[];
  readonly approvals: readonly CompiledApproval[];
  readonly isHeldUp: boolean;
} {
  const activities: CompiledActivity[] = [];
  const approvals: CompiledApproval[] = [];
  let isHeldUp = false;
  for (const { id, optional } of step.activities) {
    const compiled = process.activities.get(id);
    if (compiled === undefined || (instance.activities[id]?.status ?? 'open') !== 'open') continue;
    // What evidence alone meets is nobody's to do here.
    if (!hasForm(compiled.activity) || (compiled.when !== null && isUnneeded(process, instance, id))) continue;
    // A service does it until it has failed for good.
    if (!isWithService(instance, id)) activities.push(compiled);
    isHeldUp ||= !optional && mustBeDone(compiled.activity) && !isOverridden(instance, step.id, id);
  }
  for (const { id } of step.approvals) {
    const compiled = process.approvals.get(id);
    if (compiled === undefined || instance.approvals[id]?.status !== 'requested') continue;
    approvals.push(compiled);
    // What is asked for a skip keeps nothing but the skip.
    isHeldUp ||=
      compiled.skips === null && !isUnasked(process, instance, compiled) && !isOverridden(instance, step.id, id);
  }
  return { activities, approvals, isHeldUp };
}

/** An approval that was requested and is known not to be needed any more. */
function isUnasked(process: CompiledProcess, { fields }: Instance, { when }: CompiledApproval): boolean {
  return when !== null && when.explain(factsOf(process, fields)).verdict === 'not-met';
}

function approvers(process: CompiledProcess, { approvals }: Instance, compiled: CompiledApproval): readonly string[] {
  const record = approvals[compiled.approval.id];
  if (record === undefined) return [];
  const { roles, actors } = mayTake(process, openTurns(bandOf(compiled, record), record.turns));
  return [...roles.map(roleName), ...actors.map(actorName)];
}

/** Who holds one of these roles. */
function holders(roles: readonly string[], owner: string | null): readonly string[] {
  const own = owner === null ? [] : [actorName(owner)];
  const found = roles.flatMap((role) => (role === INSTANCE_OWNER ? own : [roleName(role)]));
  return found.length === 0 ? [roleName(ADMIN)] : found;
}

export function roleName(role: string): string {
  return `role:${role}`;
}

export function actorName(actor: string): string {
  return `actor:${actor}`;
}

/** When the steps of a phase began to wait: the last step outside it was left then. */
function waitingSince({ startedAt, steps }: Instance, phase: Phase): string {
  let since = startedAt;
  for (const id in steps) {
    const leftAt = steps[id]?.leftAt ?? since;
    if (leftAt > since && !phase.steps.some((step) => step.id === id)) since = leftAt;
  }
  return since;
}

/** Whether one instance became the other without anything that `waitsOf` looks at. */
export function waitsAlike(process: CompiledProcess, before: Instance, after: Instance): boolean {
  return (
    before.activities === after.activities &&
    before.approvals === after.approvals &&
    before.steps === after.steps &&
    before.position === after.position &&
    before.waiting === after.waiting &&
    before.overrides === after.overrides &&
    before.clocks === after.clocks &&
    before.calls === after.calls &&
    before.children === after.children &&
    before.status === after.status &&
    before.owner === after.owner &&
    (before.fields === after.fields || !after.position.some(({ step }) => isConditional(process.steps.get(step))))
  );
}

/** Whether it depends on facts what is to be done in a step. */
function isConditional(compiled: CompiledStep | undefined): boolean {
  if (compiled === undefined) return false;
  const { activities, approvals } = compiled.step;
  return activities.some(({ when }) => when !== null) || approvals.some(({ when }) => when !== null);
}

/** What of a step waits for the actor now, asked of the criteria that `explain` and `decide` ask; null: nothing does. */
export function workOf(context: Context, step: string): Work | null {
  const { process, instance } = context;
  const compiled = process.steps.get(step);
  if (compiled === undefined || instance.status !== 'active') return null;
  const mayMove = roleHeld(context, moverRoles(process, instance, compiled)).verdict === 'met';
  if (instance.waiting.some((place) => place.step === step)) {
    return mayMove ? { ...NOTHING, enter: enter.check(context, { step }).verdict === 'met' } : null;
  }
  if (!instance.position.some((place) => place.step === step)) return null;
  const { activities, approvals, isHeldUp } = undone(process, instance, compiled);
  const mine = activities.filter((activity) => {
    return roleHeld(context, activityRoles(process, instance, activity)).verdict === 'met';
  });
  const asked = approvals.filter(({ approval }) => approve.check(context, { approval: approval.id }).verdict === 'met');
  const isMover = mayMove && !isHeldUp;
  if (mine.length + asked.length === 0 && !isMover) return null;
  return {
    activities: mine.map(({ activity }) => activity.id),
    approvals: asked.map(({ approval }) => approval.id),
    advance: isMover && advance.check(context, { step }).verdict === 'met',
    enter: false,
  };
}

const NOTHING: Work = { activities: [], approvals: [], advance: false, enter: false };
