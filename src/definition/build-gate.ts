import { text } from './build.ts';
import { entries, isTrue, items, member, number, type Raw, string } from './raw.ts';
import type { Criterion, Gate } from './types.ts';

export function buildGate(raw: Raw): Gate {
  return entries(raw).map(([id, criterion]) => ({
    id,
    say: text(member(criterion, 'say')),
    source: string(member(criterion, 'source')),
    assumed: isTrue(member(criterion, 'assumed')),
    criterion: buildCriterion(criterion),
  }));
}

function buildCriterion(raw: Raw): Criterion {
  const condition = string(raw) ?? string(member(raw, 'when'));
  if (condition !== null) return { kind: 'condition', text: condition };
  for (const kind of ['all', 'any'] as const) {
    const of = items(member(raw, kind));
    if (of.length > 0) return { kind, of: of.map(buildCriterion) };
  }
  const not = member(raw, 'not');
  if (not.value !== undefined) return { kind: 'not', of: buildCriterion(not) };
  const n = number(member(raw, 'at_least'));
  if (n !== null) return { kind: 'at-least', n, of: items(member(raw, 'of')).map(buildCriterion) };
  return { kind: 'all', of: [] };
}

/** The conditions of a criterion, each with where it is written. */
export function conditionsIn(raw: Raw): readonly { readonly text: string; readonly at: Raw }[] {
  const own = string(raw);
  if (own !== null) return [{ text: own, at: raw }];
  const parts = [
    member(raw, 'when'),
    ...['all', 'any', 'of'].flatMap((key) => items(member(raw, key))),
    member(raw, 'not'),
  ];
  return parts.filter(({ value }) => value !== undefined).flatMap(conditionsIn);
}
