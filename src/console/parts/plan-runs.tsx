import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { PlanAnswer, PlanRun } from '../api.ts';
import { ask } from '../client.ts';
import { numberText, say } from '../language.ts';
import { processWords } from '../words/process.ts';
import { trialWords } from '../words/trial.ts';
import { AskDialog } from './ask-dialog.tsx';

type Verb = 'apply' | 'revert';

interface PlanRunsProps {
  readonly plan: PlanAnswer['plan'];
  /** Makes the plan anew. */
  readonly again: () => void;
}

/** What the calls so far have done. */
interface Done {
  readonly verb: Verb;
  readonly done: number;
  readonly left: PlanRun['left'];
  readonly isStopped: boolean;
}

/** Carries a plan out, part by part, and takes it back; each is asked for first, can be stopped, and can be gone on with. */
export function PlanRuns({ plan, again }: PlanRunsProps) {
  const [asking, setAsking] = useState<Verb | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const isWanted = useRef(true);
  const { process, digest, counts } = plan;

  async function run(verb: Verb, key: string): Promise<void> {
    isWanted.current = true;
    let sum = 0;
    const left: PlanRun['left'] = [];
    for (let cursor: string | null = null; ; ) {
      const body = { plan: verb === 'apply' ? plan : digest, cursor };
      const part: PlanRun = await ask('POST', `/v1/processes/${process}/${verb}`, { body, key });
      sum += part.done;
      left.push(...part.left);
      cursor = part.next;
      const isStopped = cursor !== null && !isWanted.current;
      setDone({ verb, done: sum, left, isStopped });
      if (cursor === null || isStopped) return;
    }
  }

  const mayApply = counts.auto > 0 && (done === null || (done.verb === 'apply' && done.isStopped));
  const mayRevert = done !== null && (done.verb === 'apply' ? done.done > 0 : done.isStopped);
  return (
    <>
      {mayApply && (
        <button type="button" class="act" onClick={() => setAsking('apply')}>
          {say(processWords.apply)}
        </button>
      )}
      {done !== null && <Told {...done} />}
      {mayRevert && (
        <button type="button" class="act secondary" onClick={() => setAsking('revert')}>
          {say(processWords.revert)}
        </button>
      )}
      {asking !== null && (
        <AskDialog
          title={say(asking === 'apply' ? processWords.applyAsk : processWords.revertAsk)}
          confirm={say(processWords[asking])}
          run={(key) => run(asking, key)}
          close={() => setAsking(null)}
          reload={again}
        >
          <p>
            {asking === 'apply'
              ? `${numberText(counts.auto)} ${say(processWords.applyWhat)}`
              : `${numberText(done?.done ?? 0)} ${say(processWords.revertWhat)}`}
          </p>
          <Progress most={asking === 'apply' ? counts.auto : null} done={done?.verb === asking ? done.done : null}>
            <button
              type="button"
              class="quiet"
              onClick={() => {
                isWanted.current = false;
              }}
            >
              {say(trialWords.stop)}
            </button>
          </Progress>
        </AskDialog>
      )}
    </>
  );
}

interface ProgressProps {
  readonly most: number | null;
  /** Null: it has not begun. */
  readonly done: number | null;
  readonly children: ComponentChildren;
}

function Progress({ most, done, children }: ProgressProps) {
  if (done === null) return null;
  return (
    <p>
      <progress aria-label={say(trialWords.plan)} value={done} {...(most !== null && { max: most })} />
      {numberText(done)}
      {most !== null && ` / ${numberText(most)}`} {children}
    </p>
  );
}

function Told({ verb, done, left, isStopped }: Done) {
  return (
    <>
      <output class="tally">
        ✓ {numberText(done)} {say(verb === 'apply' ? processWords.wentOver : processWords.wentBack)}
        {left.length > 0 && ` · ${numberText(left.length)} ${say(processWords.wereLeft)}`}
        {isStopped && ` · ${say(trialWords.stopped)}`}
      </output>
      {left.length > 0 && (
        <ul class="groups">
          {left.slice(0, 50).map(({ instance, why }) => (
            <li key={instance}>
              <a href={`/deals/${instance}`}>{instance.slice(0, 8)}</a> <small>{say(why)}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
