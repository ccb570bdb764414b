import { scopeText } from '../engine/index.ts';
import type { Instance } from '../engine/types.ts';
import { canonicalJson } from '../json.ts';
import type { AuditedInstance, Change } from '../store/types.ts';

type NewEvidence = Change['evidence'][number];

/** What others look up of the evidence that a change produced or withdrew. */
export function evidenceRows(before: Instance | null, after: Instance): readonly NewEvidence[] {
  if (before?.evidence === after.evidence) return [];
  return Object.entries(after.evidence)
    .filter(([name, record]) => before?.evidence[name] !== record)
    .map(([name, record]) => rowOf(name, record));
}

/** The first evidence whose row is not what its record in the document says; null: all are. */
export function strayEvidence(
  records: Instance['evidence'],
  { tenant, process, evidence }: Pick<AuditedInstance, 'tenant' | 'process' | 'evidence'>,
): string | null {
  const told = Object.entries(records).map(([name, record]) => ({ ...rowOf(name, record), tenant, process }));
  const stored = new Map(evidence.map((row) => [row.name, canonicalJson(row)]));
  const wrong = told.find((row) => stored.get(row.name) !== canonicalJson(row));
  return wrong?.name ?? evidence.find(({ name }) => records[name] === undefined)?.name ?? null;
}

function rowOf(name: string, record: Instance['evidence'][string]): NewEvidence {
  const { scope, validFrom, validTo, recordedAt, seq, withdrawn } = record;
  const withdrawnAt = withdrawn?.at ?? null;
  return { name, scope: scopeText(scope), validFrom, validTo, madeAt: recordedAt, seq, withdrawnAt };
}
