import { useEffect, useRef, useState } from 'preact/hooks';
import type { Definition, Entry } from '../api.ts';
import { readEntry } from '../history.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { dealWords, momentText } from '../words/deal.ts';
import { words } from '../words/shell.ts';
import { entryText, titlesOf } from './entry-words.ts';

interface MomentProps {
  readonly instance: string;
  readonly definition: Definition;
  /** Number of the last entry. */
  readonly last: number;
  /** The entry that is looked at; null: now. */
  readonly seq: number | null;
  /** Entries that are there already. */
  readonly entries: readonly Entry[];
  readonly choose: (seq: number | null) => void;
}

/** A hand that moves is not followed at every step. */
const REST_MS = 150;

/** Goes to any past moment of a deal, by a slider over its history, and says which moment is shown. */
export function Moment({ instance, definition, last, seq, entries, choose }: MomentProps) {
  const [held, setHeld] = useState<number | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  const at = held ?? seq ?? last;
  const found = entries.find((entry) => entry.seq === at);
  const read = useLoading(async () => found ?? (await readEntry(instance, at)), [instance, at]);
  const entry = found ?? (read.value?.seq === at ? read.value : null);
  const said = entry === null ? `${at}` : `${dateText(entry.at)}: ${entryText(entry, titlesOf(definition))}`;
  if (last < 2) return null;

  function move(to: number): void {
    setHeld(to);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => {
      choose(to === last ? null : to);
      setHeld(null);
    }, REST_MS);
  }

  return (
    <div class={seq === null ? 'moment' : 'moment past'}>
      {seq !== null && (
        <p role="status">
          <strong>{say(dealWords.asItWas)}</strong> {entry === null ? '' : dateText(entry.at)}
          {entry?.accepted === false && ` (${say(words.refused)})`}{' '}
          <button type="button" class="small" onClick={() => choose(null)}>
            {say(dealWords.toNow)}
          </button>
        </p>
      )}
      <label>
        <span>{say(momentText(at, last))}</span>
        <input
          type="range"
          min={1}
          max={last}
          value={at}
          aria-valuetext={said}
          onInput={({ currentTarget }) => move(currentTarget.valueAsNumber)}
        />
      </label>
      <output aria-hidden="true">{said}</output>
    </div>
  );
}
