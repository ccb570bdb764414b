import { parseValue } from '../engine/index.ts';
import type { Reason, Refusal } from '../engine/types.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Text } from '../text.ts';
import { observe, type Seen, unordered, written } from './observe.ts';
import type { Claim, Difference, ScenarioStep } from './types.ts';

/** What claims say that is not so. */
export function claimDifferences(seen: Seen, claims: readonly Claim[]): readonly Difference[] {
  return claims.flatMap((claim) => {
    const found = observe(seen, claim);
    const expected = storedForm(seen, claim);
    if (isSame(claim, expected, found)) return [];
    const what = [claim.kind, claim.of, claim.part === 'state' ? null : claim.part].filter((part) => part !== null);
    return [
      { what: what.join('.'), expected: shown(written(expected)), found: shown(written(found)), place: claim.place },
    ];
  });
}

/** As instances keep it: money in minor units, times in UTC. */
function storedForm({ process }: Seen, { kind, of, part, expected }: Claim): Json {
  if (expected === null) return null;
  if (part === 'due') return new Date(String(expected)).toISOString();
  const field = kind === 'fields' ? process.fields.get(of ?? '') : undefined;
  if (field === undefined) return expected;
  const parsed = parseValue(field, expected, '');
  return parsed.ok ? parsed.value : expected;
}

function isSame({ kind }: Claim, expected: Json, found: Json): boolean {
  const sorted = (value: Json) =>
    unordered.has(kind) && Array.isArray(value) ? [...value].sort((a, b) => (String(a) < String(b) ? -1 : 1)) : value;
  return canonicalJson(sorted(expected)) === canonicalJson(sorted(found));
}

function shown(value: Json): Text {
  if (value === null) return { zh: '没有', en: 'nothing' };
  if (Array.isArray(value) && value.length === 0) return { zh: '没有', en: 'none' };
  const text = typeof value === 'string' ? value : Array.isArray(value) ? value.map(plain).join(', ') : plain(value);
  return { zh: text, en: text };
}

const plain = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a step of a scenario is called. */
export function wordOfStep({ action }: ScenarioStep): string {
  switch (action.kind) {
    case 'command':
      return action.word;
    case 'look':
      return 'expect';
    default:
      return action.kind;
  }
}

/** A command that went the other way than the scenario says. */
export function answerDifferences(step: ScenarioStep, refusal: Refusal | null): readonly Difference[] {
  const { refused, place, refusedPlace } = step;
  const what = wordOfStep(step);
  if (refused === null) {
    if (refusal === null) return [];
    return [{ what, expected: { zh: '接受', en: 'accepted' }, found: refusalText(refusal), place }];
  }
  const expected =
    refused === true
      ? { zh: '拒绝', en: 'refused' }
      : { zh: `拒绝：${refused.join('、')}`, en: `refused: ${refused.join(', ')}` };
  if (refusal === null) return [{ what, expected, found: { zh: '接受', en: 'accepted' }, place: refusedPlace }];
  if (refused === true || isRefusedFor(refused, refusal)) return [];
  return [{ what, expected, found: refusalText(refusal), place: refusedPlace }];
}

/** Exactly these criteria say no; of codes alone, that one. */
function isRefusedFor(refused: readonly string[], { code, reasons }: Refusal): boolean {
  const criteria = refused.filter((word) => word !== code);
  if (criteria.length === 0) return refused.length > 0;
  const found = failingIds(reasons);
  return criteria.length === found.length && criteria.every((id) => found.includes(id));
}

/** Ids of the criteria that say no. */
export function failingIds(reasons: Reason | null): readonly string[] {
  const shut = (reasons?.of ?? []).filter(({ verdict }) => verdict !== 'met');
  return [...new Set(shut.map(({ id, text }) => id ?? text ?? ''))];
}

function refusalText({ code, detail, reasons }: Refusal): Text {
  const ids = failingIds(reasons).join(', ') || code;
  return { zh: `拒绝：${ids}（${detail.zh}）`, en: `refused: ${ids} (${detail.en})` };
}
