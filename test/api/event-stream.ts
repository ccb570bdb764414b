/** What a stream has told so far. */
export interface Told {
  readonly id: string | null;
  readonly event: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: a message as it came
  readonly data: any;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came, comments left out. */
  readonly told: readonly Told[];
  readonly comments: readonly string[];
  /** The last position, also of a sign of life. */
  position(): string | null;
  /** Resolves when enough came; rejects when the stream has ended before. */
  until(isEnough: (told: readonly Told[]) => boolean): Promise<readonly Told[]>;
  readonly ended: Promise<void>;
  /** Hangs up. */
  close(): void;
}

/** Reads server-sent events as browsers do (HTML, 9.2.6), as far as we write them. */
export async function openEvents(url: string, key: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const control = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${key}`, ...headers },
    signal: control.signal,
  });
  const told: Told[] = [];
  const comments: string[] = [];
  let last: string | null = null;
  let isOver = false;
  const waiting = new Set<() => void>();
  const look = () => {
    for (const wake of waiting) wake();
  };
  const ended = read()
    .catch(() => {})
    .finally(() => {
      isOver = true;
      look();
    });

  async function read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        take(text.slice(0, end));
        text = text.slice(end + 2);
      }
      look();
    }
  }

  function take(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      if (line.startsWith(':')) comments.push(line.slice(1).trim());
      else fields.set(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim());
    }
    last = fields.get('id') ?? last;
    const data = fields.get('data');
    if (data !== undefined)
      told.push({ id: fields.get('id') ?? null, event: fields.get('event') ?? null, data: JSON.parse(data) });
  }

  return {
    status: response.status,
    headers: response.headers,
    told,
    comments,
    position: () => last,
    until: (isEnough) =>
      new Promise((resolve, reject) => {
        const wake = () => {
          if (!isEnough(told) && !isOver) return;
          waiting.delete(wake);
          if (isEnough(told)) resolve(told);
          else reject(new Error(`the stream ended (${response.status}) after ${JSON.stringify(told).slice(-500)}`));
        };
        waiting.add(wake);
        wake();
      }),
    ended,
    close: () => control.abort(),
  };
}
