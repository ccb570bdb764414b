import { useEffect, useRef } from 'preact/hooks';

/** Milliseconds in which what happens is told of at once: many things happen together. */
const TOGETHER_MS = 500;

/** What is told of an entry of the history as it happens (CloudEvents). */
export interface News {
  readonly data: {
    readonly instance: string;
    readonly seq: number;
    /** Null: they are too long to be told. */
    readonly changes: {
      readonly position?: { readonly from: readonly NewsPlace[]; readonly to: readonly NewsPlace[] };
      readonly waiting?: { readonly from: readonly NewsPlace[]; readonly to: readonly NewsPlace[] };
    } | null;
  };
}

export interface NewsPlace {
  readonly phase: string;
  readonly step: string;
}

/**
 * Calls `listener` with the last of what has just happened, of a process or of an instance, and with all of it in its order. A browser comes again by itself
 * when the stream breaks, and is told what it missed.
 */
export function useNews(
  query: Readonly<Record<string, string>>,
  listener: (last: News, all: readonly News[]) => void,
): void {
  const text = new URLSearchParams(query).toString();
  const current = useRef(listener);
  current.current = listener;
  useEffect(() => {
    const stream = new EventSource(`/v1/stream?${text}`);
    let waiting: ReturnType<typeof setTimeout> | null = null;
    let all: News[] = [];
    stream.onmessage = ({ data }) => {
      all.push(JSON.parse(data) as News);
      waiting ??= setTimeout(() => {
        waiting = null;
        const told = all;
        all = [];
        const last = told.at(-1);
        if (last !== undefined) current.current(last, told);
      }, TOGETHER_MS);
    };
    return () => {
      stream.close();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [text]);
}
