import { hiddenTarget, withheld } from './access.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import type { Reason, Target } from './types.ts';
import type { Verb } from './verb.ts';

/** The tree that decides and explains a command: what the verb asks, or for who may not see what it is about, only that. */
export function judge<Input>(verb: Verb<Input>, context: Context, target: Target): Reason {
  const shut = withheld(context, target);
  return shut === null ? verb.check(context, target) : all([shut]);
}

/** What a verb could be asked of where the instance stands, without what is hidden from the actor. */
export function targetsOf<Input>(verb: Verb<Input>, context: Context): readonly Target[] {
  return verb.candidates(context).filter((target) => hiddenTarget(context, target) === null);
}
