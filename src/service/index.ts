// In:  a store, a clock, a maker of ids.
// Out: the use cases of the product, one file each; `apply` is the only place where load, decide and save meet, so that
//      every change of an instance is one command, decided by the engine and recorded with its reasons.
// Never: sees HTTP, reads the environment, writes SQL.

import type { CalendarDefinition } from '../calendar/index.ts';
import type { Clock } from '../clock.ts';
import { createDelivery, type Delivery, type Mail, noMail } from '../delivery/index.ts';
import { verbs } from '../engine/index.ts';
import type { NewId } from '../ids.ts';
import type { Store } from '../store/types.ts';
import type { Tokens } from '../tokens/index.ts';
import { createApply } from './apply.ts';
import { applyPlan } from './apply-plan.ts';
import { createAwaited } from './awaited.ts';
import { getBoard } from './board.ts';
import { bulk } from './bulk.ts';
import { between, getCalendar, listCalendars, openCalendars } from './calendars.ts';
import { answerCallback } from './callbacks.ts';
import type { ServiceContext } from './context.ts';
import { deadLetters, resend } from './dead-letters.ts';
import { serviceDefaults } from './defaults.ts';
import { createDeliveries } from './deliver.ts';
import { diff, diffText } from './diff.ts';
import { draft } from './drafts.ts';
import { edit } from './edit.ts';
import { listEvidence, listResting } from './evidence.ts';
import { createEvidenceSource } from './evidence-source.ts';
import { createFeed } from './feed.ts';
import { createFigureFiling } from './figure-filing.ts';
import { figureInstances } from './figure-instances.ts';
import { getFigures } from './figures.ts';
import { fireTimers } from './fire-timers.ts';
import { history } from './history.ts';
import { listIncidents } from './incidents.ts';
import { getInstance, listInstances } from './instances.ts';
import { createKeys } from './keys.ts';
import { createMailChannel } from './mail-channel.ts';
import { listKeys, makeKey, revokeKey } from './manage-keys.ts';
import { listSignals, removeSignal, retrySignal } from './operate-signals.ts';
import { getPast } from './past.ts';
import { layOut, layOutFile } from './picture.ts';
import { plan, plannedInstances } from './plan.ts';
import { createProcessCache } from './process-cache.ts';
import { getCompiled, getProcess, graph, listProcesses } from './processes.ts';
import type { ReviewRule } from './publication-view.ts';
import { check, publish, publishOwn } from './publish.ts';
import { publishVersion } from './publish-version.ts';
import { replay } from './replay.ts';
import { replayCandidate } from './replay-candidate.ts';
import { forgetIdempotent } from './retention.ts';
import { revertPlan } from './revert-plan.ts';
import { createRowFiling } from './row-filing.ts';
import { runSchedules } from './run-schedules.ts';
import { listSchedules } from './schedules.ts';
import { searchHistory } from './search-history.ts';
import { send } from './send.ts';
import { settleLinks } from './settle-links.ts';
import { createSignalSettling, forgetSignals } from './settle-signals.ts';
import { createSights } from './sight.ts';
import { createSignalDeclarations } from './signal-declarations.ts';
import { sendSignal } from './signals.ts';
import { getPastSla, getSla } from './sla.ts';
import { start } from './start.ts';
import { openStream } from './streams.ts';
import { createSubscribers } from './subscribers.ts';
import { getSubscription, listSubscriptions, rotateSecret, subscribe, unsubscribe } from './subscriptions.ts';
import { createTickets } from './tickets.ts';
import { createTidying } from './tidy-messages.ts';
import { tryTests } from './try-tests.ts';
import type { Service } from './types.ts';
import { verifyAll, verifyInstance } from './verify.ts';
import { review, withdraw } from './version-acts.ts';
import type { VersionTests } from './version-tests.ts';
import { listVersions } from './versions.ts';
import { createWebhookChannel } from './webhook-channel.ts';
import { listWork } from './work.ts';

