import type { Effort } from '../definition/index.ts';
import type { Criterion, Field, ProcessDefinition } from '../definition/types.ts';
import { canonicalJson, type Json } from '../json.ts';
import { compareAmounts } from './amounts.ts';
import { type Element, isList, isMembers, type Members } from './elements.ts';
import { compareTargets, targetWords } from './targets.ts';
import type { Effect, ElementKind, Topic } from './types.ts';
import { compareCriteria } from './verdicts.ts';

/** What effects are judged by, beside the element. */
export interface Judge {
  /** Of the newer version. */
  readonly fields: readonly Field[];
  /** How much may still be tried. */
  readonly effort: Effort;
  /** Who may override criteria of a step that does not say so itself, in each version. */
  readonly overriders: { readonly before: readonly string[]; readonly after: readonly string[] };
}

const forReaders = new Set(['title', 'source', 'note', 'assumed', 'say']);
const ofRoles = new Set(['owner', 'see', 'by', 'access', 'substitutes', 'managers']);

/** What a word of an element is about, unless all that differs is for readers. */
export function topicOf(kind: ElementKind, words: readonly string[]): Topic {
  const [word = '', inner = ''] = words;
  if (forReaders.has(word) || forReaders.has(inner)) return 'text';
  if (word === 'was') return 'element';
  if (word === 'sla') return 'sla';
  if (kind === 'criterion') return 'gate';
  if (ofRoles.has(word) || inner === 'by' || kind === 'role' || (kind === 'signal' && word === 'from')) return 'role';
  return kind === 'approval' || kind === 'table' || kind === 'field' ? kind : 'course';
}

/** What it comes to that an element of a version is there which was not. */
export function effectOfAdding({ kind, id, own }: Element, definition: ProcessDefinition): Effect {
  if (kind === 'criterion') return 'tightened';
  if (kind === 'approval') return isForSkipping(id, definition) ? 'neutral' : 'tightened';
  return kind === 'activity' && own.optional === false ? 'tightened' : 'neutral';
}

/** Whether only skipping asks for an approval, and no exit. */
function isForSkipping(approval: string, { phases }: ProcessDefinition): boolean {
  const steps = phases.flatMap((phase) => phase.steps);
  return steps.some((step) => [step, ...step.activities].some(({ skip }) => skip?.approval === approval));
}

export function opposite(effect: Effect): Effect {
  return effect === 'tightened' ? 'loosened' : effect === 'loosened' ? 'tightened' : effect;
}

/** Words of which less is stricter: fewer rounds, a smaller maximum; none is no limit. */
const limits = new Set(['rework.limit', 'field.max', 'field.maxLength']);
/** Lists that let something through: with fewer items less is. */
const permits = new Set(['rework.to', 'override.by', 'field.choices']);
/** Lists that ask for something: with more items more is. */
const demands = new Set(['supplies', 'exclude']);
/** Lists of what has an id and a title for readers. */
const titled = new Set(['field.choices', 'activity.choices', 'outcome.reasons', 'hold.reasons']);
/** What is stricter when it is there. */
const strictOnes = new Set(['sla']);
/** What is laxer when it is there. */
const laxOnes = new Set(['rework', 'reopen', 'override', 'skip', 'optional', 'activity.repeatable']);

/** A word of an element that says something else than it did. */
export interface Difference {
  readonly words: readonly string[];
  readonly was: Json;
  readonly is: Json;
}

/** An element of both versions with all its words, those of the older one with what they name called as it is now. */
export interface Changed {
  readonly kind: ElementKind;
  readonly old: Members;
  readonly own: Members;
}

