import type { CompiledActivity, CompiledApproval, CompiledProcess } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import type { InputProblem } from '../errors.ts';
import type { Json } from '../json.ts';
import { ENGINE } from '../names.ts';
import { withheld } from './access.ts';
import { requestApproval, voidApprovals } from './approval-changes.ts';
import { presentRecord } from './approval-reason.ts';
import { impliedRequests } from './approval-verbs.ts';
import { dueCalls, keepCalls, requestCall } from './calls.ts';
import { settleChildren } from './children.ts';
import { keepClocks } from './clocks.ts';
import { type Context, contextOf } from './context.ts';
import { all } from './criteria.ts';
import { type Draft, setFields } from './draft.ts';
import { acceptedEntry, commandMembers } from './entry.ts';
import { keepEvidence } from './evidence.ts';
import { possibleActions } from './explain.ts';
import { judge } from './judge.ts';
import { withLastMove } from './last-move.ts';
import { advance } from './move-verbs.ts';
import { refuse, refuseInput, refuseType } from './refuse.ts';
import { begin, parseStart, START_MEMBERS, startReasons, unstarted } from './start.ts';
import { durationText, toInstant } from './time.ts';
import { keepTimes } from './times.ts';
import type { Actor, Command, Decision, EntryDraft, Environment, Instance, Refusal } from './types.ts';
import { brief } from './values.ts';
import { Members, type Verb } from './verb.ts';
import { internalVerbs, verbs } from './verbs.ts';

/** Commands whose gate verdicts are kept with what they did. */
const GATED: ReadonlySet<string> = new Set(['advance', 'enter', 'repeat', 'skip']);

/** Commands that ask for the approvals that alone they lack. */
const ASKING: ReadonlySet<string> = new Set(['advance', 'skip']);

/** How far an event time may lie ahead of ours: clocks differ, facts of the future do not exist. */
const AHEAD_MS = 5 * 60_000;

/**
 * Decides a command on an instance. Pure: the same arguments give the same answer, byte for byte.
 * A refusal explains itself and counts as history too; an instance that it was given is never changed.
 */
export function decide(
  process: CompiledProcess,
  instance: Instance,
  command: Command,
  environment: Environment,
): Decision | Refusal {
  const verb = verbs.get(command.type) ?? (command.internal === true ? internalVerbs.get(command.type) : undefined);
  if (verb !== undefined) return verb((found) => decideVerb(found, process, instance, command, environment));
  const { now, evidence } = environment;
  const context: Context = { process, instance, actor: command.actor, at: now, now, evidence };
  return refuseType(context, command, environment, [...verbs.keys()]);
}

function decideVerb<Input>(
  verb: Verb<Input>,
  process: CompiledProcess,
  instance: Instance,
  command: Command,
  environment: Environment,
): Decision | Refusal {
  const members = new Members(command.input, verb.members, ['type', ...verb.members, 'at']);
  // What time does may have been due before: a field can say so.
  const notBefore = command.internal === true ? null : instance.startedAt;
  const at = eventTime(command, environment, notBefore, members.problems);
  const { now, evidence } = environment;
  const context: Context = { process, instance, actor: command.actor, at, now, evidence };
  // Whoever may not see something learns nothing of it either, not even what is wrong with the rest of the command.
  const named = namedTarget(process, command);
  // What the service itself brings is for somebody who need not see it.
  const unseen = command.internal === true ? null : withheld(context, named);
  if (unseen !== null) return refuse(context, command, environment, at, all([unseen]), { ...named });
  const parsed = verb.parse(context, members);
  if (parsed === null || members.problems.length > 0) {
    return refuseInput(context, command, environment, at, members.problems);
  }
  const tree = command.internal === true ? verb.check(context, parsed.target) : judge(verb, context, parsed.target);
  if (tree.verdict !== 'met') {
    const asked = ASKING.has(verb.type) ? impliedRequests(context, tree) : [];
    const given = commandMembers(process, command.input, null);
    const refusal = refuse(context, command, environment, at, tree, given, asked);
    return asked.length === 0 ? refusal : withRequests(refusal, asked, context, command, environment, at, parsed.input);
  }
  const draft: Draft = {
    process,
    environment,
    actor: command.actor,
    at,
    instance,
    seq: instance.seq + 1,
    personal: [],
  };
  verb.apply(draft, parsed);
  voidApprovals(draft, instance);
  settleChildren(draft, command.actor.id);
  keepEvidence(draft, instance);
  keepClocks(draft, instance);
  keepCalls(draft);
  settle(draft);
  const input = Object.assign(
    commandMembers(process, command.input, draft.instance.fields),
    parsed.target,
    parsed.told,
  );
  const gated = GATED.has(verb.type) ? tree : null;
  const entry = acceptedEntry(draft, instance, command, input, gated);
  const own = draft.instance;
  const decision = withLastMove(andThen(draft, [entry]), instance, own, verb.isFinal ?? false);
  const event = verb.after?.(parsed) ?? null;
  return event === null ? decision : withEvent(process, decision, event, command, environment);
}

