import type { CardDetail, GraphPicture } from '../compile/index.ts';
import type { CompiledProcess } from '../compile/types.ts';
import type { Problem } from '../definition/problem.ts';
import type { Diff } from '../diff/index.ts';
import type { ApprovalRecord } from '../engine/approval-types.ts';
import type { Resting } from '../engine/index.ts';
import type {
  Action,
  Actor,
  ClockChange,
  ClockStatement,
  EntryDraft,
  Instance,
  RoundRecord,
  StepRecord,
} from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { Backlog, CardCount, CardFilter, InstanceFilter, Link, PlaceCount } from '../store/types.ts';
import type { Language, Text } from '../text.ts';
import type { BetweenView, CalendarSummary, CalendarView } from './calendar-view.ts';
import type { Deliveries } from './deliver.ts';
import type { EvidenceListQuery, EvidencePage, RestingPage, RestingQuery } from './evidence-view.ts';
import type { FigureInstancesQuery, FigureQuery, Figures } from './figure-types.ts';
import type { Fired } from './fire-timers.ts';
import type { IncidentPage, IncidentQuery } from './incident-types.ts';
import type { KeyMade, KeyView } from './key-types.ts';
import type { Keys } from './keys.ts';
import type { PlanRequest } from './plan-input.ts';
import type { Plan, PlanAnswer, PlanKind, PlannedPage, PlanRun } from './plan-types.ts';
import type { Drafted, ReviewRule, VersionPage, VersionQuery, VersionView } from './publication-view.ts';
import type { VersionName } from './record-act.ts';
import type { ReplayInput, ReplayResult, ReplayTold, ReplayWatch } from './replay-types.ts';
import type { Scheduling } from './run-schedules.ts';
import type { ScheduleView } from './schedule-view.ts';
import type { FoundEntries, HistorySearch } from './search-types.ts';
import type { Settled } from './settle-links.ts';
import type { SignalsSettled } from './settle-signals.ts';
import type { SignalAnswer, SignalListQuery, SignalPage, SignalView } from './signal-types.ts';
import type { Stand } from './stands.ts';
import type { OpenStream, StreamQuery, StreamReader } from './stream-types.ts';
import type { DeadLetterPage, GivenMembers, SubscriptionView, SubscriptionWithSecret } from './subscription-types.ts';
import type { TestsTried } from './tests-report.ts';
import type { Tickets } from './tickets.ts';
import type { VersionRequest } from './version-acts.ts';
import type { VersionStanding } from './version-standing.ts';
import type { WorkPage, WorkQuery } from './work-types.ts';

export type * from './calendar-view.ts';
export type * from './evidence-view.ts';
export type * from './incident-types.ts';
export type * from './key-types.ts';
export type { PlanRequest } from './plan-input.ts';
export type * from './plan-types.ts';
export type * from './publication-view.ts';
export type * from './replay-types.ts';
export type * from './schedule-view.ts';
export type * from './search-types.ts';
export type * from './signal-types.ts';
export type { Stand } from './stands.ts';
export type { OpenStream, StreamGap, StreamQuery, StreamReader } from './stream-types.ts';
export type * from './subscription-types.ts';
export type * from './tests-report.ts';

