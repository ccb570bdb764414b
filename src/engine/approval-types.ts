import type { Json } from '../json.ts';

/** The last request for an approval: what is asked of whom, what they said, and what it covers. Earlier ones are history. */
export interface ApprovalRecord {
  /** `void`: what it covers has changed since, or its step was left or entered anew. */
  readonly status: 'requested' | 'approved' | 'rejected' | 'withdrawn' | 'void';
  /** Round of the step that it belongs to. */
  readonly round: number;
  readonly requestedBy: string;
  /** Event time. */
  readonly requestedAt: string;
  readonly comment: string | null;
  /** History entry of the request. */
  readonly seq: number;
  /** Which band was chosen, counted from 1. */
  readonly band: number;
  /** Who is asked, in order. */
  readonly turns: readonly ApprovalTurn[];
  /** The values that were asked about, by field; of personal ones their digests. */
  readonly covers: Readonly<Record<string, Json>>;
  /** Why it is void or withdrawn; null: it is neither. */
  readonly ended: ApprovalEnd | null;
}

/** One approver's turn: of whoever holds the role, or of the named actor; the other is null. */
export interface ApprovalTurn {
  readonly role: string | null;
  readonly actor: string | null;
  /** Named by an approver: must agree too, whatever the mode. */
  readonly added: boolean;
  /** Role or actor whose turn it was before it was reassigned. */
  readonly from: string | null;
  readonly decision: ApprovalDecision | null;
  /** Roles of whom anyone may take it too since it was late; absent in turns that never were. */
  readonly raised?: readonly string[];
}

export interface ApprovalDecision {
  readonly decision: 'approved' | 'rejected';
  readonly by: string;
  /** For whom a substitute decided; null: for nobody else. */
  readonly for: string | null;
  readonly comment: string | null;
  readonly at: string;
  readonly recordedAt: string;
}

export interface ApprovalEnd {
  /**
   * `changed`: fields it covers; `left`: its step, before it was decided; `round`: its step was entered anew; `definition`: the
   * version that its instance went over to asks something else.
   */
  readonly why: 'withdrawn' | 'changed' | 'left' | 'round' | 'definition';
  /** What changed. */
  readonly fields: readonly string[];
  readonly by: string;
  readonly at: string;
}

/** Where an approval stands, as a reason tells it. */
export interface ApprovalState {
  readonly status: ApprovalRecord['status'] | 'not-needed' | 'not-requested' | 'unknown';
  /** Counted from 1; null while it is not known, or none is needed. */
  readonly band: number | null;
  /** What was said so far. */
  readonly decided: readonly ApprovalDecision[];
  /** Who could decide next, beside administrators in a role's place. */
  readonly waitsFor: Who;
}

/** Roles and actors, of whom anyone will do. */
export interface Who {
  readonly roles: readonly string[];
  readonly actors: readonly string[];
}
