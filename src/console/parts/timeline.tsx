import type { Definition, Entry, Field, Reason } from '../api.ts';
import { dateText, say } from '../language.ts';
import { dealWords, verdictNames } from '../words/deal.ts';
import { words } from '../words/shell.ts';
import { aboutText, clausesOf, eventName, recordedText, titlesOf } from './entry-words.ts';
import { ReasonTree } from './reason-tree.tsx';

interface TimelineProps {
  /** In order. */
  readonly entries: readonly Entry[];
  readonly definition: Definition;
  /** Number of the entry that is looked at; null: now. */
  readonly shown: number | null;
  readonly choose: (seq: number) => void;
}

/** What has happened, the latest first: who did what, what it changed, what it rests on, and why not where it was refused. */
export function Timeline({ entries, definition, shown, choose }: TimelineProps) {
  const titles = titlesOf(definition);
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  return (
    <ol class="history" reversed start={entries.at(-1)?.seq}>
      {entries.toReversed().map((entry) => (
        <li
          key={entry.seq}
          class={entry.accepted ? 'accepted' : 'not'}
          aria-current={entry.seq === shown ? 'true' : undefined}
        >
          <div class="line">
            <span>
              <strong>{entry.actor}</strong>
              {entry.via !== null && (
                <small>
                  {' '}
                  ({say(dealWords.via)} {entry.via})
                </small>
              )}{' '}
              {eventName(entry.type)} {aboutText(entry, titles)} {!entry.accepted && <em>✗ {say(words.refused)}</em>}
            </span>
            <span class="aside">
              <Times entry={entry} />
              {entry.seq !== shown && (
                <button type="button" class="quiet then" onClick={() => choose(entry.seq)}>
                  {say(dealWords.asThen)}
                  <span class="unseen"> ({entry.seq})</span>
                </button>
              )}
            </span>
          </div>
          {entry.refusal !== null && <p class="why">{say(entry.refusal.detail)}</p>}
          <Changed entry={entry} fields={fields} />
          <Basis entry={entry} definition={definition} />
        </li>
      ))}
    </ol>
  );
}

/** When it happened, and when it was recorded where that is another time. */
function Times({ entry: { at, recordedAt } }: { readonly entry: Entry }) {
  const isLater = Math.abs(Date.parse(recordedAt) - Date.parse(at)) >= 60_000;
  return (
    <small class="times">
      <time dateTime={at}>{dateText(at)}</time>
      {isLater && (
        <>
          {' '}
          · {say(dealWords.recorded)} <time dateTime={recordedAt}>{dateText(recordedAt)}</time>
        </>
      )}
    </small>
  );
}

interface BasisProps {
  readonly entry: Entry;
  readonly definition: Definition;
}

/** The criteria that it was decided by, folded away, and the clauses of the policy that they and its subject come from. */
function Basis({ entry, definition }: BasisProps) {
  const { verdicts } = entry;
  const parts = verdicts?.of ?? [];
  const clauses = [...new Set([...clausesOf(entry, definition), ...(verdicts === null ? [] : sourcesIn(verdicts))])];
  const policy = clauses.length > 0 && (
    <small class="clause" title={definition.source ?? undefined}>
      {say(dealWords.clause)} {clauses.join(', ')}
    </small>
  );
  if (verdicts === null || parts.length === 0) return policy === false ? null : <p class="basis">{policy}</p>;
  const count = (verdict: Reason['verdict']) => parts.filter((part) => part.verdict === verdict).length;
  const counts = (['not-met', 'unknown', 'met'] as const).flatMap((verdict) =>
    count(verdict) === 0 ? [] : [`${count(verdict)} ${say(verdictNames[verdict])}`],
  );
  return (
    <details class="basis">
      <summary>
        {say(dealWords.decidedBy)} {counts.join(', ')} {policy}
      </summary>
      <ReasonTree reason={verdicts} />
    </details>
  );
}

function sourcesIn({ source, of = [] }: Reason): readonly string[] {
  return [...(source === undefined ? [] : [source]), ...of.flatMap(sourcesIn)];
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
          return `${field === undefined ? id : say(field.title)}: ${recordedText(to, field)}`;
        })
        .join('; ')}
    </small>
  );
}
