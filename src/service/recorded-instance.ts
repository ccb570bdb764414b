import { personalDigest } from '../engine/index.ts';
import type { EntryDraft } from '../engine/types.ts';
import type { Json } from '../json.ts';
import type { Subject } from '../replay/types.ts';
import type { HistoryLines, ReplayRow } from '../store/types.ts';
import { readEntry } from './chain.ts';
import { instanceIn, isTraced, take } from './snapshot.ts';

/** An instance with what its history makes of it, as far as it was read. */
export interface RecordedInstance extends Subject {
  /** Takes the lines of its next entries in; returns the entries. Throws `unavailable` where they are no history. */
  read(lines: string): readonly EntryDraft[];
  /** Nothing before an entry will be asked for any more. */
  forget(before: number): void;
}

interface Step extends Pick<EntryDraft, 'seq' | 'revision' | 'accepted' | 'recordedAt'> {
  readonly patch: string;
}

/** Its document is put together from the patches of its entries when it is asked for, and not before. */
export function recordedInstance({ id, key }: ReplayRow, personal: HistoryLines['personal']): RecordedInstance {
  let document: Record<string, unknown> | null = null;
  let last: Step | null = null;
  let updatedAt = '';
  let steps: Step[] = [];
  let next = 0;

  function advance(seq: number): void {
    for (let step = steps[next]; step !== undefined && step.seq <= seq; step = steps[next]) {
      const patch: Record<string, unknown> | null = step.patch === '' ? null : JSON.parse(step.patch);
      // Earlier programs kept columns out of it; what follows them begins with a whole document.
      if (patch !== null && document === null && isTraced(patch)) document = patch;
      else if (patch !== null && document !== null) take(document, patch);
      if (step.accepted) updatedAt = step.recordedAt;
      last = step;
      next += 1;
    }
  }

  return {
    id,
    key,
    read(lines) {
      const parts = lines.split('\n');
      const entries: EntryDraft[] = [];
      for (let n = 0; n < parts.length; n += 2) {
        const [text = '', patch = ''] = [parts[n], parts[n + 1]];
        const entry = readEntry({ instance: id, seq: (steps.at(-1)?.seq ?? 0) + 1, text });
        const { seq, revision, accepted, recordedAt } = entry;
        steps.push({ seq, revision, accepted, recordedAt, patch });
        entries.push(entry);
      }
      return entries;
    },
    forget(before) {
      advance(before - 1);
      steps = steps.slice(next);
      next = 0;
    },
    stateAt(seq) {
      advance(seq);
      if (document === null || last === null || last.seq !== seq) return null;
      return instanceIn(document, { id, revision: last.revision, seq, updatedAt });
    },
    personal(field, digest) {
      const kept = personal.find((each) => each.field === field);
      if (kept === undefined) return undefined;
      const value: Json = JSON.parse(kept.value);
      return personalDigest(kept.salt, value) === digest ? value : undefined;
    },
  };
}
