import type { DestinationStream } from 'pino';

/** What the commands see of the outside, so that tests can give them another. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results, for people and for pipes. */
  out(text: string): void;
  /** Everything else that people should know. */
  err(text: string): void;
  readonly colour: boolean;
  /** `err` is read by somebody at a terminal, where a line may be written over. */
  readonly terminal: boolean;
  /** Where the server's structured log goes; opened when asked for. */
  openLog(): Promise<LogStream>;
  /** Resolves with the name of the signal when the process is asked to stop. */
  stopRequested(): Promise<string>;
}

export interface LogStream extends DestinationStream {
  /** Writes what is still buffered, at once. */
  flushSync(): void;
}
