import type { CallRecord, ChildRecord } from '../engine/types.ts';
import type { Text } from '../text.ts';

export interface IncidentQuery {
  readonly process: string | null;
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

export interface IncidentPage {
  readonly incidents: readonly IncidentItem[];
  readonly next: string | null;
}

/** What failed in one step of one instance, and waits for somebody to see to it. */
export interface IncidentItem {
  readonly instance: {
    readonly id: string;
    readonly process: string;
    readonly key: string | null;
    readonly owner: string | null;
  };
  readonly step: string;
  readonly title: Text;
  /** Since when (ISO 8601 UTC). */
  readonly since: string;
  readonly calls: readonly ({ readonly activity: string } & Pick<CallRecord, 'service' | 'attempt' | 'failures'>)[];
  readonly children: readonly ({ readonly child: string } & Pick<ChildRecord, 'name' | 'process' | 'incident'>)[];
}
