/** What a board is narrowed to; empty: to nothing. It stands in the address, so that it can be shared. */
export interface BoardFilter {
  readonly version: string;
  readonly owner: string;
  readonly class: string;
  readonly sla: string;
  readonly text: string;
}

export type FilterName = keyof BoardFilter;

const names: readonly FilterName[] = ['version', 'owner', 'class', 'sla', 'text'];

/** The filter of an address; what is none of it is left out. */
export function filterOf(query: Readonly<Record<string, string>>): BoardFilter {
  const given = (name: FilterName) => query[name]?.trim() ?? '';
  return {
    version: given('version'),
    owner: given('owner'),
    class: given('class'),
    sla: given('sla'),
    text: given('text'),
  };
}

/** As it stands in an address, and as the API takes it; always in one order, so that equal filters are equal texts. */
export function queryOf(filter: BoardFilter): string {
  return new URLSearchParams(names.flatMap((name) => (filter[name] === '' ? [] : [[name, filter[name]]]))).toString();
}

export function boardPath(process: string, filter: BoardFilter): string {
  const query = queryOf(filter);
  return `/board/${process}${query === '' ? '' : `?${query}`}`;
}
