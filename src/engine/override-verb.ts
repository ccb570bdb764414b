import type { CompiledProcess } from '../compile/types.ts';
import { all } from './criteria.ts';
import { eventSchema } from './input-schema.ts';
import { exitOf } from './move-verbs.ts';
import { isOverridable, overridePolicy } from './overrides.ts';
import { instanceOpen, roleHeld, state, stepOpen } from './state-criteria.ts';
import { parseStep, stepOf } from './step-target.ts';
import type { OverrideRecord, Reason, Target } from './types.ts';
import { textSchema, type Verb } from './verb.ts';

const idsOf = (reasons: readonly Reason[]) => [...new Set(reasons.filter(isOverridable).flatMap(({ id }) => id ?? []))];

const unmet = (reasons: readonly Reason[]) => idsOf(reasons.filter(({ verdict }) => verdict !== 'met'));

function overrideRoles(process: CompiledProcess, target: Target): readonly string[] {
  return overridePolicy(process, stepOf(process, target.step))?.by ?? [];
}

/** Criteria count as met for this round of a step, though they are not. Everything else about the step still holds. */
export const override: Verb<Pick<OverrideRecord, 'criteria' | 'reason'>> = {
  type: 'override',
  members: ['step', 'criteria', 'reason'],
  candidates: (context) =>
    context.instance.position.flatMap(({ step }) => {
      const policy = overridePolicy(context.process, stepOf(context.process, step));
      return policy !== null && unmet(exitOf(context, stepOf(context.process, step))).length > 0 ? [{ step }] : [];
    }),
  title: (process, target) => {
    const { title } = stepOf(process, target.step).step;
    return { zh: `强制通过“${title.zh}”的条件项`, en: `Override criteria of “${title.en}”` };
  },
  roles: overrideRoles,
  schema: (context, target) => {
    const items = { type: 'string', enum: unmet(exitOf(context, stepOf(context.process, target.step))) };
    const criteria = { type: 'array', items, minItems: 1, uniqueItems: true };
    return eventSchema('override', { step: { const: target.step }, criteria, reason: textSchema }, [
      'step',
      'criteria',
      'reason',
    ]);
  },
  parse(context, members) {
    const step = parseStep(context, members);
    const reason = members.text('reason');
    if (step === null) return null;
    const reasons = exitOf(context, stepOf(context.process, step));
    const criteria = members.ids('criteria', idsOf(reasons));
    const open = unmet(reasons);
    for (const [i, id] of criteria.entries()) {
      if (open.includes(id)) continue;
      members.problem(`/criteria/${i}`, {
        zh: `条件项 ${id} 已满足，无须强制通过；请去掉`,
        en: `the criterion ${id} is met already; leave it out`,
      });
    }
    return reason === null ? null : { target: { step }, input: { criteria, reason } };
  },
  check: (context, target) => {
    const step = stepOf(context.process, target.step);
    const policy = overridePolicy(context.process, step);
    const { title } = step.step;
    return all([
      ...(policy === null ? [] : [roleHeld(context, policy.by)]),
      state('override-allowed', policy !== null, {
        zh: `流程定义应写明谁可以对“${title.zh}”强制通过（override）${policy === null ? '；没有写，任何人都不可以' : ''}`,
        en: `the definition should say who may override criteria of “${title.en}”${policy === null ? '; it has no override there, so nobody may' : ''}`,
      }),
      instanceOpen(context),
      stepOpen(context, step),
    ]);
  },
  apply(draft, { target, input }) {
    const { instance, actor, at, environment } = draft;
    const step = target.step ?? '';
    const round = instance.steps[step]?.round ?? 1;
    const record = { step, round, ...input, by: actor.id, at, recordedAt: environment.now };
    draft.instance = { ...instance, overrides: { ...instance.overrides, [draft.seq]: record } };
  },
};