/** Every use case of the product. Failures a caller can cause are thrown as `ProcessError`. */
export interface Service {
  /**
   * Publishes a file at once, where nobody has to review it; content that is published already is left as it is. Throws
   * `definition-invalid` with `problems`. This and the next five are for the role `admin` in the tenant `main`.
   */
  publish(yaml: string, actor: Actor): Promise<Published>;
  /**
   * Publishes a file of the server's own folder, with the scenarios beside it; content that somebody has drafted is left as it
   * stands.
   */
  publishOwn(yaml: string, actor: Actor, tests?: string | null): Promise<Published>;
  /** Writes a version down to be tried and reviewed. */
  draft(process: string, given: GivenMembers, actor: Actor): Promise<Drafted>;
  /** Approves or rejects a draft; publishes what was reviewed, or was in effect before; takes back what is not in effect. */
  review(name: VersionName, request: VersionRequest): Promise<VersionView>;
  publishVersion(name: VersionName, request: VersionRequest): Promise<VersionView>;
  withdraw(name: VersionName, request: VersionRequest): Promise<VersionView>;
  /** Versions, the highest first, with all that was done with each; drafts are for operators. */
  listVersions(process: string, query: VersionQuery, actor: Actor): Promise<VersionPage>;
  check(yaml: string): CheckResult;
  /** Throws `invalid-input` for an operation that cannot be carried out, `definition-invalid` for a file that would have errors. */
  edit(yaml: string, operations: unknown): EditResult;
  /** Those that the actor holds a role of. */
  listProcesses(actor: Actor): Promise<readonly ProcessSummary[]>;
  /** The newest version when `version` is null. Throws `not-found`, `role-required`. */
  getProcess(process: string, version: number | null, actor: Actor): Promise<ProcessVersion>;
  /** What one version says otherwise than another; `to` null: than the newest. Throws `not-found`, `role-required`. */
  diff(process: string, from: number, to: number | null, actor: Actor): Promise<ProcessDiff>;
  /**
   * What a file, which need not be published (`yaml`), says otherwise than the version `from`; without it, than the newest.
   * Throws `invalid-input`, `definition-invalid`, `not-found`, `role-required`.
   */
  diffText(process: string, given: GivenMembers, actor: Actor): Promise<TextDiff>;
  /**
   * Runs `scenarios`, or without them those of the version or of the newest, against a file (`yaml`) or a `version`; what is not
   * run after ten seconds is left. Throws as {@link diffText} does, and `caller`'s reason once nobody waits for it any more.
   */
  tryTests(process: string, given: GivenMembers, caller: AbortSignal, actor: Actor): Promise<TestsTried>;
  /**
   * As {@link replay}, for a file (`yaml`) or a `version`, of the caller's own tenant from `since` to `until`, with the first `limit`
   * differences. Throws `role-required` for who is no operator, `invalid-input`, `definition-invalid`, `not-found`, `too-large`.
   */
  replayCandidate(
    process: string,
    given: GivenMembers,
    watch: Omit<ReplayWatch, 'differs'>,
    actor: Actor,
  ): Promise<ReplayTold>;
  /** The compiled version. Throws `not-found`. */
  getCompiled(process: string, version: number | null): Promise<CompiledProcess>;
  /** A drawing of a version: SVG, Mermaid or the XState machine's JSON, with titles in one language. Throws `not-found`, `role-required`. */
  graph(
    process: string,
    version: number | null,
    format: GraphFormat,
    language: Language,
    actor: Actor,
  ): Promise<string>;
  /** The picture of a version as data, to be drawn by others. Throws `not-found`, `role-required`, `too-large`. */
  layOut(
    name: { readonly process: string; readonly version: number | null },
    language: Language,
    detail: CardDetail,
    actor: Actor,
  ): Promise<GraphPicture>;
  /** The same of a file that need not be published. Throws `definition-invalid` with `problems`, `too-large`. */
  layOutFile(yaml: string, language: Language, detail: CardDetail): GraphPicture;

  /** Throws the refusal: `invalid-input`, `key-in-use`, `gate-shut`, `role-required`, `not-found`, … */
  start(input: StartInput, request: WriteRequest): Promise<Accepted>;
  /** Throws the refusal; its `extra` carries `reasons`, `errors`, `missing`, `possible`, `revision`. */
  send(id: string, event: EventInput, request: WriteRequest): Promise<Accepted>;

  /**
   * Sends events as `send` does, in their order, each for itself: what is refused keeps no other back. One result per
   * item, in their order; `reason` is what `send` would throw. A dry run decides the same and writes nothing.
   */
  bulk(items: readonly BulkItem[], dryRun: boolean): Promise<readonly PromiseSettledResult<Accepted>[]>;

