import type { Resting } from '../engine/index.ts';
import type { Json } from '../json.ts';
import type { InstanceView } from './types.ts';

/** Evidence as callers see it. */
export interface EvidenceView {
  readonly process: string;
  readonly evidence: string;
  /** Values of its scope fields; none: it holds for everything. */
  readonly scope: Readonly<Record<string, Json>>;
  /** The instance that produced it, and the history entry. */
  readonly instance: string;
  readonly seq: number;
  /** First and last valid day. */
  readonly validFrom: string;
  readonly validTo: string;
  /** As of today. */
  readonly state: 'valid' | 'expired' | 'upcoming' | 'withdrawn';
  /** Record time. */
  readonly madeAt: string;
  /** Event time. */
  readonly withdrawnAt: string | null;
}

export interface EvidenceListQuery {
  readonly process: string | null;
  readonly evidence: string | null;
  readonly state: 'valid' | 'expired' | null;
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

export interface EvidencePage {
  readonly evidence: readonly EvidenceView[];
  readonly next: string | null;
}

export interface RestingQuery {
  readonly process: string;
  readonly evidence: string;
  /** Only of this scope, as JSON text (`{"region":"east-china"}`); null: of any. */
  readonly scope: string | null;
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

export interface RestingView {
  readonly instance: InstanceView;
  /** Its activities that rest on the evidence. */
  readonly activities: readonly Resting[];
  /** Whether the evidence of all of them is valid today. */
  readonly met: boolean;
}

export interface RestingPage {
  readonly instances: readonly RestingView[];
  readonly next: string | null;
}
