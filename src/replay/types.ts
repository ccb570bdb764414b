import type { CompiledProcess } from '../compile/types.ts';
import type { Mapping } from '../diff/index.ts';
import type { FoundEvidence, Instance } from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { Text } from '../text.ts';

/** Entries count that were recorded from `since` on and before `until` (ISO 8601 UTC). */
export interface Period {
  readonly since: string;
  readonly until: string;
}

/** What histories are decided on anew. */
export interface Candidate {
  readonly process: CompiledProcess;
  /** What has become of a version's elements in the candidate. */
  readonly mappingFrom: (from: CompiledProcess) => Mapping;
  /** The version of this number that entries were decided on; null: it can no longer be read. */
  readonly versions: (version: number) => CompiledProcess | null;
  /** Evidence as it stood at a record time; null: it has not been looked up yet. */
  readonly evidence: (ask: EvidenceAsk, at: string) => readonly FoundEvidence[] | null;
}

/** Evidence that a decision asks for: `<process>/<evidence>` of a tenant, for a scope. */
export interface EvidenceAsk {
  readonly tenant: string;
  readonly evidence: string;
  readonly scope: string;
}

/** An instance whose history is replayed. */
export interface Subject {
  readonly id: string;
  readonly key: string | null;
  /** A personal value by its digest; undefined: it is kept no more. */
  readonly personal: (field: string, digest: string) => Json | undefined;
  /** The instance as its own history made it, up to and with an entry; null: that cannot be told. */
  readonly stateAt: (seq: number) => Instance | null;
}

/** One thing that stands in the way, or no longer does: a criterion by its id, or where an input is wrong. */
export interface Finding {
  readonly id: string;
  /** The step or phase whose gate it stands in; null: no gate's. */
  readonly of: string | null;
  readonly say: Text | null;
}

/**
 * A decision that the candidate makes otherwise. `refused`: it was accepted; `accepted`: it was refused; `elsewhere`: it
 * leads to another place, outcome or child; `approvals`: only what is asked for differs; `gone`: what it is about is no
 * longer there.
 */
export interface Decided {
  readonly kind: 'refused' | 'accepted' | 'elsewhere' | 'approvals' | 'gone';
  readonly instance: string;
  readonly key: string | null;
  readonly seq: number;
  /** Event time and record time. */
  readonly at: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly command: string;
  /** The step that it is about; null: none in particular. */
  readonly step: string | null;
  /** Of `refused`: what does not hold now; of `accepted`: what did not hold then. */
  readonly findings: readonly Finding[];
  /** Of `elsewhere`: where it led and would lead, in ids. */
  readonly led: { readonly from: string; readonly to: string } | null;
  /** Approvals that it would ask for now, and that it asked for then. */
  readonly added: readonly string[];
  readonly dropped: readonly string[];
}

/** An SLA that would have been `breached` though it was not, or `saved` though it was breached. */
export interface Timed {
  readonly kind: 'breached' | 'saved';
  readonly instance: string;
  readonly key: string | null;
  /** Id of the clock, and of its rounds which. */
  readonly clock: string;
  readonly round: number;
  readonly step: string | null;
  /** When it was due and would have been; null: it was not timed, or would not be. */
  readonly due: { readonly from: string | null; readonly to: string | null };
  /** When it was done or given up; null: it is open. */
  readonly endedAt: string | null;
}

export type Difference = Decided | Timed;

/**
 * Why a command could not be decided anew: where it stands is `nowhere` in the candidate, its input was wrong and therefore
 * `not-kept`, a personal value that matters is `erased`, its version is `unreadable`, or the record does not say in which
 * state it was made (`untraced`).
 */
export type Incomparable = 'nowhere' | 'not-kept' | 'erased' | 'unreadable' | 'untraced';

/** Is told of everything as it is found. */
export interface Sink {
  /** A command of the period, whatever became of it; `step` is the one that it was about. */
  decided(step: string | null): void;
  differs(difference: Difference): void;
  incomparable(why: Incomparable): void;
}