/**
 * Starts an instance of a version. A refusal has no instance to be recorded on.
 * `Command.input` is what came beside `process` and `version`.
 */
export function start(
  process: CompiledProcess,
  version: number,
  command: Command,
  environment: Environment,
): Decision | Refusal {
  const members = new Members(command.input, START_MEMBERS, ['process', 'version', ...START_MEMBERS, 'at']);
  const at = eventTime(command, environment, null, members.problems);
  const instance = unstarted(process, version, command, at, environment);
  // What it is given is for the definition of its parent, or its own schedule, to say.
  const giver = command.origin === undefined ? command.actor : { ...command.actor, roles: [ADMIN] };
  const values = parseStart({ process, instance, actor: giver, at, now: environment.now }, members);
  const draft: Draft = { process, environment, actor: command.actor, at, instance, seq: 1, personal: [] };
  if (members.problems.length === 0) setFields(draft, values, command.actor.id);
  const context: Context = contextOf(draft);
  if (members.problems.length > 0) {
    return withoutInstance(refuseInput(context, command, environment, at, members.problems));
  }
  const tree = startReasons(context);
  if (tree.verdict !== 'met') return withoutInstance(refuse(context, command, environment, at, tree, {}));
  begin(draft);
  settleChildren(draft, command.actor.id);
  keepClocks(draft, null);
  settle(draft);
  const input: Record<string, Json> = commandMembers(process, command.input, draft.instance.fields);
  const told = tickOf(command, environment);
  return andThen(draft, [acceptedEntry(draft, null, command, told === null ? input : { ...input, ...told }, tree)]);
}

/** What the entry of a start by a schedule says of it. */
function tickOf({ origin }: Command, { now }: Environment): { readonly tick: string; readonly late: string } | null {
  const tick = origin?.tick ?? null;
  return tick === null ? null : { tick, late: durationText(Math.max(0, Date.parse(now) - Date.parse(tick))) };
}

/** The step and the activity that a command names, as far as the process has them. */
function namedTarget({ steps, activities }: CompiledProcess, { input }: Command): { step?: string; activity?: string } {
  const { step, activity } = input;
  return {
    ...(typeof step === 'string' && steps.has(step) && { step }),
    ...(typeof activity === 'string' && activities.has(activity) && { activity }),
  };
}

function withoutInstance(refusal: Refusal): Refusal {
  return { ...refusal, instance: null, entries: [], possible: [] };
}

function engineOf({ tenant }: Instance): Actor {
  return { id: ENGINE, roles: [ADMIN], team: null, tenant, via: null };
}

/** An event that the engine sends after another, now: gates hold for it as for anybody, and a refusal is recorded too. */
function withEvent(
  process: CompiledProcess,
  decision: Decision,
  { type = '', ...input }: Readonly<Record<string, string>>,
  { requestId }: Command,
  environment: Environment,
): Decision {
  const because = decision.entries[0]?.seq ?? 0;
  const sent: Command = { type, input, actor: engineOf(decision.instance), requestId };
  const answer = decide(process, decision.instance, sent, environment);
  const [first, ...rest] = answer.entries;
  const told = first === undefined ? [] : [{ ...first, command: Object.assign({ because }, first.command) }];
  return {
    ok: true,
    instance: answer.instance ?? decision.instance,
    entries: [...decision.entries, ...told, ...rest],
    personal: answer.ok ? [...decision.personal, ...answer.personal] : decision.personal,
  };
}

/** Then what the engine does by itself: steps that advance as soon as their gates are open, each at most once. */
export function andThen(draft: Draft, entries: EntryDraft[]): Decision {
  const process = draft.process;
  const engine = engineOf(draft.instance);
  const done = new Set<string>();
  for (;;) {
    const before = draft.instance;
    const context: Context = { ...contextOf(draft), actor: engine };
    const open = before.position.find(({ step }) => {
      const automatic = process.steps.get(step)?.step.advance === 'auto' && !done.has(step);
      return automatic && advance.check(context, { step }).verdict === 'met';
    });
    if (open === undefined) {
      // In the very context that was just asked, which knows what its exits answer.
      entries.push(...requestAll(draft, wanted(context), engine, entries[0]));
      break;
    }
    done.add(open.step);
    const tree = advance.check(context, { step: open.step });
    const cause = entries[0];
    draft.seq += 1;
    advance.apply(draft, { target: { step: open.step }, input: null });
    voidApprovals(draft, before);
    settleChildren(draft, ENGINE);
    keepEvidence(draft, before);
    keepClocks(draft, before);
    keepCalls(draft);
    settle(draft);
    const command: Command = { type: 'advance', input: {}, actor: engine, requestId: cause?.requestId ?? '' };
    const input = { step: open.step, because: cause?.seq ?? 0 };
    entries.push(acceptedEntry(draft, before, command, input, tree));
  }
  for (const compiled of dueCalls(process, draft.instance))
    entries.push(callEntry(draft, compiled, engine, entries[0]));
  return { ok: true, instance: draft.instance, entries, personal: draft.personal };
}

