import type { ErrorCode, InputProblem } from '../errors.ts';
import type { Verdict } from '../expr/types.ts';
import type { Json } from '../json.ts';
import type { Text } from '../text.ts';
import type { ApprovalRecord, ApprovalState } from './approval-types.ts';

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
  /** Activities somebody has touched; any other is open in its step's turn. */
  readonly activities: Readonly<Record<string, ActivityRecord>>;
  readonly fields: Readonly<Record<string, FieldRecord>>;
  /** While it is on hold: since when and why. */
  readonly hold: Hold | null;
  /** Criteria that somebody let count as met, by the number of the entry that says so. */
  readonly overrides: Readonly<Record<string, OverrideRecord>>;
  /** What `recall` would take back. */
  readonly lastMove: LastMove | null;
  /** Where it stood when it was closed, for `reopen`. */
  readonly closedFrom: ClosedFrom | null;
  /** Approvals that were ever requested. */
  readonly approvals: Readonly<Record<string, ApprovalRecord>>;
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
  /** How often each way on with a limit was taken, by where it leads. */
  readonly routes: Readonly<Record<string, number>>;
  /** The rounds that have ended, the last 100 of them. */
  readonly rounds: readonly RoundRecord[];
}

export interface RoundRecord {
  readonly round: number;
  readonly enteredAt: string;
  readonly leftAt: string;
  readonly ended: RoundEnd;
  /** Activities that were done in it. */
  readonly activities: readonly string[];
}

/** How a round ended: `done` by its exit, `repeated` by the next, `left` with its phase, which was joined without it. */
export type RoundEnd = 'done' | 'repeated' | 'skipped' | 'left' | 'reworked' | 'closed';

export interface ActivityRecord {
  readonly status: 'open' | 'done' | 'skipped';
  /** Completions over all rounds. */
  readonly count: number;
  /** The last 100 of them. */
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

export interface Actor {
  readonly id: string;
  /** Roles it holds; `admin` holds every role. */
  readonly roles: readonly string[];
  readonly team: string | null;
  readonly tenant: string;
  /** The actor whose key it was, where that acts for this one; null: it acts itself. */
  readonly via: string | null;
}

/** What somebody wants done. Everything but `type` and `actor` is checked here, not by the caller. */
export interface Command {
  readonly type: string;
  /** The event's own members as they came, `type` and `at` left out. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly actor: Actor;
  /** Event time as the caller says (ISO 8601 with offset); absent: now. */
  readonly at?: unknown;
  readonly requestId: string;
}

/** What a pure decision may not make itself. */
export interface Environment {
  /** Record time, ISO 8601 UTC. */
  readonly now: string;
  /** Makes ids and salts. */
  readonly ids: () => string;
}

export interface Decision {
  readonly ok: true;
  readonly instance: Instance;
  /** What is recorded, in order: the command, then what the engine did by itself. */
  readonly entries: readonly EntryDraft[];
  /** Personal values to keep beside the history. */
  readonly personal: readonly PersonalValue[];
}

export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly detail: Text;
  /** Every criterion that decided, met or not; null where the input itself was wrong. */
  readonly reasons: Reason | null;
  readonly problems: readonly InputProblem[];
  /** The smallest set of things that would open the way, where there is one. */
  readonly missing: readonly Missing[];
  /** Actions that are possible now. */
  readonly possible: readonly PossibleAction[];
  /**
   * The instance with this refusal counted in `seq`, and with the approvals that it requested; null when there is no
   * instance (a refused start).
   */
  readonly instance: Instance | null;
  readonly entries: readonly EntryDraft[];
}

export interface PersonalValue {
  readonly field: string;
  readonly value: Json;
  readonly salt: string;
}

