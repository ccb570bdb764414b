import type { Activity, Step } from '../api.ts';
import { dateText, say } from '../language.ts';
import { activityNames, dealWords, roundNames } from '../words/deal.ts';
import type { ActingProps } from './deal-actions.tsx';

interface DealStepProps extends Pick<ActingProps, 'instance' | 'definition'> {
  readonly step: Step;
}

/** A step of the deal: since when it is open, its rounds, and its activities with who did them. */
export function DealStep({ step, instance }: DealStepProps) {
  const { title, source, activities, id } = step;
  const record = instance.records.steps[id];
  const rounds = record?.rounds ?? [];
  return (
    <div class="panel">
      <h3>
        {source !== null && <span class="clause">{source}</span>} {say(title)}
      </h3>
      {record !== undefined && record.round > 0 && (
        <p>
          <small>
            {say(dealWords.entered)} <time dateTime={record.enteredAt}>{dateText(record.enteredAt)}</time>
            {record.leftAt !== null && (
              <>
                {' '}
                → <time dateTime={record.leftAt}>{dateText(record.leftAt)}</time>
              </>
            )}
            {record.round > 1 && ` · ${say(dealWords.round)} ${record.round}`}
            {record.reworks > 0 && ` · ${say(dealWords.sentBack)} ${record.reworks}`}
          </small>
        </p>
      )}
      <ul class="activities">
        {activities.map((activity) => (
          <ActivityLine key={activity.id} activity={activity} instance={instance} />
        ))}
      </ul>
      {rounds.length > 1 && (
        <details>
          <summary>
            {say(dealWords.rounds)} ({rounds.length})
          </summary>
          <ol>
            {rounds.map(({ round, enteredAt, leftAt, ended }) => (
              <li key={round} value={round}>
                <small>
                  {dateText(enteredAt)} → {dateText(leftAt)} · {say(roundNames[ended])}
                </small>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}

const signs = { open: '○', done: '✓', skipped: '↷', 'not-needed': '–' } as const;

function ActivityLine({
  activity: { id, title, optional },
  instance,
}: { readonly activity: Activity } & Pick<ActingProps, 'instance'>) {
  const status = instance.activities[id] ?? 'open';
  const record = instance.records.activities[id];
  return (
    <li class={status}>
      <span aria-hidden="true">{signs[status]}</span> {say(title)}{' '}
      <span class="unseen">: {say(activityNames[status])}</span>
      {optional && <small> ({say(dealWords.optionalActivity)})</small>}
      {record !== undefined && status !== 'open' && (
        <small>
          {' '}
          · {record.by}, {dateText(record.at)}
          {record.reason !== null && ` “${record.reason}”`}
        </small>
      )}
    </li>
  );
}
