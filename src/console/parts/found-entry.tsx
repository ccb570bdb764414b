import { useState } from 'preact/hooks';
import type { Entry, Reason, Text } from '../api.ts';
import { dateText, say } from '../language.ts';
import { searchWords } from '../words/audit.ts';
import { eventNames } from '../words/deal.ts';
import { words } from '../words/shell.ts';
import { ProofBox } from './proof-box.tsx';
import { ReasonTree } from './reason-tree.tsx';

interface FoundEntryProps {
  readonly entry: Entry;
  /** Its instance's business key. */
  readonly deal: string | null;
  /** Title of its process. */
  readonly process: Text | null;
}

/** One line of what was found: who, what, when, of which deal; why and its proof are folded away. */
export function FoundEntry({ entry, deal, process }: FoundEntryProps) {
  const { instance, seq, type, actor, via, at, recordedAt, accepted } = entry;
  const [isOpen, setOpen] = useState(false);
  return (
    <li class="card">
      <span class="line">
        <time dateTime={recordedAt} title={say(searchWords.recorded)}>
          {dateText(recordedAt)}
        </time>
        <strong>{actor}</strong>
        {via !== null && (
          <small>
            {say(searchWords.via)} {via}
          </small>
        )}
        <span>
          {type in eventNames ? say(eventNames[type as keyof typeof eventNames]) : type} {aboutText(entry)}
        </span>
        {!accepted && <span class="mark-text late">✗ {say(words.refused)}</span>}
        {isOverridden(entry) && <span class="mark-text soon">⚑ {say(searchWords.override)}</span>}
      </span>
      <span class="line">
        <a href={`/deals/${instance}?seq=${seq}`}>
          {deal ?? instance.slice(-12)} · {seq}
        </a>
        <small>{process === null ? entry.process : say(process)}</small>
        {at !== recordedAt && (
          <small>
            {say(searchWords.happened)} <time dateTime={at}>{dateText(at)}</time>
          </small>
        )}
      </span>
      {entry.refusal !== null && <p class="why">{say(entry.refusal.detail)}</p>}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{say(searchWords.why)}</summary>
        {isOpen && <EntryDetails entry={entry} />}
      </details>
    </li>
  );
}

function EntryDetails({
  entry: { command, verdicts, roles, hash, recordedAt, at, instance },
}: Pick<FoundEntryProps, 'entry'>) {
  return (
    <dl class="entry">
      <dt>{say(searchWords.recorded)}</dt>
      <dd>
        {dateText(recordedAt)} <small>{recordedAt}</small>
      </dd>
      <dt>{say(searchWords.happened)}</dt>
      <dd>
        {dateText(at)} <small>{at}</small>
      </dd>
      <dt>{say(searchWords.roles)}</dt>
      <dd>{roles.join(', ')}</dd>
      <dt>{say(searchWords.said)}</dt>
      <dd>
        <pre>{JSON.stringify(command, null, 2)}</pre>
      </dd>
      {verdicts !== null && (
        <>
          <dt>{say(searchWords.result)}</dt>
          <dd>
            <ReasonTree reason={verdicts} />
          </dd>
        </>
      )}
      <dt>{say(searchWords.hash)}</dt>
      <dd>
        <code>{hash}</code>
        <ProofBox instance={instance} />
      </dd>
    </dl>
  );
}

/** Members that name what it was about, and what was said with it. */
const ABOUT = ['activity', 'approval', 'step', 'to', 'outcome', 'child', 'signal', 'reason', 'text', 'comment'];

function aboutText({ command }: Entry): string {
  const members = command as Readonly<Record<string, unknown>>;
  return ABOUT.flatMap((name) => {
    const value = members[name];
    if (typeof value !== 'string') return [];
    const short = value.length > 120 ? `${value.slice(0, 120)}…` : value;
    return [name === 'reason' || name === 'text' || name === 'comment' ? `“${short}”` : short];
  }).join(' · ');
}

function isOverridden({ type, accepted, verdicts }: Entry): boolean {
  return type === 'override' || (accepted && verdicts !== null && restsOnOverride(verdicts));
}

function restsOnOverride({ overridden, of }: Reason): boolean {
  return overridden !== undefined || (of?.some(restsOnOverride) ?? false);
}
