import { choices } from './build.ts';
import { isTrue, member, type Raw, string, strings } from './raw.ts';
import type { HoldPolicy, OverridePolicy, PolicyNotes, ReopenPolicy, SkipPolicy } from './types.ts';

export function buildHold(raw: Raw): HoldPolicy | null {
  if (raw.value === undefined) return null;
  return { by: strings(member(raw, 'by')), reasons: choices(member(raw, 'reasons')), ...notes(raw) };
}

export function buildReopen(raw: Raw): ReopenPolicy | null {
  if (raw.value === undefined) return null;
  const within = string(member(raw, 'within')) ?? '';
  return { within, by: strings(member(raw, 'by')), to: string(member(raw, 'to')), ...notes(raw) };
}

export function buildOverride(raw: Raw): OverridePolicy | null {
  if (raw.value === undefined) return null;
  return { by: strings(member(raw, 'by')), ...notes(raw) };
}

export function buildSkip(raw: Raw): SkipPolicy | null {
  if (raw.value === undefined) return null;
  return { by: strings(member(raw, 'by')), approval: string(member(raw, 'approval')) ?? '', ...notes(raw) };
}

function notes(raw: Raw): PolicyNotes {
  return { source: string(member(raw, 'source')), assumed: isTrue(member(raw, 'assumed')) };
}
