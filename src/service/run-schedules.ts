import { dateOf, dayOf } from '../calendar/index.ts';
import { ADMIN } from '../definition/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { idOf } from '../ids.ts';
import { ENGINE, MAIN_TENANT } from '../names.ts';
import type { ScheduleRow, ScheduleStep } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { dueTicks } from './due-ticks.ts';
import type { RefusedTick, SkippedTick, StartedTick } from './schedule-view.ts';
import { planText, type Scheduled, scheduledProcesses } from './scheduled.ts';

/** What became of one look at all schedules. */
export interface Scheduling {
  readonly started: number;
  /** There may be more. */
  readonly isFull: boolean;
  /** Failures of ours or of the database; each tick is tried again. */
  readonly failed: readonly unknown[];
}

/**
 * Starts what is due by its schedule: for each tick one start on the one write path. The id of what a tick starts follows
 * from the tick, so that several nodes, or one that comes back after a crash, start it once. One process keeps no other
 * waiting, and what is refused is kept with its schedule.
 */
export async function runSchedules(context: ServiceContext, apply: Apply): Promise<Scheduling> {
  const { store } = context;
  const [{ scheduled, others }, known] = await Promise.all([scheduledProcesses(context), store.listSchedules()]);
  const rows = new Map(known.map((row) => [row.process, row]));
  for (const { process } of known) if (others.has(process)) await store.endSchedule(process);
  const results = await Promise.allSettled(
    scheduled.map((each) => runSchedule(context, apply, each, rows.get(each.process.definition.process) ?? null)),
  );
  const done = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = results.flatMap((result) =>
    // Too much to do, or another node is at it: the next look tells.
    result.status === 'rejected' && !(result.reason instanceof ProcessError) ? [result.reason] : [],
  );
  return {
    started: done.reduce((sum, { started }) => sum + started, 0),
    isFull: done.some(({ isFull }) => isFull),
    failed,
  };
}

async function runSchedule(
  { store, clock, ...context }: ServiceContext,
  apply: Apply,
  scheduled: Scheduled,
  row: ScheduleRow | null,
): Promise<{ readonly started: number; readonly isFull: boolean }> {
  const { process, effectiveAt, plan } = scheduled;
  const name = process.definition.process;
  const text = planText(plan);
  const until = beganAt(row, text, effectiveAt);
  if (row === null || row.plan !== text) await store.beginSchedule(name, text, until);
  const now = clock.now();
  const due = dueTicks(plan.recurrence, plan.schedule, Date.parse(until), Date.parse(now));
  if (due.missed !== null) {
    const skipped: SkippedTick = { tick: iso(due.missed), at: now, why: 'missed' };
    await store.advanceSchedule(name, { until: skipped.tick, skipped: JSON.stringify(skipped) });
  }
  let last = row?.started ?? null;
  let started = 0;
  for (const tick of due.starts) {
    const step = await take({ store, clock, ...context }, apply, scheduled, iso(tick), last);
    await store.advanceSchedule(name, step);
    last = step.started ?? last;
    if (step.started !== undefined) started += 1;
  }
  return { started, isFull: due.isFull };
}

/** A plan counts from when it came into effect; what was missed of the same one before counts too. */
function beganAt(row: ScheduleRow | null, plan: string, effectiveAt: string): string {
  if (row === null) return effectiveAt;
  return row.plan === plan || row.until > effectiveAt ? row.until : effectiveAt;
}

/** What becomes of a tick. Throws `unavailable` where it is to be tried again. */
async function take(
  context: ServiceContext,
  apply: Apply,
  { process, version, plan }: Scheduled,
  tick: string,
  last: string | null,
): Promise<ScheduleStep> {
  const { schedule, recurrence } = plan;
  const { process: name } = process.definition;
  const id = idOf(Date.parse(tick), `schedule ${name} ${tick}`);
  const told: StartedTick = { tick, instance: id };
  const started: ScheduleStep = { until: tick, started: JSON.stringify(told) };
  if (await isThere(context, id)) return started;
  if (schedule.overlap === 'skip' && (await isOpen(context, last))) {
    const skipped: SkippedTick = { tick, at: context.clock.now(), why: 'overlap' };
    return { until: tick, skipped: JSON.stringify(skipped) };
  }
  const actor: Actor = { id: ENGINE, roles: [ADMIN], team: null, tenant: MAIN_TENANT, via: null };
  const day = dateOf(dayOf(recurrence.zone, Date.parse(tick)));
  const fields = schedule.sets === null ? {} : { [schedule.sets]: day };
  const origin = { id, parent: null, tick, owner: null, team: null };
  try {
    await apply.submit({
      target: { kind: 'start', process, version },
      command: { type: 'start', input: { fields }, actor, at: tick, requestId: id, internal: true, origin },
      request: { actor, requestId: id, ifMatch: null, idempotency: null },
    });
    return started;
  } catch (error) {
    if (!(error instanceof ProcessError) || error.code === 'unavailable') throw error;
    const refused: RefusedTick = { tick, at: context.clock.now(), code: error.code, detail: error.detail };
    return { until: tick, refused: JSON.stringify(refused) };
  }
}

async function isThere({ store }: ServiceContext, id: string): Promise<boolean> {
  return (await store.loadInstances([id])).length > 0;
}

/** What cannot be run is nobody's work, and keeps nothing from starting. */
async function isOpen({ store }: ServiceContext, started: string | null): Promise<boolean> {
  if (started === null) return false;
  const { instance }: StartedTick = JSON.parse(started);
  const [row] = await store.loadInstances([instance]);
  return row !== undefined && row.status !== 'closed' && row.quarantine === null;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
