import { entries, items, type Raw, string } from '../definition/index.ts';
import { toJson } from '../json.ts';
import { type Claim, type ClaimKind, claimKinds, type Place } from './types.ts';

/** Claims of which there is one for each name. */
const named: ReadonlySet<ClaimKind> = new Set(['fields', 'sla', 'approvals', 'evidence', 'calls', 'children']);

/** Everything that an `expect` says, one claim each. */
export function buildClaims(raw: Raw, placeAt: (raw: Raw) => Place): readonly Claim[] {
  return entries(raw).flatMap(([word, part]): readonly Claim[] => {
    const kind = claimKinds.find((known) => known === word);
    if (kind === undefined) return [];
    if (!named.has(kind))
      return [{ kind, of: null, part: null, expected: expectedOf(kind, part), place: placeAt(part) }];
    return entries(part).flatMap(([of, value]) =>
      kind === 'sla'
        ? clockClaims(of, value, placeAt)
        : [{ kind, of, part: null, expected: toJson(value.value), place: placeAt(value) }],
    );
  });
}

/** One step is a list of one. */
function expectedOf(kind: ClaimKind, raw: Raw): Claim['expected'] {
  return kind === 'step' && string(raw) !== null ? [string(raw)] : toJson(raw.value);
}

const parts = ['state', 'due', 'raised'] as const;

function clockClaims(of: string, raw: Raw, placeAt: (raw: Raw) => Place): readonly Claim[] {
  const state = string(raw);
  if (state !== null) return [{ kind: 'sla', of, part: 'state', expected: state, place: placeAt(raw) }];
  return entries(raw).flatMap(([word, value]) => {
    const part = parts.find((known) => known === word);
    const expected = items(value).length > 0 ? items(value).map(string) : toJson(value.value);
    return part === undefined ? [] : [{ kind: 'sla', of, part, expected, place: placeAt(value) } as const];
  });
}
