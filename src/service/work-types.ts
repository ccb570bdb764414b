import type { Text } from '../text.ts';
import type { InstanceView } from './types.ts';

export interface WorkQuery {
  /** What waits for whoever holds this role, which the caller must hold; null: any of its roles. */
  readonly role: string | null;
  /** What waits for this person by name: the caller, unless an administrator asks. */
  readonly actor: string | null;
  readonly process: string | null;
  readonly cursor: string | null;
  /** 1–200. */
  readonly limit: number;
}

export interface WorkPage {
  readonly work: readonly WorkItem[];
  readonly next: string | null;
}

/** What waits in one step of one instance. */
export interface WorkItem {
  readonly instance: Pick<InstanceView, 'id' | 'process' | 'version' | 'key' | 'owner' | 'status'> & {
    /** Of the process. */
    readonly title: Text;
  };
  readonly phase: string;
  readonly step: string;
  readonly title: Text;
  /** Event time since when it waits. */
  readonly since: string;
  /** Instant by which it is to be done; null: there is none. */
  readonly due: string | null;
  /** Open ones that may be done. */
  readonly activities: readonly Titled[];
  /** Those that may be decided. */
  readonly approvals: readonly Titled[];
  /** Whether the step could be moved on now. */
  readonly advance: boolean;
  /** Whether the step, which nobody has begun, could be entered now. */
  readonly enter: boolean;
}

export interface Titled {
  readonly id: string;
  readonly title: Text;
}