  /**
   * What follows is as the actor sees it. An instance of another tenant is `not-found`; one of its own tenant that it may
   * not see is `role-required`, and left out of lists.
   */
  getInstance(id: string, actor: Actor): Promise<InstanceDetail>;
  /** The instance as it was after one of its entries, without actions. Throws `not-found` for an entry that there is not. */
  getPast(id: string, seq: number, actor: Actor): Promise<InstanceDetail>;
  listInstances(query: ListQuery, actor: Actor): Promise<ListPage>;
  /** Counts and sums open instances by the step that they stand in. Throws `not-found`, `role-required`. */
  getBoard(process: string, query: BoardQuery, actor: Actor): Promise<BoardView>;
  /** Figures of a period, and the instances behind one. Throws `not-found`, `role-required`, `malformed-request`. */
  getFigures(process: string, query: FigureQuery, actor: Actor): Promise<Figures>;
  figureInstances(process: string, query: FigureInstancesQuery, actor: Actor): Promise<ListPage>;
  /** What waits for the actor. Throws `role-required` for a role it does not hold and for somebody else's work. */
  listWork(query: WorkQuery, actor: Actor): Promise<WorkPage>;
  /** Evidence of the tenant whose instances the actor sees. */
  listEvidence(query: EvidenceListQuery, actor: Actor): Promise<EvidencePage>;
  /** Open instances that the actor sees, standing in a step that rests on this evidence. */
  listResting(query: RestingQuery, actor: Actor): Promise<RestingPage>;
  /** The business calendars, by their ids. They are nobody's: who has a key reads them. */
  listCalendars(): readonly CalendarSummary[];
  /** Throws `not-found`. */
  getCalendar(calendar: string): CalendarView;
  /** The ledger of the time between two instants (ISO 8601). Throws `not-found`, `malformed-request`. */
  between(calendar: string, from: string, to: string): BetweenView;
  /** What failed and waits for somebody, in instances that the actor sees. */
  listIncidents(query: IncidentQuery, actor: Actor): Promise<IncidentPage>;
  /** What a service answers by its callback. Throws `not-found`, `gone`, and what completing the activity throws. */
  answerCallback(token: string, body: GivenMembers, requestId: string): Promise<CallbackAnswer>;
  /** When processes start by themselves, of those that the actor sees, and what became of the last times. */
  listSchedules(actor: Actor): Promise<readonly ScheduleView[]>;
  /** What the clocks of an instance say, line by line, as of now; with `under` what they would say under that version. */
  getSla(id: string, under: number | null, actor: Actor): Promise<SlaView>;
  /** The same as it stood when an entry was recorded. Throws `not-found` for an entry that there is not. */
  getPastSla(id: string, seq: number, actor: Actor): Promise<SlaView>;
  history(id: string, after: number, limit: number, actor: Actor): Promise<HistoryPage>;
  /** Entries of every instance that the actor sees, the newest first. Throws `malformed-request`. */
  searchHistory(search: HistorySearch, actor: Actor): Promise<FoundEntries>;
  /** `actor` null: who holds the database itself. */
  verifyInstance(id: string, actor: Actor | null): Promise<VerifyResult>;
  /** One page of the whole record (about 5,000 entries); call again with `next` until it is null or something is broken. */
  verifyAll(after: string | null): Promise<VerifyResult & { readonly next: string | null }>;

  /**
   * Decides all commands of a period anew on a definition of the same process, and tells what would have been otherwise; changes
   * nothing. Throws `definition-invalid` with `problems`, `not-found`, `too-large`; for anybody but an operator `role-required`.
   * `actor` null: who holds the database itself.
   */
  replay(input: ReplayInput, watch: ReplayWatch, actor: Actor | null): Promise<ReplayResult>;

