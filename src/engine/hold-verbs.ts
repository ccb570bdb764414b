import type { CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { MOST_PAUSES, unpausable } from './clock-pauses.ts';
import { everyRole, stepRoles } from './context.ts';
import { all } from './criteria.ts';
import { eventSchema, type JsonSchema } from './input-schema.ts';
import { instanceOpen, instanceStatus, roleHeld, state } from './state-criteria.ts';
import { toDate, toInstant } from './time.ts';
import type { Instance } from './types.ts';
import { brief } from './values.ts';
import { type Members, textSchema, type Verb } from './verb.ts';

/** Whom the definition names, else the owners of the steps that are open or wait. */
function holdRoles(process: CompiledProcess, { position, waiting }: Instance): readonly string[] {
  const named = process.definition.hold?.by ?? [];
  if (named.length > 0) return named;
  const owners = [...position, ...waiting].flatMap(({ step }) => {
    const found = process.steps.get(step);
    return found === undefined ? [] : stepRoles(process, found.step);
  });
  return owners.length > 0 ? [...new Set(owners)] : everyRole(process);
}

const reasonIds = ({ definition }: CompiledProcess) => (definition.hold?.reasons ?? []).map(({ id }) => id);

/** Reasons of the process for which it may be held, and the clocks that rule the others out; `isShut`: all of them. */
function reasonsOf(
  process: CompiledProcess,
  instance: Instance,
): { readonly free: readonly string[]; readonly full: readonly string[]; readonly isShut: boolean } {
  const ids = reasonIds(process);
  const { clocks: full, reasons } = unpausable(process, instance);
  const free = ids.filter((id) => reasons !== 'any' && !reasons.includes(id));
  return { free, full, isShut: reasons === 'any' || (ids.length > 0 && free.length === 0) };
}

function fullText(clocks: readonly string[], free: readonly string[]): Text {
  const names = clocks.join(', ');
  const others = free.join(', ');
  return {
    zh: `时限 ${names} 在这一轮已暂停 ${MOST_PAUSES} 次，不能再为它暂停${free.length === 0 ? '；请继续办理或关闭' : `；可用的原因：${others}`}`,
    en: `${names} has stood still ${MOST_PAUSES} times in this round, as often as is kept; ${free.length === 0 ? 'go on with it, or close it' : `reasons that do not pause it: ${others}`}`,
  };
}

/** When it shall go on: a date or an instant after the event; null when left out, undefined (and a problem) when wrong. */
function parseUntil(members: Members, at: string): string | null | undefined {
  const value = members.raw('until');
  if (value === undefined) return null;
  const until = toDate(value) ?? toInstant(value);
  const later = until !== null && (until.length === 10 ? until > at.slice(0, 10) : Date.parse(until) > Date.parse(at));
  if (later) return until;
  members.problem('/until', {
    zh: `until 应为 ${at} 之后的日期 YYYY-MM-DD 或带时区的时间；收到 ${brief(value)}`,
    en: `until should be a date YYYY-MM-DD or a time with its offset, after ${at}; found ${brief(value)}`,
  });
  return undefined;
}

interface Holding {
  readonly reason: string;
  readonly until: string | null;
}

export const hold: Verb<Holding> = {
  type: 'hold',
  members: ['reason', 'until'],
  candidates: ({ instance }) => (instance.status === 'active' ? [{}] : []),
  title: () => ({ zh: '挂起', en: 'Put on hold' }),
  roles: (process, _target, instance) => holdRoles(process, instance),
  schema: ({ process, instance }) => {
    const { free } = reasonsOf(process, instance);
    const ids = free.length > 0 ? free : reasonIds(process);
    const reason: JsonSchema = ids.length === 0 ? textSchema : { type: 'string', enum: ids };
    const until = {
      description: 'when work shall go on, in the future',
      anyOf: [
        { type: 'string', format: 'date' },
        { type: 'string', format: 'date-time' },
      ],
    };
    return eventSchema('hold', { reason, until }, ['reason']);
  },
  parse({ process, instance, at }, members) {
    const ids = reasonIds(process);
    const reason = ids.length === 0 ? members.text('reason') : members.id('reason', ids);
    const { free, full } = reasonsOf(process, instance);
    if (reason !== null && free.length > 0 && !free.includes(reason)) members.problem('/reason', fullText(full, free));
    const until = parseUntil(members, at);
    return reason === null || until === undefined ? null : { target: {}, input: { reason, until } };
  },
  check: (context) => {
    const { process, instance } = context;
    const { full, isShut } = reasonsOf(process, instance);
    const room = isShut ? [state('pauses-left', false, fullText(full, []))] : [];
    return all([roleHeld(context, holdRoles(process, instance)), instanceOpen(context), ...room]);
  },
  apply(draft, { input }) {
    const { at, actor, environment } = draft;
    const made = { since: at, by: actor.id, ...input, recordedAt: environment.now };
    draft.instance = { ...draft.instance, status: 'on-hold', hold: made };
  },
};

export const resume: Verb<null> = {
  type: 'resume',
  members: [],
  candidates: ({ instance }) => (instance.status === 'on-hold' ? [{}] : []),
  title: () => ({ zh: '恢复', en: 'Resume' }),
  roles: (process, _target, instance) => holdRoles(process, instance),
  schema: () => eventSchema('resume', {}, []),
  parse: () => ({ target: {}, input: null }),
  check: (context) => {
    const { status } = context.instance;
    return all([
      roleHeld(context, holdRoles(context.process, context.instance)),
      state('on-hold', status === 'on-hold', {
        zh: `实例应为已挂起；现为${instanceStatus[status]}`,
        en: `the instance should be on hold; it is ${status}`,
      }),
    ]);
  },
  apply(draft) {
    draft.instance = { ...draft.instance, status: 'active', hold: null };
  },
};
