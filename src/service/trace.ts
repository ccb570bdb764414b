import { personalDigest } from '../engine/index.ts';
import { canonicalJson, sha256 } from '../json.ts';
import type { AuditedInstance, HistoryRow } from '../store/types.ts';
import type { Text } from '../text.ts';
import { strayEvidence } from './evidence-rows.ts';
import { completed, documentOf, type InstanceDocument, isTraced, take } from './snapshot.ts';

type Members = Readonly<Record<string, unknown>>;

/** What the patches of a history, each proven by the hash in its entry, make of the document. */
export interface Trace {
  /** Why the row's patch is not the one that its entry was sealed with; null: it is. */
  add(row: HistoryRow, entry: Members): Text | null;
  /** The first part of what is stored that is not what the history made it; null when all of it is. */
  differing(stored: AuditedInstance): string | null;
}

/**
 * The stored document is only a convenience: it is the sum of the patches, and each entry holds the hash of its patch.
 * Earlier programs sealed entries without; what follows them begins with a whole document.
 */
export function trace(): Trace {
  let document: Record<string, unknown> | null = null;
  let revision: unknown = null;
  return {
    add(row, entry) {
      revision = entry.revision;
      // Sealed by an earlier program.
      if (entry.patchHash === undefined) return null;
      const found = row.patch === null ? null : sha256(row.patch);
      if (found !== entry.patchHash) {
        return {
          zh: `补丁（patch）与条目中的 patchHash 不符：应为 ${entry.patchHash}，算得 ${found}，补丁被改动`,
          en: `its patch is not the one that was sealed: patchHash says ${entry.patchHash}, ${found} is computed; the patch was changed`,
        };
      }
      const patch: Record<string, unknown> = row.patch === null ? {} : JSON.parse(row.patch);
      if (document === null && isTraced(patch)) document = patch;
      else if (document !== null) take(document, patch);
      return null;
    },

    differing(stored) {
      const found = documentOf(stored);
      if (found === null) return 'document';
      const told = document === null ? null : completed(document);
      // The column holds only whose child it is, and the rows of evidence only what others look up.
      const { parent, evidence: _, ...row } = stored;
      const part = told === null ? null : differingPart(told, { ...found }, row);
      if (part !== null) return part;
      if (stored.revision !== revision) return 'revision';
      if (stored.key !== found.key) return 'key';
      if (parent !== (found.parent?.instance ?? null)) return 'parent';
      const stray = strayEvidence(found.evidence, stored);
      if (stray !== null) return `evidence.${stray}`;
      // Personal values stand behind the digests of the document.
      const wrong = stored.personal.find(({ field, value, salt }) => {
        return found.fields[field]?.digest !== digestOf(salt, value);
      });
      return wrong === undefined ? null : `fields.${wrong.field}`;
    },
  };
}

/** `told` names every member; some of them are columns of the row too. */
function differingPart(told: InstanceDocument, found: Members, row: Members): string | null {
  for (const [name, value] of Object.entries(told)) {
    if (name in row && !same(value, row[name])) return name;
    if (same(value, found[name])) continue;
    const [before, after] = [membersOf(value), membersOf(found[name])];
    const id = Object.keys({ ...before, ...after }).find((one) => !same(before[one], after[one]));
    return id === undefined ? name : `${name}.${id}`;
  }
  return null;
}

function same(a: unknown, b: unknown): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

function membersOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The digest of a stored personal value; of none at all where it is no JSON any more. */
function digestOf(salt: string, value: string): string {
  try {
    return personalDigest(salt, JSON.parse(value));
  } catch {
    return '';
  }
}