  /**
   * The actor behind a bearer secret or token, or the one that it acts for; null when nobody knows the secret. Throws
   * `unauthenticated` (what is wrong with a token), `acting-refused`, `malformed-request` (a name that nobody can have).
   */
  readonly authenticate: Keys['authenticate'];
  /** Throws as `authenticate` does. */
  readonly signIn: Keys['signIn'];
  /** Makes a key; the secret is returned once and never stored. */
  readonly createKey: Keys['create'];
  /** Keys are for the administrators of their tenant; another's are `not-found`. Each throws `role-required`. */
  listKeys(actor: Actor): Promise<readonly KeyView[]>;
  /** `once` names one click: what is sent twice makes one key, whose secret is told the first time alone. */
  makeKey(given: GivenMembers, once: string | null, actor: Actor): Promise<KeyMade>;
  revokeKey(id: string, actor: Actor): Promise<KeyView>;
  readonly issueTicket: Tickets['issue'];
  readonly redeemTicket: Tickets['redeem'];
  readonly retireKey: Tickets['retire'];
  /** Whether somebody else has to review what is published. */
  readonly reviewRule: ReviewRule;
  /**
   * Carries out what is open between instances and their children (starts, cancellations, news for parents), the next
   * `limit` of it after a place; call again with `next` until that is null.
   */
  settleLinks(after: Link | null, limit: number): Promise<Settled>;
  /** Has `listener` called whenever there may be something to settle. */
  whenLinked(listener: () => void): void;
  /**
   * Subscriptions are for the administrators of their tenant; of another's they are `not-found`. Each throws
   * `role-required`; `invalid-input` for what is wrong with the members given.
   */
  subscribe(given: GivenMembers, actor: Actor): Promise<SubscriptionWithSecret>;
  listSubscriptions(actor: Actor): Promise<readonly SubscriptionView[]>;
  getSubscription(id: string, actor: Actor): Promise<SubscriptionView>;
  /** The subscription as it was; its messages go with it. */
  unsubscribe(id: string, actor: Actor): Promise<SubscriptionView>;
  /** Makes a new secret; the one before holds for `overlapHours` too, and messages are signed with both. */
  rotateSecret(id: string, given: GivenMembers, actor: Actor): Promise<SubscriptionWithSecret>;
  /** Messages that were not delivered and are tried no more. */
  deadLetters(id: string, cursor: string | null, limit: number, actor: Actor): Promise<DeadLetterPage>;
  /** Puts a dead letter back in the outbox, for three days more. */
  resend(id: string, message: string, actor: Actor): Promise<void>;
  /** Begins to deliver every message that is due. */
  readonly deliverMessages: Deliveries['deliver'];
  /** Has `listener` called whenever there may be a message to deliver. */
  whenMessaged(listener: () => void): void;
  /**
   * Tells a reader, at least once, of each entry that the actor may see, as messages tell it, from a position or from now on.
   * Throws `malformed-request`, and for an instance `not-found` or `role-required`.
   */
  openStream(query: StreamQuery, actor: Actor, reader: StreamReader): Promise<OpenStream>;
  /** Tells all streams of what was committed, here or by another node, since the last time. */
  feedStreams(): Promise<void>;
  /** Has `listener` called after each commit while there are streams. */
  whenStreamed(listener: () => void): void;
  /** Clears away at most `limit` messages that nobody waits for any more; true: there may be more. */
  tidyMessages(limit: number): Promise<boolean>;

  /**
   * Takes in what another system tells, for every open instance that it finds. One that came before, by its id, is answered
   * as the first. Throws `invalid-input`, `role-required`, `not-allowed-now` (too many wait).
   */
  sendSignal(given: Readonly<Record<string, unknown>>, actor: Actor): Promise<SignalAnswer>;
  /** Signals are looked after by the administrators of their tenant; another's are `not-found`. Each throws `role-required`. */
  listSignals(query: SignalListQuery, actor: Actor): Promise<SignalPage>;
  retrySignal(receipt: string, actor: Actor): Promise<SignalView>;
  /** The signal as it was. */
  removeSignal(receipt: string, actor: Actor): Promise<SignalView>;
  /** Looks at kept signals that an instance may take now, and at those whose time is over; at most `limit` of each kind. */
  settleSignals(limit: number): Promise<SignalsSettled>;
  /** Has `listener` called whenever there may be a signal to settle. */
  whenAwaited(listener: () => void): void;
  /** Forgets at most `limit` signals that were settled long ago; returns how many. */
  forgetSignals(limit: number): Promise<number>;

  /** Forgets at most `limit` idempotency keys that are older than the promised time; returns how many. */
  forgetIdempotent(limit: number): Promise<number>;
  /**
   * Files the rows of at most `limit` (1–256) instances that an earlier program left; returns how many it looked at, fewer
   * than `limit` when it is through. Goes on where the last call ended; what cannot be read is left for the next start.
   */
  fileRows(limit: number): Promise<number>;
  /** Likewise what figures are counted from. */
  fileFigures(limit: number): Promise<number>;
  /** Does what time does to instances: at most about `limit` of what is due. */
  fireTimers(limit: number): Promise<Fired>;
  /** Starts what is due by its schedule; call again while it is full. */
  runSchedules(): Promise<Scheduling>;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  /** Commands that wait for a decision now. */
  readonly queued: () => number;
  plan(process: string, request: PlanRequest, actor: Actor): Promise<PlanAnswer>;
  plannedInstances(
    process: string,
    request: PlanRequest,
    page: { readonly kind: PlanKind | null; readonly cursor: string | null; readonly limit: number },
    actor: Actor,
  ): Promise<PlannedPage>;
  applyPlan(
    process: string,
    plan: Plan,
    options: { readonly moved: 'refuse' | 'leave'; readonly cursor: string | null },
    actor: Actor,
  ): Promise<PlanRun>;
  revertPlan(process: string, plan: string, cursor: string | null, actor: Actor): Promise<PlanRun>;
  /** What waits to be done now, of all tenants. */
  backlog(): Promise<Backlog>;
  /** Every type that a command may have. */
  readonly commandTypes: ReadonlySet<string>;
  /** Resolves when every command accepted so far is answered; later ones are refused as `unavailable`. */
  stop(): Promise<void>;
}

