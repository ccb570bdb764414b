import type { CompiledProcess } from '../compile/types.ts';
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
  schema: ({ process }) => {
    const ids = reasonIds(process);
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
  parse({ process, at }, members) {
    const ids = reasonIds(process);
    const reason = ids.length === 0 ? members.text('reason') : members.id('reason', ids);
    const until = parseUntil(members, at);
    return reason === null || until === undefined ? null : { target: {}, input: { reason, until } };
  },
  check: (context) => all([roleHeld(context, holdRoles(context.process, context.instance)), instanceOpen(context)]),
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
