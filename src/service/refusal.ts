import type { Reason, Refusal } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { EntryView } from './types.ts';

/** A refusal as it is thrown to the caller. */
export function refusalError(refusal: Refusal): ProcessError {
  return new ProcessError(refusal.code, refusal.detail, {
    ...(refusal.reasons === null ? {} : { reasons: refusal.reasons }),
    ...(refusal.problems.length === 0 ? {} : { errors: refusal.problems }),
    missing: refusal.missing,
    possible: refusal.possible,
    ...(refusal.instance === null ? {} : { revision: refusal.instance.revision, seq: refusal.instance.seq }),
  });
}

/** The same refusal once more, out of the history. */
export function recordedRefusalError(entry: EntryView): ProcessError {
  const { code, detail } = entry.refusal ?? { code: 'internal', detail: { zh: '', en: '' } };
  return new ProcessError(code, detail, {
    ...(entry.verdicts === null ? {} : { reasons: entry.verdicts }),
    revision: entry.revision,
    seq: entry.seq,
    replayed: true,
  });
}

/** The tree that an error was thrown for; null: another was. */
export function reasonsOf({ extra: { reasons } }: ProcessError): Reason | null {
  return isReason(reasons) ? reasons : null;
}

function isReason(value: unknown): value is Reason {
  return typeof value === 'object' && value !== null && 'verdict' in value;
}
