import type { CompiledProcess } from '../compile/types.ts';
import type { Step } from '../definition/types.ts';
import type { Facts } from '../expr/types.ts';
import type { Json } from '../json.ts';
import type { Draft } from './draft.ts';
import type { EvidenceOf } from './evidence-types.ts';
import type { Actor, Instance, Read } from './types.ts';
import { PERSONAL, toFact } from './values.ts';

/** What every check looks at: who wants something of which instance. */
export interface Context {
  readonly process: CompiledProcess;
  readonly instance: Instance;
  readonly actor: Actor;
  /** Event time of what is wanted, ISO 8601 UTC. */
  readonly at: string;
  /** Record time: whether somebody may is asked of the day it is, whatever event time they give. */
  readonly now: string;
  /** Evidence of other instances; absent: there is none. */
  readonly evidence?: EvidenceOf | undefined;
}

/** The same of a decision in the making. */
export function contextOf({ process, instance, actor, at, environment }: Draft): Context {
  return { process, instance, actor, at, now: environment.now, evidence: environment.evidence };
}

/** The instance's values as conditions read them. */
export function factsOf(process: CompiledProcess, fields: Instance['fields']): Facts {
  return (id) => {
    const record = fields[id];
    const field = process.fields.get(id);
    return record === undefined || field === undefined ? undefined : toFact(field, record.value);
  };
}

/** The values that a condition read, with who set them and when. */
export function readsOf(process: CompiledProcess, fields: Instance['fields'], ids: readonly string[]): Read[] {
  return ids.map((field) => {
    const record = fields[field];
    if (record === undefined) return { field, value: null, by: null, at: null };
    return { field, value: shown(process, field, record.value), by: record.by, at: record.at };
  });
}

function shown(process: CompiledProcess, field: string, value: Json): Json {
  return value !== null && process.fields.get(field)?.personal ? PERSONAL : value;
}

/** Whether a value is there: what `known(field)` says. */
export function isKnown(instance: Instance, field: string): boolean {
  return (instance.fields[field]?.value ?? null) !== null;
}

/** Roles that may move a step on: its owner, else every role. */
export function stepRoles(process: CompiledProcess, { owner }: Step): readonly string[] {
  return owner === null ? everyRole(process) : [owner];
}

/** Roles that may do what no owner is named for: every role that the process declares. */
export function everyRole(process: CompiledProcess): readonly string[] {
  return process.definition.roles.map((role) => role.id);
}
