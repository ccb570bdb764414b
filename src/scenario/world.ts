import { add, type Calendar } from '../calendar/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import { ADMIN, parseDuration } from '../definition/index.ts';
import { BY_PARENT, decide, factsOf, laterBy, nextTimer, scopeText, start, toInstant } from '../engine/index.ts';
import type {
  Actor,
  ChildRecord,
  Command,
  Decision,
  EntryDraft,
  Environment,
  EvidenceOf,
  Instance,
  Refusal,
} from '../engine/types.ts';
import { ENGINE, MAIN_TENANT } from '../names.ts';
import type { StandingEvidence } from './types.ts';

/** Where a scenario has got to. Never changed in place: others may go on from it. */
export interface World {
  readonly process: CompiledProcess;
  /** Null before its start. */
  readonly instance: Instance | null;
  /** The virtual clock, ISO 8601 UTC. */
  readonly now: string;
  readonly actor: Actor;
  readonly evidence: EvidenceOf;
  readonly entries: readonly EntryDraft[];
  /** Ids made so far. */
  readonly made: number;
}

/** What became of a command. */
export interface Sent {
  readonly world: World;
  /** Null: it was accepted. */
  readonly refusal: Refusal | null;
}

/** Timers that may fire in one wait. */
const MOST_FIRED = 2_000;

const admin: Actor = { id: ADMIN, roles: [ADMIN], team: null, tenant: MAIN_TENANT, via: null };
const engine: Actor = { ...admin, id: ENGINE };

export function newWorld(process: CompiledProcess, now: string, standing: readonly StandingEvidence[]): World {
  const evidence: EvidenceOf = (name, scope) =>
    standing.filter((each) => each.evidence === name && (each.scope === null || scopeText(each.scope) === scope));
  return { process, instance: null, now, actor: admin, evidence, entries: [], made: 0 };
}

/** Sends a command as the service would, and then what it sends by itself: news of children, and what is due already. */
export function send(world: World, command: Omit<Command, 'requestId'>): Sent {
  const { process, instance, now, evidence } = world;
  let { made } = world;
  const environment: Environment = {
    now,
    evidence,
    ids: () => {
      made += 1;
      return `id-${made}`;
    },
  };
  const full: Command = { ...command, requestId: 'scenario' };
  const answer =
    command.type === 'start'
      ? start(process, 1, full, environment)
      : instance === null
        ? null
        : decide(process, instance, full, environment);
  if (answer === null) throw new Error('a command is sent to an instance');
  const next = followed(world, answer, made);
  return { world: fireUntil(settleChildren(next), next.now), refusal: answer.ok ? null : answer };
}

function followed(world: World, answer: Decision | Refusal, made: number): World {
  return {
    ...world,
    instance: answer.instance ?? world.instance,
    entries: [...world.entries, ...answer.entries],
    made,
  };
}

/** A command that only the service sends; refused, it leaves no trace. */
function sendInternal(world: World, type: string, input: Command['input'], at?: string): World | null {
  const { process, instance, now, evidence } = world;
  if (instance === null) return null;
  let { made } = world;
  const ids = () => {
    made += 1;
    return `id-${made}`;
  };
  const command: Command = { type, input, actor: engine, at, requestId: 'scenario', internal: true };
  const answer = decide(process, instance, command, { now, evidence, ids });
  return answer.ok ? followed(world, answer, made) : null;
}

/** Children are started as soon as they are asked for, and closed where nobody wants them any more. */
function settleChildren(world: World): World {
  let current = world;
  for (const [id, record] of Object.entries(world.instance?.children ?? {})) {
    const news = newsOf(id, record, world.now);
    if (news !== null) current = sendInternal(current, news.type, news.input) ?? current;
  }
  return current;
}

function newsOf(
  child: string,
  { status, need }: ChildRecord,
  now: string,
): { readonly type: string; readonly input: Command['input'] } | null {
  if (need === 'wanted' && status === 'requested') return { type: 'child-started', input: { child, startedAt: now } };
  if (need === 'dropped' && status === 'started')
    return { type: 'child-ended', input: { child, outcome: null, reason: BY_PARENT, endedAt: now } };
  return null;
}

/** Tells what became of a child; null: it is none that this can be told of. */
export function tellOfChild(world: World, type: string, input: Command['input']): World | null {
  const told = sendInternal(world, type, input);
  return told === null ? null : fireUntil(settleChildren(told), world.now);
}

/** Lets time pass until an instant: what falls due on the way happens at its own time, as timers would send it. */
export function fireUntil(world: World, until: string): World {
  let current = world;
  for (let fired = 0; fired < MOST_FIRED && current.instance !== null; fired += 1) {
    const next = nextTimer(current.process, current.instance);
    if (next === null || next.due > until) break;
    const then = { ...current, now: later(next.due, current.now) };
    // What cannot be fired as things stand is left alone, as the service would for a while.
    const told = sendInternal(then, next.what, {}, next.due) ?? sendInternal(then, 'reckon', {});
    if (told === null) break;
    current = settleChildren(told);
  }
  return { ...current, now: later(until, current.now) };
}

const later = (one: string, other: string): string => (one < other ? other : one);

/** The instant that words of a wait mean: `2 working days`, `3 days`, `until 2026-03-02T09:00+08:00`. */
export function waitedUntil(world: World, words: string): string {
  const until = /^until (.*)$/.exec(words)?.[1];
  if (until !== undefined) return toInstant(until) ?? world.now;
  const duration = parseDuration(words);
  if (duration === null) return world.now;
  const calendar = calendarOf(world);
  if (calendar !== null) return new Date(add(calendar, Date.parse(world.now), duration).at).toISOString();
  const { unit } = duration;
  // Where no calendar says what working time is, every day is worked around the clock.
  const plain = unit === 'working days' ? 'days' : unit === 'working hours' ? 'hours' : unit;
  return laterBy(world.now, { ...duration, unit: plain });
}

/** The calendar of the process that counts now: the first whose condition holds, else the last; null: none is known. */
function calendarOf({ process, instance }: World): Calendar | null {
  const facts = factsOf(process, instance?.fields ?? {});
  const choices = process.definition.calendar;
  const holds = (when: string | null) =>
    when === null || process.conditions.get(when)?.explain(facts).verdict === 'met';
  const { use } = choices.find(({ when }) => holds(when)) ?? choices.at(-1) ?? { use: '' };
  return process.calendars.get(use) ?? null;
}
