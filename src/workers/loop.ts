/** A piece of work done over and over in the background. */
export interface Loop {
  /** Runs at once, then again and again. */
  start(): void;
  /** Resolves when the run under way has ended; there is none after it. */
  stop(): Promise<void>;
  /** Does not wait for the time of the next run; a run under way is followed by another. Before `start` it does nothing. */
  wake(): void;
  /** One run, as `start` would make it; a run under way is waited for instead of beginning another. */
  runOnce(): Promise<void>;
}

export interface LoopOptions {
  /** For messages. */
  readonly name: string;
  /** Milliseconds between the end of a run and the next. */
  readonly everyMs: number;
  /** Does one batch; true: the batch was full, so that there may be more. */
  readonly runOnce: () => Promise<boolean>;
  /** A batch that failed ends its run; the next run tries again. */
  readonly onError: (error: unknown, name: string) => void;
}

/** Full batches that one run does before it leaves the database to others for `everyMs`. */
const MOST_BATCHES = 100;

/** The one skeleton of every worker: never two runs at once, repeated while full, never keeping the process alive. */
export function createLoop({ name, everyMs, runOnce, onError }: LoopOptions): Loop {
  let state: 'new' | 'started' | 'stopped' = 'new';
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let awake = false;

  async function batches(): Promise<void> {
    try {
      for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
        const full = await runOnce();
        if (!full || state === 'stopped') return;
      }
    } catch (error) {
      onError(error, name);
    }
  }

  function run(): Promise<void> {
    running ??= batches().finally(() => {
      running = null;
    });
    return running;
  }

  async function tick(): Promise<void> {
    timer = null;
    do {
      awake = false;
      await run();
    } while (awake && state === 'started');
    if (state === 'started') timer = setTimeout(tick, everyMs).unref();
  }

  return {
    runOnce: run,
    start() {
      if (state === 'started') return;
      state = 'started';
      void tick();
    },
    wake() {
      awake = true;
      if (state !== 'started' || timer === null) return;
      clearTimeout(timer);
      timer = null;
      void tick();
    },
    async stop() {
      state = 'stopped';
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
