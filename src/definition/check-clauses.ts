import { suggest } from '../suggest.ts';
import type { Check } from './check.ts';
import { writeInstead } from './fix.ts';
import { entries, items, type Raw, rawOf, string } from './raw.ts';

/** Clauses of the policy that no element implements, and clauses that elements name and the policy does not have. */
export function checkClauses(check: Check): void {
  const { policy } = check.definition;
  if (policy.length === 0) return;
  const named = sourcesIn(rawOf(check.outline)).filter(({ raw }) => raw.path.length > 1);
  const implemented = new Set(named.map(({ clause }) => clause));
  for (const [n, clause] of policy.entries()) {
    if (implemented.has(clause)) continue;
    check.atValue('clause-unimplemented', ['policy', n], {
      message: { zh: `没有元素落实条款 ${clause}`, en: `No element implements the clause ${clause}` },
      remedy: {
        zh: `请在落实它的元素写 source: "${clause}"；若由别的流程落实，请从 policy 中删除`,
        en: `Write source: "${clause}" at the element that does; if another process does, take it out of policy`,
      },
    });
  }
  const clauses = new Set(policy);
  for (const { clause, raw } of named) {
    if (clauses.has(clause)) continue;
    const near = suggest(clause, policy);
    check.atValue('clause-unknown', raw.path, {
      message: { zh: `policy 中没有条款 ${clause}`, en: `The policy lists no clause ${clause}` },
      remedy:
        near === null
          ? { zh: '请改正编号，或写入 policy', en: 'Correct it, or add it to policy' }
          : { zh: `是不是想写 ${near}？否则请写入 policy`, en: `Did you mean ${near}? Otherwise add it to policy` },
      fix: writeInstead(near),
    });
  }
}

/** Maps whose keys are names of fields or people, not words of the language. */
const named = ['with', 'scope', 'managers'];

/** Every `source` of the file, the top one too. */
function sourcesIn(raw: Raw): readonly { readonly clause: string; readonly raw: Raw }[] {
  const own = raw.path.at(-1) === 'source' ? string(raw) : null;
  if (own !== null) return [{ clause: own, raw }];
  if (named.includes(String(raw.path.at(-1)))) return [];
  return [...entries(raw).map(([, part]) => part), ...items(raw)].flatMap(sourcesIn);
}
