import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Accepted, Board as BoardCounts, Definition, Field, ProcessVersion } from '../api.ts';
import { type BoardFilter, boardPath, filterOf, queryOf } from '../board-query.ts';
import { ask, get } from '../client.ts';
import type { Deal } from '../column-pages.ts';
import { useDoing } from '../doing.ts';
import { moneyText, numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { type News, useNews } from '../news.ts';
import { onceKey } from '../once.ts';
import { BoardColumn, type Count, type Place } from '../parts/board-column.tsx';
import { BoardFilters } from '../parts/board-filters.tsx';
import { Heading } from '../parts/heading.tsx';
import { type Move, MoveDialog } from '../parts/move-dialog.tsx';
import { ProcessChoice } from '../parts/process-choice.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { boardWords } from '../words/board.ts';
import { words } from '../words/shell.ts';

/** Deals as cards under the steps that they stand in. */
export function Board() {
  return (
    <section class="board">
      <Heading text={say(words.board)} />
      <ProcessChoice view="/board">{(name) => <Narrowed key={name} name={name} />}</ProcessChoice>
    </section>
  );
}

/** The board as its address says. */
function Narrowed({ name }: { readonly name: string }) {
  const { query, route } = useLocation();
  const filter = filterOf(query);
  const { version } = filter;
  const newest = useLoading(() => get<ProcessVersion>(`/v1/processes/${name}`), [name]);
  const chosen = useLoading(
    () => (version === '' ? nothing : get<ProcessVersion>(`/v1/processes/${name}/versions/${version}`)),
    [name, version],
  );
  const refused = newest.refused ?? chosen.refused;
  const shown = version === '' ? newest.value : chosen.value;
  if (refused !== null)
    return (
      <>
        <RefusedNote refused={refused} reload={newest.reload} />
        {version !== '' && <a href={boardPath(name, filterOf({}))}>{say(boardWords.clear)}</a>}
      </>
    );
  if (newest.value === null || shown === null) return <p aria-busy="true">{say(words.loading)}</p>;
  return (
    <Deals
      name={name}
      filter={filter}
      definition={shown.definition}
      versions={newest.value.versions}
      change={(to, isTyping) => route(boardPath(name, to), isTyping)}
    />
  );
}

const nothing = Promise.resolve(null);

interface DealsProps {
  readonly name: string;
  readonly filter: BoardFilter;
  readonly definition: Definition;
  readonly versions: readonly number[];
  readonly change: (filter: BoardFilter, isTyping: boolean) => void;
}

function Deals({ name, filter, definition, versions, change }: DealsProps) {
  const narrowed = queryOf(filter);
  const isNarrowed = narrowed !== '';
  const [news, setNews] = useState<readonly News[]>([]);
  const counted = useCalm(news, COUNTS_MS);
  const counts = useLoading(
    () => get<BoardCounts>(`/v1/processes/${name}/board?${narrowed}`),
    [name, narrowed, counted],
  );
  const [owners, setOwners] = useState<readonly string[]>([]);
  const [dragged, drag] = useState<Deal | null>(null);
  const [move, setMove] = useState<Move | null>(null);
  const moves = useRef(0);
  const [said, setSaid] = useState('');
  useNews({ process: name }, (_, all) => setNews(all));

  const board = counts.value;
  const classes = definition.fields.find(({ id }) => id === board?.card.class)?.choices ?? [];
  const amount = definition.fields.find(({ id }) => id === board?.card.amount);
  const titles = new Map(definition.phases.flatMap(({ steps }) => steps.map((step) => [step.id, say(step.title)])));
  const phases = useMemo(() => phasesOf(definition, board), [definition, board]);
  const moveOn = (deal: Deal, to: string | null) => {
    if (deal.stand !== null) setMove({ number: moves.current++, deal, from: deal.stand.step, to });
  };

  return (
    <>
      <BoardFilters filter={filter} versions={versions} classes={classes} owners={owners} change={change} />
      <p class="total">
        {board !== null && <Total count={board.total} of={amount} />}
        <StartButton process={name} />
      </p>
      <p role="status" class="said">
        {said}
      </p>
      {counts.refused !== null && <RefusedNote refused={counts.refused} reload={counts.reload} />}
      {board?.total.open === 0 && <p class="nothing">{say(isNarrowed ? boardWords.noMatch : boardWords.emptyBoard)}</p>}
      <div class="phases">
        {phases.map(({ id, title, places }) => (
          <section key={id} class="phase" aria-label={title === null ? say(boardWords.otherSteps) : say(title)}>
            <h2>{title === null ? say(boardWords.otherSteps) : say(title)}</h2>
            <div class="columns">
              {places.map(({ phase, step, ...count }) => {
                const place: Place = { phase, step, title: titles.get(step) ?? (step || say(boardWords.idle)) };
                return (
                  <BoardColumn
                    key={`${phase} ${step} ${narrowed}`}
                    place={place}
                    query={
                      new URLSearchParams([
                        ['process', name],
                        ['phase', phase],
                        ['step', step],
                      ]).toString() + (isNarrowed ? `&${narrowed}` : '')
                    }
                    isNarrowed={isNarrowed}
                    count={board === null ? null : count}
                    news={news}
                    dragged={dragged}
                    drag={drag}
                    drop={() => dragged !== null && moveOn(dragged, step)}
                    move={(deal) => moveOn(deal, null)}
                    owners={(names) => setOwners((known) => withNames(known, names))}
                  />
                );
              })}
            </div>
          </section>
        ))}
      </div>
      {move !== null && (
        <MoveDialog
          key={move.number}
          move={move}
          definition={definition}
          done={(moved) => {
            setMove(null);
            if (moved === null) return;
            setSaid(moved.said);
            const position = { from: [{ phase: '', step: move.from }], to: moved.to };
            setNews([{ data: { instance: move.deal.instance.id, seq: 0, changes: { position } } }]);
          }}
        />
      )}
    </>
  );
}

/** Counting goes over all deals; where something happens all the time it is done so often. */
const COUNTS_MS = 2_000;

/** A value that changes often, at most so often: the first change at once, the last in the end. */
function useCalm<T>(value: T, everyMs: number): T {
  const [calm, setCalm] = useState(value);
  const since = useRef(0);
  useEffect(() => {
    const wait = setTimeout(
      () => {
        since.current = Date.now();
        setCalm(value);
      },
      Math.max(0, since.current + everyMs - Date.now()),
    );
    return () => clearTimeout(wait);
  }, [value]);
  return calm;
}

/** Most owners that are suggested. */
const MOST_OWNERS = 50;

function withNames(known: readonly string[], names: readonly string[]): readonly string[] {
  const all = [...new Set([...known, ...names])].sort();
  return all.length === known.length ? known : all.slice(0, MOST_OWNERS);
}

type PhaseOfBoard = Pick<Definition['phases'][number], 'id'> & {
  /** Null: the version that is shown has no such steps. */
  readonly title: Definition['phases'][number]['title'] | null;
  readonly places: readonly BoardCounts['steps'][number][];
};

/** The steps of the version that is shown, and what deals stand in beside them. Until they are counted, there are none. */
function phasesOf({ phases }: Definition, board: BoardCounts | null): readonly PhaseOfBoard[] {
  const found = new Map(board?.steps.map((place) => [place.step, place]));
  const known = new Set(phases.flatMap(({ steps }) => steps.map(({ id }) => id)));
  const beside = board?.steps.filter(({ step }) => !known.has(step)) ?? [];
  const shown = phases.map(({ id, title, steps }): PhaseOfBoard => {
    const idle = beside.filter(({ phase, step }) => step === '' && phase === id);
    const own = steps.map((step) => ({ phase: id, step: step.id, open: 0, sums: [], ...found.get(step.id) }));
    return { id, title, places: [...idle, ...own] };
  });
  const ids = new Set(phases.map(({ id }) => id));
  const others = beside.filter(({ phase, step }) => step !== '' || !ids.has(phase));
  return others.length === 0 ? shown : [...shown, { id: '', title: null, places: others }];
}

interface TotalProps {
  readonly count: Count;
  /** The field that is summed. */
  readonly of: Field | undefined;
}

function Total({ count: { open, sums }, of }: TotalProps) {
  return (
    <span>
      <b>{numberText(open)}</b> {say(boardWords.open)}
      {sums.map(({ currency, amount }) => (
        <span key={currency} class="sum">
          {of !== undefined && <small>{say(of.title)}</small>} {moneyText(amount, currency)}
        </span>
      ))}
    </span>
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
