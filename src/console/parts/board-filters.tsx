import { useEffect, useState } from 'preact/hooks';
import type { Choice } from '../api.ts';
import { type BoardFilter, filterOf } from '../board-query.ts';
import { say } from '../language.ts';
import { boardWords, deadlineNames } from '../words/board.ts';
import { words } from '../words/shell.ts';

/** What one types is looked for when one pauses for so long. */
const PAUSE_MS = 350;

interface BoardFiltersProps {
  readonly filter: BoardFilter;
  readonly versions: readonly number[];
  /** The choices that cards are classed by; empty: by none. */
  readonly classes: readonly Choice[];
  /** People who own deals that were seen. */
  readonly owners: readonly string[];
  /** `isTyping`: it goes on from what was typed before, which nobody wants to go back to. */
  readonly change: (filter: BoardFilter, isTyping: boolean) => void;
}

/** What the board is narrowed to. On a small screen it is folded away. */
export function BoardFilters({ filter, versions, classes, owners, change }: BoardFiltersProps) {
  const [isWide] = useState(() => matchMedia('(min-width: 48rem)').matches);
  const set = Object.values(filter).filter((value) => value !== '').length;
  const choose = (part: Partial<BoardFilter>) => change({ ...filter, ...part }, false);
  return (
    <details class="filters" open={isWide || set > 0}>
      <summary>
        {say(boardWords.filters)}
        {set > 0 && ` (${set})`}
      </summary>
      <search class="fields">
        <TypedFilter
          label={say(boardWords.search)}
          hint={say(boardWords.searchHint)}
          value={filter.text}
          change={(text, isTyping) => change({ ...filter, text }, isTyping)}
        />
        <TypedFilter
          label={say(words.owner)}
          hint={say(boardWords.ownerHint)}
          value={filter.owner}
          suggestions={owners}
          change={(owner, isTyping) => change({ ...filter, owner }, isTyping)}
        />
        {classes.length > 0 && (
          <ChosenFilter label={say(boardWords.class)} value={filter.class} change={(of) => choose({ class: of })}>
            {classes.map(({ id, title }) => [id, say(title)])}
          </ChosenFilter>
        )}
        <ChosenFilter label={say(boardWords.deadline)} value={filter.sla} change={(sla) => choose({ sla })}>
          {Object.entries(deadlineNames).map(([id, name]) => [id, say(name)])}
        </ChosenFilter>
        {versions.length > 1 && (
          <ChosenFilter label={say(words.version)} value={filter.version} change={(version) => choose({ version })}>
            {versions.map((version) => [String(version), String(version)])}
          </ChosenFilter>
        )}
        {set > 0 && (
          <button type="button" class="quiet" onClick={() => change(filterOf({}), false)}>
            {say(boardWords.clear)}
          </button>
        )}
      </search>
    </details>
  );
}

interface ChosenFilterProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly children: readonly (readonly [value: string, name: string])[];
}

function ChosenFilter({ label, value, change, children }: ChosenFilterProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        <option value="">{say(boardWords.any)}</option>
        {children.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TypedFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly suggestions?: readonly string[];
  readonly change: (value: string, isTyping: boolean) => void;
}

function TypedFilter({ label, hint, value, suggestions = [], change }: TypedFilterProps) {
  const [typed, setTyped] = useState(value);
  const [isTyping, setTyping] = useState(false);
  // Another way to the same page: the browser's button back, or all filters cleared.
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const pause = setTimeout(() => {
      change(typed.trim(), isTyping);
      setTyping(true);
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [typed]);
  const list = `list-${label}`;
  return (
    <label>
      {label}
      <input
        type="search"
        value={typed}
        placeholder={hint}
        maxLength={100}
        list={suggestions.length > 0 ? list : undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyping(false)}
      />
      {suggestions.length > 0 && (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </label>
  );
}
