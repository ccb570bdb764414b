import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Entry, FoundEntries, ProcessList } from '../api.ts';
import { get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { dateText, language, numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { searchWords } from '../words/audit.ts';
import { eventNames } from '../words/deal.ts';
import { words } from '../words/shell.ts';
import { FoundEntry } from './found-entry.tsx';
import { RefusedNote } from './refused-note.tsx';
import { apiQuery, type Search, type SearchField, searchFields, searchOf } from './search-query.ts';

/** Looks for entries of all instances; what is asked for stands in the address. */
export function HistorySearch() {
  const { query, path, route } = useLocation();
  const processes = useLoading(() => get<ProcessList>('/v1/processes'), []);
  const search = searchOf(query);
  const asked = apiQuery(search).toString();

  function ask(wanted: Search): void {
    const given = searchFields.flatMap((name) => (wanted[name] === '' ? [] : [[name, wanted[name]] as const]));
    const params = new URLSearchParams(given.map(([name, value]) => [name, value]));
    route(params.size === 0 ? path : `${path}?${params}`);
  }

  return (
    <>
      <SearchForm key={asked} search={search} processes={processes.value} ask={ask} />
      <Results key={`${asked} ${language.value}`} asked={asked} processes={processes.value} />
    </>
  );
}

interface SearchFormProps {
  readonly search: Search;
  readonly processes: ProcessList | null;
  readonly ask: (search: Search) => void;
}

function SearchForm({ search, processes, ask }: SearchFormProps) {
  const [given, setGiven] = useState(search);
  const set = (name: SearchField) => (event: { readonly currentTarget: { readonly value: string } }) =>
    setGiven((known) => ({ ...known, [name]: event.currentTarget.value }));
  const types = Object.keys(eventNames);
  return (
    <form
      class="panel"
      aria-label={say(searchWords.find)}
      onSubmit={(event) => {
        event.preventDefault();
        ask(given);
      }}
    >
      <div class="fields">
        <label>
          <span>
            {say(searchWords.actor)} <small>{say(searchWords.actorHelp)}</small>
          </span>
          <input value={given.actor} maxLength={100} onInput={set('actor')} />
        </label>
        <label>
          <span>
            {say(searchWords.deal)} <small>{say(searchWords.dealHelp)}</small>
          </span>
          <input value={given.deal} maxLength={200} onInput={set('deal')} />
        </label>
        <label>
          {say(words.process)}
          <select value={given.process} onChange={set('process')}>
            <option value="">{say(searchWords.any)}</option>
            {processes?.processes.map(({ process, title }) => (
              <option key={process} value={process}>
                {say(title)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say(searchWords.type)}
          <select value={given.type} onChange={set('type')}>
            <option value="">{say(searchWords.any)}</option>
            {[...new Set([...types, ...(given.type === '' ? [] : [given.type])])].map((type) => (
              <option key={type} value={type}>
                {type in eventNames ? `${say(eventNames[type as keyof typeof eventNames])} (${type})` : type}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say(searchWords.since)}
          <input type="date" value={given.since} onInput={set('since')} />
        </label>
        <label>
          {say(searchWords.until)}
          <input type="date" value={given.until} onInput={set('until')} />
        </label>
        <label>
          {say(searchWords.result)}
          <select value={given.result} onChange={set('result')}>
            <option value="">{say(searchWords.any)}</option>
            <option value="accepted">{say(searchWords.accepted)}</option>
            <option value="refused">{say(searchWords.refused)}</option>
          </select>
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={given.overridden === 'true'}
            onChange={({ currentTarget: { checked } }) =>
              setGiven((known) => ({ ...known, overridden: checked ? 'true' : '' }))
            }
          />
          {say(searchWords.overridden)}
        </label>
      </div>
      <div class="line">
        <button type="submit">{say(searchWords.find)}</button>
        <button type="button" class="secondary" onClick={() => ask(searchOf({}))}>
          {say(searchWords.clear)}
        </button>
      </div>
    </form>
  );
}

interface ResultsProps {
  /** The query of the API. */
  readonly asked: string;
  readonly processes: ProcessList | null;
}

interface Found {
  readonly entries: readonly Entry[];
  readonly keys: FoundEntries['keys'];
  readonly next: string | null;
  readonly reached: string | null;
}

/** What was found, page by page, and how far back was looked. */
function Results({ asked, processes }: ResultsProps) {
  const [found, setFound] = useState<Found | null>(null);
  const { isBusy, refused, run } = useDoing();

  async function read(before: Found | null): Promise<void> {
    const query = new URLSearchParams(asked);
    query.set('limit', '50');
    if (before !== null && before.next !== null) query.set('cursor', before.next);
    const page = await get<FoundEntries>(`/v1/history?${query}`);
    setFound({
      ...page,
      entries: [...(before?.entries ?? []), ...page.entries],
      keys: { ...before?.keys, ...page.keys },
    });
  }

  useEffect(() => run(() => read(null)), []);
  if (found === null)
    return refused === null ? (
      <p aria-busy="true">{say(words.loading)}</p>
    ) : (
      <RefusedNote refused={refused} reload={() => run(() => read(null))} />
    );
  const { entries, keys, next, reached } = found;
  const titles = new Map(processes?.processes.map(({ process, title }) => [process, title]));
  return (
    <section aria-label={say(searchWords.shown)}>
      <div class="line results">
        <output>
          {numberText(entries.length)}
          {next !== null && '+'} {say(searchWords.shown)}
        </output>
        {entries.length > 0 && (
          <span class="line exports">
            {(['csv', 'jsonl'] as const).map((format) => (
              <a
                key={format}
                href={`/v1/history/export?${new URLSearchParams([['format', format], ...new URLSearchParams(asked)])}`}
                download
              >
                {say(searchWords[format])}
              </a>
            ))}
          </span>
        )}
      </div>
      {entries.length === 0 && <p>{say(next === null ? searchWords.nothing : searchWords.notYet)}</p>}
      <ol class="plain found">
        {entries.map((entry) => (
          <FoundEntry
            key={`${entry.instance} ${entry.seq}`}
            entry={entry}
            deal={keys[entry.instance] ?? null}
            process={titles.get(entry.process) ?? null}
          />
        ))}
      </ol>
      {refused !== null && <RefusedNote refused={refused} />}
      <div class="line">
        {next === null
          ? entries.length > 0 && <small>{say(searchWords.all)}</small>
          : reached !== null && (
              <>
                <button type="button" class="secondary" aria-busy={isBusy} onClick={() => run(() => read(found))}>
                  {say(entries.length === 0 ? searchWords.further : searchWords.older)}
                </button>
                <small>
                  {say(searchWords.lookedTo)} {dateText(reached)}
                </small>
              </>
            )}
      </div>
    </section>
  );
}
