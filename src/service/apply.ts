import { keyInUse } from '../engine/index.ts';
import { ProcessError } from '../errors.ts';
import type { CommitResult } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { awaitedValues } from './correlations.ts';
import { decideBatch } from './decide-batch.ts';
import { type Loaded, loadDocument } from './document.ts';
import { asksOf, type EvidenceAsk, type KnownEvidence } from './evidence-source.ts';
import { createInFlight, findEarlier, replay } from './idempotency.ts';
import { createInstanceCache } from './instance-cache.ts';
import { createKeyTurns } from './key-turns.ts';
import { nextBatch } from './next-batch.ts';
import { type Order, type StartTarget, type Task, taskOf } from './task.ts';
import type { Accepted } from './types.ts';
import { changeOf, type Working } from './working.ts';

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
  submit(order: Order): Promise<Accepted>;
  queued(): number;
  /** Answers what was accepted so far, refuses what comes after. */
  stop(): Promise<void>;
}

/**
 * Group commit: whatever arrives while a batch is being written is decided together next and written in one
 * transaction; each caller is answered when that is durable. Deciding and writing take turns on two batches of
 * different instances, so that neither waits for the other; what touches a business key, or came in a bulk, is decided
 * in the order it came in all the same.
 */
export function createApply(context: ServiceContext, limits: ApplyLimits): Apply {
  const { store, clock, newId, evidence, subscribers } = context;
  const cache = createInstanceCache(limits.maxCached);
  const inFlight = createInFlight();
  const turns = createKeyTurns();
  let queue: Task[] = [];
  const running = new Set<Promise<void>>();
  /** Instances in running batches: batches never meet. */
  const held = new Set<string>();
  /** Resolves when the batch opened last is decided: the next one is decided after it. */
  let lastDecided: Promise<void> = Promise.resolve();
  let arrivals = 0;
  let opening = false;
  let stopped = false;

  function submit(order: Order): Promise<Accepted> {
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
        if (answered) return;
        inFlight.leave(order.request);
        turns.leave(task);
        answered = true;
      };
      const task = taskOf(order, ++arrivals, {
        resolve(accepted) {
          leave();
          resolve(accepted);
        },
        reject(error) {
          leave();
          reject(error);
        },
      });
      queue.push(task);
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

  /** A first batch leaves half of what waits to the one that is decided while it is written. */
  function takeBatch(): readonly Task[] {
    if (queue.length === 0) return [];
    const most = Math.min(BATCH, running.size === 0 && queue.length >= SPLIT ? Math.ceil(queue.length / 2) : BATCH);
    const { taken, left } = nextBatch(queue, most, { held, waits: turns.waits });
    if (taken.length === 0 && running.size === 0) {
      // Everybody waits for somebody who waits. It takes commands that became others when they were decided anew.
      turns.forget();
      return takeBatch();
    }
    queue = [...left];
    return taken;
  }

  /** Returns the answers to give, now that what they say is durable. */
  async function runBatch(batch: readonly Task[]): Promise<readonly Answer[]> {
    const before = lastDecided;
    let decided = () => {};
    lastDecided = new Promise((resolve) => {
      decided = resolve;
    });
    try {
      const fresh = await withoutEarlier(batch);
      const loaded = await loadAll(fresh);
      const reading = subscribers.refresh();
      if (reading !== null) await reading;
      let known = await knownTo(fresh, loaded);
      await before;
      // The batch before may be writing evidence; there is no other one.
      while (known !== null && !known.isCurrent()) {
        await evidence.written();
        known = await knownTo(fresh, loaded);
      }
      const { works, later } = decideBatch(fresh, loaded, turns, { now: clock.now(), ids: newId }, known);
      const changes = works.map((work) => changeOf(work, subscribers.of(work.after.tenant)));
      const commit = changes.length === 0 ? Promise.resolve([]) : store.commit(changes);
      if (changes.some((change) => change.evidence.length > 0)) evidence.writing(commit);
      decided();
      const results = await commit;
      const settled = works.map((work, i) => settle(work, changes[i]?.snapshot ?? null, results[i] ?? 'stale'));
      if (changes.some(({ links }, i) => links.length > 0 && results[i] === 'ok')) context.linked();
      if (changes.some(({ messages }, i) => messages.length > 0 && results[i] === 'ok')) context.messaged();
      for (const [i, { from, process, before, after }] of works.entries()) {
        if (results[i] !== 'ok' || process.signals.size === 0) continue;
        for (const value of awaitedValues(from, process, before, after)) context.awaited(after.tenant, value, 'now');
      }
      context.committed();
      const back = [...settled.flatMap(({ again }) => again), ...later];
      if (back.length > 0) queue = [...back, ...queue].sort((a, b) => a.arrival - b.arrival);
      return settled.flatMap(({ answers }) => answers);
    } catch (error) {
      // The database failed: nobody knows what was written, so nothing that is remembered may be trusted.
      for (const { target, reject } of batch) {
        if (target.kind === 'event') cache.drop(target.id);
        reject(error);
      }
      return [];
    } finally {
      decided();
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
      if (row.quarantine !== why) {
        await store.quarantine(row.id, why, row.parent);
        if (row.parent !== null) context.linked();
      }
    }
    return found;
  }

  /** The evidence that these commands may rest on; null where none of their processes rests on any. */
  async function knownTo(tasks: readonly Task[], loaded: ReadonlyMap<string, Loaded>): Promise<KnownEvidence | null> {
    const asks: EvidenceAsk[] = [];
    let rests = false;
    for (const { target, command, asks: more } of tasks) {
      const found = target.kind === 'start' ? null : loaded.get(target.id);
      const own = target.kind === 'start' ? target.process : found?.ok === true ? found.process : null;
      const process = target.kind === 'event' && target.to !== undefined ? target.to.process : own;
      if (process === null || process.resting.length === 0) continue;
      rests = true;
      const instance = found?.ok === true ? found.instance : { tenant: command.actor.tenant, fields: {} };
      asks.push(...asksOf(process, instance), ...more);
    }
    return rests ? evidence.read(asks) : null;
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
      cache.set(id, { ok: true, instance: after, process, head, snapshotSeq, traced: work.traced, quarantine: null });
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
      // Another node has started this child.
      if (result === 'stale' && task.command.origin !== undefined) {
        task.reject(busy(false));
        return false;
      }
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
