import { build } from './build.ts';
import { type Beside, makeCheck } from './check.ts';
import { checkActivities } from './check-activities.ts';
import { checkApprovals } from './check-approvals.ts';
import { checkCalendars } from './check-calendars.ts';
import { checkCalls } from './check-calls.ts';
import { checkChildren } from './check-children.ts';
import { checkClauses } from './check-clauses.ts';
import { checkConstant } from './check-constant.ts';
import { checkCourse } from './check-course.ts';
import { checkDeadRoutes } from './check-dead-routes.ts';
import { checkDurations } from './check-durations.ts';
import { checkEvidence } from './check-evidence.ts';
import { checkFields } from './check-fields.ts';
import { checkFormer } from './check-former.ts';
import { checkGates } from './check-gates.ts';
import { checkIds } from './check-ids.ts';
import { checkLateFacts } from './check-late-facts.ts';
import { checkLimits } from './check-limits.ts';
import { checkMoves } from './check-moves.ts';
import { checkRoleUse } from './check-role-use.ts';
import { checkRoles } from './check-roles.ts';
import { checkRouteGaps } from './check-route-gaps.ts';
import { checkRoutes } from './check-routes.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkSignals } from './check-signals.ts';
import { checkSkips } from './check-skips.ts';
import { checkSlaNesting } from './check-sla-nesting.ts';
import { checkSlas } from './check-slas.ts';
import { checkSubstitutes } from './check-substitutes.ts';
import { checkSupply } from './check-supply.ts';
import { checkTables } from './check-tables.ts';
import { checkSources, checkTranslations } from './check-texts.ts';
import { checkTicks } from './check-ticks.ts';
import { checkVagueWords } from './check-vague-words.ts';
import type { Problem } from './problem.ts';
import { processKind } from './process-kind.ts';
import { readFile } from './read-file.ts';
import { collectProblems } from './report.ts';
import { makeSource } from './source.ts';
import type { ProcessDefinition } from './types.ts';

export interface ReadResult {
  /** Null exactly when some problem is an error. */
  readonly definition: ProcessDefinition | null;
  /** In the order of the file. */
  readonly problems: readonly Problem[];
}

const checks = [
  checkIds,
  checkFormer,
  checkRoles,
  checkFields,
  checkTables,
  checkCourse,
  checkRoutes,
  checkMoves,
  checkActivities,
  checkCalls,
  checkDurations,
  checkSlas,
  checkCalendars,
  checkGates,
  checkApprovals,
  checkChildren,
  checkSkips,
  checkSubstitutes,
  checkEvidence,
  checkSignals,
  checkSchedule,
  checkSupply,
  checkTranslations,
  checkSources,
];

/** What can be said of a file without errors alone: in another it may be their consequence. */
const analyses = [
  checkConstant,
  checkDeadRoutes,
  checkRouteGaps,
  checkLateFacts,
  checkLimits,
  checkSlaNesting,
  checkTicks,
  checkRoleUse,
  checkVagueWords,
  checkClauses,
];

/**
 * A process file, read and checked; `name` is the one of the file that problems give. What it says of other processes
 * and of calendars is looked for `beside` it, where these are known. Never throws, whatever the text is.
 */
export function readProcess(text: string, name: string, beside: Partial<Beside> = {}): ReadResult {
  const { others = null, calendars = null } = beside;
  const source = makeSource(text, name);
  const collector = collectProblems(source);
  const { all, hasErrors } = collector;
  const file = readFile(text, processKind, collector);
  if (file === null) return { definition: null, problems: all() };
  const { outline, broken } = file;
  const definition = build(outline);
  const check = makeCheck(definition, outline, source, broken, collector, { others, calendars });
  if (!broken.includes('')) for (const run of checks) if (!check.isFull()) run(check);
  if (!hasErrors()) for (const analyse of analyses) analyse(check);
  return { definition: hasErrors() ? null : definition, problems: all() };
}