export interface ServiceOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Reads the tokens of an identity provider; absent: there is none. */
  readonly tokens?: Tokens | null;
  /** The business calendars that there are. */
  readonly calendars?: readonly CalendarDefinition[];
  /** How messages go out; absent: to public addresses. */
  readonly delivery?: Delivery;
  /** How letters go out; absent: none do. */
  readonly mail?: Mail;
  /** Chance, 0–1 and below 1, for the waits between deliveries. */
  readonly random?: () => number;
  /** Commands that may wait for a decision; more are refused. */
  readonly maxQueued?: number;
  /** Instances kept in memory. */
  readonly maxCached?: number;
  /** Days that idempotency keys are remembered; fewer than 7 are read as 7. */
  readonly idempotencyDays?: number;
  /** Whether somebody else has to review what is published. */
  readonly review?: ReviewRule;
  /** Runs the scenarios of a version before it is published; absent: nothing does. */
  readonly tests?: VersionTests | null;
}

export function createService(given: ServiceOptions): Service {
  const {
    store,
    clock,
    newId,
    tokens = null,
    calendars = [],
    delivery = createDelivery(),
    mail = noMail,
    random = Math.random,
    tests = null,
    ...options
  } = given;
  const { maxQueued, maxCached, idempotencyDays, review: rule } = { ...serviceDefaults, ...options };
  const processes = createProcessCache({ store, clock });
  const sights = createSights(store, clock, processes);
  const evidence = createEvidenceSource({ store, clock });
  const subscribers = createSubscribers(store, clock);
  const links = createListeners();
  const messages = createListeners();
  const commits = createListeners();
  const awaited = createAwaited();
  const signals = createListeners();
  const context: ServiceContext = {
    store,
    clock,
    newId,
    processes,
    sights,
    evidence,
    subscribers,
    linked: links.call,
    messaged: messages.call,
    committed: () => feed.isWatched() && commits.call(),
    declarations: createSignalDeclarations(store, clock, processes),
    awaited(tenant, value, when) {
      awaited.add(tenant, value);
      if (when === 'now') signals.call();
    },
    calendars: openCalendars(calendars),
    review: rule,
    tests,
  };
  const commandTypes = new Set(['start', ...verbs.keys()]);
  const feed = createFeed(context);
  const apply = createApply(context, { maxQueued, maxCached });
  const keys = createKeys(context, tokens);
  const tickets = createTickets(context, keys);
  const channels = { webhook: createWebhookChannel(delivery, clock), mail: createMailChannel(context, mail) };
  const deliveries = createDeliveries(context, { channels, random });
  return {
    publish: (yaml, actor) => publish(context, yaml, actor),
    publishOwn: (yaml, actor, tests = null) => publishOwn(context, yaml, actor, tests),
    draft: (process, given, actor) => draft(context, process, given, actor),
    review: (name, request) => review(context, name, request),
    publishVersion: (name, request) => publishVersion(context, name, request),
    withdraw: (name, request) => withdraw(context, name, request),
    listVersions: (process, query, actor) => listVersions(context, process, query, actor),
    check: (yaml) => check(context, yaml),
    edit: (yaml, operations) => edit(context, yaml, operations),
    listProcesses: (actor) => listProcesses(context, actor),
    getProcess: (process, version, actor) => getProcess(context, process, version, actor),
    getCompiled: async (process, version) => (await getCompiled(context, process, version)).process,
    diff: (process, from, to, actor) => diff(context, process, from, to, actor),
    layOut: (name, language, detail, actor) => layOut(context, name, language, detail, actor),
    layOutFile: (yaml, language, detail) => layOutFile(context, yaml, language, detail),
    diffText: (process, given, actor) => diffText(context, process, given, actor),
    tryTests: (process, given, caller, actor) => tryTests(context, process, given, caller, actor),
    replayCandidate: (process, given, watch, actor) => replayCandidate(context, process, given, watch, actor),
    graph: (process, version, format, language, actor) => graph(context, process, version, format, language, actor),
    plan: (process, request, actor) => plan(context, process, request, actor),
    plannedInstances: (process, request, page, actor) => plannedInstances(context, process, request, page, actor),
    applyPlan: (process, given, options, actor) => applyPlan(context, apply, process, given, options, actor),
    revertPlan: (process, digest, cursor, actor) => revertPlan(context, apply, process, digest, cursor, actor),
    start: (input, request) => start(context, apply, input, request),
    send: (id, event, request) => send(apply, id, event, request),
    bulk: (items, dryRun) => bulk(context, apply, items, dryRun),
    getInstance: (id, actor) => getInstance(context, id, actor),
    getPast: (id, seq, actor) => getPast(context, id, seq, actor),
    listInstances: (query, actor) => listInstances(context, query, actor),
    getBoard: (process, query, actor) => getBoard(context, process, query, actor),
    getFigures: (process, query, actor) => getFigures(context, process, query, actor),
    figureInstances: (process, query, actor) => figureInstances(context, process, query, actor),
    listWork: (query, actor) => listWork(context, query, actor),
    listEvidence: (query, actor) => listEvidence(context, query, actor),
    listResting: (query, actor) => listResting(context, query, actor),
    listCalendars: () => listCalendars(context),
    getCalendar: (calendar) => getCalendar(context, calendar),
    between: (calendar, from, to) => between(context, calendar, from, to),
    history: (id, after, limit, actor) => history(context, id, after, limit, actor),
    searchHistory: (search, actor) => searchHistory(context, commandTypes, search, actor),
    listIncidents: (query, actor) => listIncidents(context, query, actor),
    answerCallback: (token, body, requestId) => answerCallback(context, apply, token, body, requestId),
    listSchedules: (actor) => listSchedules(context, actor),
    getSla: (id, under, actor) => getSla(context, id, under, actor),
    getPastSla: (id, seq, actor) => getPastSla(context, id, seq, actor),
    verifyInstance: (id, actor) => verifyInstance(context, id, actor),
    verifyAll: (after) => verifyAll(context, after),
    replay: (input, watch, actor) => replay(context, input, watch, actor),
    authenticate: keys.authenticate,
    signIn: keys.signIn,
    createKey: keys.create,
    listKeys: (actor) => listKeys(context, actor),
    makeKey: (members, once, actor) => makeKey(context, keys, members, once, actor),
    revokeKey: (id, actor) => revokeKey(context, keys, id, actor),
    issueTicket: tickets.issue,
    redeemTicket: tickets.redeem,
    retireKey: tickets.retire,
    reviewRule: rule,
    settleLinks: (after, limit) => settleLinks(context, apply, after, limit),
    whenLinked: links.add,
    subscribe: (members, actor) => subscribe(context, channels, members, actor),
    listSubscriptions: (actor) => listSubscriptions(context, actor),
    getSubscription: (id, actor) => getSubscription(context, id, actor),
    unsubscribe: (id, actor) => unsubscribe(context, id, actor),
    rotateSecret: (id, members, actor) => rotateSecret(context, id, members, actor),
    deadLetters: (id, cursor, limit, actor) => deadLetters(context, id, cursor, limit, actor),
    resend: (id, message, actor) => resend(context, id, message, actor),
    deliverMessages: deliveries.deliver,
    whenMessaged: messages.add,
    openStream: (query, actor, reader) => openStream(context, feed, query, actor, reader),
    feedStreams: feed.read,
    whenStreamed: commits.add,
    tidyMessages: createTidying(context),
    sendSignal: (given, actor) => sendSignal(context, apply, given, actor),
    listSignals: (query, actor) => listSignals(context, query, actor),
    retrySignal: (receipt, actor) => retrySignal(context, apply, receipt, actor),
    removeSignal: (receipt, actor) => removeSignal(context, receipt, actor),
    settleSignals: createSignalSettling(context, apply, awaited),
    whenAwaited: signals.add,
    forgetSignals: (limit) => forgetSignals(context, limit),
    forgetIdempotent: (limit) => forgetIdempotent(context, idempotencyDays, limit),
    fileRows: createRowFiling(context),
    fileFigures: createFigureFiling(context),
    runSchedules: () => runSchedules(context, apply),
    fireTimers: (limit) => fireTimers(context, apply, limit),
    async ready() {
      try {
        await store.ping();
        return true;
      } catch {
        return false;
      }
    },
    queued: apply.queued,
    backlog: () => store.backlog(clock.now()),
    commandTypes,
    async stop() {
      await apply.stop();
      await deliveries.stop();
    },
  };
}

function createListeners() {
  const listeners: (() => void)[] = [];
  return {
    add(listener: () => void) {
      listeners.push(listener);
    },
    call() {
      for (const listener of listeners) listener();
    },
  };
}

export { isOperator, requireOperator } from './operator.ts';
export { isOverridden } from './sought.ts';
export type * from './types.ts';
