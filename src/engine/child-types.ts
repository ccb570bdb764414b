import type { Text } from '../text.ts';

/** Another instance that a step of this one starts, by the id that it has or will have. */
export interface ChildRecord {
  /** What the file calls it in the step's `starts`. */
  readonly name: string;
  readonly step: string;
  /** The round of the step that it was started in. */
  readonly round: number;
  readonly process: string;
  /** `requested`: it is about to be started; `failed`: see `incident`; `cancelled`: closed because of this instance. */
  readonly status: 'requested' | 'started' | 'ended' | 'failed' | 'cancelled';
  /** `dismissed`: somebody gave up on it; `dropped`: its step was left or its round recalled, and nobody waits for it. */
  readonly need: 'wanted' | 'dismissed' | 'dropped';
  readonly outcome: string | null;
  /** Why it could not be started, or cannot be run. */
  readonly incident: Text | null;
  /** Who moved the instance to where it is started, and the event time of that. */
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** Where an instance comes from that a step of another started. */
export interface Parent {
  readonly instance: string;
  readonly step: string;
  /** What the file calls it in the step's `starts`. */
  readonly child: string;
  /** How many instances are above it. */
  readonly depth: number;
}

/** What makes a start one of the service's own, of a child or by a schedule: its id, where it comes from, and whose it is. */
export interface Origin {
  readonly id: string;
  /** Null: no instance has asked for it. */
  readonly parent: Parent | null;
  /** When the schedule says (ISO 8601 UTC); null: none has. */
  readonly tick: string | null;
  readonly owner: string | null;
  readonly team: string | null;
}

/** Where a child stands, in the reasons of whoever waits for it. */
export interface ChildState extends Pick<ChildRecord, 'process' | 'status' | 'outcome' | 'incident'> {
  readonly instance: string;
}
