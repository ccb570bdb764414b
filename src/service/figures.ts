import type { CompiledProcess } from '../compile/types.ts';
import { amountField } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type {
  DeadlineCount,
  EndingCount,
  FigureScope,
  FunnelCount,
  SeriesCount,
  Span,
  StayCount,
  TurnedDownCount,
} from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { criterionName, stepNames } from './figure-names.ts';
import { partsOf, periodOf, zoneOf } from './figure-period.ts';
import { type FigureSight, figureSight } from './figure-sight.ts';
import type {
  Amount,
  FigurePeriod,
  FigureQuery,
  Figures,
  FunnelStep,
  OutcomeFigure,
  RefusedFor,
  Series,
  SlaKept,
  StepDays,
  StepName,
} from './figure-types.ts';
import { readCompiled } from './processes.ts';

const DAY_S = 86_400;

/** A process and a period, and what of it the actor may be told. */
export interface Asked extends FigureSight {
  readonly process: CompiledProcess;
  readonly scope: FigureScope;
  readonly period: FigurePeriod;
  readonly now: string;
}

/** Throws `not-found`, `role-required`, and `malformed-request` for a period that is none. */
export async function askedOf(
  context: ServiceContext,
  name: string,
  { version, ...query }: FigureQuery,
  actor: Actor,
): Promise<Asked> {
  const { process } = await readCompiled(context, name, version, actor);
  const now = context.clock.now();
  const period = periodOf(zoneOf(process), query, now);
  const told = await figureSight(context, name, actor);
  const versions = version === null ? null : [version];
  return { ...told, process, period, now, scope: { tenant: actor.tenant, process: name, versions, sight: told.sight } };
}

/**
 * The figures of a process in a period, of the instances that the actor sees. Each thing counts by its own event time: a
 * round of a step in the funnel by when it was entered, its days by when it ended, a clock by when what it timed ended (one
 * that still runs by when it was due), a refusal by when it was asked for, an outcome by when it was fixed. Days are of
 * 24 hours, on all days; percentiles by nearest rank, so that each is a time that some round took.
 */
export async function getFigures(
  context: ServiceContext,
  name: string,
  query: FigureQuery,
  actor: Actor,
): Promise<Figures> {
  const asked = await askedOf(context, name, query, actor);
  const { process, period, scope, now, hidden, amounts } = asked;
  const { store } = context;
  const span: Span = period;
  // What is still to come has no part in it.
  const { every, starts } = partsOf(now > period.since && now < period.until ? { ...period, until: now } : period);
  const [funnel, stays, deadlines, refused, endings, series, lacks] = await Promise.all([
    store.countFunnel(scope, span),
    store.countStays(scope, span),
    store.countDeadlines(scope, span, now),
    store.countTurnedDown(scope, span),
    store.countEndings(scope, span, amounts),
    store.countSeries(scope, span, starts),
    store.lacksFigures(actor.tenant, name),
  ]);
  const shown = refused.filter(({ criterion, gate }) => gate.includes('/') || !hidden.activities.has(criterion));
  const mentioned = [...funnel, ...stays, ...shown].flatMap(({ step }) => step ?? []);
  const names = await stepNames(context, process, actor.tenant, mentioned);
  const field = amounts?.length === 0 ? null : amountField(process);
  return {
    process: name,
    version: query.version,
    ...period,
    complete: !lacks,
    funnel: funnelOf(names, funnel),
    days: daysOf(names, stays),
    slas: slasOf(
      process,
      deadlines.filter(({ clock }) => !hidden.clocks.has(clock)),
    ),
    refusals: await refusalsOf(context, name, names, shown),
    amount: field === null ? null : { id: field, title: process.fields.get(field)?.title ?? plain(field) },
    outcomes: outcomesOf(process, endings),
    series: { every, parts: seriesOf(period, starts, series) },
  };
}

const plain = (id: string): Text => ({ zh: id, en: id });

/** How a round of the funnel ended, as the funnel tells it. */
export const ENDS = {
  onward: ['done', 'skipped', 'left', 'repeated'],
  sentBack: ['reworked'],
  closed: ['closed'],
  open: [null],
} as const satisfies Record<string, readonly (string | null)[]>;

function funnelOf(names: ReadonlyMap<string, StepName>, counts: readonly FunnelCount[]): readonly FunnelStep[] {
  return ofSteps(names, counts, (name, rows) => {
    const sum = (ends: readonly (string | null)[]) =>
      rows.filter(({ ended }) => ends.includes(ended)).reduce((all, { rounds }) => all + rounds, 0);
    const [onward, sentBack, closed, open] = [sum(ENDS.onward), sum(ENDS.sentBack), sum(ENDS.closed), sum(ENDS.open)];
    const over = onward + sentBack + closed;
    return { ...name, entered: over + open, onward, sentBack, closed, open, conversion: share(onward, over) };
  });
}

function daysOf(names: ReadonlyMap<string, StepName>, counts: readonly StayCount[]): readonly StepDays[] {
  return ofSteps(names, counts, (name, rows) => {
    const [row] = rows;
    if (row === undefined) return { ...name, rounds: 0, p50: 0, p90: 0, spent: null };
    const { rounds, known, elapsed, waiting, paused } = row;
    const mean = (seconds: number) => daysIn(seconds / known);
    const working = elapsed - waiting - paused;
    const spent = { rounds: known, working: mean(working), waiting: mean(waiting), paused: mean(paused) };
    return { ...name, rounds, p50: daysIn(row.p50), p90: daysIn(row.p90), spent: known === 0 ? null : spent };
  });
}

