import { startMachine } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { Json } from '../json.ts';
import { ENGINE } from '../names.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { type Draft, follow } from './draft.ts';
import { parseFields } from './field-input.ts';
import { phaseEntryReasons } from './onward.ts';
import { settable } from './record-verbs.ts';
import { roleHeld } from './state-criteria.ts';
import type { Command, Environment, Instance, Reason } from './types.ts';
import { parseValue } from './values.ts';
import type { Members } from './verb.ts';

/** Members of a start beside those that chose the process and its version. */
export const START_MEMBERS = ['key', 'fields'];

/** An instance before it has entered anything. */
export function unstarted(
  process: CompiledProcess,
  version: number,
  command: Command,
  at: string,
  environment: Environment,
): Instance {
  return {
    id: command.origin?.id ?? environment.ids(),
    tenant: command.actor.tenant,
    process: process.definition.process,
    version,
    digest: process.digest,
    key: null,
    status: 'active',
    outcome: null,
    reason: null,
    revision: 0,
    seq: 0,
    marking: '',
    position: [],
    waiting: [],
    steps: {},
    rounds: {},
    times: {},
    activities: {},
    fields: {},
    hold: null,
    overrides: {},
    migration: null,
    lastMove: null,
    closedFrom: null,
    approvals: {},
    children: {},
    evidence: {},
    clocks: {},
    calls: {},
    parent: command.origin?.parent ?? null,
    owner: command.origin === undefined ? ownerOf(command) : command.origin.owner,
    team: command.origin === undefined ? command.actor.team : command.origin.team,
    startedAt: at,
    startedBy: command.actor.id,
    updatedAt: environment.now,
    closedAt: null,
  };
}

function ownerOf({ actor }: Command): string | null {
  return actor.id === ENGINE ? null : actor.id;
}

/** The fields a start gives; `key` is another spelling of the business key's field. */
export function parseStart(context: Context, members: Members): Readonly<Record<string, Json>> {
  const { process } = context;
  const values = parseFields(process, members, 'fields', settable(context), false);
  const key = members.raw('key');
  if (key === undefined || key === null) return values;
  const field = process.fields.get(process.definition.key ?? '');
  if (field === undefined) {
    members.problem('/key', {
      zh: '该流程没有业务键（定义中没有 key），请去掉 key',
      en: 'this process has no business key (no key in its definition); leave key out',
    });
    return values;
  }
  const parsed = parseValue(field, key, '/key');
  if (!parsed.ok) members.problem('/key', parsed.problem.message);
  else if (Object.hasOwn(values, field.id) && values[field.id] !== parsed.value) {
    members.problem('/key', {
      zh: `key 与 fields.${field.id} 不一致，只需给出其一`,
      en: `key and fields.${field.id} differ; give one of them`,
    });
  }
  return parsed.ok ? { ...values, [field.id]: parsed.value } : values;
}

/**
 * Who may start: any role of the process, or those that its access names; a child, whoever moved its parent, since the
 * parent's definition says so; by a schedule, the service. What must hold: the entry of the first phase and of the steps it begins with.
 */
export function startReasons(context: Context): Reason {
  const first = context.process.definition.phases[0];
  const entry = first === undefined ? [] : phaseEntryReasons(context, first.id);
  const who = context.instance.parent === null ? [roleHeld(context, context.process.access.start)] : [];
  return all([...who, ...entry]);
}

export function begin(draft: Draft): void {
  follow(draft, startMachine(draft.process), () => 'done');
}
