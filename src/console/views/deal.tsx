import { useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { Definition, InstanceDetail, ProcessLayout, ProcessVersion, SlaView } from '../api.ts';
import { get } from '../client.ts';
import { useHistory } from '../history.ts';
import { dateText, dayText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { useNews } from '../news.ts';
import { DealActions } from '../parts/deal-actions.tsx';
import { DealApprovals } from '../parts/deal-approvals.tsx';
import { DealClocks } from '../parts/deal-clocks.tsx';
import { DealFacts } from '../parts/deal-facts.tsx';
import { DealFamily } from '../parts/deal-family.tsx';
import { Moment } from '../parts/deal-moment.tsx';
import { DealStep } from '../parts/deal-step.tsx';
import { reasonText } from '../parts/entry-words.ts';
import { Heading } from '../parts/heading.tsx';
import { ProcessMap, type StepMark } from '../parts/process-map.tsx';
import { ProofBox } from '../parts/proof-box.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { dealWords, statusNames } from '../words/deal.ts';
import { words } from '../words/shell.ts';

const pathOf = (id: string): string => `/v1/instances/${encodeURIComponent(id)}`;

/** One deal: where it stands or stood, what can be done and why not, its facts, its deadlines, what has happened. */
export function Deal() {
  const { params } = useRoute();
  const id = params.id ?? '';
  const { value, refused, reload } = useLoading(() => get<InstanceDetail>(pathOf(id)), [id]);
  const [told, setTold] = useState(0);
  const page = useRef<HTMLElement>(null);
  useNews({ instance: id }, ({ data }) => {
    setTold(data.seq);
    // What somebody is writing is not taken from under their hands: they are told instead.
    const isWritten = page.current?.querySelector('form') != null;
    if (!isWritten && value !== null && data.seq > value.seq) reload();
  });
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null || value.id !== id) return <p aria-busy="true">{say(words.loading)}</p>;
  return (
    <section class="deal" ref={page}>
      {told > value.seq && (
        <p role="status" class="stale">
          {say(dealWords.changed)}{' '}
          <button type="button" class="secondary small" onClick={reload}>
            {say(words.reload)}
          </button>
        </p>
      )}
      <DealPage key={id} today={value} reload={reload} />
    </section>
  );
}

interface DealPageProps {
  readonly today: InstanceDetail;
  readonly reload: () => void;
}

/** What of a deal stands in the address: the moment, by the number of its entry, and the step that is looked at. */
interface Place {
  readonly seq: number | null;
  readonly step: string | null;
}

function DealPage({ today, reload }: DealPageProps) {
  const { path, query, route } = useLocation();
  const place: Place = { seq: numberOf(query.seq, today.seq), step: query.step ?? null };
  const { seq } = place;
  const moment = useLoading(() => readMoment(today, seq), [today, seq]);
  const history = useHistory(today.id, today.seq);
  if (moment.refused !== null)
    return (
      <>
        <RefusedNote refused={moment.refused} reload={moment.reload} />
        <a href={path}>{say(dealWords.toNow)}</a>
      </>
    );
  if (moment.value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  // What was there stays until the other moment has come.
  const { seq: shown, instance, process, layout, sla } = moment.value;
  const { definition } = process;
  const entries = shown === null ? history.entries : history.entries.filter((entry) => entry.seq <= shown);
  const steps = definition.phases.flatMap((phase) => phase.steps);
  const chosen = steps.filter(({ id }) => id === place.step);
  const open = new Set(instance.position.map(({ step }) => step));
  const looked = chosen.length > 0 ? chosen : steps.filter(({ id }) => open.has(id));

  function go(to: Partial<Place>, how: 'push' | 'replace'): void {
    const next = { ...place, ...to };
    const said = new URLSearchParams({
      ...(next.seq !== null && { seq: String(next.seq) }),
      ...(next.step !== null && { step: next.step }),
    }).toString();
    route(said === '' ? path : `${path}?${said}`, how === 'replace');
  }

  return (
    <>
      <Head instance={instance} process={process} />
      <Moment
        instance={today.id}
        definition={definition}
        last={today.seq}
        seq={seq}
        entries={history.entries}
        choose={(to) => go({ seq: to }, 'replace')}
      />
      <div class="whereabouts">
        <ProcessMap
          layout={layout}
          marks={marksOf(definition, instance)}
          choose={(step) => go({ step: step === place.step ? null : step }, 'replace')}
        />
        <div>
          {looked.length > 0 && (
            <section aria-labelledby="steps">
              <h2 id="steps">{say(chosen.length > 0 ? dealWords.chosenStep : dealWords.openSteps)}</h2>
              {looked.map((step) => (
                <DealStep key={step.id} step={step} instance={instance} definition={definition} />
              ))}
            </section>
          )}
          {shown === null && (
            <DealActions key={instance.revision} instance={instance} definition={definition} reload={reload} />
          )}
        </div>
      </div>
      <div class="halves">
        <div>
          <DealApprovals
            key={`approvals ${instance.revision}`}
            instance={instance}
            definition={definition}
            entries={entries}
            reload={reload}
          />
          <DealClocks clocks={sla.clocks} definition={definition} />
        </div>
        <div>
          <DealFacts instance={instance} definition={definition} />
          <DealFamily instance={instance} definition={definition} />
        </div>
      </div>
      <section aria-labelledby="history">
        <h2 id="history">{say(dealWords.history)}</h2>
        <ProofBox key={today.seq} instance={today.id} />
        {history.refused !== null && <RefusedNote refused={history.refused} />}
        <Timeline
          entries={history.entries}
          definition={definition}
          shown={seq}
          choose={(to) => go({ seq: to === today.seq ? null : to }, 'push')}
        />
        {history.hasEarlier && history.entries.length > 0 && (
          <button type="button" class="secondary" aria-busy={history.isBusy} onClick={history.earlier}>
            {say(dealWords.earlier)}
          </button>
        )}
      </section>
    </>
  );
}

/** A number of the address, where it is one of an entry before the last. */
function numberOf(text: string | undefined, last: number): number | null {
  return text === undefined || text === String(last) ? null : Number(text);
}

/** The deal at a moment, with the version that it was on then. */
async function readMoment(today: InstanceDetail, seq: number | null) {
  const path = pathOf(today.id);
  const at = seq === null ? '' : `?seq=${seq}`;
  const instance = seq === null ? today : await get<InstanceDetail>(`${path}${at}`);
  const { process: name, version } = instance;
  const [process, layout, sla] = await Promise.all([
    get<ProcessVersion>(`/v1/processes/${name}/versions/${version}`),
    get<ProcessLayout>(`/v1/processes/${name}/graph?format=layout&lines=1&version=${version}`),
    get<SlaView>(`${path}/sla${at}`),
  ]);
  return { seq, instance, process, layout, sla };
}

interface HeadProps {
  readonly instance: InstanceDetail;
  readonly process: ProcessVersion;
}

function Head({ instance, process }: HeadProps) {
  const { definition } = process;
  const outcome = definition.outcomes.find(({ id }) => id === instance.outcome);
  return (
    <header>
      <p class="lead">
        <a href={`/board/${instance.process}`}>{say(process.title)}</a> · {say(words.version)} {instance.version}
      </p>
      <Heading text={instance.key ?? instance.id} />
      <p class="lead">
        <span class={`status ${instance.status}`}>{say(statusNames[instance.status])}</span>
        {outcome !== undefined && <strong class="outcome"> · {say(outcome.title)}</strong>}
        {instance.reason !== null && ` (${reasonText(instance.reason, definition)})`} · {say(words.owner)}:{' '}
        {instance.owner ?? say(words.nobody)} · {say(dealWords.started)}{' '}
        <time dateTime={instance.startedAt}>{dateText(instance.startedAt)}</time>
      </p>
      {instance.hold !== null && (
        <p class="hold">
          {say(dealWords.onHold)} {dateText(instance.hold.since)} · {instance.hold.by} “
          {reasonText(instance.hold.reason, definition)}”
          {instance.hold.until !== null && ` · ${say(dealWords.until)} ${instance.hold.until}`}
        </p>
      )}
      {instance.quarantine !== null && <p class="hold">{instance.quarantine}</p>}
    </header>
  );
}

function marksOf({ phases }: Definition, { position, records }: InstanceDetail): ReadonlyMap<string, StepMark> {
  const open = new Set(position.map(({ step }) => step));
  const markOf = (step: string): StepMark => {
    const record = records.steps[step];
    if (record === undefined || record.round === 0) return { state: 'ahead', lines: [] };
    const isOpen = open.has(step);
    const at = isOpen ? record.enteredAt : (record.leftAt ?? record.enteredAt);
    const round = record.round > 1 ? ` · ${say(dealWords.round)} ${record.round}` : '';
    const line = `${say(isOpen ? dealWords.since : dealWords.leftOn)} ${dayText(at)}${round}`;
    return { state: isOpen ? 'open' : 'been', lines: [line] };
  };
  return new Map(phases.flatMap(({ steps }) => steps).map(({ id }) => [id, markOf(id)]));
}
