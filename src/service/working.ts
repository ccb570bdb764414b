import type { CompiledProcess } from '../compile/types.ts';
import { decide, migrate, placesOf, refuseKeyInUse, revert, start, unseen } from '../engine/index.ts';
import type { Decision, EntryDraft, Environment, Instance, PersonalValue, Refusal } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Change, IdempotencyRow, NewEntry, SubscriptionRow } from '../store/types.ts';
import { cardChange } from './card-change.ts';
import { GENESIS, type SealedEntry, seal } from './chain.ts';
import { linksOf } from './child-links.ts';
import { correlationChange } from './correlations.ts';
import { type Loaded, rowOf } from './document.ts';
import { evidenceRows } from './evidence-rows.ts';
import { figureChange } from './figure-change.ts';
import { idempotencyRow } from './idempotency.ts';
import { heldKey } from './key-turns.ts';
import { messagesOf } from './messages.ts';
import { notPlanned } from './plan-errors.ts';
import { presentEntries, presentInstance, presentRefusal, presentStanding } from './present.ts';
import { refusalError } from './refusal.ts';
import { patchOf, snapshotOf } from './snapshot.ts';
import type { Task } from './task.ts';
import { timerChange } from './timer-change.ts';
import { workChange } from './work-change.ts';

/** History entries from one snapshot to the next: fewer write more, more are read again when an instance is loaded. */
const SNAPSHOT_EVERY = 16;

/** One instance within a batch: what its commands so far make of it, none of it stored yet. */
export interface Working {
  /** The version of `before`. */
  readonly from: CompiledProcess;
  /** That of `after`. */
  process: CompiledProcess;
  /** As stored; null: it does not exist yet. */
  readonly before: Instance | null;
  /** Number of the entry that the stored snapshot was written with; 0: there is none. */
  readonly snapshotSeq: number;
  /** Whether patches so far prove the document. */
  traced: boolean;
  after: Instance;
  head: string;
  readonly entries: EntryDraft[];
  readonly rows: NewEntry[];
  readonly personal: PersonalValue[];
  readonly idempotency: IdempotencyRow[];
  readonly tasks: Task[];
  /** Answers to give once the batch is durable. */
  readonly answers: (() => void)[];
}

export function workOn(loaded: Extract<Loaded, { ok: true }>): Working {
  const { process, instance, head, snapshotSeq, traced } = loaded;
  return { from: process, process, before: instance, snapshotSeq, traced, after: instance, head, ...nothing() };
}

function nothing(): Pick<Working, 'entries' | 'rows' | 'personal' | 'idempotency' | 'tasks' | 'answers'> {
  return { entries: [], rows: [], personal: [], idempotency: [], tasks: [], answers: [] };
}

/** Decides a start. A refused one leaves no trace, since there is no instance to record it on: null. */
export function decideStart(task: Task, environment: Environment): Working | null {
  if (task.target.kind !== 'start') throw new Error('not a start');
  const { process, version } = task.target;
  const decision = start(process, version, task.command, environment);
  if (!decision.ok) {
    task.reject(refusalError(decision));
    return null;
  }
  const { instance: after } = decision;
  const working = {
    from: process,
    process,
    before: null,
    snapshotSeq: 0,
    traced: false,
    after,
    head: GENESIS,
    ...nothing(),
  };
  add(working, task, decision, environment.now);
  return working;
}

/** Decides a command on top of what the batch has made of its instance so far. Throws `revision-stale`. */
export function decideEvent({ process, after }: Working, task: Task, environment: Environment): Decision | Refusal {
  const { ifMatch, actor } = task.request;
  // Whoever does not see the instance is refused for that, and does not learn its revision.
  if (ifMatch !== null && ifMatch !== after.revision && unseen(process, after, actor) === null)
    throw staleRevision(ifMatch, after.revision);
  const steady = notBefore(after.updatedAt, environment);
  if (task.keyTaken) return refuseKeyInUse(process, after, task.command, steady);
  const to = task.target.kind === 'event' ? task.target.to : undefined;
  if (to === undefined) return decide(process, after, task.command, steady);
  if (to.kind === 'revert') return revert(process, after, task.command, steady, to.process);
  const decision = migrate(process, after, task.command, steady, to.migration);
  if (decision.ok && !to.isPlanned(decision)) throw notPlanned();
  return decision;
}

