import { described } from './build.ts';
import { member, type Raw, string, strings } from './raw.ts';
import type { Signal } from './signal-types.ts';

export function buildSignal(id: string, raw: Raw): Signal {
  return {
    id,
    ...described(raw, id),
    match: string(member(raw, 'match')),
    keep: string(member(raw, 'keep')),
    from: strings(member(raw, 'from')),
    completes: string(member(raw, 'completes')),
    sets: strings(member(raw, 'sets')),
  };
}
