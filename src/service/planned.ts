import type { CompiledProcess } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import { mappingOf } from '../diff/index.ts';
import { effectsOf, type Migrated, type Migration, migrate } from '../engine/index.ts';
import type { Actor, Command, Environment, Instance, Reason, Refusal } from '../engine/types.ts';
import { ENGINE } from '../names.ts';
import type { StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import type { Loaded } from './document.ts';
import { asksOf, type EvidenceAsk } from './evidence-source.ts';
import { goMark, stayMark } from './plan-marks.ts';
import type { Choices, PlanKind, PlannedInstance } from './plan-types.ts';

/** Evidence that one decision may ask for. */
const MOST_ASKED = 1_000;
/** Instances read at a time. */
const PAGE = 200;

/** The candidate of a plan, with the way to it from each version that instances are on. */
export interface Target {
  readonly process: CompiledProcess;
  /** Its number; null while it is not published. */
  readonly version: number | null;
  readonly choices: Choices;
  /** The instances that go over at all; null: all. */
  readonly only: ReadonlySet<string> | null;
  /** Business keys that instances would take, each with the first that would. */
  readonly taken: Map<string, string>;
  migrationFrom(from: CompiledProcess, moves: Readonly<Record<string, string>>): Migration;
}

export function targetOf(process: CompiledProcess, version: number | null, choices: Choices): Target {
  const mappings = new Map<CompiledProcess, Migration['mapping']>();
  return {
    process,
    version,
    choices,
    only: choices.only === null ? null : new Set(choices.only),
    taken: new Map(),
    migrationFrom(from, moves) {
      const mapping = mappings.get(from) ?? mappingOf(from.definition, process.definition);
      mappings.set(from, mapping);
      return { process, version, mapping, moves };
    },
  };
}

/** The open instances of a process, in order of their ids; each page with the place behind it. */
export async function* openInstances(
  { store }: Pick<ServiceContext, 'store'>,
  place: { readonly tenant: string; readonly process: string },
  after: string | null,
): AsyncGenerator<readonly StoredInstance[]> {
  let last = after;
  for (;;) {
    const ids = await store.openInstances({ ...place, after: last, limit: PAGE });
    const rows = new Map((await store.loadInstances(ids)).map((row) => [row.id, row]));
    // Another command may have ended one of them meanwhile.
    yield ids.flatMap((id) => rows.get(id) ?? []).filter(({ status }) => status !== 'closed');
    last = ids.at(-1) ?? null;
    if (ids.length < PAGE || last === null) return;
  }
}

/** The moves of one instance: its own, else those of all. */
export function movesOf({ moves, instances }: Choices, id: string): Readonly<Record<string, string>> {
  const own = Object.hasOwn(instances, id) ? instances[id] : undefined;
  return own === undefined || own === 'keep' ? moves : { ...moves, ...own };
}

/** What a plan makes of one instance. */
export type Judged = Pick<PlannedInstance, 'instance' | 'kind' | 'why'> & {
  /** What the plan keeps of it. */
  readonly mark: string;
  /** Of one that goes over, what it takes to do it. */
  readonly over: {
    readonly from: CompiledProcess;
    readonly instance: Instance;
    readonly migration: Migration;
    readonly decision: Migrated;
    readonly environment: Environment;
  } | null;
};

/** What becomes of one instance: decided by the very code that will do it, and thrown away. */
export async function judged(
  context: ServiceContext,
  target: Target,
  row: StoredInstance,
  loaded: Loaded,
): Promise<Judged> {
  if (!loaded.ok) {
    const why = { zh: `已被隔离：${loaded.quarantine.zh}`, en: `it is quarantined: ${loaded.quarantine.en}` };
    return told(row, [], 'blocked', why);
  }
  const { instance, process: from } = loaded;
  const { choices } = target;
  if (isKept(target, instance.id)) return told(row, instance.position, 'keep', keptText);
  const migration = target.migrationFrom(from, movesOf(choices, instance.id));
  const { decision, environment } = await decided(context, from, instance, migration);
  if (!decision.ok) return told(row, instance.position, whyLeft(decision.reasons), decision.detail);
  const { key } = decision.instance;
  if (key !== null && key !== instance.key && (await isHeld(context, target, instance, key))) {
    const why = { zh: `业务键 ${key} 已属于另一个实例`, en: `another instance has the business key ${key}` };
    return told(row, instance.position, 'blocked', why);
  }
  const over = { from, instance, migration, decision, environment };
  return { ...headOf(row, instance.position), kind: 'auto', why: null, mark: goMark(instance, decision), over };
}

/** Whether somebody could say where an instance goes that was refused for these reasons. */
export function whyLeft(reasons: Reason | null): 'ask' | 'blocked' {
  const failing = (reasons?.of ?? []).filter(({ verdict }) => verdict !== 'met');
  return failing.length > 0 && failing.every(({ id }) => id === 'migration-place') ? 'ask' : 'blocked';
}

/** Whether the choices leave it on its version. */
export function isKept({ choices, only }: Target, id: string): boolean {
  return choices.instances[id] === 'keep' || only?.has(id) === false;
}

export const keptText: Text = { zh: '按计划保留原版本', en: 'the plan leaves it on its version' };

/** The same with all that it changes. */
export function planned({ over, mark: _, ...item }: Judged): PlannedInstance {
  if (over === null) return { ...item, effects: null };
  const { from, instance, migration, decision, environment } = over;
  return { ...item, effects: effectsOf(from, instance, migration, decision, environment) };
}

function told(
  row: StoredInstance,
  position: Instance['position'],
  kind: Exclude<PlanKind, 'auto'>,
  why: Text | null,
): Judged {
  return { ...headOf(row, position), kind, why, mark: stayMark(row.id, row.revision, kind), over: null };
}

function headOf({ id, key, owner, version, revision }: StoredInstance, position: Instance['position']) {
  return { instance: { id, key, owner, version, revision, position } };
}

/** The command that takes an instance over; `plan` is the digest that it follows. */
export function commandOf({ tenant }: Pick<Instance, 'tenant'>, plan: string | null, by: Actor | null = null): Command {
  const actor = by ?? { id: ENGINE, roles: [ADMIN], team: null, tenant, via: null };
  return { type: 'migrate', input: { plan }, actor, requestId: '', internal: true };
}

/** Decided with all the evidence that it asks for. */
async function decided(
  { clock, newId, evidence }: ServiceContext,
  from: CompiledProcess,
  instance: Instance,
  migration: Migration,
): Promise<{ readonly decision: Migrated | Refusal; readonly environment: Environment }> {
  const now = clock.now();
  const isResting = from.resting.length + migration.process.resting.length > 0;
  const asks: EvidenceAsk[] = [...asksOf(migration.process, instance)];
  for (;;) {
    const known = isResting ? await evidence.read(asks) : null;
    const environment: Environment = {
      now,
      ids: newId,
      ...(known !== null && { evidence: known.of(instance.tenant) }),
    };
    const decision = migrate(from, instance, commandOf(instance, null), environment, migration);
    const missed = known?.missed() ?? [];
    if (missed.length === 0 || asks.length > MOST_ASKED) return { decision, environment };
    asks.push(...missed);
  }
}

async function isHeld(
  { store }: ServiceContext,
  { taken }: Target,
  { id, tenant, process }: Instance,
  key: string,
): Promise<boolean> {
  const first = taken.get(key) ?? id;
  taken.set(key, first);
  if (first !== id) return true;
  const holder = await store.keyHolder(tenant, process, key);
  return holder !== null && holder !== id;
}

/** Whether an instance has gone over by this plan already. */
export function followed(loaded: Loaded, plan: string): loaded is Extract<Loaded, { ok: true }> {
  return loaded.ok && loaded.instance.migration?.plan === plan;
}
