import type { Context } from './context.ts';
import { judge, targetsOf } from './judge.ts';
import { smallestMissing } from './missing.ts';
import type { Action, PossibleAction, Target } from './types.ts';
import type { Verb } from './verb.ts';
import { verbs } from './verbs.ts';

/**
 * Every action that could be asked for where the instance stands, allowed or not, with the reasons `decide` would give.
 * What the actor may not see is left out.
 */
export function explain(context: Context): readonly Action[] {
  return [...verbs.values()].flatMap((any) =>
    any((verb) =>
      targetsOf(verb, context).map((target): Action => {
        const tree = judge(verb, context, target);
        const allowed = tree.verdict === 'met';
        return {
          type: verb.type,
          ...target,
          title: verb.title(context.process, target),
          allowed,
          reasons: allowed ? null : tree,
          missing: allowed ? [] : smallestMissing(context.process, context.instance, tree),
          input: verb.schema(context, target),
          ...whoMay(verb, context, target),
        };
      }),
    ),
  );
}

/** The actions that are open to this actor now. */
export function possibleActions(context: Context): readonly PossibleAction[] {
  return [...verbs.values()].flatMap((any) =>
    any((verb) =>
      targetsOf(verb, context)
        .filter((target) => judge(verb, context, target).verdict === 'met')
        .map((target) => ({
          type: verb.type,
          ...target,
          title: verb.title(context.process, target),
          ...whoMay(verb, context, target),
        })),
    ),
  );
}

function whoMay<Input>(verb: Verb<Input>, context: Context, target: Target): Pick<Action, 'roles' | 'actors'> {
  return verb.who?.(context, target) ?? { roles: verb.roles(context.process, target, context.instance) };
}
