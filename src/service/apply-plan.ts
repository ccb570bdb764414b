import type { CompiledProcess } from '../compile/types.ts';
import type { Migrated } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { errorCodes, ProcessError } from '../errors.ts';
import type { DefinitionRow, StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { planDigest, requirePlanner } from './plan.ts';
import { noPlan, planMoved, planStale } from './plan-errors.ts';
import { readChoices } from './plan-input.ts';
import { goMark, readMarks, stayMark } from './plan-marks.ts';
import type { Plan, PlanRun } from './plan-types.ts';
import {
  commandOf,
  followed,
  isKept,
  judged,
  keptText,
  movesOf,
  openInstances,
  type Target,
  targetOf,
} from './planned.ts';
import { getCompiled } from './processes.ts';

/** Open instances that one call looks at. */
const AT_ONCE = 1_000;
/** Of these, taken over side by side. */
const BESIDE = 200;
type Marks = ReadonlySet<string>;

/** Instances told of in one answer. */
const MOST_TOLD = 200;

/**
 * Takes instances over as a plan says, some at each call: `cursor` is where the call before ended, null at first, when
 * everything is held against the plan. What has changed since fails the whole, or with `moved: 'leave'` is left where it is.
 * Calling again after a crash, or twice at a time, does nothing twice. Throws `role-required`, `plan-edited`, `plan-stale`.
 */
export async function applyPlan(
  context: ServiceContext,
  apply: Apply,
  process: string,
  given: Plan,
  { moved, cursor }: { readonly moved: 'refuse' | 'leave'; readonly cursor: string | null },
  actor: Actor,
): Promise<PlanRun> {
  requirePlanner(actor);
  const { row, process: candidate } = await plannedVersion(context, process, given, actor);
  const target = targetOf(candidate, row.version, readChoices(given, candidate));
  const marks = readMarks(given.items);
  if (cursor === null && moved === 'refuse') await holdAgainst(context, target, given, marks);
  const run = createRun(row.version);
  const going = { context, apply, target, plan: given.digest, marks, actor, run };
  let seen = 0;
  for await (const rows of openInstances(context, { tenant: actor.tenant, process }, cursor)) {
    await forEach(rows, (stored) => goOver(going, stored));
    seen += rows.length;
    const last = rows.at(-1);
    if (seen >= AT_ONCE && last !== undefined) return run.end(last.id);
  }
  return run.end(null);
}

async function forEach<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < items.length; from += BESIDE) await Promise.all(items.slice(from, from + BESIDE).map(each));
}

/** The version of the plan, which must be the newest, and the next after that for which it was made. */
async function plannedVersion(
  context: ServiceContext,
  process: string,
  given: Plan,
  actor: Actor,
): Promise<{ readonly row: DefinitionRow; readonly process: CompiledProcess }> {
  if (given.process !== process || given.tenant !== actor.tenant) throw noPlan(given, process, actor);
  if (planDigest(given) !== given.digest) {
    throw new ProcessError('plan-edited', {
      zh: '计划在制定之后被改动：请用 phasegate plan 按新的决定重新制定，看它会怎样，再执行',
      en: 'the plan was changed after it was made: make it again with what was decided (phasegate plan), see what it does, then apply it',
    });
  }
  const { row, process: newest } = await getCompiled(context, process, null);
  if (row.digest === given.to.digest) {
    const between = (await context.store.listKnownVersions(context.clock.now())).filter(
      ({ process: name, version, isPublished }) =>
        name === process && isPublished && version > given.base.version && version < row.version,
    );
    if (between.length === 0 || row.digest === given.base.digest) return { row, process: newest };
  }
  throw planStale(given, row);
}

/** That the plan, made now, would be the same, unless some have gone over by it already: then the rest follows as it can. */
async function holdAgainst(context: ServiceContext, target: Target, given: Plan, marks: Marks): Promise<void> {
  const moved: string[] = [];
  let met = 0;
  for await (const rows of openInstances(context, given, null)) {
    for (const row of rows) {
      const loaded = await loadDocument(context, row);
      if (followed(loaded, given.digest)) return;
      if (row.digest === target.process.digest) continue;
      if (marks.has((await judged(context, target, row, loaded)).mark)) met += 1;
      else moved.push(row.id);
    }
  }
  const gone = given.counts.open - met;
  if (moved.length > 0 || gone > 0) throw planMoved(moved, Math.max(0, gone - moved.length));
}

/** One application of a plan. */
interface Going {
  readonly context: ServiceContext;
  readonly apply: Apply;
  readonly target: Target;
  readonly plan: string;
  readonly marks: Marks;
  readonly actor: Actor;
  readonly run: ReturnType<typeof createRun>;
}

async function goOver(going: Going, row: StoredInstance): Promise<void> {
  const { context, target, plan, marks, run } = going;
  if (row.digest === target.process.digest) {
    if (followed(await loadDocument(context, row), plan)) run.before();
    return;
  }
  if (isKept(target, row.id)) {
    run.left(row.id, 'keep', keptText);
    return;
  }
  for (const kind of ['ask', 'blocked'] as const) {
    if (!marks.has(stayMark(row.id, row.revision, kind))) continue;
    const { why } = await judged(context, target, row, await loadDocument(context, row));
    run.left(row.id, kind, why ?? plannedText);
    return;
  }
  const from = await context.processes.get(row.process, row.version);
  if (from?.ok !== true) {
    run.left(row.id, 'blocked', from?.why ?? { zh: '它的版本已不在', en: 'its version is gone' });
    return;
  }
  await submit(going, row, from.process);
}

const plannedText: Text = { zh: '按计划不转', en: 'the plan does not take it over' };

async function submit(going: Going, row: StoredInstance, from: CompiledProcess): Promise<void> {
  const { context, apply, target, plan, marks, actor, run } = going;
  const migration = target.migrationFrom(from, movesOf(target.choices, row.id));
  const isPlanned = (decision: Migrated) => marks.has(goMark(row, decision));
  const requestId = context.newId();
  const order = {
    target: { kind: 'event', id: row.id, to: { kind: 'migrate', process: target.process, migration, isPlanned } },
    command: { ...commandOf(row, plan, actor), requestId },
    request: { actor, requestId, ifMatch: row.revision, idempotency: null },
    // What the plan does not take over leaves no trace of having been tried.
    isQuiet: true,
  } as const;
  try {
    await apply.submit(order);
    run.done();
  } catch (error) {
    const why = whyNot(error);
    // Two calls at a time: the other was first, and has written when this is asked once more.
    if (why.code === 'revision-stale') await apply.submit(order).catch(whyNot);
    const [again] = await context.store.loadInstances([row.id]);
    if (again !== undefined && followed(await loadDocument(context, again), plan)) run.before();
    else run.left(row.id, 'moved', why.detail);
  }
}

/** Why one instance was left where it is. What concerns all of them is thrown on. */
export function whyNot(error: unknown): ProcessError {
  if (error instanceof ProcessError && errorCodes[error.code].status < 500) return error;
  throw error;
}

/** Counts what a call does. */
export function createRun(version: number) {
  let done = 0;
  let before = 0;
  const counts: Record<string, number> = {};
  const left: { instance: string; why: Text }[] = [];
  return {
    done() {
      done += 1;
    },
    before() {
      before += 1;
    },
    left(instance: string, kind: string, why: Text) {
      counts[kind] = (counts[kind] ?? 0) + 1;
      if (left.length < MOST_TOLD) left.push({ instance, why });
    },
    end: (next: string | null): PlanRun => ({ version, done, before, left, counts, next }),
  };
}
