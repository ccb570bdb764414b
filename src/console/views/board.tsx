import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type {
  Accepted,
  Board as BoardCounts,
  Definition,
  Field,
  Instance,
  InstancePage,
  ProcessVersion,
  Stand,
} from '../api.ts';
import { ask, get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { useNews } from '../news.ts';
import { onceKey } from '../once.ts';
import { DeadlineBadge } from '../parts/deadline-badge.tsx';
import { ProcessChoice } from '../parts/process-choice.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { valueText } from '../parts/value-text.ts';
import { boardWords } from '../words/board.ts';
import { words } from '../words/shell.ts';

const PAGE = 30;

/** Deals as cards under the steps that they stand in. */
export function Board() {
  return (
    <section class="board">
      <h1>{say(words.board)}</h1>
      <ProcessChoice view="/board">{(name) => <Columns key={name} name={name} />}</ProcessChoice>
    </section>
  );
}

function Columns({ name }: { readonly name: string }) {
  const { value, refused, reload } = useLoading(() => get<ProcessVersion>(`/v1/processes/${name}`), [name]);
  const [owner, setOwner] = useState('');
  const [happened, setHappened] = useState(0);
  useNews({ process: name }, () => setHappened((times) => times + 1));
  const query = new URLSearchParams(owner === '' ? {} : { owner });
  const counts = useLoading(() => get<BoardCounts>(`/v1/processes/${name}/board?${query}`), [name, owner, happened]);
  const open = new Map(counts.value?.steps.map((each) => [each.step, each.open]));
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return (
    <>
      <label class="filter">
        {say(words.owner)}
        <input type="search" value={owner} onChange={(event) => setOwner(event.currentTarget.value.trim())} />
      </label>
      <StartButton process={name} />
      <div class="phases">
        {value.definition.phases.map((phase) => (
          <section key={phase.id} class="phase" aria-labelledby={`phase-${phase.id}`}>
            <h2 id={`phase-${phase.id}`}>{say(phase.title)}</h2>
            <div class="columns">
              {phase.steps.map((step) => (
                <Column
                  key={`${step.id} ${owner}`}
                  process={name}
                  step={step}
                  owner={owner}
                  open={open.get(step.id) ?? null}
                  happened={happened}
                  fields={telling(value.definition)}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}

/** Begins a deal, and goes to it: what it is about is asked for there. */
function StartButton({ process }: { readonly process: string }) {
  const { route } = useLocation();
  const { isBusy, refused, run } = useDoing();

  async function start(): Promise<void> {
    const body = { process };
    const { instance } = await ask<Accepted>('POST', '/v1/instances', { body, key: onceKey() });
    route(`/deals/${instance.id}`);
  }

  return (
    <>
      <button type="button" class="secondary small" aria-busy={isBusy} onClick={() => run(start)}>
        {say(boardWords.startOne)}
      </button>
      {refused !== null && <RefusedNote refused={refused} />}
    </>
  );
}

/** Fields in the order in which they tell most of a deal: what decision tables make of it comes first. */
function telling({ fields, tables }: Definition): readonly Field[] {
  const made = new Set(tables.map(({ sets }) => sets));
  return [...fields.filter(({ id }) => made.has(id)), ...fields.filter(({ id }) => !made.has(id))];
}

interface ColumnProps {
  readonly process: string;
  readonly step: Definition['phases'][number]['steps'][number];
  readonly owner: string;
  /** How many there are in all; null: not known yet. */
  readonly open: number | null;
  /** How often something has happened: then it is read again. */
  readonly happened: number;
  readonly fields: readonly Field[];
}

function Column({ process, step, owner, open, happened, fields }: ColumnProps) {
  const query = (cursor: string | null) =>
    `/v1/instances?${new URLSearchParams({
      process,
      step: step.id,
      limit: String(PAGE),
      ...(owner !== '' && { owner }),
      ...(cursor !== null && { cursor }),
    })}`;
  const first = useLoading(() => get<InstancePage>(query(null)), [process, step.id, owner, happened]);
  const [more, setMore] = useState<readonly InstancePage[]>([]);
  // What came after a page that is read again may stand in it now.
  useEffect(() => setMore([]), [first.value]);
  const { refused, run } = useDoing();
  const pages = first.value === null ? [] : [first.value, ...more];
  const cards = pages.flatMap(({ instances, stands }) =>
    instances.map((instance) => ({ instance, stand: stands[instance.id]?.find(({ step: at }) => at === step.id) })),
  );
  const next = pages.at(-1)?.next ?? null;

  async function showMore(): Promise<void> {
    const page = await get<InstancePage>(query(next));
    setMore((known) => [...known, page]);
  }
  const why = refused ?? first.refused;

  return (
    <section class="column" aria-label={say(step.title)}>
      <h3>
        {say(step.title)} <small>{open === null ? '' : numberText(open)}</small>
      </h3>
      {first.value === null && first.refused === null && <p aria-busy="true" />}
      {why !== null && <RefusedNote refused={why} reload={first.reload} />}
      {first.value !== null && cards.length === 0 && <p class="empty">{say(boardWords.emptyColumn)}</p>}
      <ul>
        {cards.map(({ instance, stand }) => (
          <li key={instance.id}>
            <Card instance={instance} stand={stand} fields={fields} />
          </li>
        ))}
      </ul>
      {next !== null && (
        <button type="button" class="quiet" onClick={() => run(showMore)}>
          {say(boardWords.more)}
        </button>
      )}
    </section>
  );
}

interface CardProps {
  readonly instance: Instance;
  readonly stand: Stand | undefined;
  readonly fields: readonly Field[];
}

const DAY_MS = 86_400_000;

/** What a person looks for at a glance: which deal, of which class, how much, whose, how long here, how urgent. */
function Card({ instance, stand, fields }: CardProps) {
  const shown = ['choice', 'money'].flatMap((type) => {
    const field = fields.find(({ id, type: of }) => of === type && (instance.fields[id] ?? null) !== null);
    return field === undefined ? [] : [valueText(instance.fields[field.id], field.choices)];
  });
  const days = stand === undefined ? 0 : Math.floor((Date.now() - Date.parse(stand.since)) / DAY_MS);
  return (
    <a class="card" href={`/deals/${instance.id}`}>
      <strong>{instance.key ?? instance.id.slice(-12)}</strong>
      {shown.length > 0 && <span>{shown.join(' · ')}</span>}
      <small>
        {instance.owner ?? say(words.nobody)} · {daysText(days)}
      </small>
      {stand !== undefined && stand.deadline !== null && <DeadlineBadge deadline={stand.deadline} />}
    </a>
  );
}

function daysText(days: number): string {
  return say(days === 1 ? boardWords.oneDayHere : { zh: `${days} 天`, en: `${days} days here` });
}
