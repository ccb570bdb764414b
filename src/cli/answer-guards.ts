import type { ProcessDefinition } from '../definition/types.ts';
import type { ClockChange, Missing, PossibleAction, Reason, StatementLine } from '../engine/types.ts';
import type { InputProblem } from '../errors.ts';
import type {
  Accepted,
  EvidencePage,
  EvidenceView,
  HistoryPage,
  IncidentItem,
  IncidentPage,
  InstanceDetail,
  InstanceView,
  ListPage,
  RestingPage,
  RestingView,
  ScheduleView,
  SignalPage,
  SignalView,
  SlaView,
  VerifyResult,
  WorkPage,
} from '../service/types.ts';
import type { Text } from '../text.ts';

// What a server sent is what the API promises, or it is no server of ours: each guard looks at the members that the
// commands read, as deep as they reach without asking.

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is Text {
  return isRecord(value) && typeof value.zh === 'string' && typeof value.en === 'string';
}

export function isListOf<T>(is: (value: unknown) => value is T) {
  return (value: unknown): value is readonly T[] => Array.isArray(value) && value.every(is);
}

const isStrings = isListOf((value): value is string => typeof value === 'string');

function isInstance(value: unknown): value is InstanceView {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.process === 'string' &&
    typeof value.version === 'number' &&
    typeof value.status === 'string' &&
    typeof value.revision === 'number' &&
    Array.isArray(value.position) &&
    Array.isArray(value.waiting) &&
    isRecord(value.fields) &&
    isRecord(value.activities) &&
    (value.hold === null || isRecord(value.hold)) &&
    (value.parent === null || isRecord(value.parent)) &&
    isRecord(value.overrides)
  );
}

export function isInstanceDetail(value: unknown): value is InstanceDetail {
  return (
    isInstance(value) &&
    'records' in value &&
    isRecords(value.records) &&
    'evidence' in value &&
    isListOf(isResting)(value.evidence) &&
    'actions' in value &&
    isListOf(isAction)(value.actions)
  );
}

function isRecords(value: unknown): value is InstanceDetail['records'] {
  return (
    isRecord(value) &&
    isRecord(value.steps) &&
    isRecord(value.activities) &&
    isRecord(value.fields) &&
    isRecord(value.approvals) &&
    isRecord(value.children)
  );
}

function isAction(value: unknown): value is InstanceDetail['actions'][number] {
  return isPossible(value) && 'allowed' in value && typeof value.allowed === 'boolean';
}

function isEntry(value: unknown): value is HistoryPage['entries'][number] {
  return (
    isRecord(value) &&
    typeof value.seq === 'number' &&
    typeof value.type === 'string' &&
    typeof value.accepted === 'boolean' &&
    typeof value.actor === 'string' &&
    (value.via === null || typeof value.via === 'string') &&
    typeof value.at === 'string'
  );
}

export function isAccepted(value: unknown): value is Pick<Accepted, 'instance' | 'entries'> {
  return isRecord(value) && isInstance(value.instance) && isListOf(isEntry)(value.entries);
}

/** What the commands read of a bulk's answer. */
export interface BulkAnswer {
  readonly results: readonly { readonly problem?: { readonly code: string; readonly detail: string } }[];
}

export function isBulkAnswer(value: unknown): value is BulkAnswer {
  return isRecord(value) && isListOf(isBulkResult)(value.results);
}

function isBulkResult(value: unknown): value is BulkAnswer['results'][number] {
  if (!isRecord(value)) return false;
  const { problem } = value;
  return (
    problem === undefined ||
    (isRecord(problem) && [problem.code, problem.detail].every((text) => typeof text === 'string'))
  );
}

export function isListPage(value: unknown): value is ListPage {
  return isRecord(value) && isListOf(isInstance)(value.instances);
}

export function isEvidencePage(value: unknown): value is EvidencePage {
  return isRecord(value) && isListOf(isEvidence)(value.evidence) && isNext(value.next);
}

function isEvidence(value: unknown): value is EvidenceView {
  return (
    isRecord(value) &&
    [value.process, value.evidence, value.instance, value.validFrom, value.validTo, value.state].every(
      (text) => typeof text === 'string',
    ) &&
    isRecord(value.scope)
  );
}

export function isIncidentPage(value: unknown): value is IncidentPage {
  return isRecord(value) && isListOf(isIncident)(value.incidents) && isNext(value.next);
}

function isIncident(value: unknown): value is IncidentItem {
  return (
    isRecord(value) &&
    isRecord(value.instance) &&
    [value.instance.id, value.instance.process, value.step, value.since].every((text) => typeof text === 'string') &&
    isListOf(isRecord)(value.calls) &&
    isListOf(isRecord)(value.children)
  );
}

export function isScheduleList(value: unknown): value is { readonly schedules: readonly ScheduleView[] } {
  return isRecord(value) && isListOf(isSchedule)(value.schedules);
}

