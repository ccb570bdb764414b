import type { CompiledProcess } from '../compile/types.ts';
import {
  HIDDEN,
  type Hidden,
  hiddenFrom,
  maskApprovals,
  maskCalls,
  maskEntry,
  maskEvidence,
  maskMissing,
  maskReason,
  maskRound,
  type Resting,
  refusalDetail,
  roundsOf,
  unseen,
  type Whose,
} from '../engine/index.ts';
import type { Action, Actor, Instance, Refusal } from '../engine/types.ts';
import type { Loaded } from './document.ts';
import type { EntryView, InstanceDetail, InstanceView, Standing } from './types.ts';
import { instanceView, known, quarantinedView } from './view.ts';

/** An instance as the actor sees it: hidden values are masked, hidden activities left out. */
export function presentInstance(process: CompiledProcess, instance: Instance, actor: Actor): InstanceView {
  return maskedInstance(process, instance, hiddenFrom(process, instance, actor));
}

/** An instance without what is hidden. */
export function maskedInstance(process: CompiledProcess, instance: Instance, hidden: Hidden | null): InstanceView {
  const view = instanceView(process, instance);
  if (hidden === null) return view;
  return {
    ...view,
    key: maskedKey(process, instance, hidden),
    activities: without(view.activities, hidden.activities),
    fields: Object.fromEntries(
      Object.entries(view.fields).map(([id, value]) => [id, hidden.fields.has(id) ? HIDDEN : value]),
    ),
  };
}

/** The business key, masked where its field is hidden. */
export function shownKey(process: CompiledProcess, instance: Instance, actor: Actor): string | null {
  return maskedKey(process, instance, hiddenFrom(process, instance, actor));
}

function maskedKey({ definition }: CompiledProcess, { key }: Instance, hidden: Hidden | null): string | null {
  const isHidden = definition.key !== null && hidden?.fields.has(definition.key);
  return key !== null && isHidden ? HIDDEN : key;
}

/** Where an instance stands, as the actor sees it. */
export function presentStanding(process: CompiledProcess, instance: Instance, actor: Actor): Standing {
  const { id, status, outcome, revision, seq, position } = instance;
  return { id, key: shownKey(process, instance, actor), status, outcome, revision, seq, position };
}

/** The same of what is shown already. */
export function standingOf({ id, key, status, outcome, revision, seq, position }: InstanceView): Standing {
  return { id, key, status, outcome, revision, seq, position };
}

export function presentLoaded(loaded: Loaded, actor: Actor): InstanceView {
  return loaded.ok
    ? presentInstance(loaded.process, loaded.instance, actor)
    : quarantinedView(loaded.row, loaded.quarantine.en);
}

export function presentRecords(process: CompiledProcess, instance: Instance, actor: Actor): InstanceDetail['records'] {
  return maskedRecords(process, instance, hiddenFrom(process, instance, actor));
}

/** Who made an instance what it is, without what is hidden. */
export function maskedRecords(
  process: CompiledProcess,
  instance: Instance,
  hidden: Hidden | null,
): InstanceDetail['records'] {
  const { children, evidence } = instance;
  const activities = known(process.activities, instance.activities);
  const fields = known(process.fields, instance.fields);
  const approvals = known(process.approvals, instance.approvals);
  const calls = known(process.activities, instance.calls);
  const steps = Object.fromEntries(
    Object.entries(known(process.steps, instance.steps)).map(([id, record]) => {
      const rounds = roundsOf(instance, id);
      return [id, { ...record, rounds: hidden === null ? rounds : rounds.map((round) => maskRound(hidden, round)) }];
    }),
  );
  if (hidden === null) return { steps, activities, fields, approvals, children, evidence, calls };
  return {
    steps,
    activities: without(activities, hidden.activities),
    fields: without(fields, hidden.fields),
    approvals: maskApprovals(hidden, approvals),
    children,
    evidence: maskEvidence(hidden, evidence),
    calls: maskCalls(hidden, calls),
  };
}

/** What activities rest on, without hidden activities and the values of hidden fields. */
export function presentResting(
  process: CompiledProcess,
  whose: Whose,
  actor: Actor,
  resting: readonly Resting[],
): readonly Resting[] {
  const hidden = hiddenFrom(process, whose, actor);
  if (hidden === null) return resting;
  return resting
    .filter(({ activity }) => !hidden.activities.has(activity))
    .map((rests) => {
      const from = process.activities.get(rests.activity)?.activity.shared?.scope ?? [];
      const isHidden = from.some((part) => hidden.fields.has(part.from));
      const scope = Object.fromEntries(Object.keys(rests.scope).map((field) => [field, HIDDEN]));
      return isHidden ? { ...rests, scope } : rests;
    });
}

export function presentActions(
  process: CompiledProcess,
  whose: Whose,
  actor: Actor,
  actions: readonly Action[],
): readonly Action[] {
  const hidden = hiddenFrom(process, whose, actor);
  if (hidden === null) return actions;
  return actions.map((action) => ({
    ...action,
    reasons: action.reasons === null ? null : maskReason(hidden, action.reasons),
    missing: maskMissing(hidden, action.missing),
  }));
}

/** Entries without what any of these versions hides. */
export function presentEntries(
  versions: readonly CompiledProcess[],
  whose: Whose,
  actor: Actor,
  entries: readonly EntryView[],
): readonly EntryView[] {
  const hidden = hiddenInAny(versions, whose, actor);
  return hidden === null ? entries : entries.map((entry) => maskEntry(hidden, entry));
}

/** Null: nothing is. */
export function hiddenInAny(versions: readonly CompiledProcess[], whose: Whose, actor: Actor): Hidden | null {
  const each = versions.flatMap((version) => hiddenFrom(version, whose, actor) ?? []);
  const [first] = each;
  if (first === undefined || each.length === 1) return first ?? null;
  const all = (name: keyof Hidden) => new Set(each.flatMap((hidden) => [...hidden[name]]));
  return { activities: all('activities'), fields: all('fields'), clocks: all('clocks') };
}

/** A refusal without what the actor may not see; of an instance that it does not see at all, only why not. */
export function presentRefusal(process: CompiledProcess, whose: Whose, actor: Actor, refusal: Refusal): Refusal {
  if (refusal.instance !== null && unseen(process, whose, actor) !== null) return { ...refusal, instance: null };
  const hidden = hiddenFrom(process, whose, actor);
  return hidden === null ? refusal : maskRefusal(hidden, refusal);
}

function maskRefusal(hidden: Hidden, refusal: Refusal): Refusal {
  if (refusal.reasons === null) return refusal;
  const reasons = maskReason(hidden, refusal.reasons);
  return { ...refusal, reasons, detail: refusalDetail(reasons).detail, missing: maskMissing(hidden, refusal.missing) };
}

function without<V>(records: Readonly<Record<string, V>>, ids: ReadonlySet<string>): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(records).filter(([id]) => !ids.has(id)));
}
