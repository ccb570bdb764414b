import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readProcess } from '../../src/definition/index.ts';
import { condition, everything, triedFile, verdicts } from './tried.ts';

// What the check says of a table's regions must be what trying every value says.

const file = (hit: string, whens: readonly string[]) =>
  triedFile({
    fields: '  result: { type: integer }\n',
    tables: `tables:
  rating:
    sets: result
    hit: ${hit}
    rules: [${whens.map((when, n) => `{ when: '${when}', then: ${n} }`).join(', ')}]
`,
  });

/** Where a condition holds. */
const casesOf = (text: string): readonly number[] =>
  verdicts(text).flatMap((verdict, n) => (verdict === 'met' ? [n] : []));

/** The conditions that a message lists, what was left out apart. */
function listed(message: string): { readonly conditions: readonly string[]; readonly more: boolean } {
  const list = message.slice(message.indexOf(': ') + 2).split('; ');
  const conditions = list.filter((part) => part !== 'and more');
  return {
    conditions: conditions.map((part) => (part === 'whatever the values are' ? 'true' : part)),
    more: conditions.length < list.length,
  };
}

const short = fc.array(condition, { minLength: 1, maxLength: 5 });

it('says of a table what trying every value says', () => {
  const seen = { gap: 0, covered: 0, never: 0, overlap: 0, none: 0 };
  fc.assert(
    fc.property(short, fc.constantFrom('first', 'unique'), (whens, hit) => {
      const { problems } = readProcess(file(hit, whens), 'rated.yaml');
      const tried = whens.map(verdicts);
      const at = (n: number) => tried.map((column) => column[n] ?? 'unknown');
      const known = (n: number) => Object.values(everything[n] ?? {}).every((value) => value !== undefined);
      const cases = everything.map((_facts, n) => n);
      const told = (code: string) => problems.filter((problem) => problem.code === code);
      const ruleOf = (path: string) => Number(path.split('/')[4]);

      const empty = cases.filter((n) => at(n).every((verdict) => verdict === 'not-met'));
      const gaps = empty.filter(known);
      const [gap] = told('table-gap');
      expect(gap !== undefined).toBe(gaps.length > 0);
      if (gap !== undefined) {
        const { conditions, more } = listed(gap.message.en);
        const within = new Set(conditions.flatMap(casesOf));
        // A field that is not named may have any value; not that it has none.
        expect([...within].filter((n) => !empty.includes(n) && !at(n).includes('unknown'))).toEqual([]);
        if (!more) expect(gaps.filter((n) => !within.has(n))).toEqual([]);
        seen.gap += 1;
      }

      const holds = whens.map((_when, rule) => cases.filter((n) => at(n)[rule] === 'met'));
      const never = [...holds.keys()].filter((rule) => holds[rule]?.length === 0);
      expect(told('rule-never-holds').map(({ path }) => ruleOf(path))).toEqual(never);
      seen.never += never.length;

      if (hit === 'first') {
        const reached = new Set(
          cases.map((n) => {
            const first = at(n).findIndex((verdict) => verdict !== 'not-met');
            return at(n)[first] === 'met' ? first : -1;
          }),
        );
        const covered = [...holds.keys()].filter((rule) => !reached.has(rule) && !never.includes(rule));
        // Where a rule is shut out by facts that are missing alone, no rule can be named and nothing is said.
        const named = covered.filter((rule) => holds[rule]?.some((n) => at(n).slice(0, rule).includes('met')));
        expect(told('rule-never-read').map(({ path }) => ruleOf(path))).toEqual(named);
        seen.covered += named.length;
      } else {
        const later = [...holds.keys()].filter((rule) =>
          holds[rule]?.some((n) => at(n).slice(0, rule).includes('met')),
        );
        const overlaps = told('table-overlap');
        expect(overlaps.map(({ path }) => ruleOf(path))).toEqual(later);
        for (const { path, message } of overlaps) {
          const earlier = Number(message.en.split(' ')[1]) - 1;
          const { conditions, more } = listed(message.en);
          const within = new Set(conditions.flatMap(casesOf));
          for (const n of within) expect([at(n)[earlier], at(n)[ruleOf(path)]]).not.toContain('not-met');
          expect(within.size > 0 || more).toBe(true);
        }
        seen.overlap += overlaps.length;
      }
      if (problems.every(({ code }) => code === 'field-unused')) seen.none += 1;
    }),
    { numRuns: 160, seed: 20260213 },
  );
  for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(5);
});
