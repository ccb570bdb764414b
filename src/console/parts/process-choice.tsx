import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { ProcessList } from '../api.ts';
import { get } from '../client.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { words } from '../words/shell.ts';
import { RefusedNote } from './refused-note.tsx';

const KEPT = 'phasegate.process';

interface ProcessChoiceProps {
  /** Path of the view, behind which the name of the process stands. */
  readonly view: string;
  /** What of the address another process is looked at with too: a period, a filter. */
  readonly search?: string;
  readonly children: (name: string) => ComponentChildren;
}

/** Which process a view is about: the one of its address, else the one that was looked at last here. */
export function ProcessChoice({ view, search = '', children }: ProcessChoiceProps) {
  const { params } = useRoute();
  const { route } = useLocation();
  const { value, refused, reload } = useLoading(() => get<ProcessList>('/v1/processes'), []);
  const names = value?.processes.map(({ process }) => process) ?? [];
  const name = params.process ?? lastSeen(names);
  useEffect(() => {
    if (name !== undefined) localStorage.setItem(KEPT, name);
  }, [name]);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  if (name === undefined) return <p>{say(words.noProcess)}</p>;
  return (
    <>
      <label class="choice">
        {say(words.process)}
        <select
          value={name}
          onChange={(event) => route(`${view}/${event.currentTarget.value}${search === '' ? '' : `?${search}`}`)}
        >
          {value.processes.map(({ process, title }) => (
            <option key={process} value={process}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      {children(name)}
    </>
  );
}

function lastSeen(names: readonly string[]): string | undefined {
  const kept = localStorage.getItem(KEPT);
  return kept !== null && names.includes(kept) ? kept : names[0];
}
