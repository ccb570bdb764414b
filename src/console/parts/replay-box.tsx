import { useEffect, useRef, useState } from 'preact/hooks';
import { useAddress } from '../address.ts';
import type { Problem, ReplayTold } from '../api.ts';
import { askInLines, Refused } from '../client.ts';
import { useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { trialWords } from '../words/trial.ts';
import type { Candidate } from './candidate.ts';
import { type Days, instantsOf, lastQuarter, thisQuarter } from './quarter.ts';
import { RefusedNote } from './refused-note.tsx';
import { ReplayFound } from './replay-found.tsx';

interface ReplayBoxProps {
  readonly process: string;
  readonly of: Candidate;
  /** Whether there is anything to replay on: a file without errors. */
  readonly mayRun: boolean;
}

interface Line {
  readonly progress?: { readonly done: number; readonly all: number };
  readonly result?: ReplayTold;
  readonly problem?: Problem;
}

/** What a file or a version would have made of the deals of a period; the last full quarter, unless the address says another. */
export function ReplayBox({ process, of, mayRun }: ReplayBoxProps) {
  const { query, set } = useAddress();
  const doing = useDoing();
  const [found, setFound] = useState<{ readonly of: string; readonly told: ReplayTold } | null>(null);
  const [progress, setProgress] = useState<Line['progress'] | null>(null);
  const [isStopped, setStopped] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const now = new Date();
  const usual = lastQuarter(now);
  const days: Days = { since: query.since ?? usual.since, until: query.until ?? usual.until };
  const isPeriod = days.since !== '' && days.until !== '' && days.since <= days.until;

  async function replay(): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setFound(null);
    setStopped(false);
    setProgress(null);
    const body = { ...of, ...instantsOf(days) };
    const told = (line: Line) => {
      if (line.problem !== undefined) throw new Refused(line.problem);
      if (line.progress !== undefined) setProgress(line.progress);
      if (line.result !== undefined) setFound({ of: JSON.stringify(of), told: line.result });
    };
    await askInLines(`/v1/processes/${process}/replay`, { body }, told, controller.signal);
    setStopped(controller.signal.aborted);
  }

  return (
    <>
      <p class="what">{say(trialWords.replayWhat)}</p>
      {!mayRun && <p class="empty">{say(trialWords.needsSound)}</p>}
      <form
        class="period"
        onSubmit={(event) => {
          event.preventDefault();
          doing.run(replay);
        }}
      >
        {(['since', 'until'] as const).map((name) => (
          <label key={name}>
            {say(trialWords[name])}
            <input
              type="date"
              required
              value={days[name]}
              onChange={({ currentTarget: { value } }) => set({ ...days, [name]: value })}
            />
          </label>
        ))}
        <div class="quick">
          {[
            { name: trialWords.lastQuarter, period: usual },
            { name: trialWords.thisQuarter, period: thisQuarter(now) },
          ].map(({ name, period }) => (
            <button key={name.en} type="button" class="quiet" onClick={() => set({ ...period })}>
              {say(name)}
            </button>
          ))}
        </div>
        <button type="submit" class="act" aria-busy={doing.isBusy} disabled={!mayRun || !isPeriod}>
          {say(trialWords.runReplay)}
        </button>
        {doing.isBusy && (
          <button type="button" class="act secondary" onClick={() => running.current?.abort()}>
            {say(trialWords.stop)}
          </button>
        )}
      </form>
      {doing.isBusy && (
        <p>
          <progress
            aria-label={say(trialWords.replay)}
            {...(progress !== null && progress !== undefined && { value: progress.done, max: progress.all })}
          />
          {progress !== null && progress !== undefined && (
            <small>
              {numberText(progress.done)} / {numberText(progress.all)} {say(trialWords.entries)}
            </small>
          )}
        </p>
      )}
      {isStopped && <output>{say(trialWords.stopped)}</output>}
      {doing.refused !== null && <RefusedNote refused={doing.refused} />}
      {found !== null && (
        <>
          {found.of !== JSON.stringify(of) && <p class="soon">{say(trialWords.isOld)}</p>}
          <ReplayFound told={found.told} />
        </>
      )}
    </>
  );
}
