import type { CompiledProcess } from '../../src/compile/types.ts';
import { mappingOf } from '../../src/diff/index.ts';
import { decide, migrate, nextTimer, start } from '../../src/engine/index.ts';
import type { Actor, Command, Decision, EntryDraft, Instance, Refusal } from '../../src/engine/types.ts';
import { createReplay, createTally } from '../../src/replay/index.ts';
import type { Difference } from '../../src/replay/types.ts';
import { internal } from '../engine/parent.ts';
import { actor } from '../engine/process.ts';

/** What somebody does at a time of March 2026: a day and an hour in UTC. */
export interface Happening {
  readonly day: number;
  readonly who: Actor;
  readonly type: string;
  readonly input?: Readonly<Record<string, unknown>>;
}

export interface Story {
  readonly entries: readonly EntryDraft[];
  readonly states: ReadonlyMap<number, Instance>;
  /** The version of each entry, by its number. */
  readonly versions: ReadonlyMap<number, CompiledProcess>;
}

export const onDay = (day: number) => `2026-03-${String(day).padStart(2, '0')}T01:00:00.000Z`;

/** Plays a story to the end of a day, with all that time does meanwhile; `moved` takes it to another version before a day. */
export function tell(
  process: CompiledProcess,
  happenings: readonly Happening[],
  lastDay: number,
  moved: { readonly day: number; readonly to: CompiledProcess } | null = null,
): Story {
  const entries: EntryDraft[] = [];
  const states = new Map<number, Instance>();
  let present = process;
  let instance: Instance | null = null;
  let made = 0;
  const env = (now: string) => ({ now, ids: () => `id-${++made}`, evidence: () => [] });
  const put = (answer: Decision | Refusal) => {
    entries.push(...answer.entries);
    if (answer.instance !== null) instance = answer.instance;
    const { seq } = entries.at(-1) ?? { seq: 0 };
    if (instance !== null) states.set(seq, { ...instance, seq });
  };
  const pass = (to: string) => {
    for (;;) {
      const next = instance === null ? null : nextTimer(present, instance);
      if (instance === null || next === null || next.due > to) return;
      put(decide(present, instance, { ...internal(next.what), at: next.due }, env(next.due)));
    }
  };
  const all = [...happenings].sort((a, b) => a.day - b.day);
  const days = new Set([...all.map(({ day }) => day), ...(moved === null ? [] : [moved.day])]);
  for (const day of [...days].sort((a, b) => a - b)) {
    const now = onDay(day);
    pass(now);
    if (moved?.day === day && instance !== null) {
      const mapping = mappingOf(present.definition, moved.to.definition);
      put(
        migrate(present, instance, internal('migrate', { plan: null }), env(now), {
          process: moved.to,
          version: 2,
          mapping,
          moves: {},
        }),
      );
      present = moved.to;
    }
    for (const { who, type, input = {} } of all.filter((each) => each.day === day)) {
      const command: Command = { type, input, actor: who, requestId: 'r' };
      put(instance === null ? start(present, 1, command, env(now)) : decide(present, instance, command, env(now)));
    }
  }
  pass(onDay(lastDay));
  return { entries, states, versions: new Map([[1, process], ...(moved === null ? [] : [[2, moved.to] as const])]) };
}

/** What a replay of a story tells, and how many of its commands the candidate decides as they were. */
export function replayed({ entries, states, versions }: Story, to: CompiledProcess) {
  const tally = createTally();
  const found: Difference[] = [];
  const sink = {
    ...tally,
    differs(difference: Difference) {
      found.push(difference);
      tally.differs(difference);
    },
  };
  const candidate = {
    process: to,
    mappingFrom: (from: CompiledProcess) => mappingOf(from.definition, to.definition),
    versions: (version: number) => versions.get(version) ?? null,
    evidence: () => [],
  };
  const subject = {
    id: entries[0]?.instance ?? '',
    key: null,
    personal: () => undefined,
    stateAt: (seq: number) => states.get(seq) ?? null,
  };
  const replay = createReplay(candidate, subject, { since: '2026', until: '2027' }, sink);
  // Nothing asks for evidence here.
  for (const asks of [...replay.add(entries), ...replay.end('2026-12-31T00:00:00.000Z')])
    throw new Error(JSON.stringify(asks));
  return { found, counts: tally.counts() };
}

export const REP = actor('ren', 'rep');
export const MANAGER = actor('mo', 'manager');
