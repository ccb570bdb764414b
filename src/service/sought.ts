import type { EntryDraft, Reason } from '../engine/types.ts';
import type { Sought } from '../store/types.ts';

/** What an entry is looked for by. An override that was refused is one too: somebody has tried. */
export function soughtOf({ type, actor, via, accepted, verdicts }: EntryDraft): Sought {
  return { type, actor, via, accepted, overridden: isOverridden({ type, accepted, verdicts }) };
}

export function isOverridden({
  type,
  accepted,
  verdicts,
}: Pick<EntryDraft, 'type' | 'accepted' | 'verdicts'>): boolean {
  return type === 'override' || (accepted && verdicts !== null && restsOnOverride(verdicts));
}

function restsOnOverride({ overridden, of }: Reason): boolean {
  return overridden !== undefined || (of?.some(restsOnOverride) ?? false);
}
