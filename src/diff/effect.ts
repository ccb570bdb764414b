import { parseDuration } from '../calendar/index.ts';
import type { Effort } from '../definition/index.ts';
import type { Criterion, Field } from '../definition/types.ts';
import type { Json } from '../json.ts';
import { type Element, isList, isMembers } from './elements.ts';
import type { Effect, ElementKind, Topic } from './types.ts';
import { compareCriteria } from './verdicts.ts';

/** What effects are judged by: the fields of the newer version, and how much may still be tried. */
export interface Judge {
  readonly fields: readonly Field[];
  readonly effort: Effort;
}

const forReaders = new Set(['title', 'source', 'note', 'assumed', 'say']);
const ofRoles = new Set(['owner', 'see', 'by', 'access', 'substitutes', 'managers']);

/** What a word of an element is about. */
export function topicOf(kind: ElementKind, words: readonly string[]): Topic {
  const [word = '', inner = ''] = words;
  if (forReaders.has(word) || forReaders.has(inner)) return 'text';
  if (word === 'was') return 'element';
  if (word === 'sla') return 'sla';
  if (kind === 'criterion') return 'gate';
  if (ofRoles.has(word) || inner === 'by' || kind === 'role' || (kind === 'signal' && word === 'from')) return 'role';
  return kind === 'approval' || kind === 'table' || kind === 'field' ? kind : 'course';
}

/** What it comes to that an element is there which was not. */
export function effectOfAdding({ kind, own }: Element): Effect {
  if (kind === 'criterion' || kind === 'approval') return 'tightened';
  return kind === 'activity' && own.optional === false ? 'tightened' : 'neutral';
}

export function opposite(effect: Effect): Effect {
  return effect === 'tightened' ? 'loosened' : effect === 'loosened' ? 'tightened' : effect;
}

/** Words of which less is stricter: a shorter time, fewer rounds, a smaller maximum; none is no limit. */
const limits = new Set(['sla.within', 'rework.limit', 'field.max', 'field.maxLength']);
/** Lists that let something through: with fewer items less is. */
const permits = new Set(['rework.to', 'override.by', 'field.choices']);
/** Lists that ask for something: with more items more is. */
const demands = new Set(['supplies', 'exclude']);
/** What is stricter when it is there. */
const strictOnes = new Set(['sla']);
/** What is laxer when it is there. */
const laxOnes = new Set(['rework', 'reopen', 'override', 'skip', 'optional', 'activity.repeatable']);

/** What it comes to that a word says something else. */
export function effectOf(
  kind: ElementKind,
  words: readonly string[],
  before: Json,
  after: Json,
  { fields, effort }: Judge,
): Effect {
  if (topicOf(kind, words) === 'text') return 'text';
  const plain = words.join('.');
  const named = (set: ReadonlySet<string>) => set.has(plain) || set.has(`${kind}.${plain}`);
  if (kind === 'criterion' && plain === 'criterion')
    return effectOfCondition(before, after, fields, effort, 'tightened');
  if ((kind === 'activity' || kind === 'approval') && plain === 'when') {
    return effectOfCondition(conditionOf(before), conditionOf(after), fields, effort, 'loosened');
  }
  if (named(strictOnes) && (isNothing(before) || isNothing(after))) return isNothing(before) ? 'tightened' : 'loosened';
  if (named(laxOnes) && (isNothing(before) || isNothing(after))) return isNothing(before) ? 'loosened' : 'tightened';
  if (named(limits)) return effectOfLess(compare(before, after));
  if (plain === 'min' && kind === 'field') return opposite(effectOfLess(compare(before, after, -1)));
  if (plain === 'reopen.within') return effectOfLess(compare(before, after));
  if (named(permits)) return effectOfItems(before, after);
  return named(demands) ? opposite(effectOfItems(before, after)) : 'neutral';
}

const isNothing = (value: Json): boolean => value === null || value === false;

function effectOfLess(order: number | null): Effect {
  return order === null || order === 0 ? 'neutral' : order < 0 ? 'tightened' : 'loosened';
}

/** How `after` is to `before`: less than 0, it is less; no limit is `none` (1: more than any). Null: nobody can say. */
function compare(before: Json, after: Json, none: 1 | -1 = 1): number | null {
  const [old, own] = [sizeOf(before, none), sizeOf(after, none)];
  if (old === null || own === null || (old.unit !== own.unit && old.unit !== '' && own.unit !== '')) return null;
  return Math.sign(own.size - old.size);
}

/** Minutes in units that are as long whenever they begin; the others are compared with their own alone. */
const minutes: Readonly<Record<string, number>> = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 };

function sizeOf(value: Json, none: 1 | -1): { readonly size: number; readonly unit: string } | null {
  if (value === null) return { size: none * Infinity, unit: '' };
  if (typeof value === 'number') return { size: value, unit: '' };
  const duration = typeof value === 'string' ? parseDuration(value) : null;
  if (duration === null) return null;
  const plain = minutes[duration.unit];
  return plain === undefined
    ? { size: duration.amount, unit: duration.unit }
    : { size: duration.amount * plain, unit: 'minutes' };
}

/** Fewer of the same items: tightened. */
function effectOfItems(before: Json, after: Json): Effect {
  if (!isList(before) || !isList(after)) return 'neutral';
  const ids = (items: readonly Json[]) => new Set(items.map((item) => String(isMembers(item) ? item.id : item)));
  const [old, own] = [ids(before), ids(after)];
  const fewer = [...old].some((id) => !own.has(id));
  const more = [...own].some((id) => !old.has(id));
  return fewer === more ? 'neutral' : fewer ? 'tightened' : 'loosened';
}

/** A condition; none always holds. */
function conditionOf(value: Json): Json {
  return value === null ? { kind: 'all', of: [] } : { kind: 'condition', text: value };
}

/** `fewer`: what it comes to when it holds in fewer cases. */
function effectOfCondition(before: Json, after: Json, fields: readonly Field[], effort: Effort, fewer: Effect): Effect {
  const [old, own] = [criterionOf(before), criterionOf(after)];
  const compared = old === null || own === null ? null : compareCriteria(old, own, fields, effort);
  if (compared === null || compared === 'same') return 'neutral';
  return compared === 'fewer' ? fewer : opposite(fewer);
}

/** Back from the JSON of a definition. */
function criterionOf(value: Json | undefined): Criterion | null {
  if (!isMembers(value)) return null;
  const { kind, text, n, of } = value;
  if (kind === 'condition') return typeof text === 'string' ? { kind, text } : null;
  if (kind === 'not') {
    const part = criterionOf(of);
    return part && { kind, of: part };
  }
  const parts = isList(of) ? of.map(criterionOf) : [null];
  if (!parts.every((part) => part !== null)) return null;
  if (kind === 'all' || kind === 'any') return { kind, of: parts };
  return kind === 'at-least' && typeof n === 'number' ? { kind, n, of: parts } : null;
}