function isSchedule(value: unknown): value is ScheduleView {
  return (
    isRecord(value) &&
    [value.process, value.cron, value.zone].every((text) => typeof text === 'string') &&
    isStrings(value.next) &&
    [value.started, value.refused, value.skipped].every((last) => last === null || isRecord(last))
  );
}

export function isSignalPage(value: unknown): value is SignalPage {
  return isRecord(value) && isListOf(isSignal)(value.signals) && isNext(value.next);
}

export function isSignal(value: unknown): value is SignalView {
  return (
    isRecord(value) &&
    [value.receipt, value.id, value.signal, value.key, value.sender, value.at, value.state].every(
      (text) => typeof text === 'string',
    ) &&
    isListOf(isRecord)(value.results)
  );
}

export function isRestingPage(value: unknown): value is RestingPage {
  return isRecord(value) && isListOf(isRestingInstance)(value.instances) && isNext(value.next);
}

function isRestingInstance(value: unknown): value is RestingView {
  return (
    isRecord(value) &&
    isInstance(value.instance) &&
    typeof value.met === 'boolean' &&
    isListOf(isResting)(value.activities)
  );
}

function isResting(value: unknown): value is RestingView['activities'][number] {
  return (
    isRecord(value) &&
    [value.activity, value.step, value.evidence, value.state].every((text) => typeof text === 'string') &&
    isRecord(value.scope)
  );
}

function isNext(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

export function isHistoryPage(value: unknown): value is HistoryPage {
  return isRecord(value) && isListOf(isEntry)(value.entries) && (value.next === null || typeof value.next === 'string');
}

export function isSla(value: unknown): value is SlaView {
  return isRecord(value) && isListOf(isClock)(value.clocks) && (value.under === null || isUnder(value.under));
}

function isUnder(value: unknown): value is NonNullable<SlaView['under']> {
  return isRecord(value) && typeof value.version === 'number' && isListOf(isClockChange)(value.changes);
}

function isClockChange(value: unknown): value is ClockChange {
  return (
    isRecord(value) &&
    typeof value.clock === 'string' &&
    typeof value.how === 'string' &&
    isRecord(value.due) &&
    [value.due.from, value.due.to].every((due) => due === null || typeof due === 'string')
  );
}

function isClock(value: unknown): value is SlaView['clocks'][number] {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    isText(value.title) &&
    typeof value.state === 'string' &&
    typeof value.zone === 'string' &&
    isListOf(isStatementLine)(value.lines)
  );
}

function isStatementLine(value: unknown): value is StatementLine {
  return (
    isRecord(value) &&
    ['from', 'to', 'kind', 'duration'].every((name) => typeof value[name] === 'string') &&
    typeof value.counted === 'boolean'
  );
}

export function isWorkPage(value: unknown): value is WorkPage {
  return isRecord(value) && isListOf(isWorkItem)(value.work) && (value.next === null || typeof value.next === 'string');
}

function isWorkItem(value: unknown): value is WorkPage['work'][number] {
  return (
    isRecord(value) &&
    isRecord(value.instance) &&
    typeof value.instance.id === 'string' &&
    isText(value.instance.title) &&
    isText(value.title) &&
    typeof value.since === 'string' &&
    isListOf(isTitled)(value.activities) &&
    isListOf(isTitled)(value.approvals)
  );
}

function isTitled(value: unknown): value is WorkPage['work'][number]['activities'][number] {
  return isRecord(value) && typeof value.id === 'string' && isText(value.title);
}

export function isVerifyResult(value: unknown): value is VerifyResult {
  return isRecord(value) && typeof value.ok === 'boolean' && typeof value.checked === 'number' && 'broken' in value;
}

export function isVerifyPage(value: unknown): value is VerifyResult & { readonly next: string | null } {
  return isVerifyResult(value) && 'next' in value && (value.next === null || typeof value.next === 'string');
}

export function isProcessVersion(value: unknown): value is { readonly definition: ProcessDefinition } {
  const definition = isRecord(value) ? value.definition : null;
  return isRecord(definition) && Array.isArray(definition.fields) && Array.isArray(definition.phases);
}

export function isReason(value: unknown): value is Reason {
  return (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    typeof value.verdict === 'string' &&
    (value.of === undefined || isListOf(isReason)(value.of))
  );
}

export function isMissing(value: unknown): value is Missing {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    isText(value.title) &&
    isStrings(value.activities) &&
    isStrings(value.roles)
  );
}

export function isPossible(value: unknown): value is PossibleAction {
  return isRecord(value) && typeof value.type === 'string' && isText(value.title) && isStrings(value.roles);
}

export function isInputProblem(value: unknown): value is InputProblem {
  return isRecord(value) && typeof value.pointer === 'string' && isText(value.message);
}
