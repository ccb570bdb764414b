import { useState } from 'preact/hooks';
import type { PlanAnswer, PlanRun } from '../api.ts';
import { ask } from '../client.ts';
import { useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { kindNames, processWords } from '../words/process.ts';
import { RefusedNote } from './refused-note.tsx';

interface PlanBoxProps {
  readonly process: string;
  /** A file that need not be published, or a version that is. */
  readonly of: { readonly yaml: string } | { readonly version: number };
  /** Whether it may be applied: it is the newest version. */
  readonly mayApply: boolean;
  /** Whether there is anything to plan with: a file without errors. */
  readonly mayPlan?: boolean;
}

const KINDS = ['auto', 'ask', 'blocked', 'keep'] as const;

/** What a version would do to every open deal, and doing it. */
export function PlanBox({ process, of, mayApply, mayPlan = true }: PlanBoxProps) {
  const [answer, setAnswer] = useState<PlanAnswer | null>(null);
  const [run, setRun] = useState<Pick<PlanRun, 'done' | 'left'> | null>(null);
  const doing = useDoing();

  async function plan(): Promise<void> {
    setRun(null);
    setAnswer(await ask<PlanAnswer>('POST', `/v1/processes/${process}/plan`, { body: of }));
  }

  async function apply(): Promise<void> {
    if (answer === null || !confirm(`${say(processWords.applyAsk)} (${answer.plan.counts.auto})`)) return;
    let done = 0;
    const left: PlanRun['left'] = [];
    for (let cursor: string | null = null; ; ) {
      const body = { plan: answer.plan, cursor };
      const part: PlanRun = await ask('POST', `/v1/processes/${process}/apply`, { body });
      done += part.done;
      left.push(...part.left);
      setRun({ done, left });
      cursor = part.next;
      if (cursor === null) return;
    }
  }

  return (
    <section class="plan" aria-labelledby="plan">
      <h2 id="plan">{say(processWords.plan)}</h2>
      <button
        type="button"
        class="secondary"
        aria-busy={doing.isBusy}
        disabled={!mayPlan}
        onClick={() => doing.run(plan)}
      >
        {say(processWords.planAsk)}
      </button>
      {doing.refused !== null && <RefusedNote refused={doing.refused} />}
      {answer !== null && <Summary answer={answer} />}
      {answer !== null && mayApply && answer.plan.counts.auto > 0 && (
        <button type="button" aria-busy={doing.isBusy} onClick={() => doing.run(apply)}>
          {say(processWords.apply)}
        </button>
      )}
      {run !== null && (
        <output>
          ✓ {numberText(run.done)} {say(processWords.wentOver)}
          {run.left.length > 0 && ` · ${numberText(run.left.length)} ${say(processWords.wereLeft)}`}
        </output>
      )}
    </section>
  );
}

function Summary({ answer: { plan, groups, late } }: { readonly answer: PlanAnswer }) {
  const steps = (places: PlanAnswer['groups'][number]['from']) => places.map(({ step }) => step).join(', ') || '–';
  return (
    <>
      <p>
        <strong>
          {numberText(plan.counts.open)} {say(processWords.openDeals)}
        </strong>
        {KINDS.map((kind) => plan.counts[kind] > 0 && ` · ${numberText(plan.counts[kind])} ${say(kindNames[kind])}`)}
        {late > 0 && (
          <strong class="late">
            {' '}
            · {numberText(late)} {say(processWords.lateAtOnce)}
          </strong>
        )}
      </p>
      <ul class="groups">
        {groups.map(({ kind, version, from, to, why, count }) => (
          <li key={`${kind} ${version} ${steps(from)} ${why?.en}`}>
            {numberText(count)} × {say(kindNames[kind])}: {steps(from)}
            {to !== null && ` → ${steps(to)}`}
            {why !== null && ` (${say(why)})`}
          </li>
        ))}
      </ul>
    </>
  );
}
