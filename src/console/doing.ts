import { useRef, useState } from 'preact/hooks';
import { Refused } from './client.ts';

/** Something that a click sets off: once at a time, and why it was refused. */
export interface Doing {
  readonly isBusy: boolean;
  readonly refused: Refused | null;
  run(work: () => Promise<void>): void;
}

export function useDoing(): Doing {
  const [isBusy, setBusy] = useState(false);
  // A second click may come before the first is drawn.
  const isRunning = useRef(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  async function begin(work: () => Promise<void>): Promise<void> {
    isRunning.current = true;
    setBusy(true);
    setRefused(null);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }

  return {
    isBusy,
    refused,
    run(work) {
      if (!isRunning.current) void begin(work);
    },
  };
}
