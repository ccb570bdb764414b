import type { CompiledProcess, CompiledStep } from '../compile/types.ts';
import type { Text } from '../text.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { eventSchema, type JsonSchema } from './input-schema.ts';
import { moverRoles } from './raised.ts';
import { instanceOpen, roleHeld } from './state-criteria.ts';
import type { Instance, Reason, Target } from './types.ts';
import type { Members, Parsed } from './verb.ts';

/** The step that a target names. */
export function stepOf(process: CompiledProcess, id: string | undefined): CompiledStep {
  const step = process.steps.get(id ?? '');
  if (step === undefined) throw new Error('a target names a step of the process');
  return step;
}

/** The step an event means: the one it names, else the only one that is open. */
export function parseStep({ process, instance }: Context, members: Members): string | null {
  if (members.raw('step') !== undefined) return members.id('step', process.steps.keys());
  const open = instance.position.map((place) => place.step);
  if (open.length <= 1) return open[0] ?? process.definition.phases.at(-1)?.steps.at(-1)?.id ?? null;
  const list = open.join(', ');
  members.problem('/step', {
    zh: `同时有多个环节进行中，请用 step 指明其一：${list}`,
    en: `several steps are open; name the one that is meant in step: ${list}`,
  });
  return null;
}

/**
 * What the verbs that take nothing but a step share. `title` is theirs around the title of the step, `check` what they
 * ask beyond who may and an instance that is at work.
 */
export function stepVerb(
  type: string,
  title: (step: Text) => Text,
  check: (context: Context, step: CompiledStep) => readonly Reason[],
) {
  return {
    type,
    members: ['step'],
    title: (process: CompiledProcess, target: Target): Text => title(stepOf(process, target.step).step.title),
    roles: (process: CompiledProcess, target: Target, instance: Instance): readonly string[] =>
      moverRoles(process, instance, stepOf(process, target.step)),
    schema: (_context: Context, target: Target): JsonSchema =>
      eventSchema(type, { step: { const: target.step } }, ['step']),
    parse(context: Context, members: Members): Parsed<null> | null {
      const step = parseStep(context, members);
      return step === null ? null : { target: { step }, input: null };
    },
    check(context: Context, target: Target): Reason {
      const step = stepOf(context.process, target.step);
      return all([
        roleHeld(context, moverRoles(context.process, context.instance, step)),
        instanceOpen(context),
        ...check(context, step),
      ]);
    },
  };
}
