import type { CompiledProcess } from '../compile/types.ts';
import type { Field } from '../definition/types.ts';
import { FIELD_MEMBERS, internalVerbs, START_MEMBERS, verbs } from '../engine/index.ts';
import type { Actor, Command, EntryDraft, Instance, Origin } from '../engine/types.ts';
import type { Json } from '../json.ts';
import { ENGINE } from '../names.ts';

type Members = Readonly<Record<string, Json>>;

/** A personal value by its digest; what is kept no more is stood in for, so that it is known all the same. */
export type Reveal = (field: Field, digest: Json) => Json;

/** What an entry says of its command, beside the members that it came with. */
export function toldBy({ command }: EntryDraft): Members {
  return isMembers(command) ? command : NOTHING;
}

const NOTHING: Members = {};

function isMembers(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The command that an entry is of, as it came: with its own members alone and with personal values in place of digests. `before`
 * is the instance that it was sent to; null: it starts one.
 */
export function commandOf(entry: EntryDraft, from: CompiledProcess, before: Instance | null, reveal: Reveal): Command {
  const { type, at, requestId } = entry;
  const command = { type, input: inputOf(entry, from, reveal), actor: actorOf(entry, before), at, requestId };
  if (type === 'start') {
    const origin = originOf(entry);
    return origin === null ? command : { ...command, internal: true, origin };
  }
  // Nobody else sends these: whoever tried was told that there is no such command.
  const internal = !verbs.has(type) && internalVerbs.has(type) && entry.refusal?.code !== 'unknown-event';
  return internal ? { ...command, internal } : command;
}

function inputOf(entry: EntryDraft, from: CompiledProcess, reveal: Reveal): Members {
  const own = ownMembers(entry.type);
  const input: Record<string, Json> = {};
  const told = toldBy(entry);
  for (const name of own) {
    const value = told[name];
    if (value !== undefined) input[name] = FIELD_MEMBERS.has(name) ? revealed(value, from, reveal) : value;
  }
  return input;
}

function ownMembers(type: string): readonly string[] {
  if (type === 'start') return START_MEMBERS;
  const verb = verbs.get(type) ?? internalVerbs.get(type);
  return verb?.((found) => found.members) ?? [];
}

function revealed(given: Json, from: CompiledProcess, reveal: Reveal): Json {
  if (!isMembers(given)) return given;
  const values: Record<string, Json> = {};
  for (const [id, value] of Object.entries(given)) {
    const field = from.fields.get(id);
    values[id] = field?.personal === true ? reveal(field, value) : value;
  }
  return values;
}

/** An entry does not say of which team its actor was, but who was refused for it. */
function actorOf({ actor: id, roles, via, tenant, changes, verdicts }: EntryDraft, before: Instance | null): Actor {
  const isOfAnother = verdicts?.of?.some((reason) => reason.id === 'team-held' && reason.verdict !== 'met') ?? false;
  const team = before === null ? (changes?.team?.to ?? null) : isOfAnother ? null : before.team;
  return { id, roles, team, tenant, via };
}

/** What makes a start the service's own; null: somebody sent it. */
function originOf(entry: EntryDraft): Origin | null {
  const { instance: id, actor, changes } = entry;
  const { tick } = toldBy(entry);
  const parent = changes?.parent ?? null;
  if (parent === null && actor !== ENGINE) return null;
  const [owner, team] = [changes?.owner?.to ?? null, changes?.team?.to ?? null];
  return { id, parent, tick: typeof tick === 'string' ? tick : null, owner, team };
}