export type { CardDetail } from '../compile/index.ts';
export type { KeyRights, Session } from './keys.ts';
export type { VersionName } from './record-act.ts';
export type { VersionRequest } from './version-acts.ts';
export type { VersionStanding } from './version-standing.ts';
export type { VersionTests } from './version-tests.ts';
export type * from './work-types.ts';

export type GraphFormat = 'svg' | 'mermaid' | 'xstate';

export interface Published {
  readonly process: string;
  readonly version: number;
  readonly digest: string;
  readonly created: boolean;
  readonly standing: VersionStanding;
  /** Warnings and hints. */
  readonly problems: readonly Problem[];
}

/** Two versions of a process, and every difference of them. */
export interface ProcessDiff extends Diff {
  readonly process: string;
  readonly from: number;
  readonly to: number;
}

/** A file that need not be published, held against a version. */
export interface TextDiff extends Diff {
  readonly process: string;
  readonly from: number;
}

/** A file as it was edited, and what is to be said of it. */
export interface EditResult extends CheckResult {
  readonly yaml: string;
}

export interface CheckResult {
  readonly problems: readonly Problem[];
}

export interface ProcessSummary {
  readonly process: string;
  readonly title: { readonly zh: string; readonly en: string };
  readonly version: number;
  readonly digest: string;
  /** When and by whom it was published last (ISO 8601 UTC); null, both: it is a draft. */
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
}

export interface ProcessVersion extends ProcessSummary {
  readonly standing: VersionStanding;
  /** The scenarios that were drafted with it, or lay beside its file, as they were written; null: none. */
  readonly tests: string | null;
  readonly yaml: string;
  readonly definition: CompiledProcess['definition'];
  /** The calendars that are part of the version, as they were when it was published. */
  readonly calendars: readonly PinnedCalendar[];
  /** Those that are or were in effect, the highest first; at most 200. */
  readonly versions: readonly number[];
}

export interface CallbackAnswer {
  readonly accepted: true;
  /** The entry of the history that it became. */
  readonly seq: number;
}

export interface PinnedCalendar {
  readonly calendar: string;
  readonly digest: string;
}

export interface StartInput {
  readonly process: unknown;
  readonly version?: unknown;
  readonly key?: unknown;
  readonly fields?: unknown;
  readonly at?: unknown;
  /** Members that are none of these are refused. */
  readonly [member: string]: unknown;
}

export interface EventInput {
  readonly type: unknown;
  readonly at?: unknown;
  readonly [member: string]: unknown;
}

export interface WriteRequest {
  readonly actor: Actor;
  readonly requestId: string;
  /** Revision that the caller saw last; null: any. */
  readonly ifMatch: number | null;
  /** The caller's `Idempotency-Key` with SHA-256 of method, path and the body's canonical JSON; null: none. */
  readonly idempotency: IdempotencyName | null;
}

export interface IdempotencyName {
  readonly key: string;
  readonly requestHash: string;
  /** Of what the service sends because of a signal; absent: the key is the caller's own. */
  readonly scope?: string;
}

/** One event of a bulk. No two of a bulk may have the same idempotency key. */
export interface BulkItem {
  readonly instance: string;
  readonly event: EventInput;
  readonly request: WriteRequest;
}

export interface Accepted {
  readonly standing: Standing;
  /** Made when it is asked for. */
  readonly instance: InstanceView;
  readonly entries: readonly EntryView[];
  /** True: this is the answer to an earlier request with the same idempotency key. */
  readonly replayed: boolean;
}

/** Where an instance stands, without all that is known of it: what a bulk says of each. */
export type Standing = Pick<InstanceView, 'id' | 'key' | 'status' | 'outcome' | 'revision' | 'seq' | 'position'>;

