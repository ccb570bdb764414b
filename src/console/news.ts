import { useEffect, useRef } from 'preact/hooks';

/** Milliseconds in which what happens is told of at once: many things happen together. */
const TOGETHER_MS = 500;

/** What is told of an entry of the history as it happens (CloudEvents). */
export interface News {
  readonly data: { readonly instance: string; readonly seq: number };
}

/**
 * Calls `listener` with the last of what has just happened, of a process or of an instance. A browser comes again by itself
 * when the stream breaks, and is told what it missed.
 */
export function useNews(query: Readonly<Record<string, string>>, listener: (last: News) => void): void {
  const text = new URLSearchParams(query).toString();
  const current = useRef(listener);
  current.current = listener;
  useEffect(() => {
    const stream = new EventSource(`/v1/stream?${text}`);
    let waiting: ReturnType<typeof setTimeout> | null = null;
    let last: News | null = null;
    stream.onmessage = ({ data }) => {
      last = JSON.parse(data) as News;
      waiting ??= setTimeout(() => {
        waiting = null;
        if (last !== null) current.current(last);
      }, TOGETHER_MS);
    };
    return () => {
      stream.close();
      if (waiting !== null) clearTimeout(waiting);
    };
  }, [text]);
}
