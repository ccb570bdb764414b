import type { CompiledCriterion, CriterionTree } from '../compile/types.ts';
import type { Condition, Explanation, Verdict } from '../expr/types.ts';
import { type Context, factsOf, readsOf } from './context.ts';
import type { Reason } from './types.ts';

/** All of them hold; unknown where none fails but one is unknown (Kleene). */
export function all(of: readonly Reason[], named: Partial<Reason> = {}): Reason {
  return { kind: 'all', ...named, verdict: atLeastVerdict(of.length, of), of };
}

/** Kleene's verdict on "at least n of these hold": certain as soon as no unknown can change it. */
export function atLeastVerdict(n: number, of: readonly { readonly verdict: Verdict }[]): Verdict {
  let met = 0;
  let unknown = 0;
  for (const { verdict } of of) {
    if (verdict === 'met') met += 1;
    else if (verdict === 'unknown') unknown += 1;
  }
  if (met >= n) return 'met';
  return met + unknown >= n ? 'unknown' : 'not-met';
}

const opposite: Record<Verdict, Verdict> = { met: 'not-met', 'not-met': 'met', unknown: 'unknown' };

/** A gate's criteria, each with what it read; `gate` says where they stand. */
export function gateReasons(
  context: Context,
  criteria: readonly CompiledCriterion[],
  gate: NonNullable<Reason['gate']>,
): Reason[] {
  return criteria.map(({ named, criterion }) => ({
    ...treeReason(context, criterion),
    id: named.id,
    gate,
    ...(named.say === null ? {} : { say: named.say }),
    ...(named.source === null ? {} : { source: named.source }),
  }));
}

function treeReason(context: Context, tree: CriterionTree): Reason {
  switch (tree.kind) {
    case 'condition':
      return conditionReason(context, tree.condition);
    case 'not': {
      const child = treeReason(context, tree.of);
      return { kind: 'not', verdict: opposite[child.verdict], of: [child] };
    }
    default: {
      const of = tree.of.map((child) => treeReason(context, child));
      if (tree.kind === 'all') return all(of);
      const n = tree.kind === 'at-least' ? tree.n : 1;
      return { kind: tree.kind, ...(tree.kind === 'at-least' ? { n } : {}), verdict: atLeastVerdict(n, of), of };
    }
  }
}

/** A condition with what it read and what it lacks. */
export function conditionReason(context: Context, condition: Condition): Reason {
  return explained(context, condition.explain(factsOf(context.process, context.instance.fields)));
}

function explained(context: Context, { kind, text, verdict, reads, missing, of }: Explanation): Reason {
  return {
    kind,
    text,
    verdict,
    ...(reads.length === 0 ? {} : { reads: readsOf(context.process, context.instance.fields, reads) }),
    ...(missing.length === 0 ? {} : { missing }),
    ...(of.length === 0 ? {} : { of: of.map((child) => explained(context, child)) }),
  };
}
