import type { Clock } from '../clock.ts';
import type { CompiledAccess, CompiledProcess } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import { amountField, holdsAny, unseen, type Whose } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { CardSight, KnownVersion, Sight } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';
import { type KnowsVersions, versionsFor } from './known-versions.ts';
import { noInstance } from './not-found.ts';
import type { ProcessCache } from './process-cache.ts';

/**
 * An instance that the actor may see. Throws `not-found` for one of another tenant, as for one that there is not, and
 * `role-required` for one of its own tenant that it may not see.
 */
export async function seenInstance(context: ServiceContext, id: string, actor: Actor): Promise<Loaded> {
  const [row] = await context.store.loadInstances([id]);
  if (row === undefined || row.tenant !== actor.tenant) throw noInstance(id);
  const loaded = await loadDocument(context, row);
  requireSight(loaded.process, loaded.ok ? loaded.instance : row, actor);
  return loaded;
}

/** Throws `role-required`. Of a process that cannot be read any more nobody knows who may see it: administrators do. */
export function requireSight(process: CompiledProcess | null, whose: Whose, actor: Actor): void {
  if (process === null) {
    if (actor.roles.includes(ADMIN)) return;
    throw new ProcessError(
      'role-required',
      {
        zh: `实例的流程已无法读取，只有角色 ${ADMIN} 可见；${actor.id} 的角色：${actor.roles.join(', ') || '无'}`,
        en: `the process of the instance can no longer be read, so only ${ADMIN} sees it; ${actor.id} holds ${actor.roles.join(', ') || 'none'}`,
      },
      { roles: [ADMIN] },
    );
  }
  const reason = unseen(process, whose, actor);
  if (reason === null) return;
  const roles = reason.id === 'team-held' ? process.access.across : process.access.see;
  throw new ProcessError('role-required', reason.say ?? { zh: '', en: '' }, { roles });
}

export function isSeen(process: CompiledProcess | null, whose: Whose, actor: Actor): boolean {
  return process === null ? actor.roles.includes(ADMIN) : unseen(process, whose, actor) === null;
}

/** Roles that see a process itself: those that see, start or assign its instances. */
export function readersOf({ see, start, assign, across }: CompiledAccess): readonly string[] {
  return [...new Set([...see, ...start, ...assign, ...across])];
}

export function readsProcess({ access }: CompiledProcess, actor: Actor): boolean {
  return holdsAny(actor, null, readersOf(access));
}

/** For the lists: of which processes an actor sees the instances, over all versions that its tenant's may be on. */
export interface Sights {
  /** Null: everything of its tenant. Each row is still to be held against the version that it is pinned to. */
  of(actor: Actor): Promise<Sight | null>;
  /** The same of one process, version by version, so that counts and sums tell of nothing else. Who is asked to approve of what he would not see otherwise is left out. */
  cards(process: string, actor: Actor): Promise<CardSight | null>;
  /** Every role that a version declares which instances of the tenant may be on. */
  roles(tenant: string): Promise<readonly string[]>;
  /** The versions of a process that instances of the tenant may be on, as far as they can be read. */
  versionsOf(tenant: string, process: string): Promise<readonly ReadVersion[]>;
}

/** What of a version says who may see what of its instances. */
export interface ReadVersion {
  readonly process: string;
  readonly version: number;
  readonly access: CompiledAccess;
  readonly roles: readonly string[];
  /** What not everybody sees who sees the instance; null: there is nothing of the kind. */
  readonly guarding: Pick<CompiledProcess, 'guarded' | 'clocks'> | null;
  /** The field that says what an instance is worth. */
  readonly amount: string | null;
}

/** For so long the published versions are not asked for again; another node may have published since. */
const FRESH_MS = 1_000;

export function createSights(store: KnowsVersions, clock: Clock, processes: ProcessCache): Sights {
  /** Of every version; they never change. */
  const known = new Map<string, ReadVersion>();
  let versions: readonly KnownVersion[] = [];
  let readAt = -Infinity;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    versions = await store.listKnownVersions(clock.now());
    for (const { process, version } of versions) {
      const name = `${process}@${version}`;
      if (known.has(name)) continue;
      const compiled = await processes.get(process, version);
      if (compiled === null || !compiled.ok) continue;
      const { access, definition, guarded, clocks } = compiled.process;
      known.set(name, {
        process,
        version,
        access,
        roles: definition.roles.map(({ id }) => id),
        guarding: guarded.activities.size === 0 ? null : { guarded, clocks },
        amount: amountField(compiled.process),
      });
    }
    readAt = Date.parse(clock.now());
  }

  function readFor(tenant: string): readonly ReadVersion[] {
    return versionsFor(tenant, versions).flatMap(({ process, version }) => known.get(`${process}@${version}`) ?? []);
  }

  async function refresh(): Promise<void> {
    if (Date.parse(clock.now()) - readAt < FRESH_MS) return;
    reading ??= read().finally(() => {
      reading = null;
    });
    await reading;
  }

  return {
    async roles(tenant) {
      await refresh();
      return [...new Set(readFor(tenant).flatMap(({ roles }) => roles))];
    },
    async cards(name, actor) {
      if (actor.roles.includes(ADMIN)) return null;
      await refresh();
      const ofThis = readFor(actor.tenant)
        .filter(({ process }) => process === name)
        .map(({ version, access }) => ({ version, sees: sightOf(access, actor) }));
      const seen = (as: 'all' | 'team') => ofThis.filter(({ sees }) => sees === as).map(({ version }) => version);
      const team = actor.team === null ? null : { name: actor.team, versions: seen('team') };
      return { owner: actor.id, versions: seen('all'), team };
    },
    async versionsOf(tenant, process) {
      await refresh();
      return readFor(tenant).filter((read) => read.process === process);
    },
    async of(actor) {
      if (actor.roles.includes(ADMIN)) return null;
      await refresh();
      const whole: string[] = [];
      const ofTeam: string[] = [];
      const byProcess = new Map<string, readonly CompiledAccess[]>();
      for (const { process, access } of readFor(actor.tenant))
        byProcess.set(process, [...(byProcess.get(process) ?? []), access]);
      for (const [process, accesses] of byProcess) {
        const sees = accesses.map((access) => sightOf(access, actor));
        if (sees.includes('all')) whole.push(process);
        else if (sees.includes('team')) ofTeam.push(process);
      }
      const team = actor.team === null || ofTeam.length === 0 ? null : { name: actor.team, processes: ofTeam };
      return { processes: whole, team, owner: actor.id };
    },
  };
}

/** Which instances of a version an actor sees beside its own. */
export function sightOf(access: CompiledAccess, actor: Actor): 'all' | 'team' | 'none' {
  if (holdsAny(actor, null, access.across)) return 'all';
  if (!holdsAny(actor, null, access.see)) return 'none';
  return access.separate ? 'team' : 'all';
}
