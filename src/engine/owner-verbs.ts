import type { CompiledProcess } from '../compile/types.ts';
import { INSTANCE_OWNER } from '../definition/index.ts';
import { NAME } from '../names.ts';
import { all } from './criteria.ts';
import { eventSchema } from './input-schema.ts';
import { instanceOpen, roleHeld } from './state-criteria.ts';
import { brief } from './values.ts';
import { type Members, textSchema, type Verb } from './verb.ts';

const nameSchema = { type: 'string', pattern: NAME.source };

interface Assignment {
  readonly owner: string;
  /** Undefined: as it was. */
  readonly team: string | null | undefined;
}

/** Puts an instance into somebody's hands. */
export const assign: Verb<Assignment> = {
  type: 'assign',
  members: ['owner', 'team', 'reason'],
  candidates: () => [{}],
  title: () => ({ zh: '指定负责人', en: 'Assign an owner' }),
  roles: assigners,
  schema: () =>
    eventSchema('assign', { owner: nameSchema, team: { anyOf: [nameSchema, { type: 'null' }] }, reason: textSchema }, [
      'owner',
    ]),
  parse(_context, members) {
    const owner = name(members, 'owner');
    const team =
      members.raw('team') === null ? null : members.raw('team') === undefined ? undefined : name(members, 'team');
    if (members.raw('reason') !== undefined) members.text('reason');
    return owner === null ? null : { target: {}, input: { owner, team } };
  },
  check: (context) => all([roleHeld(context, assigners(context.process)), instanceOpen(context)]),
  apply(draft, { input }) {
    const { owner, team = draft.instance.team } = input;
    draft.instance = { ...draft.instance, owner, team };
  },
};

function assigners({ access }: CompiledProcess): readonly string[] {
  return [INSTANCE_OWNER, ...access.assign];
}

function name(members: Members, member: string): string | null {
  const value = members.raw(member);
  if (typeof value === 'string' && NAME.test(value)) return value;
  members.problem(`/${member}`, {
    zh: `${member} 应为 1–100 个可见字符的名称；收到 ${brief(value)}`,
    en: `${member} should be a name of 1–100 visible characters; found ${brief(value)}`,
  });
  return null;
}
