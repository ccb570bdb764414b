import type { CompiledActivity, CompiledProcess } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import { isUnneeded } from '../engine/index.ts';
import type { Actor, Reason, Refusal } from '../engine/types.ts';
import type { Json } from '../json.ts';
import { MAIN_TENANT } from '../names.ts';
import { commandOf } from './command-of.ts';
import { failingIds } from './differences.ts';
import { conditionsOf, samplesOf, sampleValue } from './sample-values.ts';
import { newWorld, type Sent, send, tellOfChild, type World } from './world.ts';

/** A step of a scenario as it is written. */
export type Written = Readonly<Record<string, Json>>;

/** A scenario in the making: where it has got to, and its steps so far, the start first. */
export interface Draft {
  readonly world: World;
  readonly steps: readonly Written[];
}

/** Sets of values that are tried to open a gate, or to shut it. */
const MOST_TRIED = 1_500;
/** Approvals and children that are seen to before a step is given up. */
const MOST_ANSWERS = 12;

const person = (role: string): Actor => ({ id: role, roles: [role], team: null, tenant: MAIN_TENANT, via: null });

/** The start of an instance; null: nobody can start one with nothing. */
export function begin(process: CompiledProcess, at: string): Draft | null {
  const standing = process.resting.flatMap(({ activity: { shared } }) =>
    shared === null
      ? []
      : [
          {
            evidence: shared.evidence,
            scope: null,
            instance: 'evidence',
            validFrom: '0001-01-01',
            validTo: '9999-12-31',
          },
        ],
  );
  const world = newWorld(process, at, standing);
  for (const role of [...process.access.start, ADMIN]) {
    const sent = send(world, { type: 'start', input: { fields: {} }, actor: person(role) });
    if (sent.refusal === null) return { world: sent.world, steps: [{ as: role }] };
  }
  return null;
}

/** A command by the first of some roles that may; null: it is refused whoever sends it. */
export function act(
  draft: Draft,
  word: string,
  value: Json,
  roles: readonly string[],
  beside: Written = {},
): Draft | null {
  for (const role of [...roles, ADMIN]) {
    const { world, refusal } = order(draft.world, role, word, value, beside);
    if (refusal === null) return { world, steps: [...draft.steps, { as: role, [word]: value, ...beside }] };
    if (refusal.code !== 'role-required') return null;
  }
  return null;
}

function order(world: World, role: string, word: string, value: Json, beside: Written = {}): Sent {
  if (world.instance === null) throw new Error('a scenario in the making has begun');
  const action = { kind: 'command', word, value, members: beside, at: undefined } as const;
  return send(world, { ...commandOf(world.process, world.instance, action), actor: person(role) });
}

/** Enters a step that waits. */
export function enter(draft: Draft, step: string): Draft | null {
  return act(draft, 'enter', step, draft.world.process.steps.get(step)?.roles ?? []);
}

/** Does an activity with values for what it must supply. */
export function complete(draft: Draft, { activity, roles }: CompiledActivity, wanted: Written): Draft | null {
  const { process, instance, now } = draft.world;
  const fields = [...activity.supplies, ...activity.maySupply].filter(
    (id) =>
      Object.hasOwn(wanted, id) || (activity.supplies.includes(id) && (instance?.fields[id]?.value ?? null) === null),
  );
  const values = fields.map((id) => {
    const field = process.fields.get(id);
    return [id, wanted[id] ?? (field === undefined ? null : sampleValue(field, now))] as const;
  });
  const { choices } = activity;
  const beside: Written = {
    ...(choices === null ? {} : { choices: choices.of.slice(0, choices.atLeast).map(({ id }) => id) }),
    ...(values.length === 0 ? {} : { with: Object.fromEntries(values) }),
  };
  const isCalled = instance?.calls[activity.id]?.status === 'requested';
  return act(draft, isCalled ? 'answer-call' : 'complete', activity.id, roles, beside);
}

/** Does everything that a step asks for but its gates. */
export function work(draft: Draft, step: string, wanted: Written): Draft | null {
  const { process } = draft.world;
  let current: Draft | null = draft;
  for (const { id, optional, shared, supplies, choices } of process.steps.get(step)?.step.activities ?? []) {
    const { instance } = current.world;
    const isDone = (instance?.activities[id]?.status ?? 'open') !== 'open';
    const rests = shared !== null && supplies.length === 0 && choices === null;
    const compiled = process.activities.get(id);
    if (isDone || optional || rests || compiled === undefined || instance === null) continue;
    if (isUnneeded(process, instance, id)) continue;
    current = complete(current, compiled, wanted);
    if (current === null || !isOpen(current, step)) return current;
  }
  return current;
}

export function isOpen({ world }: Draft, step: string): boolean {
  return world.instance?.position.some((place) => place.step === step) ?? false;
}

/** Leaves a step that is worked in, with whatever approvals and children that takes; null: it stays shut. */
export function leave(draft: Draft, step: string): Draft | null {
  if (!isOpen(draft, step)) return draft;
  const roles = draft.world.process.steps.get(step)?.roles ?? [];
  let current = draft;
  for (let asked = 0; asked < MOST_ANSWERS; asked += 1) {
    const done = act(current, 'advance', step, roles);
    if (done !== null) return done;
    const role = mover(current, step);
    const { world, refusal } = order(current.world, role, 'advance', step);
    const next = refusal === null ? null : answered(current, world, refusal, { as: role, advance: step });
    if (next === null) return null;
    current = next;
  }
  return null;
}

/** Who may move a step on. */
export function mover({ world }: Draft, step: string): string {
  const roles = [...(world.process.steps.get(step)?.roles ?? []), ADMIN];
  return roles.find((role) => order(world, role, 'advance', step).refusal?.code !== 'role-required') ?? ADMIN;
}

