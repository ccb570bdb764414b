import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type {
  Action,
  ClockStatement,
  Definition,
  HistoryPage,
  InstanceDetail,
  ProcessLayout,
  ProcessVersion,
  SlaView,
} from '../api.ts';
import { get } from '../client.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { useNews } from '../news.ts';
import { DeadlineBadge } from '../parts/deadline-badge.tsx';
import { EventForm } from '../parts/event-form.tsx';
import { ProcessMap, type StepMark } from '../parts/process-map.tsx';
import { ProofBox } from '../parts/proof-box.tsx';
import { MissingList, ReasonTree } from '../parts/reason-tree.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { Timeline } from '../parts/timeline.tsx';
import { valueText } from '../parts/value-text.ts';
import { dealWords, statusNames } from '../words/deal.ts';
import { words } from '../words/shell.ts';

/** One deal: where it stands, what can be done and why not, its facts, its deadlines, what has happened. */
export function Deal() {
  const { params } = useRoute();
  const id = params.id ?? '';
  const { value, refused, reload } = useLoading(() => read(id), [id]);
  const [told, setTold] = useState(0);
  useNews({ instance: id }, ({ data }) => setTold(data.seq));
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const { instance, process, layout, sla, history } = value;
  return (
    <section class="deal">
      <header>
        <p class="lead">
          <a href={`/board/${instance.process}`}>{say(process.title)}</a> · {say(words.version)} {instance.version}
        </p>
        <h1>{instance.key ?? instance.id}</h1>
        <p class="lead">
          <span class={`status ${instance.status}`}>{say(statusNames[instance.status])}</span> {say(words.owner)}:{' '}
          {instance.owner ?? say(words.nobody)}
        </p>
      </header>
      {told > instance.seq && (
        <p role="status" class="stale">
          {say(dealWords.changed)}{' '}
          <button type="button" class="secondary small" onClick={reload}>
            {say(words.reload)}
          </button>
        </p>
      )}
      <ProcessMap layout={layout} marks={marksOf(process.definition, instance)} choose={null} />
      <div class="halves">
        <Actions key={instance.revision} instance={instance} definition={process.definition} reload={reload} />
        <div>
          <Deadlines clocks={sla.clocks} />
          <Facts instance={instance} definition={process.definition} />
        </div>
      </div>
      <section aria-labelledby="history">
        <h2 id="history">{say(dealWords.history)}</h2>
        <ProofBox key={instance.seq} instance={instance.id} />
        <Timeline entries={history.entries} definition={process.definition} />
      </section>
    </section>
  );
}

async function read(id: string) {
  const path = `/v1/instances/${encodeURIComponent(id)}`;
  const instance = await get<InstanceDetail>(path);
  const { process: name, version } = instance;
  const [process, layout, sla, history] = await Promise.all([
    get<ProcessVersion>(`/v1/processes/${name}/versions/${version}`),
    get<ProcessLayout>(`/v1/processes/${name}/graph?format=layout&lines=1&version=${version}`),
    get<SlaView>(`${path}/sla`),
    get<HistoryPage>(`${path}/history?limit=200`),
  ]);
  return { instance, process, layout, sla, history };
}

function marksOf({ phases }: Definition, { position, records }: InstanceDetail): ReadonlyMap<string, StepMark> {
  const open = new Set(position.map(({ step }) => step));
  return new Map(
    phases
      .flatMap(({ steps }) => steps)
      .map(({ id }) => {
        const state = open.has(id) ? 'open' : (records.steps[id]?.round ?? 0) > 0 ? 'been' : 'ahead';
        return [id, { state, lines: [] }];
      }),
  );
}

interface ActionsProps {
  readonly instance: InstanceDetail;
  readonly definition: Definition;
  readonly reload: () => void;
}

/** What is asked of people every day stands first; what is there for exceptions comes after. */
const EVERYDAY = new Set(['complete', 'advance', 'approve', 'reject', 'request-approval', 'enter']);

function Actions({ instance, definition, reload }: ActionsProps) {
  const [chosen, setChosen] = useState<Action | null>(null);
  const allowed = instance.actions.filter(({ allowed: may }) => may);
  const shut = instance.actions.filter(({ allowed: may, type }) => !may && EVERYDAY.has(type));
  const groups = [allowed.filter(({ type }) => EVERYDAY.has(type)), allowed.filter(({ type }) => !EVERYDAY.has(type))];
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{say(dealWords.actions)}</h2>
      {groups.map((group, n) => (
        <ul key={n === 0 ? 'everyday' : 'else'} class={n === 0 ? 'actions' : 'actions rare'}>
          {group.map((action) => (
            <li key={keyOf(action)}>
              {chosen === action ? (
                <>
                  <h3>{say(action.title)}</h3>
                  <EventForm
                    action={action}
                    instance={instance}
                    definition={definition}
                    done={reload}
                    cancel={() => setChosen(null)}
                  />
                </>
              ) : (
                <button type="button" class={n === 0 ? '' : 'secondary'} onClick={() => setChosen(action)}>
                  {say(action.title)}
                </button>
              )}
            </li>
          ))}
        </ul>
      ))}
      {shut.length > 0 && <h2>{say(dealWords.shut)}</h2>}
      {shut.map((action) => (
        <details key={keyOf(action)} class="shut">
          <summary>{say(action.title)}</summary>
          {action.reasons !== null && <ReasonTree reason={action.reasons} />}
          <MissingList missing={action.missing} />
        </details>
      ))}
    </section>
  );
}

function keyOf({ type, step, activity, approval, outcome, to, from, child }: Action): string {
  return [type, step, activity, approval, outcome, to, from, child].join(' ');
}

const RUNNING = new Set<ClockStatement['state']>(['running', 'paused', 'late', 'waiting']);

function Deadlines({ clocks }: { readonly clocks: readonly ClockStatement[] }) {
  const shown = clocks.filter(({ state }) => RUNNING.has(state));
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="deadlines">
      <h2 id="deadlines">{say(dealWords.deadlines)}</h2>
      <ul class="deadlines">
        {shown.map((clock) => (
          <li key={clock.id}>
            {say(clock.title)} <DeadlineBadge deadline={{ ...clock, warned: isWarned(clock) }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function isWarned({ marks }: ClockStatement): boolean {
  return marks.some(({ id, firedAt }) => id.startsWith('warn/') && firedAt !== null);
}

function Facts({ instance, definition }: Pick<ActionsProps, 'instance' | 'definition'>) {
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const known = Object.entries(instance.fields).filter(([, value]) => value !== null);
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{say(dealWords.facts)}</h2>
      <dl class="facts">
        {known.map(([id, value]) => {
          const field = fields.get(id);
          const record = instance.records.fields[id];
          return (
            <div key={id}>
              <dt>{field === undefined ? id : say(field.title)}</dt>
              <dd
                title={
                  record === undefined ? undefined : `${say(dealWords.setBy)} ${record.by}, ${dateText(record.at)}`
                }
              >
                {valueText(value, field?.choices)}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
