import { type MachinePath, shortestPaths } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { Text } from '../text.ts';
import { type Coverage, type CoveredCriterion, coverageOf } from './coverage.ts';
import {
  act,
  begin,
  complete,
  type Draft,
  enter,
  gatesAt,
  give,
  isOpen,
  leave,
  solve,
  tryLeaving,
  type Written,
  work,
} from './explorer.ts';
import type { ScenarioResult } from './types.ts';

/** A scenario that lacks, as it would be written. */
export interface ProposedScenario {
  readonly name: Text;
  readonly start: Written;
  readonly do: readonly Written[];
}

export interface Proposals {
  readonly scenarios: readonly ProposedScenario[];
  /** What is not reached yet and for which no way was found. */
  readonly unreached: readonly Text[];
}

/** Most scenarios that are proposed at once. */
const MOST_PROPOSED = 50;

/** Scenarios for what others do not reach, along the shortest paths of the machine; `at` is when they begin (UTC). */
export function proposeScenarios(process: CompiledProcess, coverage: Coverage, at: string): Proposals {
  const paths = shortestPaths(process) ?? [];
  const length = (goal: Goal) => pathTo(paths, goal.step)?.events.length ?? 0;
  // The farthest first: on the way to it much else is reached.
  const goals = [...goalsOf(process, coverage)].sort((one, other) => length(other) - length(one));
  const scenarios: ProposedScenario[] = [];
  const histories: Pick<ScenarioResult, 'history'>[] = [];
  const unreached: Text[] = [];
  for (const goal of goals) {
    const reached = goalsOf(process, coverageOf(process, histories));
    if (!reached.some(({ name }) => name.en === goal.name.en)) continue;
    const draft = scenarios.length >= MOST_PROPOSED ? null : reach(process, goal, pathTo(paths, goal.step), at);
    if (draft === null) unreached.push(goal.name);
    else {
      scenarios.push(written(goal, draft));
      histories.push({ history: draft.world.entries });
    }
  }
  return { scenarios, unreached };
}

/** Something to reach: a step that must be open first, and what is done in it. */
interface Goal {
  readonly name: Text;
  readonly step: string;
  finish(draft: Draft): Draft | null;
}

function goalsOf(process: CompiledProcess, coverage: Coverage): readonly Goal[] {
  const missing = (list: Coverage['steps']) => list.filter(({ seen }) => !seen).map(({ id }) => id);
  return [
    ...missing(coverage.steps).map(
      (id): Goal => ({ name: { zh: `进入 ${id}`, en: `reach ${id}` }, step: id, finish: (draft) => draft }),
    ),
    ...missing(coverage.activities).flatMap((id): readonly Goal[] => {
      const compiled = process.activities.get(id);
      if (compiled === undefined) return [];
      const name = { zh: `完成 ${id}`, en: `do ${id}` };
      return [{ name, step: compiled.step.id, finish: (draft) => complete(draft, compiled, {}) }];
    }),
    ...missing(coverage.outcomes).flatMap((id) => outcomeGoals(process, id)),
    ...missing(coverage.routes).flatMap((id) => routeGoals(process, id)),
    ...coverage.criteria.flatMap((criterion) => criterionGoals(process, criterion)),
  ];
}

function outcomeGoals(process: CompiledProcess, id: string): readonly Goal[] {
  const name = { zh: `结果 ${id}`, en: `end as ${id}` };
  const milestone = [...process.steps.values()].find(({ step }) => step.milestone === id);
  if (milestone !== undefined)
    return [{ name, step: milestone.step.id, finish: (draft) => passOn(draft, milestone.step.id) }];
  const outcome = process.outcomes.get(id);
  const [first] = process.steps.keys();
  if (outcome === undefined || first === undefined) return [];
  const from = outcome.from === 'any' ? first : (outcome.from[0] ?? first);
  const step = process.steps.has(from) ? from : (process.phases.get(from)?.steps[0]?.id ?? first);
  const reason = outcome.reasons[0]?.id ?? 'reason';
  const roles = process.definition.roles.map((role) => role.id);
  return [{ name, step, finish: (draft) => act(draft, 'close', id, roles, { reason }) }];
}

function routeGoals(process: CompiledProcess, id: string): readonly Goal[] {
  const name = { zh: `去向 ${id}`, en: `take ${id}` };
  const [step = '', to = ''] = id.split(/[<>]/);
  const roles = process.steps.get(step)?.roles ?? [];
  if (id.includes('<'))
    return [{ name, step, finish: (draft) => act(draft, 'rework', to, roles, { step, reason: 'reason' }) }];
  return [{ name, step, finish: (draft) => passOn(draft, step, to) }];
}

/** Seen met: the gate is passed. Seen not met: it is refused. */
function criterionGoals(process: CompiledProcess, { id, gate, met, notMet }: CoveredCriterion): readonly Goal[] {
  const step = askedAt(process, gate);
  if (step === null) return [];
  const where = `${gate.of} ${id}`;
  return [
    ...(met
      ? []
      : [{ name: { zh: `满足 ${where}`, en: `meet ${where}` }, step, finish: (draft: Draft) => passOn(draft, step) }]),
    ...(notMet
      ? []
      : [
          {
            name: { zh: `不满足 ${where}`, en: `fail ${where}` },
            step,
            finish: (draft: Draft) => fail(draft, step, id),
          },
        ]),
  ];
}

