import type { WorkItem } from '../api.ts';
import { dateText, say } from '../language.ts';
import { workWords } from '../words/work.ts';
import { DeadlineBadge } from './deadline-badge.tsx';
import { WorkForm } from './work-form.tsx';
import { nameOf } from './work-kinds.ts';

interface WorkCardProps {
  readonly item: WorkItem;
  readonly isLate: boolean;
  readonly isOpen: boolean;
  readonly isChosen: boolean;
  /** It waits no more: somebody else was faster. */
  readonly isGone: boolean;
  /** Another one: its form is read anew. */
  readonly round: number;
  readonly choose: (isChosen: boolean) => void;
  readonly open: (isOpen: boolean) => void;
  readonly done: () => void;
}

/** What waits in a step of a deal, to be chosen with others or done here. */
export function WorkCard({ item, isLate, isOpen, isChosen, isGone, round, choose, open, done }: WorkCardProps) {
  const { instance, title, due, since, activities, approvals } = item;
  const name = instance.key ?? instance.id.slice(-12);
  const what = [...activities, ...approvals].map((each) => say(each.title)).join(' · ');
  return (
    <li class={`card work-item ${isGone ? 'gone' : ''}`}>
      <input
        type="checkbox"
        aria-label={`${say(workWords.choose)} ${name}, ${say(title)}`}
        checked={isChosen}
        disabled={isGone}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      <div class="what">
        <span class="line">
          <a href={`/deals/${instance.id}`}>
            <strong>{name}</strong>
          </a>
          <span>{say(title)}</span>
          <small>{say(instance.title)}</small>
        </span>
        {what !== '' && <span>{what}</span>}
        <span class="line">
          {due === null ? (
            <small>
              {say(workWords.since)} {dateText(since)}
            </small>
          ) : (
            <DeadlineBadge deadline={{ state: isLate ? 'late' : 'running', warned: false, due }} />
          )}
          {instance.owner !== null && <small>{instance.owner}</small>}
        </span>
        {isGone && <span role="status">{say(workWords.gone)}</span>}
      </div>
      <button
        type="button"
        class="secondary small"
        id={`work ${nameOf(item)}`}
        aria-expanded={isOpen}
        disabled={isGone}
        onClick={() => open(!isOpen)}
      >
        {say(isOpen ? workWords.close : workWords.open)} <span class="unseen">{name}</span>
      </button>
      {isOpen && !isGone && (
        <div class="form">
          <WorkForm key={round} item={item} done={done} close={() => open(false)} />
        </div>
      )}
    </li>
  );
}