/**
 * What a step that advances by itself asks for, once in each of its rounds: nobody sends an `advance` that would. What was
 * void, withdrawn or rejected is for people to ask for again, so that nobody approves what they have not seen.
 */
function wanted(context: Context): readonly CompiledApproval[] {
  return context.instance.position.flatMap(({ step }) => {
    if (context.process.steps.get(step)?.step.advance !== 'auto') return [];
    const asked = impliedRequests(context, advance.check(context, { step }));
    return asked.filter((compiled) => presentRecord(context, compiled) === null);
  });
}

/** Requests approvals because of another entry, each as an entry of its own. */
function requestAll(
  draft: Draft,
  asked: readonly CompiledApproval[],
  actor: Actor,
  cause: EntryDraft | undefined,
  comment: string | null = null,
): readonly EntryDraft[] {
  return asked.map((compiled) => {
    const before = draft.instance;
    draft.seq += 1;
    requestApproval(draft, compiled, comment);
    keepClocks(draft, before);
    settle(draft);
    const command: Command = { type: 'request-approval', input: {}, actor, requestId: cause?.requestId ?? '' };
    const input = { approval: compiled.approval.id, because: cause?.seq ?? 0 };
    return acceptedEntry(draft, before, command, input, null);
  });
}

/** Asks a service because of another entry, as an entry of its own: each is one message with all that it needs. */
function callEntry(draft: Draft, compiled: CompiledActivity, actor: Actor, cause: EntryDraft | undefined): EntryDraft {
  const before = draft.instance;
  draft.seq += 1;
  requestCall(draft, compiled, 1);
  settle(draft);
  const command: Command = { type: 'request-call', input: {}, actor, requestId: cause?.requestId ?? '' };
  const input = { activity: compiled.activity.id, because: cause?.seq ?? 0 };
  return acceptedEntry(draft, before, command, input, null);
}

/**
 * The refusal of an `advance` or a `skip` that only lacked approvals, and the requests that it implies: the refused command
 * changes nothing, the requests are entries of their own, so that history, verifying and replay need no third kind of entry.
 */
function withRequests(
  refusal: Refusal,
  asked: readonly CompiledApproval[],
  { process, instance, actor }: Context,
  command: Command,
  environment: Environment,
  at: string,
  given: unknown,
): Refusal {
  // Whoever approves a skip should know what it is for.
  const comment = typeof given === 'string' ? given : null;
  const refused = refusal.instance ?? instance;
  const draft: Draft = { process, environment, actor, at, instance: refused, seq: refused.seq, personal: [] };
  const requests = requestAll(draft, asked, command.actor, refusal.entries[0], comment);
  return {
    ...refusal,
    possible: environment.isBrief === true ? [] : possibleActions(contextOf(draft)),
    instance: draft.instance,
    entries: [...refusal.entries, ...requests],
  };
}

/** Counts the step just taken, and the time of the rounds that it leaves open. */
export function settle(draft: Draft): void {
  const { instance, seq, environment } = draft;
  const times = keepTimes(draft);
  draft.instance = { ...instance, times, seq, revision: instance.revision + 1, updatedAt: environment.now };
}

function eventTime(
  command: Command,
  environment: Environment,
  notBefore: string | null,
  problems: InputProblem[],
): string {
  if (command.at === undefined) return environment.now;
  const at = toInstant(command.at);
  const latest = Date.parse(environment.now) + AHEAD_MS;
  if (at !== null && Date.parse(at) <= latest && (notBefore === null || at >= notBefore)) return at;
  const earliest = notBefore === null ? '' : `${notBefore} – `;
  problems.push({
    pointer: '/at',
    message: {
      zh: `at 应为带时区的事件时间（${earliest}${environment.now}，不能在将来）；收到 ${brief(command.at)}`,
      en: `at should be the event's time with its offset (${earliest}${environment.now}, not in the future); found ${brief(command.at)}`,
    },
  });
  return environment.now;
}
