import { useState } from 'preact/hooks';
import type { PlanAnswer } from '../api.ts';
import { ask } from '../client.ts';
import { useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { kindNames, processWords } from '../words/process.ts';
import { trialWords } from '../words/trial.ts';
import type { Candidate } from './candidate.ts';
import { PlanRuns } from './plan-runs.tsx';
import { RefusedNote } from './refused-note.tsx';

interface PlanBoxProps {
  readonly process: string;
  readonly of: Candidate;
  /** Whether it may be applied: it is the newest version. */
  readonly mayApply: boolean;
  /** Whether there is anything to plan with: a file without errors. */
  readonly mayPlan?: boolean;
}

const KINDS = ['auto', 'ask', 'blocked', 'keep'] as const;

/** What a version would do to every open deal, and doing it. */
export function PlanBox({ process, of, mayApply, mayPlan = true }: PlanBoxProps) {
  const [made, setMade] = useState<{ readonly of: string; readonly answer: PlanAnswer } | null>(null);
  const doing = useDoing();

  async function plan(): Promise<void> {
    setMade(null);
    const answer = await ask<PlanAnswer>('POST', `/v1/processes/${process}/plan`, { body: of });
    setMade({ of: JSON.stringify(of), answer });
  }

  const isOld = made !== null && made.of !== JSON.stringify(of);
  return (
    <>
      <p class="what">{say(processWords.planWhat)}</p>
      {!mayPlan && <p class="empty">{say(trialWords.needsSound)}</p>}
      <button type="button" class="act" aria-busy={doing.isBusy} disabled={!mayPlan} onClick={() => doing.run(plan)}>
        {say(processWords.planAsk)}
      </button>
      {doing.refused !== null && <RefusedNote refused={doing.refused} />}
      {made !== null && (
        <>
          {isOld && <p class="soon">{say(trialWords.isOld)}</p>}
          <Summary answer={made.answer} />
          {!mayApply && made.answer.plan.counts.auto > 0 && <p class="empty">{say(processWords.applyLater)}</p>}
          {mayApply && <PlanRuns key={made.answer.plan.digest} plan={made.answer.plan} again={() => doing.run(plan)} />}
        </>
      )}
    </>
  );
}

function Summary({ answer: { plan, groups, late } }: { readonly answer: PlanAnswer }) {
  const steps = (places: PlanAnswer['groups'][number]['from']) => places.map(({ step }) => step).join(', ') || '–';
  if (plan.counts.open === 0) return <p class="holds">✓ {say(processWords.noOpenDeals)}</p>;
  return (
    <>
      <p class="tally">
        <strong>
          {numberText(plan.counts.open)} {say(processWords.openDeals)}
        </strong>
        {KINDS.map(
          (kind) =>
            plan.counts[kind] > 0 && (
              <span key={kind} class={kind}>
                {numberText(plan.counts[kind])} {say(kindNames[kind])}
              </span>
            ),
        )}
        {late > 0 && (
          <strong class="late">
            {numberText(late)} {say(processWords.lateAtOnce)}
          </strong>
        )}
      </p>
      <ul class="groups">
        {groups.map(({ kind, version, from, to, why, count }) => (
          <li key={`${kind} ${version} ${steps(from)} ${why?.en}`} class={kind}>
            <strong>{numberText(count)}</strong> × {say(kindNames[kind])}: {steps(from)}
            {to !== null && ` → ${steps(to)}`}
            {why !== null && <small>{say(why)}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}
