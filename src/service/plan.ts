import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { canonicalJson, sha256 } from '../json.ts';
import { candidateOf } from './candidate.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import { requireAdmin } from './operator.ts';
import { createUnmet, type PlanRequest, readChoices } from './plan-input.ts';
import type { Choices, Plan, PlanAnswer, PlanGroup, PlanKind, PlannedInstance, PlannedPage } from './plan-types.ts';
import { type Judged, judged, openInstances, planned, type Target, targetOf } from './planned.ts';
import { getCompiled } from './processes.ts';

/** Open instances that one plan may be of. */
const MOST_PLANNED = 100_000;
const MOST_GROUPS = 200;
const AT_A_TIME = 200;
/** Groups told apart while counting: their `why` may hold ids. */
const MOST_COUNTED = 10_000;

/**
 * What another version would do to every open instance of the actor's tenant that is not on it: nothing is changed. Throws
 * `role-required`, `definition-invalid`, `invalid-input`, `not-found`.
 */
export async function plan(
  context: ServiceContext,
  process: string,
  request: PlanRequest,
  actor: Actor,
): Promise<PlanAnswer> {
  requirePlanner(actor);
  const { row: base, process: baseProcess } = await getCompiled(context, process, null);
  const target = await openTarget(context, process, request, actor);
  const madeAt = context.clock.now();
  const counts: Record<PlanKind | 'open', number> = { open: 0, keep: 0, auto: 0, ask: 0, blocked: 0 };
  const groups = new Map<string, { -readonly [Name in keyof PlanGroup]: PlanGroup[Name] }>();
  const marks: string[] = [];
  const unmet = createUnmet(target.choices, baseProcess);
  let late = 0;
  for await (const each of judgedItems(context, target, { tenant: actor.tenant, process }, null)) {
    const item = planned(each);
    counts.open += 1;
    counts[item.kind] += 1;
    if (counts.open > MOST_PLANNED) throw tooMany();
    marks.push(each.mark);
    unmet.meet(item);
    const isLate = item.effects?.clocks.some((clock) => clock.late) ?? false;
    if (isLate) late += 1;
    count(groups, item, isLate);
  }
  await passOthers(context, unmet, { tenant: actor.tenant, process });
  unmet.end();
  const made = {
    process,
    tenant: actor.tenant,
    base: { version: base.version, digest: base.digest },
    to: { digest: target.process.digest },
    madeAt,
    ...target.choices,
    counts,
    items: marks.join(''),
  };
  return {
    plan: { ...made, digest: planDigest(made) },
    groups: [...groups.values()].sort((a, b) => b.count - a.count).slice(0, MOST_GROUPS),
    late,
  };
}

/** What the plan says of the instances one by one, in order of their ids. Throws as {@link plan} does. */
export async function plannedInstances(
  context: ServiceContext,
  process: string,
  request: PlanRequest,
  page: { readonly kind: PlanKind | null; readonly cursor: string | null; readonly limit: number },
  actor: Actor,
): Promise<PlannedPage> {
  requirePlanner(actor);
  const target = await openTarget(context, process, request, actor);
  const { process: base } = await getCompiled(context, process, null);
  // Who is the first to take a key is known only from the beginning on.
  const isRekeyed = base.definition.key !== target.process.definition.key;
  const after = isRekeyed ? null : page.cursor;
  const instances: PlannedInstance[] = [];
  for await (const item of judgedItems(context, target, { tenant: actor.tenant, process }, after)) {
    if (page.cursor !== null && item.instance.id <= page.cursor) continue;
    if (page.kind !== null && item.kind !== page.kind) continue;
    if (instances.length === page.limit) return { instances, next: instances.at(-1)?.instance.id ?? null };
    instances.push(planned(item));
  }
  return { instances, next: null };
}

/** Every open instance that is on another version, with what becomes of it. */
async function* judgedItems(
  context: ServiceContext,
  target: Target,
  place: { readonly tenant: string; readonly process: string },
  after: string | null,
): AsyncGenerator<Judged> {
  for await (const rows of openInstances(context, place, after)) {
    for (const row of rows) {
      if (row.digest === target.process.digest) continue;
      yield await judged(context, target, row, await loadDocument(context, row));
    }
  }
}

/** Choices may be of instances that were closed, or have gone over, since they were made. */
async function passOthers(
  { store }: ServiceContext,
  unmet: ReturnType<typeof createUnmet>,
  { tenant, process }: { readonly tenant: string; readonly process: string },
): Promise<void> {
  const ids = unmet.ids();
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    for (const row of await store.loadInstances(ids.slice(from, from + AT_A_TIME)))
      if (row.tenant === tenant && row.process === process) unmet.pass(row.id);
  }
}

async function openTarget(
  context: ServiceContext,
  process: string,
  request: PlanRequest,
  actor: Actor,
): Promise<Target> {
  const candidate = await candidateOf(context, process, request.of, actor);
  return targetOf(candidate, null, readChoices(request, candidate));
}

/** The proof that a plan is as it was made. */
export function planDigest({
  process,
  tenant,
  base,
  to,
  madeAt,
  moves,
  instances,
  only,
  counts,
  items,
}: Omit<Plan, 'digest'>): string {
  return sha256(
    canonicalJson({ process, tenant, base, to, madeAt, ...written({ moves, instances, only }), counts, items }),
  );
}

const written = ({ moves, instances, only }: Choices) => ({
  moves: { ...moves },
  instances: Object.fromEntries(
    Object.entries(instances).map(([id, choice]) => [id, choice === 'keep' ? choice : { ...choice }]),
  ),
  only: only === null ? null : [...only],
});

export function requirePlanner(actor: Actor): void {
  requireAdmin(actor, { zh: '规划和执行版本迁移', en: 'planning and applying a migration' });
}

function count(
  groups: Map<string, { -readonly [Name in keyof PlanGroup]: PlanGroup[Name] }>,
  { instance, kind, why, effects }: PlannedInstance,
  isLate: boolean,
): void {
  const to = effects?.position.to ?? null;
  const key = JSON.stringify([kind, instance.version, instance.position, to, why]);
  const group = groups.get(key);
  if (group !== undefined) {
    group.count += 1;
    if (isLate) group.late += 1;
  } else if (groups.size < MOST_COUNTED) {
    const { version, position: from } = instance;
    groups.set(key, { kind, version, from, to, why, count: 1, late: isLate ? 1 : 0 });
  }
}

function tooMany(): ProcessError {
  const message = {
    zh: `一个计划最多包含 ${MOST_PLANNED} 个进行中的实例：请用 only 选出一部分`,
    en: `a plan is of at most ${MOST_PLANNED} open instances: choose some with only`,
  };
  return new ProcessError('invalid-input', message, { errors: [{ pointer: '/only', message }] });
}
