import type { Migrated } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import { canonicalJson, sha256 } from '../json.ts';
import type { PlanKind } from './plan-types.ts';

/** Hexadecimal digits: of 100,000 instances no two are ever taken for one another by chance. */
const DIGITS = 12;

/** What a plan keeps of an instance that does not go over. */
export function stayMark(id: string, revision: number, kind: Exclude<PlanKind, 'auto'>): string {
  return mark(`${id} ${revision} ${kind}`);
}

/** What a plan keeps of one that does: from which revision, by which moves, and what then becomes of it. */
export function goMark(
  { id, revision }: Pick<Instance, 'id' | 'revision'>,
  { instance: { position, status, outcome, key, migration }, voided }: Pick<Migrated, 'instance' | 'voided'>,
): string {
  const moves = { ...migration?.moves };
  const places = position.map(({ phase, step }) => ({ phase, step }));
  const after = { places, status, outcome, key, voided: [...voided], moves };
  return mark(`${id} ${revision} auto ${canonicalJson(after)}`);
}

function mark(line: string): string {
  return sha256(line).slice(0, DIGITS);
}

/** The marks of a plan (`Plan.items`), in whatever order. */
export function readMarks(items: string): ReadonlySet<string> {
  const marks = new Set<string>();
  for (let at = 0; at < items.length; at += DIGITS) marks.add(items.slice(at, at + DIGITS));
  return marks;
}
