/** What the form of the search asks for, as it stands in the address; empty: whatever it is. */
export const searchFields = ['actor', 'type', 'process', 'deal', 'since', 'until', 'result', 'overridden'] as const;

export type SearchField = (typeof searchFields)[number];
export type Search = Readonly<Record<SearchField, string>>;

export function searchOf(query: Readonly<Record<string, string>>): Search {
  return Object.fromEntries(searchFields.map((name) => [name, query[name] ?? ''])) as Search;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The same as the API asks for it. Days are the reader's own, the last one with it. */
export function apiQuery({ deal, since, until, result, ...search }: Search): URLSearchParams {
  const asked = {
    ...search,
    [UUID.test(deal) ? 'instance' : 'key']: deal.trim(),
    since: since === '' ? '' : startOf(since, 0),
    until: until === '' ? '' : startOf(until, 1),
    accepted: result === 'accepted' ? 'true' : result === 'refused' ? 'false' : '',
  };
  return new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
}

/** When a day (`YYYY-MM-DD`), or so many days after it, begins here; what is no day is left for the API to refuse. */
function startOf(day: string, more: number): string {
  const date = new Date(`${day}T00:00`);
  if (Number.isNaN(date.getTime())) return day;
  date.setDate(date.getDate() + more);
  return date.toISOString();
}
