import type { CompiledProcess } from '../../src/compile/types.ts';
import { amountField } from '../../src/engine/index.ts';
import type { ClockRecord } from '../../src/engine/types.ts';
import type { EntryView, Service } from '../../src/service/index.ts';
import { ADMIN } from '../engine/process.ts';

// What figures mean, said plainly: the history of each instance is read entry by entry, and everything is counted anew.

interface ModelStay {
  readonly step: string;
  readonly round: number;
  readonly enteredAt: string;
  leftAt: string | null;
  ended: string | null;
  waiting: number;
  paused: number;
}

interface ModelDeadline {
  readonly clock: string;
  readonly round: number;
  readonly due: string;
  readonly endedAt: string | null;
  readonly how: string | null;
}

/** One instance as its history tells it. */
export interface Course {
  readonly id: string;
  readonly version: number;
  readonly owner: string | null;
  readonly startedAt: string;
  readonly stays: readonly ModelStay[];
  readonly deadlines: readonly ModelDeadline[];
  readonly refused: readonly { readonly at: string; readonly name: string }[];
  readonly ending: {
    readonly at: string;
    readonly outcome: string | null;
    readonly reason: string | null;
    readonly amount: number | null;
  } | null;
}

export async function courseOf(service: Service, process: CompiledProcess, id: string): Promise<Course> {
  const entries: EntryView[] = [];
  for (let after = 0; ; ) {
    const page = await service.history(id, after, 200, ADMIN);
    entries.push(...page.entries);
    after = page.entries.at(-1)?.seq ?? after;
    if (page.next === null) return tell(process, id, entries);
  }
}

function tell(process: CompiledProcess, id: string, entries: readonly EntryView[]): Course {
  const stays: ModelStay[] = [];
  const clocks = new Map<string, ClockRecord>();
  const approvals = new Map<string, string>();
  const refused: { at: string; name: string }[] = [];
  let [open, isHeld, last]: [readonly string[], boolean, string] = [[], false, ''];
  let [outcome, reason, amount, decidedAt]: [string | null, string | null, number | null, string | null] = [
    null,
    null,
    null,
    null,
  ];
  let [isClosed, version, owner]: [boolean, number, string | null] = [false, 1, null];
  const field = amountField(process);

  const isAwaited = (step: string) =>
    [...process.approvals].some(([each, found]) => found.step.id === step && approvals.get(each) === 'requested');
  /** How open rounds have spent the time since the entry before. */
  const spend = (at: string) => {
    const ms = Date.parse(at) - Date.parse(last);
    for (const stay of stays) {
      if (stay.leftAt !== null) continue;
      if (isHeld) stay.paused += ms;
      else if (isAwaited(stay.step)) stay.waiting += ms;
    }
  };

  for (const { at, type, accepted, command, changes, verdicts, refusal, ...entry } of entries) {
    if (!accepted) {
      const shut = verdicts?.of?.filter(({ verdict }) => verdict !== 'met') ?? [];
      const isOfGate = ['gate-shut', 'approval-requested'].includes(refusal?.code ?? '');
      for (const { id: criterion, kind, gate } of isOfGate ? shut : []) {
        if (shut.some((each) => each.kind === 'state')) break;
        const place = gate === undefined ? kind : `${gate.on}/${gate.which}/${gate.of}`;
        refused.push({ at, name: `${Object(command).step ?? '-'} ${place} ${criterion}` });
      }
      continue;
    }
    if (last !== '') spend(at);
    ({ version } = entry);
    const said: Readonly<Record<string, unknown>> = Object(command);
    const lastOpen = open;
    open = changes?.position?.to.map(({ step }) => step) ?? open;
    for (const [step, { round }] of Object.entries(changes?.steps ?? {})) {
      // A move that was taken back: its rounds never were.
      for (let n = stays.length - 1; n >= 0; n -= 1) {
        const stay = stays[n];
        if (stay?.step === step && stay.round > round) stays.splice(n, 1);
      }
      for (const stay of stays.filter((each) => each.step === step && each.leftAt === null)) {
        if (stay.round === round && open.includes(step)) continue;
        stay.leftAt = at;
        stay.ended = endOf(type, step === (said.step ?? lastOpen[0]));
      }
      if (round === 0) continue;
      const found = stays.find((stay) => stay.step === step && stay.round === round);
      if (found === undefined) {
        const spent = { waiting: 0, paused: 0 };
        // What nobody had begun is skipped at once.
        const over = open.includes(step) ? { leftAt: null, ended: null } : { leftAt: at, ended: endOf(type, true) };
        stays.push({ step, round, enteredAt: at, ...over, ...spent });
      } else if (found.leftAt !== null && open.includes(step)) {
        if (found.ended === 'closed') found.paused += Date.parse(at) - Date.parse(found.leftAt);
        Object.assign(found, { leftAt: null, ended: null });
      }
    }
    if (changes?.hold !== undefined) isHeld = changes.hold !== null;
    for (const [each, { status }] of Object.entries(changes?.approvals ?? {})) approvals.set(each, status);
    for (const [clock, record] of Object.entries(changes?.clocks ?? {})) clocks.set(clock, record);
    if (changes?.status !== undefined) isClosed = changes.status === 'closed';
    if (changes?.outcome !== undefined) {
      outcome = changes.outcome;
      decidedAt = outcome === null ? null : at;
    } else if (isClosed && outcome === null) decidedAt ??= at;
    if (!isClosed && outcome === null) decidedAt = null;
    if (type === 'close') reason = String(said.reason);
    if (type === 'reopen') reason = null;
    if (changes?.owner !== undefined) owner = changes.owner.to;
    const money = field === null ? undefined : changes?.fields?.[field]?.to;
    if (money !== undefined) amount = Object(money).amount ?? null;
    last = at;
  }
  const listed = process.outcomes.get(outcome ?? '')?.reasons.some((each) => each.id === reason) ?? false;
  return {
    id,
    version,
    owner,
    startedAt: entries[0]?.at ?? '',
    stays,
    deadlines: [...clocks].flatMap(([clock, record]) => deadlinesIn(clock, record)),
    refused,
    ending: decidedAt === null ? null : { at: decidedAt, outcome, reason: listed ? reason : null, amount },
  };
}

