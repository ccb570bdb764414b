import { keyInUse } from '../engine/index.ts';
import { ProcessError } from '../errors.ts';
import type { CommitResult } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';
import { createInFlight, findEarlier, replay } from './idempotency.ts';
import { createInstanceCache } from './instance-cache.ts';
import type { StartTarget, Task } from './task.ts';
import type { Accepted } from './types.ts';
import { changeOf, decideEvent, decideStart, type Working, workOn } from './working.ts';

/** Commands decided and committed together. */
const BATCH = 256;
/** Batches under way: one is decided while the other is written. */
const AT_ONCE = 2;
/** Fewer waiting commands than this are not worth two batches. */
const SPLIT = 8;
/** Times a command is decided anew because another node changed its instance in between. */
const MOST_ATTEMPTS = 8;

export interface ApplyLimits {
  /** Commands that may wait; more are refused as `unavailable`. */
  readonly maxQueued: number;
  /** Instances kept in memory. */
  readonly maxCached: number;
}

/** The one place where load, decide and save meet: every change of every instance goes through `submit`. */
export interface Apply {
  submit(order: Pick<Task, 'target' | 'command' | 'request'>): Promise<Accepted>;
  queued(): number;
  /** Answers what was accepted so far, refuses what comes after. */
  stop(): Promise<void>;
}

/**
 * Group commit: whatever arrives while a batch is being written is decided together next and written in one
 * transaction; each caller is answered when that is durable. Deciding and writing take turns on two batches of
 * different instances, so that neither waits for the other.
 */
export function createApply(context: ServiceContext, limits: ApplyLimits): Apply {
  const { store, clock, newId } = context;
  const cache = createInstanceCache(limits.maxCached);
  const inFlight = createInFlight();
  let queue: Task[] = [];
  const running = new Set<Promise<void>>();
  /** Instances in running batches: batches never meet. */
  const held = new Set<string>();
  let opening = false;
  let stopped = false;

  function submit(order: Pick<Task, 'target' | 'command' | 'request'>): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      if (stopped || queue.length >= limits.maxQueued) {
        reject(busy(stopped));
        return;
      }
      try {
        inFlight.enter(order.request);
      } catch (error) {
        reject(error);
        return;
      }
      // Left once and for all: by then another request may be running under the same key.
      let answered = false;
      const leave = () => {
        if (!answered) inFlight.leave(order.request);
        answered = true;
      };
      queue.push({
        ...order,
        attempts: 0,
        alone: false,
        keyTaken: false,
        resolve(accepted) {
          leave();
          resolve(accepted);
        },
        reject(error) {
          leave();
          reject(error);
        },
      });
      pump();
    });
  }

  /** Opens a batch in the next turn of the loop, so that everything that arrives in this one can join it. */
  function pump(): void {
    if (opening || running.size >= AT_ONCE || queue.length === 0) return;
    opening = true;
    setImmediate(() => {
      opening = false;
      const batch = takeBatch();
      // Everything waits for an instance in a batch that is running; its end comes here again.
      if (batch.length === 0) return;
      const ids = batch.flatMap(({ target }) => (target.kind === 'event' ? [target.id] : []));
      for (const id of ids) held.add(id);
      const run = runBatch(batch).then((answers) => {
        running.delete(run);
        for (const id of ids) held.delete(id);
        pump();
        for (const answer of answers) answer();
      });
      running.add(run);
      pump();
    });
  }

  /**
   * The oldest commands whose instances no running batch holds; one that must be alone with its instance waits for the
   * next batch when that is taken. A first batch leaves half of what waits to the one that is decided while it is written.
   */
  function takeBatch(): Task[] {
    const most = Math.min(BATCH, running.size === 0 && queue.length >= SPLIT ? Math.ceil(queue.length / 2) : BATCH);
    const taken: Task[] = [];
    const left: Task[] = [];
    const shut = new Set(held);
    const seen = new Set<string>();
    for (const task of queue) {
      const id = task.target.kind === 'event' ? task.target.id : null;
      const fits = taken.length < most && (id === null || !(shut.has(id) || (task.alone && seen.has(id))));
      (fits ? taken : left).push(task);
      // What comes later for an instance must not overtake what waits.
      if (id !== null && (task.alone || !fits)) shut.add(id);
      if (id !== null) seen.add(id);
    }
    queue = left;
    return taken;
  }

  /** Returns the answers to give, now that what they say is durable. */
  async function runBatch(batch: readonly Task[]): Promise<readonly Answer[]> {
    try {
      const fresh = await withoutEarlier(batch);
      const works = decideBatch(fresh, await loadAll(fresh));
      if (works.length === 0) return [];
      const changes = works.map(changeOf);
      const results = await store.commit(changes);
      const settled = works.map((work, i) => settle(work, changes[i]?.snapshot ?? null, results[i] ?? 'stale'));
      queue = [...settled.flatMap(({ again }) => again), ...queue];
      return settled.flatMap(({ answers }) => answers);
    } catch (error) {
      // The database failed: nobody knows what was written, so nothing that is remembered may be trusted.
      for (const { target, reject } of batch) {
        if (target.kind === 'event') cache.drop(target.id);
        reject(error);
      }
      return [];
    }
  }

  /** Answers the commands that were carried out before; returns the others. */
  async function withoutEarlier(batch: readonly Task[]): Promise<readonly Task[]> {
    const earlier = await findEarlier(store, batch);
    const fresh: Task[] = [];
    for (const task of batch) {
      const row = earlier(task);
      if (row === null) fresh.push(task);
      else await replay(context, row, task.request).then(task.resolve, task.reject);
    }
    return fresh;
  }

  async function loadAll(tasks: readonly Task[]): Promise<ReadonlyMap<string, Loaded>> {
    const found = new Map<string, Loaded>();
    const wanted = new Set<string>();
    for (const { target } of tasks) {
      if (target.kind !== 'event') continue;
      const cached = cache.get(target.id);
      if (cached === undefined) wanted.add(target.id);
      else found.set(target.id, cached);
    }
    if (wanted.size === 0) return found;
    for (const row of await store.loadInstances([...wanted])) {
      const loaded = await loadDocument(context, row);
      found.set(row.id, loaded);
      const why = loaded.quarantine?.en ?? null;
      if (row.quarantine !== why) await store.quarantine(row.id, why);
    }
    return found;
  }

  function decideBatch(tasks: readonly Task[], loaded: ReadonlyMap<string, Loaded>): readonly Working[] {
    const environment = { now: clock.now(), ids: newId };
    const works: Working[] = [];
    const byId = new Map<string, Working>();
    for (const task of tasks) {
      try {
        if (task.target.kind === 'start') {
          const work = decideStart(task, environment);
          if (work !== null) works.push(work);
          continue;
        }
        const { id } = task.target;
        let work = byId.get(id);
        if (work === undefined) {
          work = workOn(runnable(id, loaded.get(id)));
          byId.set(id, work);
          works.push(work);
        }
        decideEvent(work, task, environment);
      } catch (error) {
        task.reject(error);
      }
    }
    return works.filter((work) => work.rows.length > 0);
  }

  /** Remembers what is durable now; the commands of what is not are to be decided anew. */
  function settle(
    work: Working,
    snapshot: string | null,
    result: CommitResult,
  ): { readonly answers: readonly Answer[]; again: readonly Task[] } {
    const { id } = work.after;
    if (result === 'ok') {
      const { process, after, head } = work;
      const snapshotSeq = snapshot === null ? work.snapshotSeq : after.seq;
      cache.set(id, { ok: true, instance: after, process, head, snapshotSeq, quarantine: null });
      return { answers: work.answers, again: [] };
    }
    cache.drop(id);
    const [only] = work.tasks;
    if (result === 'key-in-use' && work.tasks.length === 1 && only !== undefined) {
      if (only.target.kind === 'start') only.reject(keyTaken(only.target));
      else only.keyTaken = true;
    }
    const again = work.tasks.filter((task) => {
      if (result === 'key-in-use' && task.target.kind === 'start') return false;
      task.attempts += 1;
      task.alone = result !== 'stale';
      if (task.attempts > MOST_ATTEMPTS) task.reject(busy(false));
      return task.attempts <= MOST_ATTEMPTS;
    });
    return { answers: [], again };
  }

  return {
    submit,
    queued: () => queue.length,
    async stop() {
      stopped = true;
      while (queue.length > 0 || running.size > 0) await (running.size > 0 ? Promise.race(running) : turn());
    },
  };
}

