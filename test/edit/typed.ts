import type { Approver } from '../../src/definition/approval-types.ts';
import type { Sla, SlaEffects } from '../../src/definition/sla-types.ts';
import type { Activity, Criterion, Gate, ProcessDefinition, Step } from '../../src/definition/types.ts';

// What an edit makes of a typed definition, said without the words of the file: the tests hold edited files to it.

export type Renamable = 'role' | 'field' | 'step' | 'phase' | 'outcome' | 'activity' | 'approval';

/** Each phase, step or activity as something else; `[]` leaves it out, two put one beside it. */
export function eachStep(definition: ProcessDefinition, edit: (step: Step) => Step): ProcessDefinition {
  return {
    ...definition,
    phases: definition.phases.map((phase) => ({ ...phase, steps: phase.steps.map(edit) })),
  };
}

export function eachActivity(definition: ProcessDefinition, edit: (activity: Activity) => Activity): ProcessDefinition {
  return eachStep(definition, (step) => ({ ...step, activities: step.activities.map(edit) }));
}

export function eachSla(definition: ProcessDefinition, edit: (sla: Sla) => Sla): ProcessDefinition {
  const own = (sla: Sla | null) => sla && edit(sla);
  const steps = eachStep(definition, (step) => ({
    ...step,
    sla: own(step.sla),
    activities: step.activities.map((activity) => ({ ...activity, sla: own(activity.sla) })),
    approvals: step.approvals.map((approval) => ({ ...approval, sla: own(approval.sla) })),
  }));
  return {
    ...steps,
    sla: own(definition.sla),
    phases: steps.phases.map((phase) => ({ ...phase, sla: own(phase.sla) })),
  };
}

function eachGate(definition: ProcessDefinition, edit: (gate: Gate) => Gate): ProcessDefinition {
  const steps = eachStep(definition, (step) => ({ ...step, entry: edit(step.entry), exit: edit(step.exit) }));
  return {
    ...steps,
    phases: steps.phases.map((phase) => ({ ...phase, entry: edit(phase.entry), exit: edit(phase.exit) })),
  };
}

function eachEffects(definition: ProcessDefinition, edit: <E extends SlaEffects>(effects: E) => E): ProcessDefinition {
  return eachSla(definition, (sla) => ({
    ...sla,
    breach: sla.breach && edit(sla.breach),
    escalate: sla.escalate.map((rung) => edit(rung)),
  }));
}

function eachDo(definition: ProcessDefinition, word: string, edit: (id: string) => string): ProcessDefinition {
  return eachEffects(definition, (effects) => {
    const old = effects.do?.[word];
    return old === undefined ? effects : { ...effects, do: { ...effects.do, [word]: edit(old) } };
  });
}

const wasToo =
  <E extends { readonly id: string; readonly was: readonly string[] }>(id: string, to: string) =>
  (element: E): E =>
    element.id === id ? { ...element, id: to, was: [...element.was.filter((old) => old !== to), id] } : element;

/** The definition in which one element has another id, and carries the one that it had. */
export function renamed(definition: ProcessDefinition, kind: Renamable, id: string, to: string): ProcessDefinition {
  const one = (name: string): string => (name === id ? to : name);
  const maybe = (name: string | null): string | null => (name === null ? null : one(name));
  const all = (names: readonly string[]): readonly string[] => names.map(one);
  switch (kind) {
    case 'role':
      return renamedRole(definition, id, to);
    case 'field':
      return renamedField(definition, id, to);
    case 'phase':
    case 'step': {
      const places = eachStep(definition, (step) => ({
        ...(kind === 'step' ? wasToo<Step>(id, to)(step) : step),
        rework: step.rework && { ...step.rework, to: all(step.rework.to) },
        next: step.next.map((route) => ({ ...route, to: one(route.to) })),
      }));
      const done = eachDo(places, 'step', one);
      return {
        ...done,
        phases: kind === 'phase' ? done.phases.map(wasToo(id, to)) : done.phases,
        outcomes: done.outcomes.map((outcome) => ({
          ...outcome,
          from: outcome.from === 'any' ? 'any' : all(outcome.from),
        })),
        reopen: done.reopen && { ...done.reopen, to: maybe(done.reopen.to) },
        retired: done.retired.map((retired) => ({ ...retired, moveTo: one(retired.moveTo) })),
      };
    }
    case 'outcome': {
      const steps = eachStep(definition, (step) => ({ ...step, milestone: maybe(step.milestone) }));
      return {
        ...eachDo(steps, 'outcome', one),
        outcomes: definition.outcomes.map(wasToo(id, to)),
        evidence: definition.evidence.map((evidence) => ({ ...evidence, on: one(evidence.on) })),
      };
    }
    case 'activity':
      return {
        ...eachActivity(definition, wasToo(id, to)),
        signals: definition.signals.map((signal) => ({ ...signal, completes: maybe(signal.completes) })),
      };
    case 'approval':
      return eachStep(definition, (step) => ({
        ...step,
        skip: step.skip && { ...step.skip, approval: one(step.skip.approval) },
        approvals: step.approvals.map(wasToo(id, to)),
        activities: step.activities.map((activity) => ({
          ...activity,
          skip: activity.skip && { ...activity.skip, approval: one(activity.skip.approval) },
        })),
      }));
  }
}