/** In order of the process; what only other versions have comes last, and only if there is something of it. */
function ofSteps<Row extends { readonly step: string }, Figure>(
  names: ReadonlyMap<string, StepName>,
  rows: readonly Row[],
  figure: (name: StepName, rows: readonly Row[]) => Figure,
): readonly Figure[] {
  return [...names.values()].flatMap((name) => {
    const own = rows.filter(({ step }) => step === name.step);
    return name.phase === null && own.length === 0 ? [] : [figure(name, own)];
  });
}

/** To the ten-thousandth, which is nine seconds. */
function daysIn(seconds: number): number {
  return Math.round((seconds / DAY_S) * 10_000) / 10_000;
}

function share(part: number, of: number): number | null {
  return of === 0 ? null : Math.round((part / of) * 10_000) / 10_000;
}

function slasOf({ clocks }: CompiledProcess, counts: readonly DeadlineCount[]): readonly SlaKept[] {
  const order = [...clocks.keys()];
  const place = (clock: string) => (order.includes(clock) ? order.indexOf(clock) : order.length);
  return [...counts]
    .sort((a, b) => place(a.clock) - place(b.clock) || (a.clock < b.clock ? -1 : 1))
    .flatMap(({ clock, inTime, late, runningLate }) => {
      const kept = share(inTime, inTime + late + runningLate);
      const title = clocks.get(clock)?.title ?? plain(clock.slice(clock.indexOf('/') + 1));
      return kept === null ? [] : [{ clock, title, inTime, late, runningLate, kept }];
    });
}

/** What refused most comes first. */
async function refusalsOf(
  { processes }: ServiceContext,
  name: string,
  names: ReadonlyMap<string, StepName>,
  counts: readonly TurnedDownCount[],
): Promise<readonly RefusedFor[]> {
  const found = await Promise.all(
    counts.map(async ({ step, gate, criterion, version, refusals, instances }) => {
      const compiled = await processes.get(name, version);
      const { title, source } = criterionName(compiled?.ok ? compiled.process : null, { gate, criterion });
      const at = step === null ? null : (names.get(step) ?? null);
      return { step: at, gate, criterion, title, source, refusals, instances };
    }),
  );
  const text = ({ step, gate, criterion }: RefusedFor) => `${step?.step} ${gate} ${criterion}`;
  return found.sort((a, b) => b.refusals - a.refusals || (text(a) < text(b) ? -1 : 1));
}

function outcomesOf({ outcomes }: CompiledProcess, counts: readonly EndingCount[]): readonly OutcomeFigure[] {
  const order = [...outcomes.keys(), ...counts.flatMap(({ outcome }) => outcome ?? []), null];
  return [...new Set(order)].flatMap((outcome) => {
    const rows = counts.filter((row) => row.outcome === outcome);
    const known = outcomes.get(outcome ?? '');
    if (rows.length === 0 && known === undefined) return [];
    const listed = [...(known?.reasons.map(({ id }) => id) ?? []), ...rows.flatMap(({ reason }) => reason ?? [])];
    const reasons = [...new Set([...listed, null])].flatMap((reason) => {
      const own = rows.filter((row) => row.reason === reason);
      if (own.length === 0) return [];
      const title = known?.reasons.find(({ id }) => id === reason)?.title ?? (reason === null ? UNSAID : plain(reason));
      return [{ reason, title, instances: instancesIn(own), amounts: amountsIn(own) }];
    });
    const kind = known !== undefined && known.from.length === 0 ? ('reached' as const) : ('closed' as const);
    const title = known?.title ?? (outcome === null ? WITHOUT : plain(outcome));
    return [{ outcome, title, kind, instances: instancesIn(rows), amounts: amountsIn(rows), reasons }];
  });
}

const WITHOUT: Text = { zh: '无结果结束', en: 'Closed without an outcome' };
const UNSAID: Text = { zh: '未选原因', en: 'No listed reason' };

function instancesIn(rows: readonly EndingCount[]): number {
  return rows.reduce((all, { instances }) => all + instances, 0);
}

function amountsIn(rows: readonly EndingCount[]): readonly Amount[] {
  const currencies = [...new Set(rows.flatMap(({ currency, known }) => (known > 0 ? (currency ?? []) : [])))].sort();
  return currencies.map((currency) => {
    const own = rows.filter((row) => row.currency === currency);
    const sum = (of: (row: EndingCount) => number) => own.reduce((all, row) => all + of(row), 0);
    return { currency, amount: sum(({ amount }) => amount), instances: sum(({ known }) => known) };
  });
}

function seriesOf({ until }: FigurePeriod, starts: readonly string[], counts: readonly SeriesCount[]): Series['parts'] {
  return starts.map((since, part) => {
    const own = counts.filter((row) => row.part === part);
    const ended = own.filter(({ what }) => what === 'ended').map(({ outcome, instances }) => ({ outcome, instances }));
    return {
      since,
      until: starts[part + 1] ?? until,
      started: own.find(({ what }) => what === 'started')?.instances ?? 0,
      ended: ended.sort((a, b) => ((a.outcome ?? '~') < (b.outcome ?? '~') ? -1 : 1)),
    };
  });
}