type Answer = Working['answers'][number];

/** The next turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The instance to decide on. Throws `not-found` or `instance-quarantined`. */
function runnable(id: string, loaded: Loaded | undefined): Extract<Loaded, { ok: true }> {
  if (loaded === undefined) throw noInstance(id);
  if (loaded.ok) return loaded;
  throw new ProcessError(
    'instance-quarantined',
    {
      zh: `实例已被隔离，其他实例不受影响。原因：${loaded.quarantine.zh}`,
      en: `the instance is quarantined, others run on. Why: ${loaded.quarantine.en}`,
    },
    { revision: loaded.row.revision },
  );
}

export function noInstance(id: string): ProcessError {
  return new ProcessError('not-found', {
    zh: `没有 id 为 ${id.slice(0, 64)} 的实例；GET /v1/instances 可列出所有实例`,
    en: `there is no instance ${id.slice(0, 64)}; GET /v1/instances lists those that there are`,
  });
}

function keyTaken({ process }: StartTarget): ProcessError {
  return new ProcessError('key-in-use', keyInUse(process.definition.key ?? ''));
}

function busy(stopped: boolean): ProcessError {
  return stopped
    ? new ProcessError('unavailable', {
        zh: '服务正在停止；请稍后对重新启动的服务重试',
        en: 'the server is stopping; send the request again when it is back',
      })
    : new ProcessError('unavailable', {
        zh: '等待处理的命令过多，或该实例正被频繁修改；请稍后重试',
        en: 'too many commands are waiting, or the instance is being changed all the time; send the request again in a moment',
      });
}
