import { advanceEvent, joinEvent, skipEvent, stepState } from '../compile/index.ts';
import type { CompiledProcess, CompiledRoute, CompiledStep } from '../compile/types.ts';
import type { Phase } from '../definition/types.ts';
import type { Context } from './context.ts';
import { conditionReason, gateReasons } from './criteria.ts';
import { routeWithinLimit } from './step-criteria.ts';
import { stepOf } from './step-target.ts';
import type { Reason } from './types.ts';

/** The criterion that it is known where a step leads. */
export const ROUTE_KNOWN = 'route-known';

/** How a step is left: by its exit, or past it. */
export type Leaving = 'advance' | 'skip';

/** What leaving a step leads to. */
export interface Onward {
  /** What must hold for it beyond the step itself: the route, the exit of the phase, the entry of what follows. */
  readonly reasons: readonly Reason[];
  /** Events of the machine that go there; none while it is not known where the step leads. */
  readonly events: readonly string[];
  /** The route that is taken, where it is one that counts. */
  readonly counted: string | null;
}

const eventOf = { advance: advanceEvent, skip: skipEvent } as const;

/** Where a step leads as things stand. `decide` goes there, `explain` says what is asked on the way. */
export function onward(context: Context, compiled: CompiledStep, leaving: Leaving): Onward {
  const { step, phase, routes } = compiled;
  if (phase.order !== 'sequence') return beside(context, compiled, leaving);
  if (routes.length > 0) return byRoute(context, compiled, leaving);
  const following = phase.steps[phase.steps.indexOf(step) + 1];
  return {
    reasons: following === undefined ? phaseLeftReasons(context, phase) : entryReasons(context, following.id),
    events: [eventOf[leaving](step.id)],
    counted: null,
  };
}

/** A step beside others: the phase is left with it when that completes the join. */
function beside(context: Context, { step, phase }: CompiledStep, leaving: Leaving): Onward {
  const event = eventOf[leaving](step.id);
  if (!joins(context, phase, step.id, leaving)) return { reasons: [], events: [event], counted: null };
  return { reasons: phaseLeftReasons(context, phase), events: [event, joinEvent(phase.id)], counted: null };
}

/** Whether the phase has waited for all that it waits for once this step is left; also when nothing is left to do. */
function joins({ instance }: Context, phase: Phase, leaving: string, how: Leaving): boolean {
  const left = how === 'advance' ? 'done' : 'skipped';
  const states = phase.steps.map(({ id }) => (id === leaving ? left : stepState(instance.marking, phase, id)));
  if (states.every((state) => state === 'done' || state === 'skipped')) return true;
  const { join } = phase;
  if (join !== 'all') return states.filter((state) => state === 'done').length >= join.atLeast;
  // Of what it waits for, a step that was skipped is settled: somebody agreed to it.
  return phase.steps.every(
    ({ optional }, index) => optional || states[index] === 'done' || states[index] === 'skipped',
  );
}

function byRoute(context: Context, { step, phase, routes }: CompiledStep, leaving: Leaving): Onward {
  const asked: Reason[] = [];
  let taken: CompiledRoute | null = null;
  for (const route of routes) {
    const reason = route.when === null ? null : conditionReason(context, route.when);
    if (reason !== null) asked.push(reason);
    if (reason === null || reason.verdict === 'met') taken = route;
    if (reason?.verdict !== 'not-met') break;
  }
  if (taken === null) return { reasons: [unrouted(context.process, step.id, asked)], events: [], counted: null };
  const { to, limit } = taken;
  return {
    reasons: [
      ...(limit === null ? [] : [routeWithinLimit(context, step.id, to, limit)]),
      ...reachedReasons(context, phase, to),
    ],
    events: [eventOf[leaving](step.id, to)],
    counted: limit === null ? null : to,
  };
}

/** No route is known to hold: one before it is unknown, or every one has a condition that does not hold. */
function unrouted(process: CompiledProcess, id: string, asked: readonly Reason[]): Reason {
  const unknown = asked.at(-1)?.verdict === 'unknown';
  const { zh, en } = stepOf(process, id).step.title;
  return {
    kind: 'any',
    id: ROUTE_KNOWN,
    verdict: unknown ? 'unknown' : 'not-met',
    say: unknown
      ? { zh: `尚不知道“${zh}”之后去哪里`, en: `where “${en}” leads is not known yet` }
      : { zh: `“${zh}”的去向没有一条成立`, en: `no route of “${en}” holds` },
    of: asked,
  };
}

/** What is asked on the way from within a phase to a place. */
function reachedReasons(context: Context, from: Phase, to: string): readonly Reason[] {
  const target = context.process.steps.get(to);
  if (target?.phase === from) return entryReasons(context, to);
  const exit = phaseGateReasons(context, from.id, 'exit');
  if (target !== undefined) {
    return [...exit, ...phaseGateReasons(context, target.phase.id, 'entry'), ...entryReasons(context, to)];
  }
  return context.process.phases.has(to) ? [...exit, ...phaseEntryReasons(context, to)] : exit;
}

/** The exit of a phase and the entry of the one behind it. */
function phaseLeftReasons(context: Context, phase: Phase): readonly Reason[] {
  const { phases } = context.process.definition;
  const target = phases[phases.indexOf(phase) + 1];
  const exit = phaseGateReasons(context, phase.id, 'exit');
  return target === undefined ? exit : [...exit, ...phaseEntryReasons(context, target.id)];
}

/** What is asked of work that is sent back: nothing again, but the entry of a step that it has only been led past. */
export function sentBackReasons(context: Context, to: string): readonly Reason[] {
  const { position, steps } = context.instance;
  const { phase } = stepOf(context.process, to);
  const { round = 0, skips = 0 } = steps[to] ?? {};
  if (round > skips) return [];
  const inside = position.some((place) => place.phase === phase.id);
  return [...(inside ? [] : phaseGateReasons(context, phase.id, 'entry')), ...entryReasons(context, to)];
}

/** What a phase asks before it is entered: its own entry gate and those of the steps that begin it. */
export function phaseEntryReasons(context: Context, id: string): readonly Reason[] {
  const phase = context.process.phases.get(id);
  const steps = phase?.steps ?? [];
  const first = phase?.order === 'sequence' ? steps.slice(0, 1) : phase?.order === 'parallel' ? steps : [];
  return [...phaseGateReasons(context, id, 'entry'), ...first.flatMap((step) => entryReasons(context, step.id))];
}

export function entryReasons(context: Context, id: string): readonly Reason[] {
  return gateReasons(context, stepOf(context.process, id).entry, { on: 'step', which: 'entry', of: id });
}

function phaseGateReasons(context: Context, id: string, which: 'entry' | 'exit'): readonly Reason[] {
  return gateReasons(context, context.process.phaseGates.get(id)?.[which] ?? [], { on: 'phase', which, of: id });
}
