import type { PolicyNotes } from './types.ts';

/** That a service does an activity: it is asked for it, answers, and is asked again where it does not. */
export interface Call extends PolicyNotes {
  /** What operators connect: subscriptions name it. */
  readonly service: string;
  /** Fields whose values are sent with it. */
  readonly sends: readonly string[];
  /** How long an answer may take, as written (`10 minutes`). */
  readonly timeout: string;
  /** How often it is asked before people are. */
  readonly tries: number;
  /** How long after the first failure it is asked again, as written; each further wait is twice as long, a day at most. */
  readonly wait: string;
}