/** `not-needed`: open, in a step that is open, but its condition does not hold. */
export type ActivityStatus = 'open' | 'done' | 'skipped' | 'not-needed';

/** What an instance is now. */
export type InstanceView = Omit<
  Instance,
  | 'marking'
  | 'lastMove'
  | 'migration'
  | 'closedFrom'
  | 'status'
  | 'steps'
  | 'rounds'
  | 'times'
  | 'activities'
  | 'fields'
  | 'approvals'
  | 'calls'
  | 'children'
  | 'evidence'
  | 'clocks'
> & {
  readonly status: Instance['status'] | 'quarantined';
  readonly quarantine: string | null;
  /** Activities that were touched or are to be done in the open steps. */
  readonly activities: Readonly<Record<string, ActivityStatus>>;
  /** Values of the fields that were ever set. */
  readonly fields: Readonly<Record<string, Json>>;
  /** Approvals that were ever requested, as they stand. */
  readonly approvals: Readonly<Record<string, ApprovalRecord['status']>>;
};

/** A step with the last rounds of it that have ended. */
export type StepDetail = StepRecord & { readonly rounds: readonly RoundRecord[] };

export interface InstanceDetail extends InstanceView {
  /**
   * Who made it so, and when: rounds of steps, completions of activities, sources of values, requests for approval, what
   * its steps have started and the evidence that it produced.
   */
  readonly records: Pick<Instance, 'activities' | 'fields' | 'approvals' | 'children' | 'evidence' | 'calls'> & {
    readonly steps: Readonly<Record<string, StepDetail>>;
  };
  /** What activities of the open steps rest on, as of today. */
  readonly evidence: readonly Resting[];
  /** Every action with allowed / why not; empty when quarantined. */
  readonly actions: readonly Action[];
}

/** `patchHash`: SHA-256 of what the document gained with it; null: nothing. Absent in entries of earlier programs. */
export type EntryView = EntryDraft & {
  readonly patchHash?: string | null;
  readonly prev: string;
  readonly hash: string;
};

/** What is asked of the cards of open instances; null: whatever it is. */
export type CardWish = Pick<CardFilter, 'class' | 'deadline' | 'text'>;

export interface BoardQuery extends CardWish {
  readonly version: number | null;
  readonly owner: string | null;
}

/** With a wish for cards only open instances of `process` are listed. */
export interface ListQuery extends InstanceFilter, CardWish {
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

/** Open instances of a process by the step that they stand in; `version` is the one whose steps come first. */
export interface BoardView {
  readonly process: string;
  readonly version: number;
  /** Fields of that version by which cards are classed, summed and searched beside their key; null: it has none that all see. */
  readonly card: { readonly class: string | null; readonly amount: string | null; readonly text: string | null };
  /** Each instance once. */
  readonly total: CardCount;
  /** An empty step: no step of the phase is open yet. */
  readonly steps: readonly PlaceCount[];
}

/** What a card shows beside where its instance stands. */
export interface CardView {
  readonly class: { readonly field: string; readonly value: string; readonly title: Text } | null;
  readonly amount: { readonly field: string; readonly amount: number; readonly currency: string } | null;
}

export interface ListPage {
  readonly instances: readonly InstanceView[];
  /** Where each of them stands, by its id. */
  readonly stands: Readonly<Record<string, readonly Stand[]>>;
  /** What a card shows of each, by its id. */
  readonly cards: Readonly<Record<string, CardView>>;
  readonly next: string | null;
}

/** What the SLAs of an instance say, as of `now`. */
export interface SlaView {
  readonly instance: string;
  readonly process: string;
  readonly version: number;
  readonly now: string;
  /** The version under which they would say so, and what it would change; null: they do say so. */
  readonly under: { readonly version: number; readonly changes: readonly ClockChange[] } | null;
  /** Clocks that were ever started, in the order of the file. */
  readonly clocks: readonly ClockStatement[];
}

export interface HistoryPage {
  readonly entries: readonly EntryView[];
  readonly next: string | null;
}

/** `ok`, or the first entry that does not hold and why. */
export interface VerifyResult {
  readonly ok: boolean;
  /** Entries checked. */
  readonly checked: number;
  readonly broken: {
    readonly instance: string;
    readonly seq: number;
    readonly why: { readonly zh: string; readonly en: string };
  } | null;
}
