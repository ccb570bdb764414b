import { isDeepStrictEqual } from 'node:util';
import { type CalendarDefinition, openCalendar, parseDuration } from '../calendar/index.ts';
import { calendarsOf, exprTypes } from '../definition/index.ts';
import type { Signal } from '../definition/signal-types.ts';
import type { Activity, Criterion, Gate, ProcessDefinition, Route, SkipPolicy } from '../definition/types.ts';
import { compileCondition } from '../expr/index.ts';
import type { Condition, ExprType } from '../expr/types.ts';
import { compileAccess, guardedOf } from './access.ts';
import { compileClocks } from './compile-clocks.ts';
import { compileSchedule } from './compile-schedule.ts';
import { digestOf } from './digest.ts';
import { createProcessMachine } from './machine.ts';
import { machineConfig } from './machine-config.ts';
import type {
  CompiledActivity,
  CompiledApproval,
  CompiledCall,
  CompiledCriterion,
  CompiledGates,
  CompiledProcess,
  CompiledRoute,
  CompiledSignal,
  CompiledStep,
  CriterionTree,
} from './types.ts';

/**
 * Makes a checked definition ready to run. Of `calendars` it takes those that the definition names, which become part of
 * it. Throws a plain Error where the check should have refused it.
 */
export function compileProcess(
  definition: ProcessDefinition,
  calendars: readonly CalendarDefinition[] = [],
): CompiledProcess {
  const named = calendarsOf(definition);
  const pinned = calendars.filter(({ calendar }) => named.has(calendar));
  return assemble(definition, {
    digest: digestOf(definition, pinned),
    calendars: new Map(pinned.map((calendar) => [calendar.calendar, openCalendar(calendar)])),
    conditions: conditionSet(exprTypes(definition.fields), new Map()),
    machineOf: createProcessMachine,
  });
}

/**
 * Makes a changed definition with the fields and calendars of a compiled one ready to be tried: what is the same is used
 * again, which takes a tenth of the time. It is no version and has no digest. Throws a plain Error like `compileProcess`.
 */
export function compileVariant(original: CompiledProcess, definition: ProcessDefinition): CompiledProcess {
  return assemble(definition, {
    digest: '',
    calendars: original.calendars,
    conditions: conditionSet(exprTypes(definition.fields), original.conditions),
    machineOf: (config) =>
      isDeepStrictEqual(config, original.config) ? original.machine : createProcessMachine(config),
  });
}

/** What takes time to make. */
interface Parts {
  readonly digest: string;
  readonly calendars: CompiledProcess['calendars'];
  readonly conditions: ReturnType<typeof conditionSet>;
  machineOf(config: CompiledProcess['config']): CompiledProcess['machine'];
}

function assemble(definition: ProcessDefinition, parts: Parts): CompiledProcess {
  const { digest, calendars: opened, conditions } = parts;
  const gates = ({ entry, exit }: { readonly entry: Gate; readonly exit: Gate }): CompiledGates => ({
    entry: compileGate(entry, conditions.compile),
    exit: compileGate(exit, conditions.compile),
  });
  const everyRole = definition.roles.map(({ id }) => id);

  const phaseGates = new Map<string, CompiledGates>();
  const steps = new Map<string, CompiledStep>();
  const activities = new Map<string, CompiledActivity>();
  const approvals = new Map<string, CompiledApproval>();
  const suppliers = new Map<string, string[]>(definition.fields.map(({ id }) => [id, []]));
  for (const phase of definition.phases) {
    phaseGates.set(phase.id, gates(phase));
    for (const step of phase.steps) {
      const see = step.see.length > 0 ? step.see : null;
      const owners = step.owner === null ? null : [step.owner];
      const roles = owners ?? see ?? everyRole;
      const starts = step.starts.map((child) => ({
        child,
        when: child.when === null ? null : conditions.compile(child.when),
      }));
      const skippers = skippersOf(step.skip, roles);
      const compiledStep = { step, phase, index: steps.size, routes: [], starts, roles, skippers, see, ...gates(step) };
      steps.set(step.id, compiledStep);
      const skips = new Map<string, CompiledApproval['skips']>();
      if (step.skip !== null) skips.set(step.skip.approval, { activity: null, roles: skippers });
      for (const activity of step.activities) {
        const seers = activity.see.length > 0 ? activity.see : see;
        const roles = activity.by.length > 0 ? activity.by : (owners ?? seers ?? everyRole);
        const when = activity.when === null ? null : conditions.compile(activity.when);
        const skippers = skippersOf(activity.skip, roles);
        if (activity.skip !== null) skips.set(activity.skip.approval, { activity: activity.id, roles: skippers });
        activities.set(activity.id, {
          activity,
          step,
          phase,
          when,
          roles,
          skippers,
          see: seers,
          call: compileCall(activity),
        });
        for (const field of new Set([...activity.supplies, ...activity.maySupply])) {
          suppliers.get(field)?.push(activity.id);
        }
      }
      for (const approval of step.approvals) {
        const when = approval.when === null ? null : conditions.compile(approval.when);
        const read = approval.voidsOn.length > 0 ? approval.voidsOn : (when?.reads ?? []);
        const covers = [...new Set([...read, ...(approval.of === null ? [] : [approval.of])])];
        approvals.set(approval.id, { approval, step, phase, when, covers, skips: skips.get(approval.id) ?? null });
      }
    }
  }
  for (const [id, compiled] of steps) {
    const routes = compiled.step.next.map((route) => compileRoute(route, compiled, steps, conditions.compile));
    steps.set(id, { ...compiled, routes });
  }
  const tables = definition.tables.map(({ id, sets, hit, collect, rules }) => ({
    id,
    sets,
    hit,
    collect,
    rules: rules.map(({ when, then }) => ({ when: when === null ? null : conditions.compile(when), then })),
  }));

  const clocks = compileClocks(definition, opened, conditions.compile);
  const config = machineConfig(definition);
  return {
    definition,
    digest,
    calendars: opened,
    schedule: compileSchedule(definition, opened),
    clocks,
    config,
    machine: parts.machineOf(config),
    access: compileAccess(definition),
    guarded: guardedOf(suppliers, activities),
    phases: byId(definition.phases),
    phaseGates,
    steps,
    starting: [...steps.values()].filter(({ starts }) => starts.length > 0),
    activities,
    signals: new Map(definition.signals.map((signal) => [signal.id, compileSignal(signal, definition.key)])),
    resting: [...activities.values()].filter(({ activity }) => activity.shared !== null),
    calling: [...activities.values()].filter(({ call }) => call !== null),
    approvals,
    fields: byId(definition.fields),
    outcomes: byId(definition.outcomes),
    tables,
    conditions: conditions.all,
    suppliers,
    derived: new Map(definition.tables.map(({ id, sets }) => [sets, id])),
  };
}

