import { INSTANCE_OWNER, instanceOwnerTitle } from '../definition/index.ts';
import type { Sla } from '../definition/sla-types.ts';
import type { Outcome, ProcessDefinition, SkipPolicy, Step } from '../definition/types.ts';
import type { Language, Text } from '../text.ts';
import {
  flowsOf,
  modeOf,
  restWords,
  roundWords,
  routesOf,
  type Say,
  skipWords,
  startWords,
  wayOf,
} from './graph-ways.ts';

/** What a drawing shows of a process, in one language and in order of the file. */
export interface GraphModel {
  readonly language: Language;
  readonly title: string;
  readonly source: string | null;
  readonly phases: readonly GraphPhase[];
  readonly outcomes: readonly GraphOutcome[];
  /** The way forward between steps; `start` and `closed` are its ends. */
  readonly flows: readonly GraphEdge[];
  /** Ways on that are not to what is written next. */
  readonly routes: readonly GraphRoute[];
  readonly reworks: readonly GraphEdge[];
}

export interface GraphPhase {
  readonly id: string;
  readonly title: string;
  readonly source: string | null;
  /** Its steps run side by side. */
  readonly parallel: boolean;
  /** Words for how they do and when it is left; null for one step after the other. */
  readonly mode: string | null;
  /** Number of criteria of its own gates. */
  readonly entry: number;
  readonly exit: number;
  readonly steps: readonly GraphStep[];
}

export interface GraphStep {
  readonly id: string;
  readonly title: string;
  readonly source: string | null;
  /** Title of the owner's role. */
  readonly owner: string | null;
  /** The target of time, in words. */
  readonly sla: string | null;
  /** Words for a step that advances by itself. */
  readonly auto: string | null;
  readonly optional: boolean;
  /** Words for a step of several rounds. */
  readonly rounds: string | null;
  /** Words for each way on, where it has routes. */
  readonly ways: readonly string[];
  /** Words for each process that it starts. */
  readonly starts: readonly string[];
  /** Words for the approval with which it may be skipped, though it is required. */
  readonly skips: string | null;
  readonly entry: number;
  /** Criteria and approvals; an approval that only lets something be skipped is none of it. */
  readonly exit: number;
  /** Title of the outcome that its exit fixes. */
  readonly milestone: string | null;
  readonly activities: readonly GraphActivity[];
}

export interface GraphActivity {
  readonly title: string;
  readonly optional: boolean;
  /** It is needed only where a condition holds. */
  readonly conditional: boolean;
  readonly sla: string | null;
  /** Words for the evidence that it rests on. */
  readonly rests: string | null;
  /** Words for the approval with which it may be skipped, though it is required. */
  readonly skips: string | null;
}

