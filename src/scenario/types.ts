import type { Actor, EntryDraft, FoundEvidence } from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { Text } from '../text.ts';

/** Where something is written; lines and columns count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A file of scenarios, read and typed, in the order of the file. */
export interface ScenarioFile {
  readonly process: string;
  readonly scenarios: readonly Scenario[];
}

/** One story: what is done to an instance, and how it must stand in between. */
export interface Scenario {
  readonly name: string;
  readonly place: Place;
  /** How it begins: an instance of its own, or where another scenario ended. */
  readonly begin:
    | { readonly kind: 'start'; readonly at: string; readonly evidence: readonly StandingEvidence[] }
    | { readonly kind: 'after'; readonly scenario: string };
  /** The start, where it has one, and what is done then. */
  readonly steps: readonly ScenarioStep[];
}

/** Evidence of another process. */
export interface StandingEvidence extends FoundEvidence {
  /** `<process>/<evidence>`. */
  readonly evidence: string;
  /** Null: it stands for everything. */
  readonly scope: Readonly<Record<string, Json>> | null;
}

export interface ScenarioStep {
  readonly place: Place;
  /** Null: who acted in the step before. */
  readonly actor: Actor | null;
  readonly action: Action;
  /** What must say no: criteria or a code, or anything (`true`); null: it must be accepted. */
  readonly refused: true | readonly string[] | null;
  readonly refusedPlace: Place;
  readonly claims: readonly Claim[];
}

/** What a step does: start an instance, send a command, let time pass, tell of a child, or nothing but look. */
export type Action =
  | { readonly kind: 'start'; readonly fields: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'command';
      /** The word of the file: the engine's verb, or `signal` and `answer-call`. */
      readonly word: string;
      /** What it is about; true: the only one there is. */
      readonly value: unknown;
      /** The members beside it, as written. */
      readonly members: Readonly<Record<string, unknown>>;
      /** Event time as written; undefined: now. */
      readonly at: unknown;
    }
  | { readonly kind: 'wait'; readonly words: string }
  | { readonly kind: 'child'; readonly name: string; readonly news: ChildNews }
  | { readonly kind: 'look' };

/** What becomes of a child, which a scenario tells since nobody runs it. */
export type ChildNews =
  | { readonly kind: 'ended'; readonly outcome: string | null }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'reopened' };

export const claimKinds = [
  'step',
  'waiting',
  'status',
  'outcome',
  'reason',
  'owner',
  'fields',
  'open',
  'sla',
  'approvals',
  'evidence',
  'calls',
  'children',
  'messages',
  'notified',
] as const;

export type ClaimKind = (typeof claimKinds)[number];

/** One thing that must hold after a step. */
export interface Claim {
  readonly kind: ClaimKind;
  /** Of which field, clock, approval …; null where there is only one. */
  readonly of: string | null;
  /** Of a clock. */
  readonly part: 'state' | 'due' | 'raised' | null;
  readonly expected: Json;
  readonly place: Place;
}

/** What was not as it should be. */
export interface Difference {
  /** `step`, `fields.class`, `sla.negotiation.due` …, or the command that went the other way. */
  readonly what: string;
  readonly expected: Text;
  readonly found: Text;
  readonly place: Place;
}

export interface ScenarioResult {
  readonly passed: boolean;
  readonly name: string;
  readonly place: Place;
  /** All are of one step, the first that went wrong; none where it passed, or was not tried. */
  readonly differences: readonly Difference[];
  /** The scenario that it goes on after and that went wrong, so that this one was not tried; null: it was. */
  readonly heldBy: string | null;
  /** Everything that was recorded, also by the scenarios that it goes on after. */
  readonly history: readonly EntryDraft[];
}
