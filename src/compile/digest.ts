import type { CalendarDefinition } from '../calendar/index.ts';
import type { Approval } from '../definition/approval-types.ts';
import type { Sla } from '../definition/sla-types.ts';
import type { DecisionTable } from '../definition/table-types.ts';
import type { Activity, Field, Outcome, Phase, ProcessDefinition, Role, Step } from '../definition/types.ts';
import { canonicalJson, sha256 } from '../json.ts';

type Defaults<Element> = Partial<Readonly<Record<keyof Element, unknown>>>;

/*
 * Words that the language gained after versions had been published, with what is read where they are not written. A file
 * that does not use them must keep the digest it was published under: instances are pinned to it. A word that comes
 * later gets its line here; none is ever taken away.
 */
const ofProcess: Defaults<ProcessDefinition> = {
  substitutes: [],
  managers: [],
  access: null,
  hold: null,
  reopen: null,
  override: null,
  evidence: [],
  signals: [],
  calendar: [],
  schedule: null,
  sla: null,
  retired: [],
  policy: [],
};
const ofRole: Defaults<Role> = { holders: null, heldBy: [], calendar: null, was: [] };
const ofField: Defaults<Field> = { was: [] };
const ofOutcome: Defaults<Outcome> = { was: [] };
const ofTable: Defaults<DecisionTable> = { hit: 'first', collect: null };
const ofPhase: Defaults<Phase> = { join: 'all', sla: null, was: [] };
const ofStep: Defaults<Step> = {
  see: [],
  approvals: [],
  override: null,
  optional: false,
  skip: null,
  repeatable: null,
  next: [],
  starts: [],
  wait: 'all',
  was: [],
};
const ofRework: Defaults<NonNullable<Step['rework']>> = { resets: [] };
const ofApproval: Defaults<Approval> = { sla: null, was: [] };
const ofSla: Defaults<Sla> = {
  targets: [],
  calendar: null,
  breach: null,
  escalate: [],
  pause: [],
  onRework: 'restart',
  onChange: 'keep',
};
const ofActivity: Defaults<Activity> = { see: [], when: null, skip: null, shared: null, call: null, was: [] };

/** The identity of a calendar: SHA-256 of its canonical definition. */
export function calendarDigest(definition: CalendarDefinition): string {
  return sha256(canonicalJson(definition));
}

/**
 * The identity of a version: SHA-256 of its canonical definition, whatever words this program knows beside its own, and of
 * the calendars that it names, which are part of it.
 */
export function digestOf(definition: ProcessDefinition, calendars: readonly CalendarDefinition[]): string {
  const phases = definition.phases.map((phase) => {
    const steps = phase.steps.map((step) => {
      const parts = {
        ...step,
        sla: slaOf(step.sla),
        rework: step.rework === null ? null : written(step.rework, ofRework),
        activities: step.activities.map((activity) => written({ ...activity, sla: slaOf(activity.sla) }, ofActivity)),
        approvals: step.approvals.map((approval) => written({ ...approval, sla: slaOf(approval.sla) }, ofApproval)),
      };
      return written(parts, ofStep);
    });
    return { ...written({ ...phase, sla: slaOf(phase.sla) }, ofPhase), steps };
  });
  const roles = definition.roles.map((role) => written(role, ofRole));
  const fields = definition.fields.map((field) => written(field, ofField));
  const outcomes = definition.outcomes.map((outcome) => written(outcome, ofOutcome));
  const tables = definition.tables.map((table) => written(table, ofTable));
  const named = Object.fromEntries(calendars.map((calendar) => [calendar.calendar, calendarDigest(calendar)]));
  const pinned = calendars.length === 0 ? {} : { calendars: named };
  return sha256(
    canonicalJson({
      ...written({ ...definition, sla: slaOf(definition.sla) }, ofProcess),
      roles,
      fields,
      outcomes,
      tables,
      phases,
      ...pinned,
    }),
  );
}

function slaOf(sla: Sla | null): object | null {
  return sla === null ? null : written(sla, ofSla);
}

function written<Element extends object>(element: Element, defaults: Defaults<Element>): object {
  const unwritten = new Map(Object.entries(defaults).map(([name, value]) => [name, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(element).filter(([name, value]) => unwritten.get(name) !== JSON.stringify(value)),
  );
}
