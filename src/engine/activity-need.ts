import type { CompiledActivity, CompiledProcess } from '../compile/types.ts';
import type { Activity } from '../definition/types.ts';
import { type Context, factsOf } from './context.ts';
import { conditionReason } from './criteria.ts';
import { mustBeDone, restingReason } from './shared-reason.ts';
import { activityDone } from './state-criteria.ts';
import type { Instance, Reason } from './types.ts';

/** That the activity's own condition holds; nothing where it has none. */
export function activityNeeded(context: Context, { activity, when }: CompiledActivity): readonly Reason[] {
  if (when === null) return [];
  const of = conditionReason(context, when);
  const { zh, en } = activity.title;
  return [
    {
      kind: 'all',
      id: 'activity-needed',
      verdict: of.verdict,
      say: {
        zh: `细则“${zh}”（${activity.id}）只在条件 ${when.text} 成立时需要`,
        en: `the activity “${en}” (${activity.id}) is only needed where ${when.text} holds`,
      },
      of: [of],
    },
  ];
}

/**
 * What the exit of a step asks of one of its activities. One that is not needed is met; while it is not known whether
 * it is, the facts that would tell are missing.
 */
export function activitySettled(context: Context, activity: Activity): Reason {
  const when = context.process.activities.get(activity.id)?.when ?? null;
  const done = activityMet(context, activity);
  if (when === null || done.verdict === 'met') return done;
  const of = conditionReason(context, when);
  if (of.verdict === 'met') return done;
  const { zh, en } = activity.title;
  const unneeded = of.verdict === 'not-met';
  return {
    kind: 'activity',
    id: activity.id,
    verdict: unneeded ? 'met' : 'unknown',
    say: unneeded
      ? {
          zh: `细则“${zh}”（${activity.id}）不需要：条件 ${when.text} 不成立`,
          en: `the activity “${en}” (${activity.id}) is not needed: ${when.text} does not hold`,
        }
      : {
          zh: `尚不知道是否需要细则“${zh}”（${activity.id}）：取决于 ${when.text}`,
          en: `whether the activity “${en}” (${activity.id}) is needed is not known yet: ${when.text}`,
        },
    ...(activity.source === null ? {} : { source: activity.source }),
    of: [of],
  };
}

/** Done; where it rests on evidence, met by that, and done only where there is something to do. */
function activityMet(context: Context, activity: Activity): Reason {
  if (activity.shared === null) return activityDone(context, activity);
  const done = mustBeDone(activity) ? activityDone(context, activity) : null;
  return restingReason(context, activity, activity.shared, done);
}

/** Whether it is known that the activity is not needed as things stand. */
export function isUnneeded(process: CompiledProcess, instance: Instance, activity: string): boolean {
  const when = process.activities.get(activity)?.when ?? null;
  return when !== null && when.explain(factsOf(process, instance.fields)).verdict === 'not-met';
}
