// Process files, and calendar files in the same way. In: the text of a YAML file. Out: the typed definition and every problem of the file, each with code,
// severity, line, column, what is wrong and what to do, in Chinese and English.
// Stages: scan (size, depth, what YAML could do that the language leaves out) → YAML → JSON Schema → typed build →
// one check per noun beyond the schema. Later stages run on what earlier ones left well-formed.
// Never: files, clock, network; nothing is thrown at bad input, and no code of the file is run.
export { type Duration, type DurationUnit, durationUnits, isTooLong, parseDuration } from '../calendar/index.ts';
export { calendarsOf } from './calendar-names.ts';
export { type Cases, casesOf, type Effort, MET, NOT_MET } from './cases.ts';
export type { Beside, Others } from './check.ts';
export { combinationOf, verdictOf, withParts } from './criteria.ts';
export { minorDigits } from './currency.ts';
export { choiceValues, exprTypes } from './field-types.ts';
export type { FileKind } from './file-kind.ts';
export { type Fix, writeInstead } from './fix.ts';
export { formatProblem } from './format-problem.ts';
export { keySpan, type Outline, type Path, pointerOf, valueSpan } from './outline.ts';
export type { Problem, Severity } from './problem.ts';
export { type ProblemCode, problemCodes } from './problem-codes.ts';
export { processKind } from './process-kind.ts';
export { entries, items, member, type Raw, rawOf, string, strings } from './raw.ts';
export { type ReadCalendar, readCalendar } from './read-calendar.ts';
export { calendarIds, readCalendars } from './read-calendars.ts';
export { readFile } from './read-file.ts';
export { linesOf } from './read-lines.ts';
export { readNodes } from './read-nodes.ts';
export { type ReadResult, readProcess } from './read-process.ts';
export { namesOthers, readProcesses } from './read-processes.ts';
export { regionsOf } from './regions.ts';
export { type Advice, collectProblems } from './report.ts';
export { makeReports, type Reports } from './reports.ts';
export { ADMIN, INSTANCE_OWNER, instanceOwnerTitle } from './roles.ts';
export { type Choice, leadSame, saySame } from './same-verdicts.ts';
export { spanInScalar } from './scalar-place.ts';
export { makeSource, placeOf, type Source } from './source.ts';
export { sumOf } from './table-values.ts';
