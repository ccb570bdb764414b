import { useState } from 'preact/hooks';
import type { Action, Incident, IncidentPage, InstanceDetail, InstancePage, ProcessVersion } from '../api.ts';
import { get } from '../client.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { auditWords } from '../words/audit.ts';
import { words } from '../words/shell.ts';
import { EventForm } from './event-form.tsx';
import { RefusedNote } from './refused-note.tsx';

/** What failed and waits for somebody, each with what can be done about it here, or else where. */
export function IncidentList() {
  const incidents = useLoading(() => get<IncidentPage>('/v1/incidents?limit=100'), []);
  const quarantined = useLoading(() => get<InstancePage>('/v1/instances?status=quarantined&limit=100'), []);
  const { value, refused, reload } = incidents;
  const isCalm = value?.incidents.length === 0 && quarantined.value?.instances.length === 0;
  return (
    <section class="panel" aria-labelledby="incidents">
      <h2 id="incidents">{say(auditWords.incidents)}</h2>
      {refused !== null && <RefusedNote refused={refused} reload={reload} />}
      {isCalm && <p class="holds">✓ {say(auditWords.noIncident)}</p>}
      <ul class="plain">
        {value?.incidents.map((incident) => (
          <li key={`${incident.instance.id} ${incident.step}`} class="card">
            <IncidentCard incident={incident} reload={reload} />
          </li>
        ))}
        {quarantined.value?.instances.map(({ id, key, process, quarantine }) => (
          <li key={id} class="card">
            <a href={`/deals/${id}`}>
              <strong>{key ?? id.slice(-12)}</strong>
            </a>
            <span class="late">
              {process} · {say(auditWords.quarantined)}
            </span>
            <span>{quarantine}</span>
            <small>
              {say(auditWords.onServer)} <code>phasegate verify {id}</code>
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Types of events that see to what failed. */
const REMEDIES = new Set(['retry-call', 'complete', 'skip', 'retry-child', 'dismiss-child']);

interface IncidentCardProps {
  readonly incident: Incident;
  readonly reload: () => void;
}

function IncidentCard({ incident: { instance, step, title, since, calls, children }, reload }: IncidentCardProps) {
  const concerned = new Set([...calls.map(({ activity }) => activity), ...children.map(({ child }) => child)]);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <a href={`/deals/${instance.id}`}>
        <strong>{instance.key ?? instance.id.slice(-12)}</strong>
      </a>
      <span>
        {say(title)} <small>{dateText(since)}</small>
      </span>
      {calls.map(({ activity, service, attempt, failures }) => (
        <span key={activity} class="late">
          {activity} · {service}: {failures.at(-1)?.why}{' '}
          <small>
            ({say(auditWords.tried)} {attempt} {say(auditWords.times)})
          </small>
        </span>
      ))}
      {children.map(({ child, name, process, incident }) => (
        <span key={child} class="late">
          {name} · {process}
          {incident !== null && `: ${say(incident)}`}
        </span>
      ))}
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{say(auditWords.remedies)}</summary>
        {isOpen && <Remedies instance={instance.id} step={step} concerned={concerned} reload={reload} />}
      </details>
    </>
  );
}

interface RemediesProps {
  readonly instance: string;
  readonly step: string;
  /** Activities and children that failed. */
  readonly concerned: ReadonlySet<string>;
  readonly reload: () => void;
}

function Remedies({ instance: id, step, concerned, reload }: RemediesProps) {
  const found = useLoading(() => read(id), [id]);
  const [chosen, setChosen] = useState<Action | null>(null);
  if (found.refused !== null) return <RefusedNote refused={found.refused} reload={found.reload} />;
  if (found.value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const { instance, process } = found.value;
  const remedies = instance.actions.filter(
    ({ type, activity, child, step: of }) =>
      REMEDIES.has(type) && (concerned.has(activity ?? child ?? '') || (type === 'skip' && of === step)),
  );
  const allowed = remedies.filter((action) => action.allowed);
  if (chosen !== null)
    return (
      <>
        <h3>{say(chosen.title)}</h3>
        <EventForm
          action={chosen}
          instance={instance}
          definition={process.definition}
          done={reload}
          cancel={() => setChosen(null)}
        />
      </>
    );
  return (
    <>
      <div class="line">
        {allowed.map((action) => (
          <button
            key={`${action.type} ${action.activity} ${action.child}`}
            type="button"
            class="secondary small"
            onClick={() => setChosen(action)}
          >
            {say(action.title)}
          </button>
        ))}
      </div>
      {allowed.length === 0 && (
        <p>
          {say(auditWords.noRemedy)} {[...new Set(remedies.flatMap(({ roles }) => roles))].join(', ')}
        </p>
      )}
    </>
  );
}

async function read(id: string) {
  const instance = await get<InstanceDetail>(`/v1/instances/${id}`);
  const process = await get<ProcessVersion>(`/v1/processes/${instance.process}/versions/${instance.version}`);
  return { instance, process };
}
