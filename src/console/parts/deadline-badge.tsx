import { dateText, say } from '../language.ts';
import { clockNames, dealWords } from '../words/deal.ts';

export interface Deadline {
  readonly state: string;
  /** Somebody was told that it is near. */
  readonly warned: boolean;
  readonly due: string | null;
}

/** How a deadline stands: in words, with a colour beside them. */
export function DeadlineBadge({ deadline: { state, warned, due } }: { readonly deadline: Deadline }) {
  const shown = warned && state === 'running' ? 'warned' : state;
  const name = shown in clockNames ? say(clockNames[shown as keyof typeof clockNames]) : shown;
  return (
    <span class={`sla ${shown}`}>
      {name}
      {due !== null && ` · ${say(dealWords.due)} ${dateText(due)}`}
    </span>
  );
}
