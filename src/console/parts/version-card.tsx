import type { Version } from '../api.ts';
import { dateText, numberText, say } from '../language.ts';
import { actNames, processWords, standingNames } from '../words/process.ts';
import { words } from '../words/shell.ts';

interface VersionCardProps {
  readonly version: Version;
  readonly isShown: boolean;
  readonly choose: (version: number) => void;
}

/** A version: how it stands, why it is there and what it is to bring, what runs on it, and who did what with it. */
export function VersionCard({ version, isShown, choose }: VersionCardProps) {
  const { standing, isNewest, note, hypothesis, metric, instances, effectiveAt, author } = version;
  return (
    <>
      <header>
        <button
          type="button"
          class={isShown ? 'small' : 'secondary small'}
          aria-pressed={isShown}
          onClick={() => choose(version.version)}
        >
          {say(words.version)} {version.version}
        </button>
        <span class={`standing ${standing}`}>{say(standingNames[standing])}</span>
        {isNewest && <span class="standing newest">{say(processWords.newest)}</span>}
        <small class="author">
          {author}
          {effectiveAt !== null && (
            <>
              {' · '}
              {say(processWords.since)} <time dateTime={effectiveAt}>{dateText(effectiveAt)}</time>
            </>
          )}
        </small>
      </header>
      {note !== null && <p>{note}</p>}
      {(hypothesis !== null || metric !== null) && (
        <dl>
          {hypothesis !== null && (
            <>
              <dt>{say(processWords.hypothesis)}</dt>
              <dd>{hypothesis}</dd>
            </>
          )}
          {metric !== null && (
            <>
              <dt>{say(processWords.metric)}</dt>
              <dd>{metric}</dd>
            </>
          )}
        </dl>
      )}
      {instances !== null && (
        <small>
          {numberText(instances.open)} {say(processWords.open)} · {numberText(instances.closed)}{' '}
          {say(processWords.closed)}
        </small>
      )}
      <Record version={version} />
    </>
  );
}

function Record({ version: { record, note, isNewest, standing } }: Pick<VersionCardProps, 'version'>) {
  return (
    <details class="record" open={standing !== 'published' || isNewest}>
      <summary>
        {say(processWords.record)} ({record.length})
      </summary>
      <ul>
        {record.map((act) => (
          <li key={act.seq}>
            <time dateTime={act.at}>{dateText(act.at)}</time> <strong>{act.actor}</strong> {say(actNames[act.act])}
            {act.isForced && <em class="late"> {say(processWords.forced)}</em>}
            {act.tests !== null && (
              <small>
                {' '}
                · {numberText(act.tests.passed)} / {numberText(act.tests.passed + act.tests.failed.length)}{' '}
                {say(processWords.testsPassed)}
              </small>
            )}
            {act.note !== null && act.note !== note && `: ${act.note}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