/** A history entry but for its place in the hash chain. */
export interface EntryDraft {
  readonly seq: number;
  readonly instance: string;
  readonly tenant: string;
  readonly process: string;
  readonly version: number;
  readonly digest: string;
  readonly type: string;
  readonly accepted: boolean;
  readonly actor: string;
  /** Who acted for the actor; null: nobody. */
  readonly via: string | null;
  readonly roles: readonly string[];
  readonly at: string;
  readonly recordedAt: string;
  readonly requestId: string;
  /** Revision after it. */
  readonly revision: number;
  /** The command as understood; personal values only as salted digests. */
  readonly command: Json;
  /** What it changed; null when refused. */
  readonly changes: Changes | null;
  /** The gate verdicts it was decided by; null where no gate was asked. */
  readonly verdicts: Reason | null;
  readonly refusal: { readonly code: ErrorCode; readonly detail: Text } | null;
}

export interface Changes {
  readonly fields?: Readonly<Record<string, { readonly from: Json; readonly to: Json }>>;
  readonly activities?: Readonly<Record<string, { readonly from: string; readonly to: string }>>;
  /** Records of approvals as they are now. */
  readonly approvals?: Readonly<Record<string, ApprovalRecord>>;
  readonly position?: { readonly from: readonly Place[]; readonly to: readonly Place[] };
  readonly waiting?: { readonly from: readonly Place[]; readonly to: readonly Place[] };
  /** What is counted of the steps that it touched, after it. */
  readonly steps?: Readonly<Record<string, Pick<StepRecord, 'round' | 'reworks' | 'routes'>>>;
  readonly outcome?: string | null;
  readonly status?: Instance['status'];
  readonly hold?: Hold | null;
  readonly overrides?: Instance['overrides'];
  readonly owner?: { readonly from: string | null; readonly to: string | null };
  readonly team?: { readonly from: string | null; readonly to: string | null };
}

/** One node of the tree that decides and explains. Leaves say what they read. */
export interface Reason {
  readonly kind: 'all' | 'any' | 'at-least' | 'not' | 'if' | 'condition' | 'activity' | 'approval' | 'state' | 'role';
  /** Id of the criterion (a gate's own, or one of the engine's: see `state-criteria.ts`), where it has one. */
  readonly id?: string;
  /** Where it stands: `exit`/`entry` gate of a step or phase. */
  readonly gate?: { readonly on: 'step' | 'phase'; readonly which: 'entry' | 'exit'; readonly of: string };
  readonly verdict: Verdict;
  /** It counts as met although it is not: who let it, and why. */
  readonly overridden?: Pick<OverrideRecord, 'by' | 'at' | 'reason'>;
  readonly say?: Text;
  readonly source?: string;
  readonly text?: string;
  readonly n?: number;
  readonly reads?: readonly Read[];
  /** Fields or activities that this leaf lacks. */
  readonly missing?: readonly string[];
  /** Where an approval stands. */
  readonly approval?: ApprovalState;
  readonly of?: readonly Reason[];
}

/** A value that was read: what it was (`(personal)` for a personal one), who set it and when. */
export interface Read {
  readonly field: string;
  readonly value: Json;
  readonly by: string | null;
  readonly at: string | null;
}

/**
 * One thing that is missing (a `field` to give, a `value` to change, an `activity` to do, an `approval` to grant), and
 * who could supply it.
 */
export interface Missing {
  readonly kind: 'field' | 'value' | 'activity' | 'approval';
  readonly id: string;
  readonly title: Text;
  /** Activities that can supply a field. */
  readonly activities: readonly string[];
  readonly roles: readonly string[];
  /** People who could grant an approval, beside the roles. */
  readonly actors?: readonly string[];
}

/** An action that an instance offers or withholds. */
export interface Action {
  readonly type: string;
  readonly step?: string;
  readonly activity?: string;
  readonly to?: string;
  readonly outcome?: string;
  readonly approval?: string;
  /** Role or actor whose turn is meant. */
  readonly from?: string;
  readonly title: Text;
  readonly allowed: boolean;
  /** The tree, where it is not allowed. */
  readonly reasons: Reason | null;
  readonly missing: readonly Missing[];
  /** JSON Schema of the event's body. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Who may, beside `admin`; empty, and no `actors`: everybody. */
  readonly roles: readonly string[];
  /** People who may, beside the roles. */
  readonly actors?: readonly string[];
}

export type PossibleAction = Omit<Action, 'allowed' | 'reasons' | 'missing' | 'input'>;