/** What is missing given by whoever can: an approval, or the end of a child. */
function answered(draft: Draft, refused: World, { reasons }: Refusal, step: Written): Draft | null {
  const shut = (reasons?.of ?? []).filter(({ verdict }) => verdict !== 'met');
  const approval = shut.find(({ kind }) => kind === 'approval');
  if (approval !== undefined && shut.every(({ kind }) => kind === 'approval')) {
    const record = refused.instance?.approvals[approval.id ?? ''];
    const turns = record?.status === 'requested' ? record.turns.filter(({ decision }) => decision === null) : [];
    // Asking is a step of its own, and is refused.
    const begun =
      draft.world.instance?.approvals[approval.id ?? '']?.status === 'requested'
        ? draft
        : { world: refused, steps: [...draft.steps, { ...step, refused: failingIds(reasons) }] };
    for (const { role, actor } of turns) {
      const given = approve(begun, approval.id ?? '', role ?? actor ?? ADMIN, role === null);
      if (given !== null) return given;
    }
    return null;
  }
  return endedChild(draft, shut);
}

function approve(draft: Draft, approval: string, who: string, isPerson: boolean): Draft | null {
  // Somebody by name has no roles here: the file would have to say them.
  return act(draft, 'approve', approval, isPerson ? [] : [who]);
}

function endedChild(draft: Draft, shut: readonly Reason[]): Draft | null {
  const { world } = draft;
  if (!shut.some(({ id }) => id === 'children-ended')) return null;
  const found = Object.entries(world.instance?.children ?? {}).find(([, { status }]) => status === 'started');
  if (found === undefined) return null;
  const [child, { name }] = found;
  const told = tellOfChild(world, 'child-ended', { child, outcome: null, reason: null, endedAt: world.now });
  return told === null ? null : { world: told, steps: [...draft.steps, { child: name, ended: null }] };
}

/** The gates that leaving a step asks, as they stand. */
export function gatesAt(draft: Draft, step: string): readonly Reason[] {
  const { refusal, world } = order(draft.world, mover(draft, step), 'advance', step);
  const tree = refusal?.reasons ?? world.entries.at(-1)?.verdicts ?? null;
  return (tree?.of ?? []).filter(({ gate, id }) => gate !== undefined || id === 'route-known');
}

/**
 * Values with which the gates of a step stand as wanted: the first that are found among values on either side of every
 * constant, tried by the engine itself. Null: none of those that were tried.
 */
export function solve(draft: Draft, step: string, isWanted: (draft: Draft) => boolean): Written | null {
  const { process, now } = draft.world;
  if (isWanted(draft)) return {};
  const texts = readBy(process, step, gatesAt(draft, step));
  const reads = [...new Set(texts.flatMap((text) => process.conditions.get(text)?.reads ?? []))];
  const fields = reads.flatMap((id) => (process.derived.has(id) ? [] : (process.fields.get(id) ?? [])));
  const axes = fields.map((field) => [field.id, samplesOf(process, field, texts, now)] as const);
  const count = Math.min(
    MOST_TRIED,
    axes.reduce((product, [, values]) => product * Math.max(1, values.length), 1),
  );
  for (let number = 0; number < count; number += 1) {
    const values = combination(axes, number);
    const { world, refusal } = order(draft.world, ADMIN, 'set', values);
    if (refusal === null && isWanted({ ...draft, world })) return values;
  }
  return null;
}

function combination(axes: readonly (readonly [string, readonly Json[]])[], number: number): Written {
  let rest = number;
  return Object.fromEntries(
    axes.map(([id, values]) => {
      const value = values[rest % values.length] ?? null;
      rest = Math.floor(rest / Math.max(1, values.length));
      return [id, value];
    }),
  );
}

/** The conditions that the gates of a step and its routes ask, and those of the tables whose results they read. */
function readBy(process: CompiledProcess, step: string, gates: readonly Reason[]): readonly string[] {
  const compiled = process.steps.get(step);
  const named = [...process.steps.values(), ...process.phaseGates.values()].flatMap(({ entry, exit }) => [
    ...entry,
    ...exit,
  ]);
  const texts = new Set([
    ...gates.flatMap(({ id }) =>
      named.filter((each) => each.named.id === id).flatMap((each) => conditionsOf(each.named.criterion)),
    ),
    ...(compiled?.routes ?? []).flatMap(({ when }) => when?.text ?? []),
  ]);
  for (const text of texts)
    for (const id of process.conditions.get(text)?.reads ?? [])
      for (const { sets, rules } of process.tables)
        if (sets === id) for (const { when } of rules) if (when !== null) texts.add(when.text);
  return [...texts];
}

/** Sets what is not yet as wanted; whoever moves the step on does. */
export function give(draft: Draft, step: string, values: Written): Draft | null {
  const { process, instance } = draft.world;
  const open = Object.entries(values).filter(([id, value]) => {
    const sent = order(draft.world, ADMIN, 'set', { [id]: value });
    return JSON.stringify(sent.world.instance?.fields[id]?.value) !== JSON.stringify(instance?.fields[id]?.value);
  });
  if (open.length === 0) return draft;
  const roles = [mover(draft, step), ...process.definition.roles.map(({ id }) => id)];
  return act(draft, 'set', Object.fromEntries(open), roles);
}

/** Tries to leave a step that must stay shut; null: it does not. */
export function tryLeaving(draft: Draft, step: string): Draft | null {
  const role = mover(draft, step);
  const { world, refusal } = order(draft.world, role, 'advance', step);
  if (refusal === null) return null;
  return { world, steps: [...draft.steps, { as: role, advance: step, refused: failingIds(refusal.reasons) }] };
}