/** The step that is left where a gate is asked; null: none is, since it begins the process. */
function askedAt({ definition }: CompiledProcess, { on, which, of }: CoveredCriterion['gate']): string | null {
  const { phases } = definition;
  const steps = phases.flatMap((phase) => phase.steps.map(({ id }) => ({ id, phase })));
  if (on === 'step' && which === 'exit') return of;
  if (on === 'phase' && which === 'exit') return phases.find(({ id }) => id === of)?.steps.at(-1)?.id ?? null;
  const first = steps.findIndex(({ id, phase }) => (on === 'step' ? id === of : phase.id === of));
  return steps[first - 1]?.id ?? null;
}

/** The shortest path on which a step is open; null: none is known. */
function pathTo(paths: readonly MachinePath[], step: string): MachinePath | null {
  const found = paths.filter(({ open }) => open.includes(step));
  return found.sort((one, other) => one.events.length - other.events.length)[0] ?? null;
}

/** Goes to a step, and does there what is to be reached; null: no way was found. */
function reach(process: CompiledProcess, goal: Goal, path: MachinePath | null, at: string): Draft | null {
  let draft = path === null ? null : begin(process, at);
  for (const event of path?.events ?? []) draft = draft === null ? null : follow(draft, event);
  return draft === null || !isOpen(draft, goal.step) ? null : goal.finish(draft);
}

/** A scenario that says nothing shows nothing: it ends with how things stand. */
function written({ name }: Goal, { world: { instance }, steps: [start = {}, ...steps] }: Draft): ProposedScenario {
  const last = steps.at(-1);
  if (instance === null || last?.refused !== undefined) return { name, start, do: steps };
  const { position, status, outcome } = instance;
  const expect: Written = { expect: { step: position.map(({ step }) => step), status, outcome } };
  return { name, start, do: last === undefined ? [expect] : [...steps.slice(0, -1), { ...last, ...expect }] };
}

/** Does what an event of the machine stands for. */
function follow(draft: Draft, event: string): Draft | null {
  const [word, rest = ''] = event.split(/:(.*)/s);
  if (word === 'enter') return enter(draft, rest);
  if (word === 'join') return joined(draft, rest);
  const [step = '', to = null] = rest.split('>');
  return isOpen(draft, step) ? passOn(draft, step, to) : draft;
}

/** Does what a step asks, and leaves it, to a place where that is wanted. */
function passOn(draft: Draft, step: string, to: string | null = null): Draft | null {
  const ready = prepared(draft, step, [
    (probe) =>
      gatesAt(probe, step).every(({ verdict }) => verdict === 'met') && (to === null || leadsTo(probe, step, to)),
  ]);
  return ready === null || !isOpen(ready, step) ? ready : leave(ready, step);
}

/** Does what a step asks with values that its gates then stand with as wanted, or else as wanted next. */
function prepared(draft: Draft, step: string, wanted: readonly ((probe: Draft) => boolean)[]): Draft | null {
  const plain = work(draft, step, {});
  if (plain === null || !isOpen(plain, step)) return plain;
  for (const isWanted of wanted) {
    const values = solve(plain, step, isWanted);
    if (values === null) continue;
    const known = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    const worked = work(draft, step, known) ?? plain;
    return give(isOpen(worked, step) ? worked : plain, step, values);
  }
  return null;
}

function leadsTo(draft: Draft, step: string, to: string): boolean {
  const left = leave(draft, step)?.world.instance;
  if (left === undefined || left === null) return false;
  if (to === 'end') return left.status === 'closed';
  return [...left.position, ...left.waiting].some((place) => place.step === to || place.phase === to);
}

/** Leaves all steps of a phase that it waits for. */
function joined(draft: Draft, phase: string): Draft | null {
  let current: Draft | null = draft;
  for (const { id, optional } of draft.world.process.phases.get(phase)?.steps ?? []) {
    if (optional || current === null) continue;
    const instance: Draft['world']['instance'] = current.world.instance;
    if (instance?.waiting.some(({ step }) => step === id)) current = enter(current, id);
    if (current !== null && isOpen(current, id)) current = passOn(current, id);
  }
  return current;
}

/** Tries to leave a step while a criterion says no, alone where that can be. */
function fail(draft: Draft, step: string, criterion: string): Draft | null {
  const says = (isAlone: boolean) => (probe: Draft) => {
    const gates = gatesAt(probe, step);
    const others = gates.filter(({ id }) => id !== criterion);
    const isShut = gates.some(({ id, verdict }) => id === criterion && verdict === 'not-met');
    return isShut && (!isAlone || others.every(({ verdict }) => verdict === 'met'));
  };
  const ready = prepared(draft, step, [says(true), says(false)]);
  return ready === null || !isOpen(ready, step) ? null : tryLeaving(ready, step);
}
