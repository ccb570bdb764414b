import type { CompiledProcess, CompiledSignal } from '../compile/types.ts';
import { ADMIN } from '../definition/index.ts';
import type { Json } from '../json.ts';
import { activityOf, completable, complete } from './activity-verbs.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import { setFields } from './draft.ts';
import { parseFields } from './field-input.ts';
import { instanceOpen, roleHeld, stepOpen } from './state-criteria.ts';
import type { Instance, Target } from './types.ts';
import { Members, type Parsed, type Verb } from './verb.ts';

/** What it comes to: the fields of a completion, or fields alone. */
type Given = Readonly<Record<string, Json>>;

/**
 * What another system has told, brought by the service alone. Its senders need not see the instance: what they may do to it
 * is what the signal says. All of an activity's own rules hold but who does it.
 */
export const signal: Verb<Given> = {
  type: 'signal',
  // `toldAt`: the event time that was told, where it lies before the instance's start.
  members: ['signal', 'id', 'data', 'toldAt'],
  candidates: () => [],
  title: (process, target) => process.signals.get(target.signal ?? '')?.signal.title ?? { zh: '信号', en: 'Signal' },
  roles: (process, target) => process.signals.get(target.signal ?? '')?.signal.from ?? [],
  schema: () => ({}),

  parse(context, members): Parsed<Given> | null {
    const id = members.id('signal', context.process.signals.keys());
    const compiled = context.process.signals.get(id ?? '');
    if (compiled === undefined) return null;
    return { target: targetOf(compiled), input: readData(context, compiled, members) };
  },

  check(context, target) {
    const from = context.process.signals.get(target.signal ?? '')?.signal.from ?? [];
    // None is named: administrators alone, who hold every role.
    const reasons = [roleHeld(context, from.length > 0 ? from : [ADMIN]), instanceOpen(context)];
    if (target.activity === undefined) return all(reasons);
    const activity = activityOf(context.process, target);
    return all([...reasons, stepOpen(context, activity), ...completable(context, activity)]);
  },

  apply(draft, { target, input }) {
    const { activity } = target;
    if (activity === undefined) setFields(draft, input, draft.actor.id);
    else complete.apply(draft, { target: { activity }, input: { choices: [], values: input } });
  },
};

function targetOf({ signal: { id, completes } }: CompiledSignal): Target {
  return completes === null ? { signal: id } : { signal: id, activity: completes };
}

/** The data as the activity or the fields take it; what is wrong with it is told of `data`. */
function readData(context: Context, { signal: { completes, sets } }: CompiledSignal, members: Members): Given {
  const data = members.object('data');
  let given: Given;
  let inner: Members;
  if (completes !== null) {
    inner = new Members({ activity: completes, with: data }, complete.members, complete.members);
    given = complete.parse(context, inner)?.input.values ?? {};
  } else {
    inner = new Members({ with: data }, ['with'], ['with']);
    given = parseFields(context.process, inner, 'with', sets, false);
    if (inner.problems.length === 0 && Object.keys(given).length === 0) {
      inner.problem('/with', {
        zh: `data 应给出 ${sets.join(', ')} 中至少一个字段`,
        en: `data should give at least one of ${sets.join(', ')}`,
      });
    }
  }
  for (const { pointer, message } of inner.problems) members.problem(pointer.replace(/^\/with/, '/data'), message);
  return given;
}

/**
 * Whether it is too early for a signal: the instance is on hold, or the step of the activity that it completes is not open and
 * the activity not done. Later it may be taken; what else stands in its way is a refusal.
 */
export function isEarly({ activities }: CompiledProcess, instance: Instance, { signal }: CompiledSignal): boolean {
  if (instance.status === 'on-hold') return true;
  if (signal.completes === null) return false;
  const { status = 'open' } = instance.activities[signal.completes] ?? {};
  const step = activities.get(signal.completes)?.step.id;
  return status === 'open' && !instance.position.some((place) => place.step === step);
}

/** What an open instance is found by: the values of the fields that its signals match. */
export function correlationsOf({ signals }: CompiledProcess, { status, fields }: Instance): readonly Correlation[] {
  if (signals.size === 0 || status === 'closed') return NONE;
  return [...new Set([...signals.values()].map(({ match }) => match))].flatMap((field) => {
    const value = fields[field]?.value ?? null;
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    const text = String(value);
    return text.length > MOST_MATCHED ? [] : [{ field, value: text }];
  });
}

/** Most characters of a value that instances are found by; a longer one finds none. */
export const MOST_MATCHED = 200;

export interface Correlation {
  readonly field: string;
  readonly value: string;
}

const NONE: readonly Correlation[] = [];
