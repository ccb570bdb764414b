import type { CompiledProcess } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import { mappingOf } from '../diff/index.ts';
import { effectsOf, type Migration, migrate } from '../engine/index.ts';
import type { Actor, Command, Environment, Instance, Reason } from '../engine/types.ts';
import { canonicalJson } from '../json.ts';
import { ENGINE } from '../names.ts';
import type { StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';
import { asksOf, type EvidenceAsk } from './evidence-source.ts';
import type { Choices, PlanKind, PlannedInstance } from './plan-types.ts';

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
  migrationFrom(from: CompiledProcess, moves: Readonly<Record<string, string>>): Migration;
}

export function targetOf(process: CompiledProcess, version: number | null, choices: Choices): Target {
  const mappings = new Map<CompiledProcess, Migration['mapping']>();
  return {
    process,
    version,
    choices,
    only: choices.only === null ? null : new Set(choices.only),
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
  /** Of one that goes over, what it takes to do it. */
  readonly over: {
    readonly from: CompiledProcess;
    readonly instance: Instance;
    readonly migration: Migration;
    readonly decision: Extract<ReturnType<typeof migrate>, { ok: true }>;
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
  const environment = await environmentFor(context, migration.process, instance);
  const decision = migrate(from, instance, commandOf(instance, null), environment, migration);
  if (decision.ok) {
    const { key } = decision.instance;
    const isTaken = key !== null && key !== instance.key && (await isHeld(context, instance, key));
    if (isTaken) {
      const why = { zh: `业务键 ${key} 已属于另一个实例`, en: `another instance has the business key ${key}` };
      return told(row, instance.position, 'blocked', why);
    }
    const over = { from, instance, migration, decision, environment };
    return { ...told(row, instance.position, 'auto', null), over };
  }
  return told(row, instance.position, whyLeft(decision.reasons), decision.detail);
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
export async function planned(context: ServiceContext, target: Target, row: StoredInstance): Promise<PlannedInstance> {
  const { over, ...item } = await judged(context, target, row, await loadDocument(context, row));
  if (over === null) return { ...item, effects: null };
  const { from, instance, migration, decision, environment } = over;
  return { ...item, effects: effectsOf(from, instance, migration, decision, environment) };
}

function told(
  { id, key, owner, version, revision }: StoredInstance,
  position: Instance['position'],
  kind: PlanKind,
  why: Text | null,
): Judged {
  return { instance: { id, key, owner, version, revision, position }, kind, why, over: null };
}

/** The command that takes an instance over; `plan` is the digest that it follows. */
export function commandOf({ tenant }: Pick<Instance, 'tenant'>, plan: string | null, by: Actor | null = null): Command {
  const actor = by ?? { id: ENGINE, roles: [ADMIN], team: null, tenant, via: null };
  return { type: 'migrate', input: { plan }, actor, requestId: '', internal: true };
}

/** With the evidence that deciding asks for. */
async function environmentFor(
  { clock, newId, evidence }: ServiceContext,
  process: CompiledProcess,
  instance: Instance,
): Promise<Environment> {
  const environment = { now: clock.now(), ids: newId };
  if (process.resting.length === 0) return environment;
  const asks: EvidenceAsk[] = [...asksOf(process, instance)];
  const known = await evidence.read(asks);
  return { ...environment, evidence: known.of(instance.tenant) };
}

async function isHeld({ store }: ServiceContext, { id, tenant, process }: Instance, key: string): Promise<boolean> {
  const holder = await store.keyHolder(tenant, process, key);
  return holder !== null && holder !== id;
}

/** One line of what a plan's digest is over. */
export function itemLine(
  { instance: { id, revision }, kind }: Pick<PlannedInstance, 'instance' | 'kind'>,
  choices: Choices,
): string {
  return lineOf(id, revision, kind, kind === 'auto' ? movesOf(choices, id) : {});
}

export function lineOf(id: string, revision: number, kind: PlanKind, moves: Readonly<Record<string, string>>): string {
  return `${id} ${revision} ${kind} ${canonicalJson({ ...moves })}\n`;
}

/** Whether an instance has gone over by this plan already. */
export function followed(loaded: Loaded, plan: string): loaded is Extract<Loaded, { ok: true }> {
  return loaded.ok && loaded.instance.migration?.plan === plan;
}
