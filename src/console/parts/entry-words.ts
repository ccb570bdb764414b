import type { Definition, Entry, Field, Text } from '../api.ts';
import { say } from '../language.ts';
import { dealWords, eventNames } from '../words/deal.ts';
import { valueText } from './value-text.ts';

/** What a command may name, by its kind and id. */
export type Titles = ReadonlyMap<string, Text>;

/** Of everything that a command may name. Steps and activities never share an id with what a command calls otherwise. */
export function titlesOf({ phases, outcomes, hold }: Definition): Titles {
  const steps = phases.flatMap((phase) => phase.steps);
  return new Map([
    ...phases.map((each) => [`phase ${each.id}`, each.title] as const),
    ...steps.map((each) => [`step ${each.id}`, each.title] as const),
    ...steps.flatMap(({ activities }) => activities).map((each) => [`activity ${each.id}`, each.title] as const),
    ...steps.flatMap(({ approvals }) => approvals).map((each) => [`approval ${each.id}`, each.title] as const),
    ...outcomes.map((each) => [`outcome ${each.id}`, each.title] as const),
    ...[...outcomes.flatMap(({ reasons }) => reasons), ...(hold?.reasons ?? [])].map(
      (each) => [`reason ${each.id}`, each.title] as const,
    ),
  ]);
}

/** Why something was closed or put on hold: the words of the process, or free ones. */
export function reasonText(reason: string, { outcomes, hold }: Definition): string {
  const known = [...outcomes.flatMap(({ reasons }) => reasons), ...(hold?.reasons ?? [])];
  const found = known.find(({ id }) => id === reason);
  return found === undefined ? reason : say(found.title);
}

export function eventName(type: string): string {
  return type in eventNames ? say(eventNames[type as keyof typeof eventNames]) : type;
}

/** What a command was about, by its titles, and what was said with it. */
export function aboutText({ command }: Entry, titles: Titles): string {
  const { step, activity, approval, outcome, to, owner, reason, text, comment } = Object(command);
  const named = [`activity ${activity}`, `approval ${approval}`, `step ${step}`, `step ${to}`, `outcome ${outcome}`];
  const why = titles.get(`reason ${reason}`);
  const said = [why === undefined ? reason : say(why), text, comment].flatMap((each) =>
    typeof each === 'string' ? [`“${each}”`] : [],
  );
  const given = typeof owner === 'string' ? [owner] : [];
  return [...named.flatMap((name) => titles.get(name) ?? []).map(say), ...given, ...said].join(' · ');
}

/** What an entry says in one line: who did what. */
export function entryText(entry: Entry, titles: Titles): string {
  return [entry.actor, eventName(entry.type), aboutText(entry, titles)].filter((part) => part !== '').join(' ');
}

/** A value as the history keeps it: personal ones stand beside it, which has only their digests. */
export function recordedText(value: unknown, field: Field | undefined): string {
  const isDigest = typeof value === 'string' && (value.startsWith('sha256:') || value === '(personal)');
  return isDigest ? say(dealWords.personal) : valueText(value, field?.choices);
}

/** Clauses of the written policy that a command is about: of its activity, approval or step. */
export function clausesOf({ command }: Entry, { phases }: Definition): readonly string[] {
  const named = Object(command);
  const steps = phases.flatMap((phase) => phase.steps);
  const about = [
    steps.flatMap(({ activities }) => activities).find(({ id }) => id === named.activity),
    steps.flatMap(({ approvals }) => approvals).find(({ id }) => id === named.approval),
    steps.find(({ id }) => id === named.step),
  ];
  return about.flatMap((each) => each?.source ?? []).slice(0, 1);
}
