import { member, oneOf, type Raw, strings } from './raw.ts';
import type { Access } from './types.ts';

export function buildAccess(raw: Raw): Access | null {
  if (raw.value === undefined) return null;
  return {
    see: strings(member(raw, 'see')),
    start: strings(member(raw, 'start')),
    assign: strings(member(raw, 'assign')),
    teams: oneOf(member(raw, 'teams'), ['open', 'separate']),
    across: strings(member(raw, 'across')),
  };
}
