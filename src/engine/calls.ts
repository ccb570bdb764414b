import type { CompiledActivity, CompiledProcess } from '../compile/types.ts';
import type { Json } from '../json.ts';
import { isUnneeded } from './activity-need.ts';
import type { CallFailure, CallRecord } from './call-types.ts';
import { factsOf } from './context.ts';
import type { Draft } from './draft.ts';
import type { Instance } from './types.ts';

/** Failures that are kept; the history has all. */
const MOST_FAILURES = 5;
/** Longest wait between two tries. */
const MOST_WAIT_MS = 86_400_000;

type Live = Extract<CallRecord['status'], 'requested' | 'waiting' | 'failed'>;
const live: ReadonlySet<CallRecord['status']> = new Set<Live>(['requested', 'waiting', 'failed']);

/** Brings calls up to where the instance now stands: those whose activity is done or needs no doing are over. */
export function keepCalls(draft: Draft): void {
  const { process, instance } = draft;
  if (process.calling.length === 0) return;
  let calls: Record<string, CallRecord> | null = null;
  for (const compiled of process.calling) {
    const { id } = compiled.activity;
    const record = instance.calls[id];
    if (record === undefined || !live.has(record.status) || isCalled(process, instance, compiled, record)) continue;
    const isDone = instance.activities[id]?.status === 'done' && record.round === roundOf(instance, compiled);
    calls ??= { ...instance.calls };
    calls[id] = { ...record, status: isDone ? 'done' : 'dropped', due: null };
  }
  if (calls !== null) draft.instance = { ...instance, calls };
}

/** The activities for which a service is to be asked now. */
export function dueCalls(process: CompiledProcess, instance: Instance): readonly CompiledActivity[] {
  if (process.calling.length === 0 || instance.status !== 'active') return [];
  return process.calling.filter((compiled) => {
    const record = instance.calls[compiled.activity.id];
    const isAsked = record !== undefined && live.has(record.status) && record.round === roundOf(instance, compiled);
    return !isAsked && isOpen(process, instance, compiled) && isNeeded(process, instance, compiled);
  });
}

/** Asks a service, as the first try or as a further one. */
export function requestCall(draft: Draft, compiled: CompiledActivity, attempt: number): void {
  const { process, instance, environment } = draft;
  const { call } = compiled;
  if (call === null) throw new Error('an activity that is called has a call');
  const last = instance.calls[compiled.activity.id];
  const round = roundOf(instance, compiled);
  const record: CallRecord = {
    service: call.service,
    round,
    status: 'requested',
    attempt,
    sent: sentBy(process, instance, call.sends),
    requestedAt: environment.now,
    due: later(environment.now, call.timeoutMs),
    failures: last?.round === round ? last.failures : [],
  };
  change(draft, compiled.activity.id, record);
}

/** The service did not do it: it is asked again, or people are. */
export function failCall(draft: Draft, compiled: CompiledActivity, record: CallRecord, why: string): void {
  const { call } = compiled;
  if (call === null) throw new Error('an activity that is called has a call');
  const { now } = draft.environment;
  const failure: CallFailure = { attempt: record.attempt, at: now, why };
  const failures = [...record.failures, failure].slice(-MOST_FAILURES);
  const isLast = record.attempt >= call.tries;
  const wait = Math.min(call.waitMs * 2 ** (record.attempt - 1), MOST_WAIT_MS);
  const next = isLast
    ? { status: 'failed' as const, due: null }
    : { status: 'waiting' as const, due: later(now, wait) };
  change(draft, compiled.activity.id, { ...record, ...next, failures });
}

/** What time does to calls. */
export type CallTimer = 'request-call' | 'time-out-call';

/** The call that time does something to first; null: none. On hold nothing is asked, and nothing can be answered. */
export function nextCall(
  process: CompiledProcess,
  instance: Instance,
  only: CallTimer | null,
): {
  readonly compiled: CompiledActivity;
  readonly record: CallRecord;
  readonly due: string;
  readonly what: CallTimer;
} | null {
  if (process.calling.length === 0 || instance.status !== 'active') return null;
  let next: ReturnType<typeof nextCall> = null;
  for (const compiled of process.calling) {
    const record = instance.calls[compiled.activity.id];
    if (record === undefined || record.due === null) continue;
    const what = record.status === 'requested' ? 'time-out-call' : 'request-call';
    if ((only !== null && only !== what) || (next !== null && next.due <= record.due)) continue;
    next = { compiled, record, due: record.due, what };
  }
  return next;
}

/** Whether the activity waits for a service and not for people. */
export function isWithService({ calls }: Instance, activity: string): boolean {
  const status = calls[activity]?.status;
  return status === 'requested' || status === 'waiting';
}

/** Whether a service was asked for what the instance stands at. */
function isCalled(
  process: CompiledProcess,
  instance: Instance,
  compiled: CompiledActivity,
  record: CallRecord,
): boolean {
  return (
    record.round === roundOf(instance, compiled) &&
    isOpen(process, instance, compiled) &&
    (compiled.when === null || !isUnneeded(process, instance, compiled.activity.id))
  );
}

function isOpen(_: CompiledProcess, instance: Instance, { activity, step }: CompiledActivity): boolean {
  const { status = 'open' } = instance.activities[activity.id] ?? {};
  return status === 'open' && instance.position.some((place) => place.step === step.id);
}

function isNeeded(process: CompiledProcess, { fields }: Instance, { when }: CompiledActivity): boolean {
  return when === null || when.explain(factsOf(process, fields)).verdict === 'met';
}

export function roundOf(instance: Instance, { step }: CompiledActivity): number {
  return instance.steps[step.id]?.round ?? 1;
}

function sentBy({ fields }: CompiledProcess, instance: Instance, sends: readonly string[]): CallRecord['sent'] {
  const sent: Record<string, Json> = {};
  for (const id of sends) if (fields.get(id)?.personal !== true) sent[id] = instance.fields[id]?.value ?? null;
  return sent;
}

function change(draft: Draft, id: string, record: CallRecord): void {
  draft.instance = { ...draft.instance, calls: { ...draft.instance.calls, [id]: record } };
}

function later(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}
