import { createHash } from 'node:crypto';
import type { CompiledProcess } from '../compile/types.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { DefinitionRow, StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';
import { planDigest, requirePlanner } from './plan.ts';
import { noPlan, planMoved, planStale } from './plan-errors.ts';
import { readChoices } from './plan-input.ts';
import type { Plan, PlanRun } from './plan-types.ts';
import {
  commandOf,
  followed,
  isKept,
  itemLine,
  judged,
  keptText,
  lineOf,
  movesOf,
  openInstances,
  type Target,
  targetOf,
  whyLeft,
} from './planned.ts';
import { getCompiled } from './processes.ts';
import { reasonsOf } from './refusal.ts';

/** Open instances that one call looks at. */
const AT_ONCE = 1_000;
/** Of these, taken over side by side. */
const BESIDE = 200;
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
  if (cursor === null && moved === 'refuse') await holdAgainst(context, target, given);
  const run = createRun(row.version);
  let seen = 0;
  for await (const rows of openInstances(context, { tenant: actor.tenant, process }, cursor)) {
    await forEach(rows, (stored) => goOver(context, apply, target, given, stored, actor, run));
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

/** That the plan, made now, would be the same. */
async function holdAgainst(context: ServiceContext, target: Target, given: Plan): Promise<void> {
  const hash = createHash('sha256');
  const moved: string[] = [];
  for await (const rows of openInstances(context, given, null)) {
    for (const row of rows) {
      const loaded = await loadDocument(context, row);
      if (followed(loaded, given.digest)) hash.update(lineBefore(loaded));
      else if (row.digest !== target.process.digest) {
        hash.update(itemLine(await judged(context, target, row, loaded), target.choices));
        if (row.updatedAt > given.madeAt) moved.push(row.id);
      }
    }
  }
  if (hash.digest('hex') !== given.items) throw planMoved(moved);
}

/** What the plan said of an instance that has gone over by it. */
function lineBefore({ instance: { id, migration } }: Extract<Loaded, { ok: true }>): string {
  return lineOf(id, migration?.revision.from ?? 0, 'auto', migration?.moves ?? {});
}

async function goOver(
  context: ServiceContext,
  apply: Apply,
  target: Target,
  given: Plan,
  row: StoredInstance,
  actor: Actor,
  run: ReturnType<typeof createRun>,
): Promise<void> {
  if (row.digest === target.process.digest) {
    if (followed(await loadDocument(context, row), given.digest)) run.before();
    return;
  }
  if (row.updatedAt > given.madeAt) {
    run.left(row.id, 'moved', {
      zh: `制定计划后又有变化（修订 ${row.revision}）`,
      en: `it has changed since the plan was made (revision ${row.revision})`,
    });
    return;
  }
  if (isKept(target, row.id)) {
    run.left(row.id, 'keep', keptText);
    return;
  }
  const from = await context.processes.get(row.process, row.version);
  if (from?.ok !== true) {
    run.left(row.id, 'blocked', from?.why ?? { zh: '它的版本已不在', en: 'its version is gone' });
    return;
  }
  const migration = target.migrationFrom(from.process, movesOf(target.choices, row.id));
  const requestId = context.newId();
  const order = {
    target: { kind: 'event', id: row.id, to: { kind: 'migrate', process: target.process, migration } },
    command: { ...commandOf(row, given.digest, actor), requestId },
    request: { actor, requestId, ifMatch: row.revision, idempotency: null },
    // What the plan does not take over leaves no trace of having been tried.
    isQuiet: true,
  } as const;
  try {
    await apply.submit(order);
    run.done();
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    if (error.code !== 'revision-stale') {
      run.left(row.id, whyLeft(reasonsOf(error)), error.detail);
      return;
    }
    // Two calls at a time: the other was first, and has written when this is asked once more.
    await apply.submit(order).catch(() => {});
    const [again] = await context.store.loadInstances([row.id]);
    if (again !== undefined && followed(await loadDocument(context, again), given.digest)) run.before();
    else run.left(row.id, 'moved', error.detail);
  }
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