function endOf(type: string, isNamed: boolean): string {
  if (type === 'close') return 'closed';
  if (type === 'rework') return 'reworked';
  if (type === 'repeat') return 'repeated';
  if (!isNamed) return 'left';
  return type === 'skip' ? 'skipped' : 'done';
}

function deadlinesIn(clock: string, record: ClockRecord): readonly ModelDeadline[] {
  const earlier = record.earlier.map(({ round, due, endedAt, how }) => ({ clock, round, due, endedAt, how }));
  const { round, due, ended } = record;
  const all = [...earlier, { clock, round, due, endedAt: ended?.at ?? null, how: ended?.how ?? null }];
  // A round that was taken back has the number of the one that came in its place.
  const last = all.filter((each, n) => all.findLastIndex(({ round: other }) => other === each.round) === n);
  return last.flatMap((each) => (each.due === null ? [] : [{ ...each, due: each.due }]));
}

export interface ModelPeriod {
  readonly since: string;
  readonly until: string;
  readonly now: string;
}

/** Figures by their names, each with the instances behind it, once for each time that they count. */
export function recount(courses: readonly Course[], { since, until, now }: ModelPeriod): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (name: string, id: string) => found.set(name, [...(found.get(name) ?? []), id]);
  const within = (at: string | null) => at !== null && at >= since && at < until;
  for (const { id, startedAt, stays, deadlines, refused, ending } of courses) {
    if (within(startedAt)) add('started', id);
    for (const { step, enteredAt, leftAt, ended } of stays) {
      if (within(enteredAt)) {
        add(`entered ${step}`, id);
        if (ended === null) add(`open ${step}`, id);
        else if (ended === 'closed') add(`closed-there ${step}`, id);
        else add(`${ended === 'reworked' ? 'sent-back' : 'onward'} ${step}`, id);
      }
      if (within(leftAt) && ended !== 'skipped') add(`ended-rounds ${step}`, id);
    }
    for (const { clock, due, endedAt, how } of deadlines) {
      if (endedAt === null) {
        if (within(due) && due < now) add(`running-late ${clock}`, id);
      } else if (within(endedAt) && ['done', 'left', 'closed'].includes(how ?? '')) {
        if (endedAt > due) add(`late ${clock}`, id);
        else if (how === 'done') add(`in-time ${clock}`, id);
      }
    }
    for (const { at, name } of refused) if (within(at)) add(`refused ${name}`, id);
    if (ending !== null && within(ending.at)) {
      add(`ended ${ending.outcome ?? '-'} ${ending.reason ?? '-'}`, id);
    }
  }
  return found;
}

/** Nearest rank among the rounds of a step that ended in a period, in days. */
export function percentile(courses: readonly Course[], step: string, period: ModelPeriod, p: number): number {
  const took = endedIn(courses, step, period)
    .map(({ enteredAt, leftAt }) => Math.floor((Date.parse(leftAt ?? '') - Date.parse(enteredAt)) / 1000))
    .sort((a, b) => a - b);
  return inDays(took[Math.ceil((p / 100) * took.length) - 1] ?? 0);
}

/** The mean of how those rounds were spent, in days. */
export function spentOf(courses: readonly Course[], step: string, period: ModelPeriod) {
  const ended = endedIn(courses, step, period);
  if (ended.length === 0) return null;
  const sum = (of: (stay: ModelStay) => number) => ended.reduce((all, stay) => all + Math.round(of(stay) / 1000), 0);
  const elapsed = sum(({ enteredAt, leftAt }) => Date.parse(leftAt ?? '') - Date.parse(enteredAt));
  const [waiting, paused] = [sum((stay) => stay.waiting), sum((stay) => stay.paused)];
  const mean = (seconds: number) => inDays(seconds / ended.length);
  return {
    rounds: ended.length,
    working: mean(elapsed - waiting - paused),
    waiting: mean(waiting),
    paused: mean(paused),
  };
}

function endedIn(courses: readonly Course[], step: string, { since, until }: ModelPeriod): readonly ModelStay[] {
  const stays = courses.flatMap((course) => course.stays).filter((stay) => stay.step === step);
  return stays.filter(
    ({ leftAt, ended }) => leftAt !== null && leftAt >= since && leftAt < until && ended !== 'skipped',
  );
}

function inDays(seconds: number): number {
  return Math.round((seconds / 86_400) * 10_000) / 10_000;
}
