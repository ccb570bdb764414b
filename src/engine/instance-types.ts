import type { Json } from '../json.ts';
import type { ApprovalRecord } from './approval-types.ts';
import type { CallRecord } from './call-types.ts';
import type { ChildRecord, Parent } from './child-types.ts';
import type { ClockRecord } from './clock-types.ts';
import type { EvidenceRecord } from './evidence-types.ts';
import type { MigrationRecord } from './migration-types.ts';

/** One deal on its way: the whole state that decisions are made from. Plain JSON; never changed in place. */
export interface Instance {
  readonly id: string;
  /** Whose it is; fixed at its start. */
  readonly tenant: string;
  readonly process: string;
  readonly version: number;
  /** Digest of the definition it is pinned to. */
  readonly digest: string;
  /** Value of the business key, or null while it is not known. */
  readonly key: string | null;
  readonly status: 'active' | 'on-hold' | 'closed';
  readonly outcome: string | null;
  /** The reason given when it was closed with an outcome. */
  readonly reason: string | null;
  /** Counts accepted commands; the ETag. */
  readonly revision: number;
  /** Number of the last history entry, accepted or refused. */
  readonly seq: number;
  /** XState state value. */
  readonly marking: Marking;
  /** The open steps, in order of the definition. */
  readonly position: readonly Place[];
  /** The steps of a phase of any order that nobody has begun yet; a position may be empty where some wait. */
  readonly waiting: readonly Place[];
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** Ended rounds of its steps, the last 10 of each; read them by `roundsOf`. The history has all. */
  readonly rounds: Readonly<Record<string, RoundRecord>>;
  /** How the rounds of its steps spent their time, the last 10 of each, under the same names. */
  readonly times: Readonly<Record<string, RoundTimes>>;
  /** Activities somebody has touched; any other is open in its step's turn. */
  readonly activities: Readonly<Record<string, ActivityRecord>>;
  readonly fields: Readonly<Record<string, FieldRecord>>;
  /** While it is on hold: since when and why. */
  readonly hold: Hold | null;
  /** Criteria that somebody let count as met, by the number of the entry that says so. */
  readonly overrides: Readonly<Record<string, OverrideRecord>>;
  /** The last time that it went over to another version; null: never. */
  readonly migration: MigrationRecord | null;
  /** What `recall` would take back. */
  readonly lastMove: LastMove | null;
  /** Where it stood when it was closed, for `reopen`. */
  readonly closedFrom: ClosedFrom | null;
  /** Approvals that were ever requested. */
  readonly approvals: Readonly<Record<string, ApprovalRecord>>;
  /** Instances that its steps have started or are about to, by their ids. */
  readonly children: Readonly<Record<string, ChildRecord>>;
  /** The instance that started it; null: none did. Fixed at its start. */
  readonly parent: Parent | null;
  /** Evidence that it ever produced. */
  readonly evidence: Readonly<Record<string, EvidenceRecord>>;
  /** Clocks that were ever started, by their ids. */
  readonly clocks: Readonly<Record<string, ClockRecord>>;
  /** Services that were asked to do activities, by activity. */
  readonly calls: Readonly<Record<string, CallRecord>>;
  /** Actor in whose hands it is, at first who started it; null: nobody's. */
  readonly owner: string | null;
  /** The owner's team. */
  readonly team: string | null;
  readonly startedAt: string;
  readonly startedBy: string;
  /** Record time of the last accepted command. */
  readonly updatedAt: string;
  readonly closedAt: string | null;
}

export type Marking = string | { readonly [key: string]: Marking };

export interface Place {
  readonly phase: string;
  readonly step: string;
}

export interface Hold {
  /** Event time. */
  readonly since: string;
  readonly by: string;
  /** An id of the definition's reasons, or a free text. */
  readonly reason: string;
  /** A date `YYYY-MM-DD` or an instant in UTC; null: open-ended. */
  readonly until: string | null;
  readonly recordedAt: string;
}

export interface OverrideRecord {
  readonly step: string;
  /** The round of the step that it holds for. */
  readonly round: number;
  /** Ids of gate criteria and activities. */
  readonly criteria: readonly string[];
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  readonly recordedAt: string;
}

/** The last command that changed the position: who gave it, and what was before it. */
export interface LastMove {
  readonly seq: number;
  readonly type: string;
  readonly by: string;
  readonly at: string;
  /** The version it was made on. */
  readonly version: number;
  readonly marking: Marking;
  readonly outcome: string | null;
  /** Records that it changed, as they were. */
  readonly steps: Readonly<Record<string, StepRecord>>;
  readonly activities: Readonly<Record<string, ActivityRecord>>;
  /** The first accepted command of somebody else since. */
  readonly answered: { readonly seq: number; readonly by: string; readonly at: string } | null;
}

export interface ClosedFrom {
  readonly marking: Marking;
  readonly outcome: string | null;
}

export interface StepRecord {
  /** How often it was entered; 0: once, which was recalled. */
  readonly round: number;
  /** Event times. */
  readonly enteredAt: string;
  readonly leftAt: string | null;
  /** How often work was sent back from here. */
  readonly reworks: number;
  /** How many of its rounds were skipped. */
  readonly skips: number;
  /** How often each way on with a limit was taken, by where it leads. */
  readonly routes: Readonly<Record<string, number>>;
}

export interface RoundRecord {
  readonly round: number;
  readonly enteredAt: string;
  readonly leftAt: string;
  readonly ended: RoundEnd;
  /** Activities that were done in it. */
  readonly activities: readonly string[];
}

/** How a round has spent its time up to `since`, and does from then on. Instants are event times, spans milliseconds. */
export interface RoundTimes {
  readonly round: number;
  /** Since when this is known: where an earlier program began the round, later than the round began. */
  readonly from: string;
  /** `paused`: on hold; `waiting`: for an approval, a service or a child; `working`: neither. */
  readonly state: 'working' | 'waiting' | 'paused';
  readonly since: string;
  readonly waiting: number;
  readonly paused: number;
  /** When it had ended, the last time that it went on all the same. */
  readonly resumedFrom?: string;
}

/** How a round ended: `done` by its exit, `repeated` by the next, `left` with its phase, which was joined without it. */
export type RoundEnd = 'done' | 'repeated' | 'skipped' | 'left' | 'reworked' | 'closed';

export interface ActivityRecord {
  readonly status: 'open' | 'done' | 'skipped';
  /** Completions over all rounds. */
  readonly count: number;
  /** Where it or its step is repeatable: the last 10 of them; the history has all. */
  readonly completions: readonly CompletionRecord[];
  readonly choices: readonly string[];
  readonly reason: string | null;
  /** Round of the step that this record belongs to. */
  readonly round: number;
  readonly by: string;
  readonly at: string;
  readonly recordedAt: string;
}

export interface CompletionRecord {
  /** Round of the step. */
  readonly round: number;
  readonly by: string;
  readonly at: string;
  readonly choices: readonly string[];
}

export interface FieldRecord {
  /** Stored form (money `{amount, currency}` in minor units, times in UTC); null: unknown, or erased. */
  readonly value: Json;
  /** Who set it: an actor, or `table:<id>`. */
  readonly by: string;
  readonly at: string;
  readonly recordedAt: string;
  /** History entry that set it. */
  readonly seq: number;
  /** Salted digest of a personal value; null for any other field. */
  readonly digest: string | null;
}
