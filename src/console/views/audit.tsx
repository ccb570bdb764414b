import { useRoute } from 'preact-iso';
import { say } from '../language.ts';
import { Heading } from '../parts/heading.tsx';
import { HistorySearch } from '../parts/history-search.tsx';
import { IncidentList } from '../parts/incident-list.tsx';
import { KeyList } from '../parts/key-list.tsx';
import { SignalList } from '../parts/signal-list.tsx';
import { SubscriptionList } from '../parts/subscription-list.tsx';
import { WholeRecord } from '../parts/whole-record.tsx';
import { session } from '../session.ts';
import { auditWords, subscriptionWords } from '../words/audit.ts';
import { words } from '../words/shell.ts';

const parts = [
  { id: '', name: auditWords.overview, shown: Overview },
  { id: 'history', name: auditWords.search, shown: HistorySearch },
  { id: 'keys', name: auditWords.keys, shown: KeyList },
  { id: 'subscriptions', name: subscriptionWords.title, shown: SubscriptionList },
];

/** For auditors and operators: the proof, what failed, the search over all that happened, who has keys and who is told. */
export function Audit() {
  const { part = '' } = useRoute().params;
  const here = parts.find(({ id }) => id === part) ?? parts[0];
  if (here === undefined) return null;
  const Shown = here.shown;
  return (
    <section class="audit">
      <Heading text={say(words.audit)} />
      <nav class="parts" aria-label={say(words.audit)}>
        {parts.map(({ id, name }) => (
          <a key={id} href={id === '' ? '/audit' : `/audit/${id}`} aria-current={id === here.id ? 'page' : undefined}>
            {say(name)}
          </a>
        ))}
      </nav>
      <Shown />
    </section>
  );
}

function Overview() {
  return (
    <>
      {session.value?.operator && <WholeRecord />}
      <IncidentList />
      {session.value?.roles.includes('admin') && <SignalList />}
    </>
  );
}
