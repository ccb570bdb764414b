import type { FoundEvidence } from '../engine/types.ts';
import { canonicalJson } from '../json.ts';
import type { Candidate, EvidenceAsk } from '../replay/types.ts';
import type { Store } from '../store/types.ts';

/** Evidence as it stood at times that are over, as far as its rows tell: they keep the last of each instance and name. */
export interface EvidenceThen {
  readonly of: Candidate['evidence'];
  look(asks: readonly EvidenceAsk[]): Promise<void>;
}

/** Names and scopes kept; more are looked up again. */
const MOST_KEPT = 10_000;

export function createEvidenceThen(store: Pick<Store, 'allEvidence'>): EvidenceThen {
  const kept = new Map<string, Awaited<ReturnType<Store['allEvidence']>>>();
  return {
    of(ask, at) {
      const rows = kept.get(keyOf(ask));
      if (rows === undefined) return null;
      return rows.flatMap(({ madeAt, withdrawnAt, ...found }): readonly FoundEvidence[] =>
        madeAt <= at && (withdrawnAt === null || withdrawnAt > at) ? [found] : [],
      );
    },
    async look(asks) {
      if (kept.size + asks.length > MOST_KEPT) kept.clear();
      for (const ask of asks) {
        const [process = '', name = ''] = ask.evidence.split('/');
        kept.set(keyOf(ask), await store.allEvidence(ask.tenant, { process, name, scope: ask.scope }));
      }
    },
  };
}

function keyOf({ tenant, evidence, scope }: EvidenceAsk): string {
  return canonicalJson([tenant, evidence, scope]);
}
