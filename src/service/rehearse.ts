import type { CompiledProcess } from '../compile/types.ts';
import { scopeText } from '../engine/index.ts';
import type { Decision, Environment, FoundEvidence, Instance, Refusal } from '../engine/types.ts';
import type { ServiceContext } from './context.ts';
import { runnable } from './decide-batch.ts';
import { loadDocument } from './document.ts';
import { asksOf } from './evidence-source.ts';
import { findEarlier, replay } from './idempotency.ts';
import { heldKey, keyName } from './key-turns.ts';
import { eventOrder } from './send.ts';
import { type Task, taskOf } from './task.ts';
import type { Accepted, BulkItem } from './types.ts';
import { add, decideEvent, type Working, workOn } from './working.ts';

/** Items whose instances and idempotency keys are looked up together. */
const PART = 256;

type Result = PromiseSettledResult<Accepted>;

/** What `apply` would make of these events one after the other, decided by the same code and thrown away. */
export async function rehearse(context: ServiceContext, items: readonly BulkItem[]): Promise<readonly Result[]> {
  const rehearsal = createRehearsal(context);
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += PART) {
    results.push(...(await rehearsal(items.slice(from, from + PART))));
  }
  return results;
}

function createRehearsal(context: ServiceContext) {
  const { store, clock, newId, evidence } = context;
  /** What the items so far make of their instances; an error: it cannot be decided on. */
  const works = new Map<string, Working | Error>();
  /** Who has the business keys that were touched so far. */
  const holders = new Map<string, string | null>();

  async function load(items: readonly BulkItem[]): Promise<void> {
    const actors = new Map(items.map(({ instance, request }) => [instance, request.actor]));
    const wanted = [...actors].filter(([id]) => !works.has(id));
    const rows = new Map((await store.loadInstances(wanted.map(([id]) => id))).map((row) => [row.id, row]));
    for (const [id, actor] of wanted) {
      const row = rows.get(id);
      const loaded = row === undefined ? undefined : await loadDocument(context, row);
      try {
        works.set(id, workOn(runnable(id, loaded, actor)));
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        works.set(id, error);
      }
    }
  }

  async function isTaken(process: CompiledProcess, key: string, { id, tenant }: Instance): Promise<boolean> {
    const name = keyName(tenant, process, key);
    if (!holders.has(name)) holders.set(name, await store.keyHolder(tenant, process.definition.process, key));
    return (holders.get(name) ?? id) !== id;
  }

  /** The answer, and who has which business key after it. */
  async function decide(work: Working, task: Task): Promise<Decision | Refusal> {
    const { process, after } = work;
    const { answer, environment } = await decideKnowing(work, task);
    const [last, next] = [heldKey(after), heldKey(answer.instance)];
    if (last === next) return answer;
    if (next !== null && (await isTaken(process, next, after))) {
      task.keyTaken = true;
      return decideEvent(work, task, environment);
    }
    if (last !== null) holders.set(keyName(after.tenant, process, last), null);
    if (next !== null) holders.set(keyName(after.tenant, process, next), after.id);
    return answer;
  }

  /** Decides with the evidence that there is, and that the items so far produced; anew when it takes more than was looked up. */
  async function decideKnowing(work: Working, task: Task) {
    const { process, after } = work;
    const { tenant } = after;
    for (;;) {
      const known =
        process.resting.length === 0 ? null : await evidence.read([...asksOf(process, after), ...task.asks]);
      const stored = known?.of(tenant);
      const environment: Environment = {
        now: clock.now(),
        ids: newId,
        evidence: stored === undefined ? stored : (name, scope) => rehearsed(stored(name, scope), tenant, name, scope),
      };
      const answer = decideEvent(work, task, environment);
      const missed = known?.missed() ?? [];
      if (missed.length === 0) return { answer, environment };
      task.asks.push(...missed);
    }
  }

  /** Evidence as it would be after the items so far. */
  function rehearsed(
    stored: readonly FoundEvidence[],
    tenant: string,
    name: string,
    scope: string,
  ): readonly FoundEvidence[] {
    let found = stored;
    for (const work of works.values()) {
      if (work instanceof Error || work.before?.evidence === work.after.evidence || work.after.tenant !== tenant)
        continue;
      const { id, process, evidence: records } = work.after;
      const record = name.startsWith(`${process}/`) ? records[name.slice(process.length + 1)] : undefined;
      if (record === undefined) continue;
      found = found.filter(({ instance }) => instance !== id);
      const { validFrom, validTo, withdrawn } = record;
      if (withdrawn === null && scopeText(record.scope) === scope)
        found = [...found, { instance: id, validFrom, validTo }];
    }
    return found;
  }

  async function carryOut(task: Task): Promise<void> {
    const work = task.target.kind === 'event' ? works.get(task.target.id) : undefined;
    if (work === undefined || work instanceof Error) throw work;
    add(work, task, await decide(work, task), clock.now());
    for (const answer of work.answers.splice(0)) answer();
  }

  return async (items: readonly BulkItem[]): Promise<readonly Result[]> => {
    const results: Result[] = [];
    await load(items);
    const tasks = items.map((item) => itemTask(item, results));
    const earlier = await findEarlier(store, tasks);
    for (const task of tasks) {
      const row = earlier(task);
      if (row === null) await carryOut(task).catch(task.reject);
      else await replay(context, row, task.request).then(task.resolve, task.reject);
    }
    return results;
  };
}

/** An item as `apply` would queue it; its answer goes to the results. */
function itemTask({ instance, event, request }: BulkItem, results: Result[]): Task {
  return taskOf(eventOrder(instance, event, request), 0, {
    resolve: (value) => results.push({ status: 'fulfilled', value }),
    reject: (reason) => results.push({ status: 'rejected', reason }),
  });
}
