import { useState } from 'preact/hooks';
import type { Version } from '../api.ts';
import { numberText, say } from '../language.ts';
import { processWords } from '../words/process.ts';
import { ActDialog, type VersionAct } from './act-dialog.tsx';

/** What can be done with a version as it stands (see the guide of process owners). */
const acts: Readonly<Partial<Record<Version['standing'], readonly VersionAct[]>>> = {
  draft: ['approve', 'reject', 'publish', 'withdraw'],
  reviewed: ['publish', 'reject', 'withdraw'],
  rejected: ['withdraw'],
  scheduled: ['withdraw'],
};

interface VersionActsProps {
  readonly version: Version;
  /** The version that deals start on now; null: there is none. */
  readonly newest: Version | null;
  /** Reads anew how things stand. */
  readonly reload: () => void;
}

/** Reviewing, publishing and taking back a version, each asked for with its reason; the server says who may. */
export function VersionActs({ version, newest, reload }: VersionActsProps) {
  const [asking, setAsking] = useState<VersionAct | null>(null);
  const [published, setPublished] = useState<Version | null>(null);
  const { standing, isNewest } = version;
  // What was in effect before can be gone back to.
  const possible = standing === 'published' && !isNewest ? (['publish'] as const) : (acts[standing] ?? []);
  return (
    <>
      {possible.length > 0 && (
        <div class="acts">
          {possible.map((what) => (
            <button
              key={what}
              type="button"
              class={what === 'publish' || what === 'approve' ? 'small' : 'secondary small'}
              onClick={() => setAsking(what)}
            >
              {say(standing === 'published' ? processWords.goBack : processWords[what])}
            </button>
          ))}
        </div>
      )}
      {published !== null && <Published version={published} />}
      {asking !== null && (
        <ActDialog
          version={version}
          newest={newest}
          act={asking}
          done={(after) => {
            setPublished(asking === 'publish' ? after : null);
            reload();
          }}
          close={() => setAsking(null)}
          reload={reload}
        />
      )}
    </>
  );
}

/** That it was published, and what its scenarios said. */
function Published({ version: { standing, record } }: { readonly version: Version }) {
  const tests = record.at(-1)?.tests ?? null;
  return (
    <output class="holds">
      ✓ {say(standing === 'scheduled' ? processWords.isScheduled : processWords.isPublished)}{' '}
      {tests === null
        ? say(processWords.noTestsRun)
        : `${numberText(tests.passed)} / ${numberText(tests.passed + tests.failed.length)} ${say(processWords.testsPassed)}`}
    </output>
  );
}
