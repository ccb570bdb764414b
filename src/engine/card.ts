import type { CompiledProcess } from '../compile/types.ts';
import type { Field, FieldType } from '../definition/types.ts';
import type { Instance, Place } from './instance-types.ts';
import { isMoney, type Money } from './money.ts';

/**
 * Fields that tell most of an instance, by which boards filter and sum; null: the process has none. Only such as everybody
 * sees who sees the instance, and no personal ones: so that no filter, sum or search tells what is hidden.
 */
export interface CardFields {
  readonly class: Field | null;
  readonly amount: Field | null;
  readonly text: Field | null;
}

/** How the deadline stands that comes first in a step; whether it is late is a question of when one asks. */
export type CardClock = 'none' | 'running' | 'warned' | 'paused';

/** What a board shows of an instance in one place: an open step, or a phase (empty `step`) while its steps wait. */
export interface Card extends Place {
  /** Counts the places that it stands in, from 0. */
  readonly slot: number;
  readonly class: string | null;
  readonly amount: Money | null;
  readonly clock: CardClock;
  /** Null: never, or it is not known. */
  readonly due: string | null;
  /** It stands in other places too. */
  readonly shared: boolean;
  /** What a search looks in: business key and text, in lower case; nothing that is typed can hold what parts them. */
  readonly words: string;
}

/** Characters of each of the texts that a search looks in. */
const MOST_SEARCHED = 200;

const chosen = new WeakMap<CompiledProcess, CardFields>();
const timed = new WeakMap<CompiledProcess, ReadonlyMap<string, readonly string[]>>();

/**
 * The choice that a decision table makes, else the first; the money that conditions or the bands of approvals go by, else the
 * first; the first text beside the business key.
 */
export function cardFields(process: CompiledProcess): CardFields {
  const known = chosen.get(process);
  if (known !== undefined) return known;
  const { definition, guarded, conditions, approvals, derived } = process;
  const shown = definition.fields.filter(({ id, personal }) => !personal && !guarded.fields.has(id));
  const decisive = new Set([...conditions.values()].flatMap(({ reads }) => reads));
  for (const { approval } of approvals.values()) if (approval.of !== null) decisive.add(approval.of);
  const first = (type: FieldType, isBest: (id: string) => boolean) => {
    const all = shown.filter((field) => field.type === type);
    return all.find(({ id }) => isBest(id)) ?? all[0] ?? null;
  };
  const fields = {
    class: first('choice', (id) => derived.has(id)),
    amount: first('money', (id) => decisive.has(id)),
    text: shown.find(({ id, type }) => type === 'text' && id !== definition.key) ?? null,
  };
  chosen.set(process, fields);
  return fields;
}

/** The open steps, for lists; while nothing is open and steps wait, their phase alone. */
export function placesOf({ position, waiting }: Pick<Instance, 'position' | 'waiting'>): readonly Place[] {
  const [first] = waiting;
  return position.length === 0 && first !== undefined ? [{ phase: first.phase, step: '' }] : position;
}

/** The cards of an open instance, one for each place; none of one that is closed. */
export function cardsOf(process: CompiledProcess, instance: Instance): readonly Card[] {
  if (instance.status === 'closed') return [];
  const { class: field, amount } = cardFields(process);
  const shown = {
    class: field === null ? null : textOf(instance, field),
    amount: amount === null ? null : moneyOf(instance, amount),
    words: wordsOf(process, instance),
  };
  const places = placesOf(instance);
  const shared = places.length > 1;
  return places.map(({ phase, step }, slot) => ({
    slot,
    phase,
    step,
    shared,
    ...shown,
    ...clockIn(process, instance, step),
  }));
}

/** True: nothing that cards are made of differs, as far as can be told at a glance. */
export function cardsAlike(process: CompiledProcess, before: Instance, after: Instance): boolean {
  const { class: of, amount, text } = cardFields(process);
  const isAlike = (field: Field | null) =>
    field === null || before.fields[field.id]?.value === after.fields[field.id]?.value;
  return (
    isAlike(of) &&
    isAlike(amount) &&
    isAlike(text) &&
    before.position === after.position &&
    before.waiting === after.waiting &&
    before.status === after.status &&
    before.key === after.key &&
    (before.clocks === after.clocks || after.position.every(({ step }) => isTimedAlike(process, before, after, step)))
  );
}

function isTimedAlike(process: CompiledProcess, before: Instance, after: Instance, step: string): boolean {
  return (clocksByStep(process).get(step) ?? []).every((id) => before.clocks[id] === after.clocks[id]);
}

function textOf({ fields }: Instance, { id }: Field): string | null {
  const value = fields[id]?.value ?? null;
  return typeof value === 'string' ? value : null;
}

function moneyOf({ fields }: Instance, { id }: Field): Money | null {
  const value = fields[id]?.value;
  return isMoney(value) ? value : null;
}

function wordsOf(process: CompiledProcess, instance: Instance): string {
  const { text } = cardFields(process);
  const { key } = process.definition;
  const isOpen = key === null || (!process.guarded.fields.has(key) && process.fields.get(key)?.personal !== true);
  return [isOpen ? instance.key : null, text === null ? null : textOf(instance, text)]
    .flatMap((part) => (part === null ? [] : [searched(part)]))
    .join('\n');
}

/** A text as it is searched, and as what is searched for is written: in lower case, with a blank for what no database keeps. */
export function searched(text: string): string {
  return text
    .slice(0, MOST_SEARCHED)
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ');
}

/** Of a clock that is hidden from anybody nothing is told: its due date would tell of what is hidden. */
function clockIn(process: CompiledProcess, { clocks }: Instance, step: string): Pick<Card, 'clock' | 'due'> {
  let found: Pick<Card, 'clock' | 'due'> | null = null;
  for (const id of clocksByStep(process).get(step) ?? []) {
    const record = clocks[id];
    if (record === undefined || record.ended !== null) continue;
    const { due, startedAt, pauses, marks } = record;
    if (found !== null && (due === null || (found.due !== null && found.due <= due))) continue;
    const warned = marks.some(({ id: mark, firedAt }) => mark.startsWith('warn/') && firedAt !== null);
    const going = warned ? 'warned' : 'running';
    const clock = startedAt === null ? 'none' : pauses.at(-1)?.to === null ? 'paused' : going;
    found = { clock, due };
  }
  return found ?? { clock: 'none', due: null };
}

function clocksByStep(process: CompiledProcess): ReadonlyMap<string, readonly string[]> {
  const known = timed.get(process);
  if (known !== undefined) return known;
  const { activities, fields } = process.guarded;
  const found = new Map<string, string[]>();
  for (const { id, step, kind, of, reads } of process.clocks.values()) {
    const isHidden = (kind === 'activity' && activities.has(of)) || reads.some((field) => fields.has(field));
    if (step !== null && !isHidden) found.set(step, [...(found.get(step) ?? []), id]);
  }
  timed.set(process, found);
  return found;
}