/** What it comes to that a word of an element says something else. */
export function effectOf(
  { words, was: before, is: after }: Difference,
  { kind, old, own }: Changed,
  { fields, effort, overriders }: Judge,
): Effect {
  if (topicOf(kind, words) === 'text') return 'text';
  const plain = words.join('.');
  const named = (set: ReadonlySet<string>) => set.has(plain) || set.has(`${kind}.${plain}`);
  if (named(titled) && canonicalJson(untitled(before)) === canonicalJson(untitled(after))) return 'text';
  if (kind === 'criterion' && plain === 'criterion') return effectOfCriterion(before, after, fields, effort);
  if ((kind === 'activity' || kind === 'approval') && plain === 'when') {
    // No exit asks for what is optional; where it was or becomes so, that is told by its own word.
    if (old.optional === true || own.optional === true) return 'neutral';
    return effectOfCriterion(notNeeded(before), notNeeded(after), fields, effort);
  }
  if (kind === 'step' && plain === 'override') {
    // What a step says takes the place of what the process says.
    return effectOfItems(peopleOf(before) ?? overriders.before, peopleOf(after) ?? overriders.after);
  }
  if (named(strictOnes) && (isNothing(before) || isNothing(after))) return isNothing(before) ? 'tightened' : 'loosened';
  if (named(laxOnes) && (isNothing(before) || isNothing(after))) return isNothing(before) ? 'loosened' : 'tightened';
  if (words[0] === 'sla' && targetWords.has(words[1] ?? '')) return effectOfTarget(after, old.sla, own.sla);
  if (named(limits)) return effectOfLess(compareAmounts(before, after));
  if (plain === 'min' && kind === 'field') return opposite(effectOfLess(compareAmounts(before, after, -1)));
  if (plain === 'reopen.within') return effectOfLess(compareAmounts(before, after));
  if (named(permits)) return effectOfItems(before, after);
  return named(demands) ? opposite(effectOfItems(before, after)) : 'neutral';
}

const isNothing = (value: Json): boolean => value === null || value === false;

function effectOfLess(order: number | null): Effect {
  return order === null || order === 0 ? 'neutral' : order < 0 ? 'tightened' : 'loosened';
}

/** Where one kind of target takes the place of another, the word that is there now says what it comes to. */
function effectOfTarget(written: Json, before: Json | undefined, after: Json | undefined): Effect {
  const isGone = isNothing(written) || (isList(written) && written.length === 0);
  return isGone || !isMembers(before) || !isMembers(after) ? 'neutral' : effectOfLess(compareTargets(before, after));
}

function untitled(value: Json): Json {
  if (isList(value)) return value.map(untitled);
  if (!isMembers(value)) return value;
  const members = Object.entries(value).filter(([word]) => word !== 'title');
  return Object.fromEntries(members.map(([word, own]) => [word, untitled(own)]));
}

/** Whom a policy names; null: there is no policy. */
const peopleOf = (policy: Json): Json => (isMembers(policy) ? (policy.by ?? null) : null);

/** Fewer of the same items: tightened. */
function effectOfItems(before: Json, after: Json): Effect {
  if (!isList(before) || !isList(after)) return 'neutral';
  const ids = (items: readonly Json[]) => new Set(items.map((item) => String(isMembers(item) ? item.id : item)));
  const [old, own] = [ids(before), ids(after)];
  const fewer = [...old].some((id) => !own.has(id));
  const more = [...own].some((id) => !old.has(id));
  return fewer === more ? 'neutral' : fewer ? 'tightened' : 'loosened';
}

/** What lets work through that is needed only `when`: while that is not known the exit is shut. Null: it always is needed. */
function notNeeded(when: Json): Json {
  return when === null ? { kind: 'any', of: [] } : { kind: 'not', of: { kind: 'condition', text: when } };
}

function effectOfCriterion(before: Json, after: Json, fields: readonly Field[], effort: Effort): Effect {
  const [old, own] = [criterionOf(before), criterionOf(after)];
  const compared = old === null || own === null ? null : compareCriteria(old, own, fields, effort);
  if (compared === null || compared === 'same') return 'neutral';
  return compared === 'fewer' ? 'tightened' : 'loosened';
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
