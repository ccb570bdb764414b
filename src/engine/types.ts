import type { ErrorCode, InputProblem } from '../errors.ts';
import type { Verdict } from '../expr/types.ts';
import type { Json } from '../json.ts';
import type { Text } from '../text.ts';
import type { ApprovalRecord, ApprovalState } from './approval-types.ts';
import type { CallRecord } from './call-types.ts';
import type { ChildRecord, ChildState, Origin, Parent } from './child-types.ts';
import type { ClockRecord } from './clock-types.ts';
import type { EvidenceOf, EvidenceRecord, EvidenceState } from './evidence-types.ts';
import type { Hold, Instance, OverrideRecord, Place, StepRecord } from './instance-types.ts';

export type * from './call-types.ts';
export type * from './child-types.ts';
export type { ClockState, ClockStatement, StatementLine } from './clock-statement.ts';
export type * from './clock-types.ts';
export type * from './evidence-types.ts';
export type * from './instance-types.ts';

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
  /** What the service itself sends: types that nobody else may (see `internal-verbs.ts`). */
  readonly internal?: true;
  /** Of a start by the service itself, which is internal too. */
  readonly origin?: Origin;
}

/** What a pure decision may not make itself. */
export interface Environment {
  /** Record time, ISO 8601 UTC. */
  readonly now: string;
  /** Makes ids and salts. */
  readonly ids: () => string;
  /** Evidence of other instances of the same tenant; absent: there is none. */
  readonly evidence?: EvidenceOf | undefined;
  /** Nobody will read what a refusal leaves to do: `missing` and `possible` are empty. They take longer than the decision. */
  readonly isBrief?: boolean;
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
  /** Records of children as they are now. */
  readonly children?: Readonly<Record<string, ChildRecord>>;
  /** Of a start: what the instance comes from. */
  readonly parent?: Parent;
  /** Evidence that it produced or withdrew, as it is now. */
  readonly evidence?: Readonly<Record<string, EvidenceRecord>>;
  /** Records of clocks as they are now. */
  readonly clocks?: Readonly<Record<string, ClockRecord>>;
  /** Records of calls as they are now. */
  readonly calls?: Readonly<Record<string, CallRecord>>;
  readonly position?: { readonly from: readonly Place[]; readonly to: readonly Place[] };
  readonly waiting?: { readonly from: readonly Place[]; readonly to: readonly Place[] };
  /** What is counted of the steps that it touched, after it. */
  readonly steps?: Readonly<Record<string, Pick<StepRecord, 'round' | 'reworks' | 'skips' | 'routes'>>>;
  readonly outcome?: string | null;
  readonly status?: Instance['status'];
  readonly hold?: Hold | null;
  readonly overrides?: Instance['overrides'];
  readonly owner?: { readonly from: string | null; readonly to: string | null };
  readonly team?: { readonly from: string | null; readonly to: string | null };
}

/** One node of the tree that decides and explains. Leaves say what they read. */
export interface Reason {
  readonly kind:
    | 'all'
    | 'any'
    | 'at-least'
    | 'not'
    | 'if'
    | 'condition'
    | 'activity'
    | 'approval'
    | 'children'
    | 'evidence'
    | 'state'
    | 'role';
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
  /** Where a child stands; absent while it is not known whether it is started. */
  readonly child?: ChildState;
  /** The evidence that an activity rests on. */
  readonly evidence?: EvidenceState;
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
 * One thing that is missing (a `field` to give, a `value` to change, an `activity` to do, an `approval` to grant, a `child`
 * to end, `evidence` of another process to produce or renew), and who could supply it.
 */
export interface Missing {
  readonly kind: 'field' | 'value' | 'activity' | 'approval' | 'child' | 'evidence';
  readonly id: string;
  readonly title: Text;
  /** Activities that can supply a field, or rest on the evidence. */
  readonly activities: readonly string[];
  readonly roles: readonly string[];
  /** People who could grant an approval, beside the roles. */
  readonly actors?: readonly string[];
}

/** What a command is about. */
export interface Target {
  readonly step?: string;
  readonly activity?: string;
  readonly to?: string;
  readonly outcome?: string;
  readonly approval?: string;
  /** Id of a child. */
  readonly child?: string;
  /** Role or actor whose turn is meant. */
  readonly from?: string;
  /** What another system has told. */
  readonly signal?: string;
}

/** An action that an instance offers or withholds. */
export interface Action extends Target {
  readonly type: string;
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
