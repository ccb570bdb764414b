import type { CompiledProcess } from '../compile/types.ts';
import type { Evidence } from '../definition/evidence-types.ts';
import { parseDuration } from '../definition/index.ts';
import { canonicalJson, type Json } from '../json.ts';
import { type Context, isKnown } from './context.ts';
import type { Draft } from './draft.ts';
import type { EvidenceRecord } from './evidence-types.ts';
import { dayOf, lastDayOf, toDate } from './time.ts';
import type { Instance, Reason } from './types.ts';

/** The criterion that what evidence must say is known when its outcome is reached. */
export const EVIDENCE_KNOWN = 'evidence-known';

/** A scope as it is looked up: the same values give the same text, in whatever order they are named. */
export function scopeText(scope: Readonly<Record<string, Json>>): string {
  return canonicalJson(scope);
}

/** What must be known to reach an outcome: the fields that its evidence takes its scope and its days from. */
export function evidenceKnown({ process, instance }: Context, outcome: string | null): readonly Reason[] {
  if (instance.outcome !== null) return [];
  return process.definition.evidence
    .filter((evidence) => evidence.on === outcome)
    .flatMap((evidence) => {
      const lacking = fieldsOf(evidence).filter((field) => !isKnown(instance, field));
      if (lacking.length === 0) return [];
      const fields = lacking.map((field) => process.fields.get(field)?.title ?? { zh: field, en: field });
      const [zh, en] = [fields.map((title) => title.zh).join('、'), fields.map((title) => title.en).join(', ')];
      return [
        {
          kind: 'all' as const,
          id: EVIDENCE_KNOWN,
          verdict: 'unknown' as const,
          say: {
            zh: `随此结果产生证据“${evidence.title.zh}”（${evidence.id}），还需填写：${zh}`,
            en: `the outcome produces the evidence “${evidence.title.en}” (${evidence.id}), which takes: ${en}`,
          },
          of: lacking.map(
            (field): Reason => ({
              kind: 'condition',
              text: `known(${field})`,
              verdict: 'unknown',
              reads: [{ field, value: null, by: null, at: null }],
              missing: [field],
            }),
          ),
        },
      ];
    });
}

function fieldsOf({ valid, scope }: Evidence): readonly string[] {
  return [...new Set([valid.from, valid.until, ...scope].filter((field) => field !== null))];
}

/** Evidence stands as long as its instance has the outcome that it came with: it is produced and withdrawn with it. */
export function keepEvidence(draft: Draft, before: Instance): void {
  const { process, instance } = draft;
  const declared = process.definition.evidence;
  if (declared.length === 0 || instance.outcome === before.outcome) return;
  const { seq, actor, at } = draft;
  const evidence: Record<string, EvidenceRecord> = { ...instance.evidence };
  for (const { id, on, ...rest } of declared) {
    const last = evidence[id];
    if (instance.outcome === on) evidence[id] = produced(draft, { id, on, ...rest });
    else if (last !== undefined && last.withdrawn === null)
      evidence[id] = { ...last, withdrawn: { seq, by: actor.id, at } };
  }
  draft.instance = { ...instance, evidence };
}

function produced({ process, instance, actor, at, environment, seq }: Draft, evidence: Evidence): EvidenceRecord {
  const { valid } = evidence;
  const validFrom = dayIn(process, instance, valid.from) ?? dayOf(at);
  const duration = valid.for === null ? null : parseDuration(valid.for);
  const validTo = duration === null ? dayIn(process, instance, valid.until) : lastDayOf(validFrom, duration);
  if (validTo === null) throw new Error(`evidence ${evidence.id} has no last day`);
  const scope = Object.fromEntries(evidence.scope.map((field) => [field, instance.fields[field]?.value ?? null]));
  return { scope, validFrom, validTo, by: actor.id, at, recordedAt: environment.now, seq, withdrawn: null };
}

/** The day that a date or datetime field says. */
function dayIn(process: CompiledProcess, instance: Instance, field: string | null): string | null {
  const value = field === null ? null : (instance.fields[field]?.value ?? null);
  if (typeof value !== 'string') return null;
  return process.fields.get(field ?? '')?.type === 'date' ? toDate(value) : dayOf(value);
}
