import { described } from './build.ts';
import type { Evidence, Shared } from './evidence-types.ts';
import { entries, member, type Raw, string, strings } from './raw.ts';

export function buildEvidence(id: string, raw: Raw): Evidence {
  const valid = member(raw, 'valid');
  return {
    id,
    ...described(raw, id),
    on: string(member(raw, 'on')) ?? '',
    valid: {
      for: string(member(valid, 'for')),
      until: string(member(valid, 'until')),
      from: string(member(valid, 'from')),
    },
    scope: strings(member(raw, 'scope')),
  };
}

/** `process/evidence`, or `{ evidence: process/evidence, scope: { their_field: our_field } }`. */
export function buildShared(raw: Raw): Shared | null {
  const evidence = string(raw) ?? string(member(raw, 'evidence'));
  if (evidence === null) return null;
  const scope = entries(member(raw, 'scope')).map(([field, from]) => ({ field, from: string(from) ?? '' }));
  return { evidence, scope };
}
