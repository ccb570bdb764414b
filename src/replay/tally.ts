import type { Difference, Finding, Incomparable, Sink } from './types.ts';

/** What was found, counted; bounded by the definition, however long the period is. */
export interface Tally extends Sink {
  counts(): Counts;
}

export interface Counts {
  /** Commands of the period, and how many of them the candidate decides as they were. */
  readonly commands: number;
  readonly same: number;
  readonly differences: Readonly<Record<Difference['kind'], number>>;
  readonly incomparable: Readonly<Record<Incomparable, number>>;
  /** By the step that it is about, in the order in which they were met; null: none in particular. */
  readonly steps: readonly StepCount[];
  /** What refuses what was accepted, and what no longer refuses, the most frequent first. */
  readonly findings: readonly FindingCount[];
  /** Approvals that would be asked for more and less often. */
  readonly approvals: readonly { readonly approval: string; readonly added: number; readonly dropped: number }[];
  readonly slas: readonly { readonly clock: string; readonly breached: number; readonly saved: number }[];
}

export interface StepCount {
  readonly step: string | null;
  readonly commands: number;
  readonly refused: number;
  readonly accepted: number;
  /** Decisions that differ in anything else. */
  readonly other: number;
  readonly breached: number;
  readonly saved: number;
}

export interface FindingCount extends Finding {
  readonly kind: 'refused' | 'accepted';
  readonly count: number;
}

/** Different findings that are told apart; a wrong input may be wrong in any member. */
const MOST_FINDINGS = 1_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function createTally(): Tally {
  let commands = 0;
  let differing = 0;
  const differences = { refused: 0, accepted: 0, elsewhere: 0, approvals: 0, gone: 0, breached: 0, saved: 0 };
  const incomparable = { nowhere: 0, 'not-kept': 0, erased: 0, unreadable: 0, untraced: 0 };
  const steps = new Map<string | null, Mutable<StepCount>>();
  const findings = new Map<string, Mutable<FindingCount>>();
  const approvals = new Map<string, { approval: string; added: number; dropped: number }>();
  const slas = new Map<string, { clock: string; breached: number; saved: number }>();

  const countOf = (step: string | null) =>
    made(steps, step, () => ({ step, commands: 0, refused: 0, accepted: 0, other: 0, breached: 0, saved: 0 }));
  const approvalOf = (approval: string) => made(approvals, approval, () => ({ approval, added: 0, dropped: 0 }));

  function find(kind: FindingCount['kind'], finding: Finding): void {
    const key = `${kind} ${finding.of} ${finding.id}`;
    if (findings.size >= MOST_FINDINGS && !findings.has(key)) return;
    made(findings, key, () => ({ ...finding, kind, count: 0 })).count += 1;
  }

  return {
    decided(step) {
      commands += 1;
      countOf(step).commands += 1;
    },
    differs(difference) {
      differences[difference.kind] += 1;
      const count = countOf(difference.step);
      if ('clock' in difference) {
        const { kind, clock } = difference;
        count[kind] += 1;
        made(slas, clock, () => ({ clock, breached: 0, saved: 0 }))[kind] += 1;
        return;
      }
      const { kind } = difference;
      differing += 1;
      if (kind === 'refused' || kind === 'accepted') {
        count[kind] += 1;
        for (const finding of difference.findings) find(kind, finding);
      } else count.other += 1;
      for (const id of difference.added) approvalOf(id).added += 1;
      for (const id of difference.dropped) approvalOf(id).dropped += 1;
    },
    incomparable(why) {
      incomparable[why] += 1;
    },
    counts() {
      const missed = Object.values(incomparable).reduce((sum, count) => sum + count, 0);
      return {
        commands,
        same: commands - differing - missed,
        differences: { ...differences },
        incomparable: { ...incomparable },
        steps: [...steps.values()].map((count) => ({ ...count })),
        findings: [...findings.values()].sort((a, b) => b.count - a.count).map((count) => ({ ...count })),
        approvals: [...approvals.values()].map((count) => ({ ...count })),
        slas: [...slas.values()].map((count) => ({ ...count })),
      };
    },
  };
}

function made<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  map.set(key, fresh);
  return fresh;
}
