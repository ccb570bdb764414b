import type { Definition, Entry, Field, Text } from '../api.ts';
import { dateText, say } from '../language.ts';
import { dealWords, eventNames } from '../words/deal.ts';
import { words } from '../words/shell.ts';
import { valueText } from './value-text.ts';

interface TimelineProps {
  readonly entries: readonly Entry[];
  readonly definition: Definition;
}

/** What has happened, the latest first: who did what, what it changed, and why not where it was refused. */
export function Timeline({ entries, definition }: TimelineProps) {
  const titles = titlesOf(definition);
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  return (
    <ol class="history" reversed>
      {entries.toReversed().map((entry) => (
        <li key={entry.seq} class={entry.accepted ? 'accepted' : 'not'}>
          <time dateTime={entry.at} title={entry.recordedAt === entry.at ? undefined : recordedText(entry)}>
            {dateText(entry.at)}
          </time>{' '}
          <strong>{entry.actor}</strong>
          {entry.via !== null && <small> ({entry.via})</small>} {nameOf(entry.type)}{' '}
          {about(entry, titles).map(say).join(' · ')} {!entry.accepted && <em>{say(words.refused)}</em>}
          {entry.refusal !== null && <p class="why">{say(entry.refusal.detail)}</p>}
          <Changed entry={entry} fields={fields} />
        </li>
      ))}
    </ol>
  );
}

function nameOf(type: string): string {
  return type in eventNames ? say(eventNames[type as keyof typeof eventNames]) : type;
}

function recordedText({ recordedAt }: Entry): string {
  return `${say(dealWords.recorded)} ${dateText(recordedAt)}`;
}

type Titles = ReadonlyMap<string, Text>;

/** Of everything that a command may name. Steps and activities never share an id with what a command calls otherwise. */
function titlesOf({ phases, outcomes }: Definition): Titles {
  const steps = phases.flatMap((phase) => phase.steps);
  return new Map([
    ...steps.map((each) => [`step ${each.id}`, each.title] as const),
    ...steps.flatMap(({ activities }) => activities).map((each) => [`activity ${each.id}`, each.title] as const),
    ...steps.flatMap(({ approvals }) => approvals).map((each) => [`approval ${each.id}`, each.title] as const),
    ...outcomes.map((each) => [`outcome ${each.id}`, each.title] as const),
  ]);
}

/** What a command was about, by its titles. */
function about({ command }: Entry, titles: Titles): readonly Text[] {
  const { step, activity, approval, outcome, to, reason, text } = command as Readonly<Record<string, unknown>>;
  const named = [`activity ${activity}`, `approval ${approval}`, `step ${step}`, `step ${to}`, `outcome ${outcome}`];
  const said = [reason, text].flatMap((each) =>
    typeof each === 'string' ? [{ zh: `“${each}”`, en: `“${each}”` }] : [],
  );
  return [...named.flatMap((name) => titles.get(name) ?? []), ...said];
}

/** Personal values stand beside the history, which has only their digests. */
function changedText(value: unknown, field: Field | undefined): string {
  const isDigest = typeof value === 'string' && (value.startsWith('sha256:') || value === '(personal)');
  return isDigest ? say(dealWords.personal) : valueText(value, field?.choices);
}

interface ChangedProps {
  readonly entry: Entry;
  readonly fields: ReadonlyMap<string, Field>;
}

function Changed({ entry, fields }: ChangedProps) {
  const changed = Object.entries(entry.changes?.fields ?? {});
  if (changed.length === 0) return null;
  return (
    <small class="changed">
      {changed
        .map(([id, { to }]) => {
          const field = fields.get(id);
          return `${field === undefined ? id : say(field.title)}: ${changedText(to, field)}`;
        })
        .join('; ')}
    </small>
  );
}