export interface GraphOutcome {
  readonly id: string;
  readonly title: string;
  /** Steps whose exit fixes it. */
  readonly milestoneOf: readonly string[];
  /** Where it may be closed from: `any`, or titles of phases and steps. */
  readonly from: 'any' | readonly string[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

export interface GraphRoute extends GraphEdge {
  /** The phase that it leads to as a whole; null: the step `to` alone. */
  readonly phase: string | null;
  readonly when: string | null;
}

/** Reads from a definition what there is to draw. */
export function graphModel(definition: ProcessDefinition, language: Language): GraphModel {
  const say = (text: Text): string => text[language];
  return {
    language,
    title: say(definition.title),
    source: definition.source,
    phases: definition.phases.map((phase) => ({
      id: phase.id,
      title: say(phase.title),
      source: phase.source,
      parallel: phase.order !== 'sequence',
      mode: modeOf(phase, say),
      entry: phase.entry.length,
      exit: phase.exit.length,
      steps: phase.steps.map((step) => stepOf(definition, step, say, language)),
    })),
    outcomes: definition.outcomes.map((outcome) => outcomeOf(definition, outcome, say)),
    flows: flowsOf(definition),
    routes: routesOf(definition),
    reworks: stepsOf(definition).flatMap(({ id, rework }) => (rework?.to ?? []).map((to) => ({ from: id, to }))),
  };
}

const stepsOf = (definition: ProcessDefinition): readonly Step[] => definition.phases.flatMap(({ steps }) => steps);

function stepOf(definition: ProcessDefinition, step: Step, say: Say, language: Language): GraphStep {
  const declared = definition.roles.find(({ id }) => id === step.owner)?.title;
  const owner = step.owner === INSTANCE_OWNER ? instanceOwnerTitle : declared;
  const milestone = definition.outcomes.find(({ id }) => id === step.milestone);
  const words = (sla: Sla | null): string | null => (sla === null ? null : slaWords(definition, sla, say, language));
  const skips = (skip: SkipPolicy | null): string | null => (skip === null ? null : say(skipWords(step, skip)));
  return {
    id: step.id,
    title: say(step.title),
    source: step.source,
    owner: owner === undefined ? null : say(owner),
    sla: words(step.sla),
    optional: step.optional,
    rounds: step.repeatable === null ? null : say(roundWords(step.repeatable)),
    ways: step.next.map((route) => wayOf(definition, route, say)),
    starts: step.starts.map((child) => say(startWords(child))),
    skips: skips(step.skip),
    auto: step.advance === 'auto' ? say({ zh: '自动推进', en: 'advances by itself' }) : null,
    entry: step.entry.length,
    exit: step.exit.length + exitApprovals(step),
    milestone: milestone === undefined ? null : say(milestone.title),
    activities: step.activities.map(({ title, optional, when, sla, shared, skip }) => {
      const rests = shared === null ? null : say(restWords(shared));
      return { title: say(title), optional, conditional: when !== null, sla: words(sla), rests, skips: skips(skip) };
    }),
  };
}

function exitApprovals({ approvals, skip, activities }: Step): number {
  const skipping = new Set([skip, ...activities.map((each) => each.skip)].map((policy) => policy?.approval));
  return approvals.filter(({ id }) => !skipping.has(id)).length;
}

function outcomeOf(definition: ProcessDefinition, outcome: Outcome, say: Say): GraphOutcome {
  const places = [...definition.phases, ...stepsOf(definition)];
  const titles = (ids: readonly string[]): readonly string[] =>
    ids.flatMap((id) => places.filter((place) => place.id === id).map(({ title }) => say(title)));
  return {
    id: outcome.id,
    title: say(outcome.title),
    milestoneOf: stepsOf(definition)
      .filter(({ milestone }) => milestone === outcome.id)
      .map(({ title }) => say(title)),
    from: outcome.from === 'any' ? 'any' : titles(outcome.from),
  };
}

function slaWords(definition: ProcessDefinition, sla: Sla, say: Say, language: Language): string {
  const field = (id: string): string => {
    const found = definition.fields.find((candidate) => candidate.id === id);
    return found === undefined ? id : say(found.title);
  };
  const one = ({ within, due }: Pick<Sla, 'within' | 'due'>): string =>
    due === null
      ? durationWords(within ?? '', language)
      : say({ zh: `截至${field(due)}`, en: `by ${lowerFirst(field(due))}` });
  // Which of several counts follows from facts.
  const words = [...new Set((sla.targets.length === 0 ? [sla] : sla.targets).map(one))].join(' / ');
  if (sla.from === null) return words;
  return say({ zh: `${field(sla.from)}后 ${words}`, en: `${words} after ${lowerFirst(field(sla.from))}` });
}

const lowerFirst = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

const unitsInChinese: Readonly<Record<string, string>> = {
  'working day': '个工作日',
  'working hour': '个工作小时',
  month: '个月',
  week: '周',
  day: '天',
  hour: '小时',
  minute: '分钟',
};

function durationWords(written: string, language: Language): string {
  if (language === 'en') return written;
  const [, count, unit] = /^(\d+) (.+?)s?$/.exec(written) ?? [];
  const chinese = unit === undefined ? undefined : unitsInChinese[unit];
  return chinese === undefined ? written : `${count} ${chinese}`;
}
