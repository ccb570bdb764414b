import type { Activity, Gate, Phase, ProcessDefinition, Step } from '../../src/definition/types.ts';
import { type Order, openSteps, type Standing, truth } from './reference-standing.ts';

// What a process definition means for the course of work, said plainly: no state machine, nothing compiled. It knows
// phases, steps, rounds and activities, facts that are true, false or unknown, and nothing else: no roles, times or
// reasons. `reference.property.test.ts` holds the engine to it.

export function reference(definition: ProcessDefinition) {
  const { phases } = definition;
  const steps = new Map(phases.flatMap((phase) => phase.steps.map((step) => [step.id, { step, phase }] as const)));
  const activities = new Map(
    [...steps.values()].flatMap(({ step }) => step.activities.map((activity) => [activity.id, { step, activity }])),
  );

  /** A fresh standing, or null where the first gate is shut. */
  function start(): Standing | null {
    const now: Standing = {
      closed: false,
      outcome: null,
      phase: null,
      inside: new Map(),
      facts: new Map(),
      round: new Map(),
      ended: new Map(),
      reworks: new Map(),
      passes: new Map(),
      activities: new Map(),
      doneIn: new Map(),
    };
    const first = phases[0];
    if (first === undefined || !opens(now, phaseEntry(first))) return null;
    enterPhase(now, first);
    automatic(now);
    return now;
  }

  /** Takes an order or says no; what it leaves behind after a no is as it was. */
  function send(now: Standing, order: Order): boolean {
    if (now.closed || !carryOut(now, order)) return false;
    automatic(now);
    return true;
  }

  function carryOut(now: Standing, { type, step = '', activity = '', to = '', outcome, fields }: Order): boolean {
    switch (type) {
      case 'set':
        for (const [id, value] of Object.entries(fields ?? {})) now.facts.set(id, value);
        return true;
      case 'close':
        return close(now, outcome ?? '');
      case 'complete':
      case 'undo':
        return work(now, type, activity);
      case 'skip':
        return activity === '' ? skipStep(now, step) : work(now, type, activity);
      case 'enter':
        return enterStep(now, step);
      case 'advance':
        return advance(now, step);
      case 'repeat':
        return repeat(now, step);
      case 'rework':
        return rework(now, step, to);
      default:
        return false;
    }
  }

  function work(now: Standing, type: string, id: string): boolean {
    const found = activities.get(id);
    if (found === undefined || now.inside.get(found.step.id) !== 'open') return false;
    const { activity, step } = found;
    const state = now.activities.get(id) ?? 'open';
    if (type === 'undo') {
      if (state === 'open') return false;
      now.activities.set(id, 'open');
      return true;
    }
    if (type === 'skip') {
      if (!activity.optional || state !== 'open') return false;
      now.activities.set(id, 'skipped');
      return true;
    }
    if (activity.when !== null && truth(now, activity.when) !== true) return false;
    if (state === 'skipped' || (state === 'done' && !activity.repeatable)) return false;
    now.activities.set(id, 'done');
    now.doneIn.set(id, now.round.get(step.id) ?? 0);
    return true;
  }

  function close(now: Standing, id: string): boolean {
    const from = definition.outcomes.find((outcome) => outcome.id === id)?.from ?? [];
    const open = openSteps(now);
    const here = [now.phase ?? '', ...open];
    if (now.outcome !== null || (from !== 'any' && !from.some((place) => here.includes(place)))) return false;
    leaveAll(now, 'closed');
    now.outcome = id;
    finish(now);
    return true;
  }

  function enterStep(now: Standing, id: string): boolean {
    const found = steps.get(id);
    if (found === undefined || now.inside.get(id) !== 'waiting' || !opens(now, [found.step.entry])) return false;
    open(now, id);
    return true;
  }

  function repeat(now: Standing, id: string): boolean {
    const step = steps.get(id)?.step;
    if (step === undefined || now.inside.get(id) !== 'open' || step.repeatable === null) return false;
    if ((now.round.get(id) ?? 0) >= step.repeatable.max || !settled(now, step)) return false;
    end(now, id, 'repeated');
    open(now, id);
    return true;
  }

  function rework(now: Standing, from: string, to: string): boolean {
    const policy = steps.get(from)?.step.rework ?? null;
    const target = steps.get(to);
    if (now.inside.get(from) !== 'open' || policy === null || target === undefined) return false;
    const used = now.reworks.get(from) ?? 0;
    if (!policy.to.includes(to) || used >= (policy.limit ?? Infinity)) return false;
    // A step that work was only led past is entered for the first time.
    const been = (now.round.get(to) ?? 0) > (now.ended.get(to) ?? []).filter((end) => end.includes('skipped')).length;
    const phaseEntered = target.phase.id === now.phase ? [] : [target.phase.entry];
    if (!been && !opens(now, [...phaseEntered, target.step.entry])) return false;
    now.reworks.set(from, used + 1);
    leaveAll(now, 'reworked');
    now.phase = target.phase.id;
    // Neighbours of a step that work goes back to are not done again.
    now.inside = new Map(target.phase.order === 'sequence' ? [] : target.phase.steps.map(({ id }) => [id, 'done']));
    open(now, to);
    return true;
  }

  function advance(now: Standing, id: string): boolean {
    const step = steps.get(id)?.step;
    if (step === undefined || now.inside.get(id) !== 'open' || !settled(now, step)) return false;
    return moveOn(now, id, 'done');
  }

  function skipStep(now: Standing, id: string): boolean {
    const step = steps.get(id)?.step;
    const state = now.inside.get(id);
    if (step === undefined || !step.optional || (state !== 'open' && state !== 'waiting')) return false;
    return moveOn(now, id, 'skipped');
  }

  /** Past a step, by its exit or not, to what comes then. */
  function moveOn(now: Standing, id: string, how: 'done' | 'skipped'): boolean {
    const found = steps.get(id);
    if (found === undefined) return false;
    const { phase, step } = found;
    const then = following(now, phase, step, how);
    if (then === null || !opens(now, then.gates)) return false;
    if (then.limited !== null) {
      const used = now.passes.get(then.limited.way) ?? 0;
      if (used >= then.limited.most) return false;
      now.passes.set(then.limited.way, used + 1);
    }
    const begun = now.inside.get(id) === 'open';
    if (!begun) now.round.set(id, (now.round.get(id) ?? 0) + 1);
    if (!begun) resetActivities(now, id);
    end(now, id, how);
    if (how === 'done' && step.milestone !== null) now.outcome ??= step.milestone;
    now.inside.set(id, how);
    then.go();
    return true;
  }

  interface Then {
    readonly gates: readonly Gate[];
    readonly limited: { readonly way: string; readonly most: number } | null;
    readonly go: () => void;
  }

  /** What comes after a step; null while that is not known. */
  function following(now: Standing, phase: Phase, step: Step, how: 'done' | 'skipped'): Then | null {
    const behind = phases[phases.indexOf(phase) + 1];
    const leavePhase = (): Then => ({
      gates: [phase.exit, ...(behind === undefined ? [] : phaseEntry(behind))],
      limited: null,
      go: () => {
        leaveAll(now, 'left');
        if (behind === undefined) finish(now);
        else enterPhase(now, behind);
      },
    });
    if (phase.order !== 'sequence') {
      const states = phase.steps.map(({ id }) => (id === step.id ? how : now.inside.get(id)));
      const done = phase.steps.filter((_, index) => states[index] === 'done');
      const enough =
        phase.join === 'all'
          ? phase.steps.every(({ id, optional }) => optional || done.some((each) => each.id === id))
          : done.length >= phase.join.atLeast;
      const over = states.every((state) => state === 'done' || state === 'skipped');
      return enough || over ? leavePhase() : { gates: [], limited: null, go: () => undefined };
    }
    if (step.next.length > 0) return byRoute(now, phase, step);
    const next = phase.steps[phase.steps.indexOf(step) + 1];
    if (next === undefined) return leavePhase();
    return { gates: [next.entry], limited: null, go: () => only(now, next.id) };
  }

  function byRoute(now: Standing, phase: Phase, step: Step): Then | null {
    for (const { when, to, limit } of step.next) {
      const holds = when === null ? true : truth(now, when);
      if (holds === null) return null;
      if (!holds) continue;
      const target = steps.get(to);
      const whole = phases.find(({ id }) => id === to);
      const home = whole ?? target?.phase;
      const back =
        home !== undefined &&
        (phases.indexOf(home) < phases.indexOf(phase) ||
          whole === phase ||
          (home === phase && phase.steps.findIndex(({ id }) => id === to) <= phase.steps.indexOf(step)));
      const most = limit ?? (back ? 100 : null);
      const limited = most === null ? null : { way: `${step.id}>${to}`, most };
      if (whole !== undefined) {
        return { gates: [phase.exit, ...phaseEntry(whole)], limited, go: () => enterPhase(now, whole) };
      }
      if (target === undefined) return { gates: [phase.exit], limited, go: () => finish(now) };
      const gates = target.phase === phase ? [] : [phase.exit, target.phase.entry];
      const go = () => {
        now.phase = target.phase.id;
        only(now, to);
      };
      return { gates: [...gates, target.step.entry], limited, go };
    }
    return null;
  }

  function phaseEntry(phase: Phase): readonly Gate[] {
    const asked = phase.order === 'parallel' ? phase.steps : phase.order === 'sequence' ? phase.steps.slice(0, 1) : [];
    return [phase.entry, ...asked.map(({ entry }) => entry)];
  }

  function enterPhase(now: Standing, phase: Phase): void {
    now.phase = phase.id;
    now.inside = new Map();
    for (const [index, { id }] of phase.steps.entries()) {
      if (phase.order === 'any') now.inside.set(id, 'waiting');
      else if (phase.order === 'parallel' || index === 0) open(now, id);
    }
  }

  function only(now: Standing, id: string): void {
    now.inside = new Map();
    open(now, id);
  }

  function open(now: Standing, id: string): void {
    now.inside.set(id, 'open');
    now.round.set(id, (now.round.get(id) ?? 0) + 1);
    resetActivities(now, id);
  }

  function resetActivities(now: Standing, id: string): void {
    for (const activity of steps.get(id)?.step.activities ?? []) now.activities.delete(activity.id);
  }

  function end(now: Standing, id: string, how: string): void {
    const round = now.round.get(id) ?? 0;
    const done = (steps.get(id)?.step.activities ?? []).filter(
      (activity) => now.activities.get(activity.id) === 'done' && now.doneIn.get(activity.id) === round,
    );
    const said = `${round} ${how} ${done.map((activity) => activity.id).join('+')}`;
    now.ended.set(id, [...(now.ended.get(id) ?? []), said]);
  }

  function leaveAll(now: Standing, how: string): void {
    for (const id of openSteps(now)) end(now, id, how);
  }

  function finish(now: Standing): void {
    now.closed = true;
    now.phase = null;
    now.inside = new Map();
  }

  /** Steps that advance by themselves, each once for one order. */
  function automatic(now: Standing): void {
    const tried = new Set<string>();
    for (;;) {
      const next = openSteps(now).find((id) => {
        if (tried.has(id) || steps.get(id)?.step.advance !== 'auto') return false;
        return advance(now, id);
      });
      if (next === undefined) return;
      tried.add(next);
    }
  }

  function settled(now: Standing, step: Step): boolean {
    return step.activities.every((activity) => activitySettled(now, activity)) && opens(now, [step.exit]);
  }

  function activitySettled(now: Standing, { id, optional, when }: Activity): boolean {
    if (optional || (now.activities.get(id) ?? 'open') !== 'open') return true;
    return when !== null && truth(now, when) === false;
  }

  function opens(now: Standing, gates: readonly Gate[]): boolean {
    return gates.flat().every(({ criterion }) => criterion.kind === 'condition' && truth(now, criterion.text) === true);
  }

  return { start, send };
}
