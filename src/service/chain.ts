import type { EntryDraft } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { canonicalJson, sha256 } from '../json.ts';
import type { AuditedInstance, HistoryRow, NewEntry } from '../store/types.ts';
import type { Text } from '../text.ts';
import { soughtOf } from './sought.ts';
import { type Trace, trace } from './trace.ts';
import type { EntryView } from './types.ts';

/** What the first entry of an instance follows. */
export const GENESIS = '0'.repeat(64);

export interface SealedEntry {
  readonly row: NewEntry;
  readonly view: EntryView;
}

/**
 * Gives an entry its place in the instance's chain: the hash is SHA-256 over its RFC 8785 text, and that text holds
 * the hash before it and that of the patch beside it. The text is what is stored, so that anybody can check it without
 * this program.
 */
export function seal(draft: EntryDraft, prev: string, patch: string | null): SealedEntry {
  const patchHash = patch === null ? null : sha256(patch);
  const text = canonicalJson({ prev, patchHash, ...draft });
  const hash = sha256(text);
  return {
    row: { seq: draft.seq, recordedAt: draft.recordedAt, text, hash, patch, ...soughtOf(draft) },
    view: Object.assign({}, draft, { patchHash, prev, hash }),
  };
}

/** A stored entry as callers see it. Throws `unavailable` when its text is not what `seal` made. */
export function viewOf(row: HistoryRow): EntryView {
  return Object.assign(readEntry(row), { hash: row.hash });
}

/** What a stored entry says. Throws `unavailable` when its text is not what `seal` made. */
export function readEntry({
  instance,
  seq,
  text,
}: Pick<HistoryRow, 'instance' | 'seq' | 'text'>): Omit<EntryView, 'hash'> {
  try {
    const entry: Omit<EntryView, 'hash'> = JSON.parse(text);
    return entry;
  } catch {
    throw new ProcessError('unavailable', {
      zh: `实例 ${instance} 的第 ${seq} 条历史已无法读取：该行被改动；verify 会说明情况，请从备份恢复`,
      en: `entry ${seq} of instance ${instance} can no longer be read: its row was changed. See verify; restore it from a backup`,
    });
  }
}

/** Follows one chain entry by entry; says at the first that does not hold why not, and whether the document follows. */
export class ChainCheck {
  readonly instance: string;
  #seq = 0;
  #hash = GENESIS;
  readonly #trace: Trace = trace();

  constructor(instance: string) {
    this.instance = instance;
  }

  get seq(): number {
    return this.#seq;
  }

  /** Null when the row continues the chain. */
  next(row: HistoryRow): Text | null {
    const expected = this.#seq + 1;
    if (row.seq !== expected) {
      return {
        zh: `应为第 ${expected} 条，现为第 ${row.seq} 条：中间的记录缺失或编号被改动`,
        en: `entry ${expected} should come here, entry ${row.seq} does: entries are missing or were renumbered`,
      };
    }
    if (sha256(row.text) !== row.hash) {
      return {
        zh: `内容与散列值不符：应为 ${row.hash}，算得 ${sha256(row.text)}，内容或散列值被改动`,
        en: `text and hash differ: ${row.hash} is stored, ${sha256(row.text)} is computed; one of them was changed`,
      };
    }
    const named = namedIn(row.text);
    const mismatch = named === null ? 'text' : differing(named, row, this.#hash);
    if (named === null || mismatch !== null) {
      return {
        zh: `内容中的 ${mismatch} 与所在行或上一条的散列值不符：该行被改动或替换`,
        en: `${mismatch} in the text does not agree with its row or with the hash before it: the row was changed or replaced`,
      };
    }
    const changed = this.#trace.add(row, named);
    if (changed !== null) return changed;
    this.#seq = row.seq;
    this.#hash = row.hash;
    return null;
  }

  /** Null when the chain ends where the instance says that it does. */
  end(head: AuditedInstance | null): Text | null {
    if (head === null) {
      return {
        zh: '有历史而没有对应的实例行：实例行被删除',
        en: 'there is history but no row of its instance: the row was deleted',
      };
    }
    if (head.seq === this.#seq && head.head === this.#hash) return this.#document(head);
    return {
      zh: `实例记录最后一条为第 ${head.seq} 条（${head.head}），历史止于第 ${this.#seq} 条（${this.#hash}）：末尾的记录被删除或替换`,
      en: `the instance says that entry ${head.seq} (${head.head}) is the last, the history ends with ${this.#seq} (${this.#hash}): its end was cut off or replaced`,
    };
  }

  #document(head: AuditedInstance): Text | null {
    const part = this.#trace.differing(head);
    if (part === null) return null;
    return {
      zh: `历史完整，但实例的 ${part} 与历史记录的变更不符：被直接改动`,
      en: `the history holds, but ${part} of the instance is not what the history made it: it was changed behind the history`,
    };
  }
}

function namedIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function differing(named: Readonly<Record<string, unknown>>, row: HistoryRow, prev: string): string | null {
  const expected = { instance: row.instance, seq: row.seq, recordedAt: row.recordedAt, prev };
  return Object.entries(expected).find(([name, value]) => named[name] !== value)?.[0] ?? null;
}
