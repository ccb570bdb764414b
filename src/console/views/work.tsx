import type { WorkPage } from '../api.ts';
import { get } from '../client.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { DeadlineBadge } from '../parts/deadline-badge.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { words } from '../words/shell.ts';
import { workWords } from '../words/work.ts';

/** What waits for whoever is signed in, the oldest deadline first. */
export function Work() {
  const { value, refused, reload } = useLoading(() => get<WorkPage>('/v1/work?limit=100'), []);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const items = [...value.work].sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
  if (items.length === 0) return <p>{say(workWords.noWork)}</p>;
  return (
    <section>
      <h1>{say(words.work)}</h1>
      <ul class="work">
        {items.map(({ instance, step, title, due, since, activities, approvals }) => (
          <li key={`${instance.id} ${step}`}>
            <a class="card" href={`/deals/${instance.id}`}>
              <strong>{instance.key ?? instance.id.slice(-12)}</strong>
              <span>{say(title)}</span>
              <span>{[...activities, ...approvals].map((each) => say(each.title)).join(' · ')}</span>
              {due === null ? (
                <small>{dateText(since)}</small>
              ) : (
                <DeadlineBadge
                  deadline={{ state: Date.parse(due) < Date.now() ? 'late' : 'running', warned: false, due }}
                />
              )}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
