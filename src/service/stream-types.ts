import type { MessageType } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';

/** Which messages a stream is of; null: whatever it is. */
export interface StreamQuery {
  readonly process: string | null;
  readonly instance: string | null;
  /** Types of messages with commas between them. */
  readonly types: string | null;
  /** The position that the caller has everything up to; null: from now on. */
  readonly after: string | null;
}

/** What was not kept for a caller who was away for too long: instants in UTC. */
export interface StreamGap {
  readonly from: string;
  readonly to: string;
}

/** Who reads a stream. Nothing of it is called any more once it is closed. */
export interface StreamReader {
  /** It is let in; `gap`: what lies in it is not told. */
  open(gap: StreamGap | null): void;
  /** A message as JSON, and the position behind it. */
  message(position: string, message: string): void;
  /** Resolves when it has room for more; only what was recorded before it came waits for this. */
  drained(): Promise<void>;
  /** It can be told nothing more from here on, and should come again with its position. */
  cut(): void;
}

export interface OpenStream {
  /** Everything up to here was told. */
  position(): string | null;
  close(): void;
}

/** A stream as the feed has it. */
export interface FedStream {
  readonly actor: Actor;
  readonly process: string | null;
  readonly instance: string | null;
  /** None: every one. */
  readonly types: ReadonlySet<MessageType>;
  readonly reader: StreamReader;
  closed: boolean;
}
