import type { CompiledProcess } from '../compile/types.ts';
import type { Actor, Environment } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Loaded } from './document.ts';
import type { KnownEvidence } from './evidence-source.ts';
import { heldKey, type KeyTurns, touchedKeys } from './key-turns.ts';
import { noInstance } from './not-found.ts';
import { refusalError } from './refusal.ts';
import { requireSight } from './sight.ts';
import type { Task } from './task.ts';
import { add, decideEvent, decideStart, type Working, workOn } from './working.ts';

/**
 * What the commands make of their instances, and those that wait: for their turn with a business key, or for evidence that
 * they rest on. `known` null: none of them rests on any.
 */
export function decideBatch(
  tasks: readonly Task[],
  loaded: ReadonlyMap<string, Loaded>,
  turns: KeyTurns,
  { now, ids }: Environment,
  known: KnownEvidence | null,
): { readonly works: readonly Working[]; readonly later: readonly Task[] } {
  const works: Working[] = [];
  const byId = new Map<string, Working>();
  const later: Task[] = [];
  /** Instances and bulks of those that wait. */
  const shut = new Set<string | symbol>();
  const wait = (task: Task) => {
    later.push(task);
    if (task.target.kind === 'event') shut.add(task.target.id);
    if (task.bulk !== null) shut.add(task.bulk);
  };
  /** Evidence of a batch is seen by those behind it once it is written. */
  let produced = false;
  const isEarly = ({ resting }: CompiledProcess) => produced && resting.length > 0;
  /** Deciding asked for evidence that nobody has looked up. */
  const lacks = (task: Task) => {
    const missed = known?.missed() ?? [];
    task.asks.push(...missed);
    return missed.length > 0;
  };
  for (const task of tasks) {
    known?.missed();
    try {
      const evidence = known?.of(task.request.actor.tenant);
      const environment: Environment = { now, ids, evidence };
      if (task.target.kind === 'start') {
        if (isEarly(task.target.process)) {
          wait(task);
          continue;
        }
        const work = decideStart(task, environment);
        if (work === null) continue;
        if (!lacks(task) && turns.take(task, touchedKeys(work.process, null, work.after))) works.push(work);
        else wait(task);
        continue;
      }
      const { id } = task.target;
      if (shut.has(id) || (task.bulk !== null && shut.has(task.bulk))) {
        wait(task);
        continue;
      }
      let work = byId.get(id);
      if (work === undefined) {
        work = workOn(runnable(id, loaded.get(id), task.request.actor));
        byId.set(id, work);
        works.push(work);
      }
      if (isEarly(work.process)) {
        wait(task);
        continue;
      }
      const last = work.after;
      const answer = decideEvent(work, task, environment);
      if (task.isQuiet && !answer.ok) throw refusalError(answer);
      const names = touchedKeys(work.process, work.after, answer.instance);
      // A key that was claimed and given up within one batch would never be asked of the store.
      if (lacks(task) || (names.length > 0 && hasClaimed(work)) || !turns.take(task, names)) wait(task);
      else {
        add(work, task, answer, now);
        produced ||= work.after.evidence !== last.evidence;
      }
    } catch (error) {
      // It may be for want of that evidence.
      if (lacks(task)) wait(task);
      else task.reject(error);
    }
  }
  return { works: works.filter((work) => work.rows.length > 0), later };
}

function hasClaimed({ before, after }: Working): boolean {
  const key = heldKey(after);
  return key !== null && key !== heldKey(before);
}

/** The instance to decide on. Throws `not-found`, also for another tenant's, `role-required` or `instance-quarantined`. */
export function runnable(id: string, loaded: Loaded | undefined, actor: Actor): Extract<Loaded, { ok: true }> {
  if (loaded === undefined || (loaded.ok ? loaded.instance : loaded.row).tenant !== actor.tenant) throw noInstance(id);
  if (loaded.ok) return loaded;
  requireSight(loaded.process, loaded.row, actor);
  throw new ProcessError(
    'instance-quarantined',
    {
      zh: `实例已被隔离，其他实例不受影响。原因：${loaded.quarantine.zh}`,
      en: `the instance is quarantined, others run on. Why: ${loaded.quarantine.en}`,
    },
    { revision: loaded.row.revision },
  );
}
