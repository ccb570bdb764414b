import type { CompiledProcess } from '../compile/types.ts';
import { clocksAfter, internalVerbs, recalculate, standIn, verbs, withoutFormerClocks } from '../engine/index.ts';
import type { EntryDraft, Instance } from '../engine/types.ts';
import { isGone, stepOf } from './about.ts';
import { commandOf, toldBy } from './command.ts';
import { compare, type Otherwise } from './compare.ts';
import { decideAnew, whyNot, withRecordedIds } from './decide-anew.ts';
import { changedClocks, createRounds, latenessBetween, running, withRaised } from './lateness.ts';
import { createPersonal } from './personal.ts';
import { renamedEntry, renames } from './renamed-entry.ts';
import type { Candidate, EvidenceAsk, Incomparable, Period, Sink, Subject } from './types.ts';

/** One instance on its way through a replay. What it yields is evidence to be looked up before it goes on. */
export interface Replay {
  /** Takes on its next entries, in order. */
  add(entries: readonly EntryDraft[]): Generator<readonly EvidenceAsk[], void>;
  /** There are no more; `now` is the record time that what still runs is judged at (ISO 8601 UTC). */
  end(now: string): Generator<readonly EvidenceAsk[], void>;
}

/** What time does: whether it is due is a matter of the SLAs and calls, which are compared by themselves. */
const TIMED: ReadonlySet<string> = new Set(['warn', 'breach', 'escalate', 'reckon', 'request-call', 'time-out-call']);

/** Whether nothing differs but when it was due; what it then does is a decision like any other. */
function isOfTime({ type }: EntryDraft, { kind, led }: Otherwise): boolean {
  return TIMED.has(type) && (kind === 'refused' || (kind === 'elsewhere' && led === null));
}

/** Something that no definition decides: an instance was taken to another version, or back. */
function isOfService({ type, accepted }: EntryDraft): boolean {
  return accepted && type !== 'start' && !verbs.has(type) && !internalVerbs.has(type);
}

/**
 * Decides each command of the period in the state in which it was made. As long as candidate and record agree, that is what
 * the candidate itself has made of the instance; where they do not, it goes on from what really happened.
 */
