import type { CompiledCondition, Explanation } from '../expr/index.ts';
import type { Criterion } from './types.ts';

/** Which verdicts some facts could lead to. */
interface Reach {
  readonly met: boolean;
  readonly notMet: boolean;
}

const ANY: Reach = { met: true, notMet: true };
const NEITHER: Reach = { met: false, notMet: false };

/**
 * Whether a criterion can be met while the late fields are unknown. Parts are taken for independent, so a "no" is
 * certain and a "yes" is a maybe.
 */
export function canBeMet(
  criterion: Criterion,
  condition: (text: string) => CompiledCondition,
  isLate: (field: string) => boolean,
): boolean {
  const reachOf = (part: Criterion): Reach => {
    switch (part.kind) {
      case 'condition': {
        const compiled = condition(part.text);
        return compiled.ok
          ? explained(
              compiled.condition.explain(() => undefined),
              isLate,
            )
          : ANY;
      }
      case 'not':
        return opposite(reachOf(part.of));
      case 'all':
        return atLeast(part.of.length, part.of.map(reachOf));
      case 'any':
        return atLeast(1, part.of.map(reachOf));
      case 'at-least':
        return atLeast(part.n, part.of.map(reachOf));
    }
  };
  return reachOf(criterion).met;
}

const opposite = ({ met, notMet }: Reach): Reach => ({ met: notMet, notMet: met });

function atLeast(n: number, parts: readonly Reach[]): Reach {
  const canMeet = parts.filter(({ met }) => met).length;
  const canFail = parts.filter(({ notMet }) => notMet).length;
  return { met: canMeet >= n, notMet: canFail > parts.length - n };
}

/** From the explanation of a condition for which nothing at all is known. */
function explained({ kind, verdict, reads, of }: Explanation, isLate: (field: string) => boolean): Reach {
  const parts = of.map((part) => explained(part, isLate));
  switch (kind) {
    case 'all':
      return atLeast(parts.length, parts);
    case 'any':
      return atLeast(1, parts);
    case 'not':
      return opposite(parts[0] ?? ANY);
    case 'if': {
      const [test = ANY, then = ANY, otherwise = ANY] = parts;
      const either = (pick: (reach: Reach) => boolean): boolean =>
        (test.met && pick(then)) || (test.notMet && pick(otherwise)) || (pick(then) && pick(otherwise));
      return { met: either(({ met }) => met), notMet: either(({ notMet }) => notMet) };
    }
    case 'condition':
      // Of what reads a field, only known(field) has an answer while nothing is known.
      if (reads.length === 0 || reads.some(isLate)) {
        return verdict === 'unknown' ? NEITHER : { met: verdict === 'met', notMet: verdict === 'not-met' };
      }
      return ANY;
  }
}