/** Clocks of servers may differ so much. */
const SKEW_MS = 5_000;

/**
 * Of an instance that several servers write, what is recorded later bears no earlier time, as far as their clocks differ by
 * little. A clock that was set back says what it says.
 */
function notBefore(last: string, environment: Environment): Environment {
  const { now } = environment;
  if (now >= last || Date.parse(last) - Date.parse(now) > SKEW_MS) return environment;
  return { ...environment, now: last };
}

function staleRevision(expected: number, found: number): ProcessError {
  return new ProcessError(
    'revision-stale',
    {
      zh: `If-Match 为 "${expected}"，实例现为 "${found}"：请重新读取后再试`,
      en: `If-Match says "${expected}", the instance is at "${found}": read it again, then decide anew`,
    },
    { revision: found },
  );
}

/** Takes over what was decided; its answer is given once the batch is durable. */
export function add(working: Working, task: Task, answer: Decision | Refusal, now: string): void {
  const { actor } = task.request;
  const after = answer.instance ?? working.after;
  const patch = patchOf(working.traced ? working.after : null, after);
  const sealed = sealAll(working, answer.entries, patch);
  working.after = after;
  working.traced = true;
  working.tasks.push(task);
  const seqs = sealed.map((entry) => entry.row.seq);
  const row = idempotencyRow(task, working.after.id, seqs, now);
  if (row !== null) working.idempotency.push(row);
  if (answer.ok) {
    if (task.target.kind === 'event' && task.target.to !== undefined) working.process = task.target.to.process;
    working.personal.push(...answer.personal);
    const { process } = working;
    const { instance } = answer;
    const made = sealed.map((entry) => entry.view);
    const entries = presentEntries([process], instance, actor, made);
    working.answers.push(() =>
      task.resolve({
        standing: presentStanding(process, instance, actor),
        get instance() {
          return presentInstance(process, instance, actor);
        },
        entries,
        replayed: false,
      }),
    );
  } else {
    const refusal = presentRefusal(working.process, working.after, actor, answer);
    working.answers.push(() => task.reject(refusalError(refusal)));
  }
}

/** What a command changed of the document goes with the last of its entries. */
function sealAll(working: Working, drafts: readonly EntryDraft[], patch: string | null): readonly SealedEntry[] {
  return drafts.map((draft, n) => {
    const entry = seal(draft, working.head, n === drafts.length - 1 ? patch : null);
    working.head = entry.row.hash;
    working.entries.push(draft);
    working.rows.push(entry.row);
    return entry;
  });
}

/** What the store is asked to write; `subscriptions` are those of the instance's tenant. */
export function changeOf(working: Working, subscriptions: readonly SubscriptionRow[]): Change {
  const { from, process, before, after, head, personal, idempotency } = working;
  const moved =
    before === null ||
    before.digest !== after.digest ||
    before.marking !== after.marking ||
    before.status !== after.status ||
    before.outcome !== after.outcome ||
    before.key !== after.key ||
    before.owner !== after.owner ||
    before.team !== after.team;
  const heldBefore = heldKey(before);
  const heldAfter = heldKey(after);
  return {
    row: rowOf(after, head),
    work: workChange(from, process, before, after),
    cards: cardChange(from, process, before, after),
    position: placesOf(after),
    expectedSeq: before?.seq ?? null,
    moved,
    snapshot: after.seq - working.snapshotSeq >= SNAPSHOT_EVERY ? snapshotOf(after) : null,
    entries: working.rows,
    personal: lastOfEach(personal),
    evidence: evidenceRows(before, after),
    claimKey: heldAfter !== heldBefore ? heldAfter : null,
    releaseKey: heldAfter !== heldBefore ? heldBefore : null,
    idempotency,
    correlations: correlationChange(from, process, before, after),
    links: linksOf(before, after),
    timer: timerChange(from, process, before, after),
    messages: messagesOf(subscriptions, working.entries),
    figures: figureChange(from, process, before, after, working.entries),
  };
}

function lastOfEach(personal: readonly PersonalValue[]): Change['personal'] {
  const last = new Map(personal.map((value) => [value.field, value]));
  return [...last.values()].map(({ field, value, salt }) => ({ field, value: JSON.stringify(value), salt }));
}
