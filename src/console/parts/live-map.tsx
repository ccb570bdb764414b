import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ProcessLayout } from '../api.ts';
import { ask, Refused } from '../client.ts';
import { language, say } from '../language.ts';
import { editorWords } from '../words/editor.ts';
import { ProcessMap, type StepMark } from './process-map.tsx';

/** Milliseconds without a key before a process is drawn anew: what moves under one's eyes at each letter tells nothing. */
const PAUSE_MS = 300;

interface LiveMapProps {
  readonly text: string;
  /** Whether this very text has been checked and has no error. */
  readonly isSound: boolean;
  /** Whether it has been checked and has. */
  readonly isBroken: boolean;
  /** The step that the cursor stands in. */
  readonly step: string | null;
  readonly choose: (step: string) => void;
  /** Lines on what goes on at each step. */
  readonly told: ReadonlyMap<string, StepMark>;
}

/** The process of a text as it is being written; while it has errors, the last one without. */
export function LiveMap({ text, isSound, isBroken, step, choose, told }: LiveMapProps) {
  const [layout, setLayout] = useState<ProcessLayout | null>(null);
  const [isRefused, setRefused] = useState(false);
  const drawn = useRef('');
  const wanted = `${language.value} ${text}`;
  useEffect(() => {
    if (!isSound || drawn.current === wanted) return;
    let isWanted = true;
    const draw = async (): Promise<void> => {
      try {
        const found = await ask<ProcessLayout>('POST', '/v1/processes/graph?lines=2', { yaml: text });
        if (!isWanted) return;
        drawn.current = wanted;
        setLayout(found);
        setRefused(false);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (isWanted) setRefused(true);
      }
    };
    const timer = setTimeout(draw, drawn.current === '' ? 0 : PAUSE_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [isSound, wanted]);
  const chosen = useRef(choose);
  chosen.current = choose;
  // Not at every letter: the picture is large.
  const map = useMemo(() => {
    const marks = new Map(told);
    if (step !== null) marks.set(step, { state: 'open', lines: told.get(step)?.lines ?? [] });
    return layout && <ProcessMap layout={layout} marks={marks} choose={(id) => chosen.current(id)} />;
  }, [layout, step, told]);
  return (
    <section class="live" aria-labelledby="live">
      <h2 id="live">{say(editorWords.live)}</h2>
      {isBroken && layout !== null && <p class="note">{say(editorWords.before)}</p>}
      {isRefused && <p class="note">{say(editorWords.tooLarge)}</p>}
      {map ?? (isBroken && <p class="note">{say(editorWords.noMap)}</p>)}
    </section>
  );
}
