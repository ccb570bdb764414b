import { described } from './build.ts';
import { isTrue, items, member, oneOf, type Raw, string } from './raw.ts';
import type { Collect, DecisionTable } from './table-types.ts';

const hits = ['first', 'unique', 'all'] as const;
const collects: readonly Collect[] = ['sum', 'max', 'min', 'count', 'list'];

export function buildTable(id: string, raw: Raw): DecisionTable {
  const { value } = member(raw, 'collect');
  return {
    id,
    ...described(raw, id),
    sets: string(member(raw, 'sets')) ?? '',
    hit: oneOf(member(raw, 'hit'), hits),
    collect: collects.find((word) => word === value) ?? null,
    rules: items(member(raw, 'rules')).map((rule) => ({
      when: string(member(rule, 'when')),
      // biome-ignore lint/suspicious/noThenProperty: `then` is a word of the language
      then: scalar(member(rule, 'then')),
      assumed: isTrue(member(rule, 'assumed')),
    })),
  };
}

function scalar({ value }: Raw): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
