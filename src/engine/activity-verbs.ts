import type { CompiledActivity, CompiledProcess } from '../compile/types.ts';
import type { Json } from '../json.ts';
import type { Text } from '../text.ts';
import { activityNeeded } from './activity-need.ts';
import { type Context, isKnown } from './context.ts';
import { all } from './criteria.ts';
import { setActivity, setFields } from './draft.ts';
import { parseFields } from './field-input.ts';
import { choicesSchema, eventSchema, fieldSchema, type JsonSchema } from './input-schema.ts';
import { activityRoles } from './raised.ts';
import { MOST_KEPT } from './rounds.ts';
import { activityForm, activityOpen, activityTouched, instanceOpen, roleHeld, stepOpen } from './state-criteria.ts';
import type { Instance, Reason, Target } from './types.ts';
import { brief } from './values.ts';
import type { Members, Verb } from './verb.ts';

const NO_ACTIVITY = 'a target names an activity of the process';

export function activityOf(process: CompiledProcess, target: Target): CompiledActivity {
  const activity = process.activities.get(target.activity ?? '');
  if (activity === undefined) throw new Error(NO_ACTIVITY);
  return activity;
}

/** What complete and undo share: they are about one activity of an open step. */
function activityVerb(words: Text, check: (context: Context, activity: CompiledActivity) => readonly Reason[]) {
  return {
    candidates: ({ process, instance }: Context): Target[] =>
      instance.position.flatMap(({ step }) =>
        (process.steps.get(step)?.step.activities ?? []).map((activity) => ({ activity: activity.id })),
      ),
    title: (process: CompiledProcess, target: Target): Text => {
      const { title } = activityOf(process, target).activity;
      return { zh: `${words.zh}：${title.zh}`, en: `${words.en}: ${title.en}` };
    },
    roles: (process: CompiledProcess, target: Target, instance: Instance) =>
      activityRoles(process, instance, activityOf(process, target)),
    check: (context: Context, target: Target): Reason => {
      const activity = activityOf(context.process, target);
      return all([
        roleHeld(context, activityRoles(context.process, context.instance, activity)),
        instanceOpen(context),
        stepOpen(context, activity),
        ...check(context, activity),
      ]);
    },
  };
}

/** What the activity itself asks of its completion, whoever completes it. */
export function completable(context: Context, activity: CompiledActivity): readonly Reason[] {
  return [...activityNeeded(context, activity), ...activityForm(activity), activityOpen(context, activity)];
}

interface Completion {
  readonly choices: readonly string[];
  readonly values: Readonly<Record<string, Json>>;
}

export const complete: Verb<Completion> = {
  ...activityVerb({ zh: '完成', en: 'Complete' }, completable),
  type: 'complete',
  members: ['activity', 'choices', 'with'],

  schema(context, target) {
    const { activity } = activityOf(context.process, target);
    const members: Record<string, JsonSchema> = { activity: { const: activity.id } };
    const required = ['activity'];
    const choices = choicesSchema(activity);
    if (choices !== null) {
      members.choices = choices;
      required.push('choices');
    }
    const given = givable(context.process, target);
    const needed = activity.supplies.filter((field) => !isKnown(context.instance, field));
    if (given.length > 0) {
      const properties: Record<string, JsonSchema> = {};
      for (const id of given) {
        const field = context.process.fields.get(id);
        if (field !== undefined) properties[id] = fieldSchema(field);
      }
      members.with = { type: 'object', properties, required: needed, additionalProperties: false };
      if (needed.length > 0) required.push('with');
    }
    return eventSchema('complete', members, required);
  },

  parse(context, members) {
    const activity = members.id('activity', context.process.activities.keys());
    if (activity === null) return null;
    const target = { activity };
    const choices = parseChoices(activityOf(context.process, target), members);
    const values = parseFields(context.process, members, 'with', givable(context.process, target), false);
    requireSupplies(context, activityOf(context.process, target), members, values);
    return { target, input: { choices, values } };
  },

  apply(draft, { target, input }) {
    const { activity, step } = activityOf(draft.process, target);
    const repeats = activity.repeatable || step.repeatable !== null;
    setFields(draft, input.values, draft.actor.id);
    const last = draft.instance.activities[activity.id];
    const round = draft.instance.steps[step.id]?.round ?? 1;
    const completion = { round, by: draft.actor.id, at: draft.at, choices: input.choices };
    setActivity(draft, activity.id, {
      status: 'done',
      count: (last?.count ?? 0) + 1,
      completions: repeats ? [...(last?.completions ?? []), completion].slice(-MOST_KEPT) : [],
      choices: input.choices,
    });
  },
};

function givable(process: CompiledProcess, target: Target): readonly string[] {
  const { supplies, maySupply } = activityOf(process, target).activity;
  return [...supplies, ...maySupply];
}

function parseChoices({ activity }: CompiledActivity, members: Members): readonly string[] {
  const given = members.raw('choices');
  const { choices } = activity;
  if (choices === null) {
    if (given !== undefined) {
      members.problem('/choices', {
        zh: `细则“${activity.title.zh}”没有选项，请去掉 choices`,
        en: `the activity “${activity.title.en}” has no choices; leave the member out`,
      });
    }
    return [];
  }
  const ids = choices.of.map((choice) => choice.id);
  const list = Array.isArray(given) ? given : [];
  const chosen = ids.filter((id) => list.includes(id));
  if (!Array.isArray(given) || chosen.length !== list.length || chosen.length < choices.atLeast) {
    members.problem('/choices', {
      zh: `choices 应为 ${ids.join(', ')} 中至少 ${choices.atLeast} 项，不重复；收到 ${brief(given)}`,
      en: `choices should name at least ${choices.atLeast} of ${ids.join(', ')}, each once; found ${brief(given)}`,
    });
  }
  return chosen;
}

/** A completed form leaves no field of its `supplies` unknown; what is known already need not be given again. */
function requireSupplies(
  context: Context,
  { activity }: CompiledActivity,
  members: Members,
  values: Readonly<Record<string, Json>>,
): void {
  const tried = members.object('with');
  for (const id of activity.supplies) {
    if (isKnown(context.instance, id) || Object.hasOwn(values, id) || Object.hasOwn(tried, id)) continue;
    const field = context.process.fields.get(id);
    members.problem(`/with/${id}`, {
      zh: `完成“${activity.title.zh}”须填写 ${field?.title.zh ?? id}（${id}）`,
      en: `to complete “${activity.title.en}”, give ${field?.title.en ?? id} (${id})`,
    });
  }
}

export const undo: Verb<null> = {
  ...activityVerb({ zh: '撤销', en: 'Undo' }, (context, activity) => [activityTouched(context, activity)]),
  type: 'undo',
  members: ['activity'],
  schema: (_context, target) => eventSchema('undo', { activity: { const: target.activity } }, ['activity']),
  parse(context, members) {
    const activity = members.id('activity', context.process.activities.keys());
    return activity === null ? null : { target: { activity }, input: null };
  },
  apply(draft, { target }) {
    const { activity } = activityOf(draft.process, target);
    const last = draft.instance.activities[activity.id];
    const wasDone = last?.status === 'done';
    const count = Math.max(0, (last?.count ?? 0) - (wasDone ? 1 : 0));
    const completions = last?.completions ?? [];
    setActivity(draft, activity.id, {
      status: 'open',
      count,
      completions: wasDone ? completions.slice(0, -1) : completions,
    });
  },
};