export function createReplay(candidate: Candidate, subject: Subject, { since, until }: Period, sink: Sink): Replay {
  const { process: to } = candidate;
  const personal = createPersonal(subject);
  /** On the candidate, before the next command; null: it is to be put there from the record. */
  let instance: Instance | null = null;
  /** What it last was there: its clocks go on. */
  let known: Instance | null = null;
  /** The version of the command before. */
  let from: CompiledProcess | null = null;
  let pending: EntryDraft[] = [];
  /** Rounds of clocks as they were, and as they would have been. */
  let [then, now] = [createRounds(), createRounds()];

  function isRenamed(version: CompiledProcess): boolean {
    return version !== to && renames(candidate.mappingFrom(version));
  }

  function byNamesOfNow(entry: EntryDraft): EntryDraft {
    const version = candidate.versions(entry.version);
    return version === null || !isRenamed(version) ? entry : renamedEntry(entry, candidate.mappingFrom(version));
  }

  /** The instance as it stood after an entry, on the candidate; why not, where that cannot be. */
  function standingAfter(seq: number, version: CompiledProcess, cause: EntryDraft): Instance | Incomparable {
    const state = subject.stateAt(seq);
    if (state === null) return 'untraced';
    if (version === to) return personal.revealed(state, version);
    const mapping = candidate.mappingFrom(version);
    const migration = { process: to, version: null, mapping, moves: {} };
    const put = standIn(version, migration, personal.revealed(state, version));
    if (put === null) return 'nowhere';
    const { at, recordedAt } = cause;
    if (known === null) {
      const clocks = recalculate(version, to, put, recordedAt);
      then.note(running(withoutFormerClocks(mapping, put.clocks)));
      now.note(running(clocks));
      return { ...put, clocks };
    }
    const present = { process: to, instance: { ...put, clocks: known.clocks }, at, environment: { now: recordedAt } };
    const clocks = withRaised(clocksAfter(present, known), put.clocks);
    now.note(changedClocks(known.clocks, clocks));
    return { ...put, clocks };
  }

  /** What is to be told of a command; null: nothing. `instance` is then as it is after it. */
  function* judge(
    group: readonly EntryDraft[],
    cause: EntryDraft,
    version: CompiledProcess,
  ): Generator<readonly EvidenceAsk[], Otherwise | Incomparable | null> {
    const isSame = version === to;
    const { seq } = group.at(-1) ?? cause;
    if (cause.seq > 1 && instance === null) {
      const found = standingAfter(cause.seq - 1, version, cause);
      if (typeof found === 'string') return found;
      instance = found;
      known = found;
    }
    const before = instance;
    if (!isSame) for (const { changes } of group) then.note(changes?.clocks ?? {});
    if (cause.refusal?.code === 'key-in-use' || (cause.refusal?.code === 'invalid-input' && 'wrong' in toldBy(cause))) {
      // Whether a key was free, only the store of that day knew; of a wrong input nothing but where it was wrong is kept.
      if (before !== null) instance = { ...before, seq };
      return isSame || cause.refusal.code === 'key-in-use' ? null : 'not-kept';
    }
    const command = commandOf(cause, isRenamed(version) ? to : version, before, personal.reveal);
    const { answer, drew } = yield* decideAnew(candidate, before, command, cause);
    const otherwise = compare(group, answer, before, (entry) => whyNot(candidate, answer.instance, entry));
    if (otherwise === null && answer.instance !== null) {
      const after = drew ? withRecordedIds(version, before, answer.instance, group) : answer.instance;
      if (!isSame) now.note(changedClocks(before?.clocks ?? {}, after.clocks));
      known = after;
      instance = after.seq === seq ? after : { ...after, seq };
      return null;
    }
    const found = standingAfter(seq, version, cause);
    instance = typeof found === 'string' ? null : found;
    known = instance ?? known;
    if (otherwise === null || (!isSame && otherwise.entry === cause && isOfTime(cause, otherwise))) return null;
    if (personal.matters(toldBy(cause), answer.ok ? cause.verdicts : answer.reasons)) return 'erased';
    const isOver = otherwise.kind === 'refused' && otherwise.entry === cause && isGone(toldBy(cause), version, to);
    return isOver ? { ...otherwise, kind: 'gone' } : otherwise;
  }

  function* decideGroup(group: readonly EntryDraft[]): Generator<readonly EvidenceAsk[], void> {
    const [cause] = group;
    if (cause === undefined || cause.recordedAt >= until) return;
    const version = candidate.versions(cause.version);
    const isMoved = from !== null && version !== from;
    // From here on its clocks are the candidate's own.
    if (isMoved && version === to) tellLate(cause.recordedAt);
    from = version;
    // What happened before is what the period begins with, and what brought it to another version decided nothing.
    if (cause.recordedAt < since || (isMoved && cause.seq > 1) || isOfService(cause)) {
      instance = null;
      known = null;
      return;
    }
    const about = stepOf(cause, to, version, instance);
    sink.decided(about);
    const found = version === null ? 'unreadable' : yield* judge(group, cause, version);
    if (found === null) return;
    if (typeof found === 'string') {
      sink.incomparable(found);
      return;
    }
    const { entry, ...otherwise } = found;
    const { seq, at, recordedAt, actor, type: command } = entry;
    const { id, key } = subject;
    const step = entry === cause ? about : stepOf(entry, to, version, null);
    sink.differs({ instance: id, key, seq, at, recordedAt, actor, command, step, ...otherwise });
  }

  /** SLAs that would be breached or saved, as of an instant. */
  function tellLate(asOf: string): void {
    if (from === null || from === to) return;
    const { id, key } = subject;
    for (const late of latenessBetween(then, now, asOf < until ? asOf : until, [from, to]))
      sink.differs({ instance: id, key, ...late });
    [then, now] = [createRounds(), createRounds()];
  }

  return {
    *add(entries) {
      for (const entry of entries) {
        if (pending.length > 0 && typeof toldBy(entry).because !== 'number') {
          const group = pending;
          pending = [];
          yield* decideGroup(group);
        }
        pending.push(byNamesOfNow(entry));
      }
    },
    *end(asOf) {
      yield* decideGroup(pending);
      pending = [];
      tellLate(asOf);
    },
  };
}