function renamedRole(definition: ProcessDefinition, id: string, to: string): ProcessDefinition {
  const one = (name: string): string => (name === id ? to : name);
  const all = (names: readonly string[]): readonly string[] => names.map(one);
  const approver = <A extends Approver>(who: A): A => (who.kind === 'role' ? { ...who, id: one(who.id) } : who);
  const by = <P extends { readonly by: readonly string[] }>(policy: P | null): P | null =>
    policy && { ...policy, by: all(policy.by) };
  const steps = eachStep(definition, (step) => ({
    ...step,
    owner: step.owner === null ? null : one(step.owner),
    see: all(step.see),
    skip: by(step.skip),
    override: by(step.override),
    activities: step.activities.map((activity) => ({
      ...activity,
      by: all(activity.by),
      see: all(activity.see),
      skip: by(activity.skip),
    })),
    approvals: step.approvals.map((approval) => ({
      ...approval,
      bands: approval.bands.map((band) => ({ ...band, by: band.by.map(approver) })),
    })),
  }));
  const effects = eachEffects(steps, (own) => ({
    ...own,
    notify: own.notify.map(approver),
    raise: own.raise === null ? null : one(own.raise),
  }));
  const { access } = effects;
  return {
    ...effects,
    roles: definition.roles.map(wasToo(id, to)),
    access: access && {
      ...access,
      see: all(access.see),
      start: all(access.start),
      assign: all(access.assign),
      across: all(access.across),
    },
    signals: definition.signals.map((signal) => ({ ...signal, from: all(signal.from) })),
    hold: by(definition.hold),
    reopen: by(definition.reopen),
    override: by(definition.override),
  };
}

function renamedField(definition: ProcessDefinition, id: string, to: string): ProcessDefinition {
  const one = (name: string): string => (name === id ? to : name);
  const maybe = (name: string | null): string | null => (name === null ? null : one(name));
  const all = (names: readonly string[]): readonly string[] => names.map(one);
  // Texts in quotes are values, everything else that is spelt like the field is the field.
  const condition = (text: string): string =>
    text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\w+/g, (word) => (word === id ? to : word));
  const when = <E extends { readonly when: string | null }>(element: E): E => ({
    ...element,
    when: element.when === null ? null : condition(element.when),
  });
  const criterion = (own: Criterion): Criterion => {
    switch (own.kind) {
      case 'condition':
        return { ...own, text: condition(own.text) };
      case 'not':
        return { ...own, of: criterion(own.of) };
      default:
        return { ...own, of: own.of.map(criterion) };
    }
  };
  const gates = eachGate(definition, (gate) => gate.map((own) => ({ ...own, criterion: criterion(own.criterion) })));
  const steps = eachStep(gates, (step) => ({
    ...step,
    rework: step.rework && { ...step.rework, resets: all(step.rework.resets) },
    next: step.next.map(when),
    starts: step.starts.map((child) => ({
      ...when(child),
      with: Object.fromEntries(
        Object.entries(child.with).map(([own, from]) => [
          child.process === definition.process ? one(own) : own,
          one(from),
        ]),
      ),
    })),
    activities: step.activities.map((activity) => ({
      ...when(activity),
      supplies: all(activity.supplies),
      maySupply: all(activity.maySupply),
      shared: activity.shared && {
        ...activity.shared,
        scope: activity.shared.scope.map((scope) => ({ ...scope, from: one(scope.from) })),
      },
      call: activity.call && { ...activity.call, sends: all(activity.call.sends) },
    })),
    approvals: step.approvals.map((approval) => ({
      ...when(approval),
      of: maybe(approval.of),
      voidsOn: all(approval.voidsOn),
    })),
  }));
  const slas = eachSla(steps, (sla) => ({
    ...sla,
    due: maybe(sla.due),
    from: maybe(sla.from),
    targets: sla.targets.map((target) => ({ ...when(target), due: maybe(target.due) })),
  }));
  return {
    ...slas,
    key: maybe(definition.key),
    calendar: definition.calendar.map(when),
    schedule: definition.schedule && { ...definition.schedule, sets: maybe(definition.schedule.sets) },
    fields: definition.fields.map(wasToo(id, to)),
    tables: definition.tables.map((table) => ({ ...table, sets: one(table.sets), rules: table.rules.map(when) })),
    evidence: definition.evidence.map((evidence) => ({
      ...evidence,
      valid: { ...evidence.valid, until: maybe(evidence.valid.until), from: maybe(evidence.valid.from) },
      scope: all(evidence.scope),
    })),
    signals: definition.signals.map((signal) => ({ ...signal, match: maybe(signal.match), sets: all(signal.sets) })),
  };
}