function skippersOf(skip: SkipPolicy | null, roles: readonly string[]): readonly string[] {
  return skip !== null && skip.by.length > 0 ? skip.by : roles;
}

function compileCall({ call }: Activity): CompiledCall | null {
  if (call === null) return null;
  const { service, sends, tries, timeout, wait } = call;
  return { service, sends, tries, timeoutMs: watchMs(timeout), waitMs: watchMs(wait) };
}

const UNIT_MS: Readonly<Record<string, number>> = {
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 7 * 86_400_000,
};

/** Milliseconds of a duration that a watch measures: the check refuses others. */
function watchMs(words: string): number {
  const { amount = 0, unit = '' } = parseDuration(words) ?? {};
  const ms = UNIT_MS[unit];
  if (ms === undefined) throw new Error(`${words} is nothing that a watch measures`);
  return amount * ms;
}

/** What has neither a field of its own nor a business key finds nothing: the check refuses it. */
function compileSignal(signal: Signal, key: string | null): CompiledSignal {
  return {
    signal,
    match: signal.match ?? key ?? '',
    keep: signal.keep === null ? null : parseDuration(signal.keep),
  };
}

type Compile = (text: string) => Condition;

/** How often work may go back by a route that does not say: every loop ends. */
const MOST_LOOPS = 100;

function compileRoute(
  { when, to, limit }: Route,
  { phase, index }: CompiledStep,
  steps: ReadonlyMap<string, CompiledStep>,
  compile: Compile,
): CompiledRoute {
  const target = steps.get(to) ?? [...steps.values()].find((other) => other.phase.id === to);
  const back = target !== undefined && (target.index <= index || (target.phase.id === phase.id && to === phase.id));
  return { when: when === null ? null : compile(when), to, limit: limit ?? (back ? MOST_LOOPS : null) };
}

/** Compiles each distinct text once, but for those that are `known`. */
function conditionSet(
  types: ReadonlyMap<string, ExprType>,
  known: CompiledProcess['conditions'],
): {
  readonly all: ReadonlyMap<string, Condition>;
  readonly compile: Compile;
} {
  const all = new Map<string, Condition>();
  const compile = (text: string): Condition => {
    const last = all.get(text) ?? known.get(text);
    if (last !== undefined) {
      all.set(text, last);
      return last;
    }
    const result = compileCondition(text, types);
    if (!result.ok) throw new Error(`condition ${text}: ${result.errors.map(({ message }) => message.en).join('; ')}`);
    all.set(text, result.condition);
    return result.condition;
  };
  return { all, compile };
}

function compileGate(gate: Gate, compile: Compile): readonly CompiledCriterion[] {
  return gate.map((named) => ({ named, criterion: compileCriterion(named.criterion, compile) }));
}

function compileCriterion(criterion: Criterion, compile: Compile): CriterionTree {
  switch (criterion.kind) {
    case 'condition':
      return { kind: 'condition', condition: compile(criterion.text) };
    case 'not':
      return { kind: 'not', of: compileCriterion(criterion.of, compile) };
    default:
      return { ...criterion, of: criterion.of.map((item) => compileCriterion(item, compile)) };
  }
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
