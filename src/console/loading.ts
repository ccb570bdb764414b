import { useCallback, useEffect, useState } from 'preact/hooks';
import { Refused } from './client.ts';
import { language } from './language.ts';

/** Something that is being asked for, is there, or was refused. */
export interface Loading<T> {
  readonly value: T | null;
  readonly refused: Refused | null;
  readonly reload: () => void;
}

/** Asks when it is first shown and whenever one of `on` or the language is another; what was asked before is given up. */
export function useLoading<T>(load: () => Promise<T>, on: readonly unknown[]): Loading<T> {
  const [state, setState] = useState<Pick<Loading<T>, 'value' | 'refused'>>({ value: null, refused: null });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let isWanted = true;
    load().then(
      (value) => isWanted && setState({ value, refused: null }),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (isWanted) setState({ value: null, refused: error });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [...on, times, language.value]);
  return { ...state, reload: useCallback(() => setTimes((n) => n + 1), []) };
}
