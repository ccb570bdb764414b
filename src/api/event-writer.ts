import type { ServerResponse } from 'node:http';

/** Writes server-sent events (HTML, 9.2), each with the position behind it as its `id`. */
export interface EventWriter {
  message(position: string, data: string): void;
  /** An event of another name. */
  event(name: string, data: string): void;
  /** After how many milliseconds a reader that is cut off comes again. */
  retry(): void;
  /** A sign of life, with the time as a comment; a position moves on what the reader knows. */
  beat(now: string, position: string | null): void;
  /** Resolves when little waits to be read. */
  drained(): Promise<void>;
  end(): void;
}

const RETRY_MS = 3_000;

/** A reader for whom more than so many bytes wait is cut off. */
export function createEventWriter(res: ServerResponse, mostBytes: number): EventWriter {
  /** True where everything goes on to the reader. */
  let flows = true;
  function write(text: string): void {
    if (res.destroyed || res.writableEnded) return;
    flows = res.write(text);
    // Ending it would wait for what nobody reads.
    if (res.writableLength > mostBytes) res.destroy();
  }
  return {
    message: (position, data) => write(`id: ${position}\ndata: ${data}\n\n`),
    event: (name, data) => write(`event: ${name}\ndata: ${data}\n\n`),
    retry: () => write(`retry: ${RETRY_MS}\n\n`),
    beat: (now, position) => write(`: ${now}\n${position === null ? '' : `id: ${position}\n`}\n`),
    drained: () =>
      new Promise((resolve) => {
        if (flows || res.destroyed) {
          resolve();
          return;
        }
        const done = () => {
          res.off('drain', done);
          res.off('close', done);
          resolve();
        };
        res.on('drain', done);
        res.on('close', done);
      }),
    end() {
      if (!res.headersSent) res.destroy();
      else if (!res.writableEnded) res.end();
    },
  };
}
