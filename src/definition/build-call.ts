import type { Call } from './call-types.ts';
import { isTrue, member, number, type Raw, string, strings } from './raw.ts';

/** What holds unless written. */
const UNLESS = { timeout: '1 hour', tries: 3, wait: '1 minute' };

export function buildCall(raw: Raw): Call | null {
  if (raw.value === undefined) return null;
  return {
    service: string(member(raw, 'service')) ?? '',
    sends: strings(member(raw, 'sends')),
    timeout: string(member(raw, 'timeout')) ?? UNLESS.timeout,
    tries: number(member(raw, 'tries')) ?? UNLESS.tries,
    wait: string(member(raw, 'wait')) ?? UNLESS.wait,
    assumed: isTrue(member(raw, 'assumed')),
    source: string(member(raw, 'source')),
  };
}
