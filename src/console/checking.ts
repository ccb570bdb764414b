import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { CheckResult, DefinitionProblem } from './api.ts';
import { ask, Refused } from './client.ts';

/** Milliseconds without a key before a text is checked. */
const PAUSE_MS = 15;

export interface Checked {
  /** The text that was checked last. */
  readonly of: string;
  readonly problems: readonly DefinitionProblem[];
  /** Why it could not be checked. */
  readonly refused: Refused | null;
  /** False while a newer text is waiting for its answer. */
  readonly isNow: boolean;
}

/**
 * What is wrong with a text while it is written. One question is under way at a time, and the next is always about the newest
 * text: who types faster than the server answers is not kept waiting by answers that nobody needs any more.
 */
export function useChecked(text: string): Checked {
  const [last, setLast] = useState<Omit<Checked, 'isNow'>>({ of: '', problems: [], refused: null });
  const state = useRef<{ isAsking: boolean; next: string | null }>({ isAsking: false, next: null });

  async function check(of: string): Promise<void> {
    const own = state.current;
    own.next = null;
    own.isAsking = true;
    try {
      const { problems } = await ask<CheckResult>('POST', '/v1/processes/check', { yaml: of });
      setLast({ of, problems, refused: null });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setLast(({ problems }) => ({ of, problems, refused: error }));
    } finally {
      own.isAsking = false;
    }
    if (own.next !== null) await check(own.next);
  }

  // Not useEffect, which waits for the next picture of the screen.
  useLayoutEffect(() => {
    const timer = setTimeout(() => {
      if (state.current.isAsking) state.current.next = text;
      else void check(text);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return { ...last, isNow: last.of === text };
}
