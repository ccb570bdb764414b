import type { Reason } from '../engine/types.ts';
import type { ErrorCode } from '../errors.ts';
import type { Json } from '../json.ts';
import type { SignalState } from '../store/types.ts';
import type { Text } from '../text.ts';

/** A signal as it was told, and what became of it. */
export interface SignalView {
  /** Ours: by it the signal is tried again or deleted. */
  readonly receipt: string;
  /** The sender's own. */
  readonly id: string;
  readonly signal: string;
  readonly key: string;
  readonly sender: string;
  readonly via: string | null;
  /** Event time. */
  readonly at: string;
  readonly receivedAt: string;
  readonly state: SignalState;
  /** Until when it waits; null: it does not. */
  readonly until: string | null;
  /** Null once it is delivered. */
  readonly data: Json;
  readonly results: readonly SignalResult[];
}

/** What became of it with one instance; null: with none, since too many matched. */
export interface SignalResult {
  readonly instance: string | null;
  readonly process: string | null;
  readonly state: 'delivered' | 'refused';
  /** The history entry. */
  readonly seq: number | null;
  readonly code?: ErrorCode;
  readonly detail?: Text;
  /** In the answer to the sender, where it sees the instance. */
  readonly reasons?: Reason;
}

export interface SignalAnswer {
  readonly signal: SignalView;
  /** It came before: what is told is what became of the first. */
  readonly replayed: boolean;
}

export interface SignalListQuery {
  readonly state: SignalState | null;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface SignalPage {
  readonly signals: readonly SignalView[];
  readonly next: string | null;
}
