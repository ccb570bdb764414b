import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Deal, type Page, readAgain, readPage } from '../column-pages.ts';
import { useDoing } from '../doing.ts';
import { moneyText, numberText, say, shortMoneyText } from '../language.ts';
import type { News } from '../news.ts';
import { boardWords } from '../words/board.ts';
import { DealCard } from './deal-card.tsx';
import { RefusedNote } from './refused-note.tsx';

export interface Place {
  readonly phase: string;
  /** Empty: no step of the phase is open yet. */
  readonly step: string;
  readonly title: string;
}

export interface Count {
  readonly open: number;
  readonly sums: readonly { readonly currency: string; readonly amount: number }[];
}

interface BoardColumnProps {
  readonly place: Place;
  /** Whose column it is and what the board is narrowed to, as the API takes it. */
  readonly query: string;
  readonly isNarrowed: boolean;
  /** Null: not known yet. */
  readonly count: Count | null;
  /** What has happened since it was drawn last. */
  readonly news: readonly News[];
  /** The deal that is being dragged, where it may be dropped here. */
  readonly dragged: Deal | null;
  readonly drag: (deal: Deal | null) => void;
  readonly drop: () => void;
  readonly move: (deal: Deal) => void;
  /** Told of the owners of the deals that were read. */
  readonly owners: (names: readonly string[]) => void;
}

/** The deals in one step. They are read when the column comes in sight, and page by page as one scrolls; drawn is what is in sight. */
export function BoardColumn({
  place,
  query,
  isNarrowed,
  count,
  news,
  dragged,
  drag,
  drop,
  move,
  owners,
}: BoardColumnProps) {
  const column = useRef<HTMLElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const isSeen = useSeen(column);
  const [pages, setPages] = useState<readonly Page[]>([]);
  const [isOver, setOver] = useState(false);
  const { isBusy, refused, run } = useDoing();
  const deals = pages.flatMap((page) => page.deals);
  const { first, last, pitch, look } = useWindow(list, deals.length);
  const next = pages.at(-1)?.next ?? null;
  const isNearEnd = last >= deals.length;

  async function readOn(): Promise<void> {
    const page = await readPage(query, place.step, next);
    setPages((known) => (known.at(-1)?.next === page.after || known.length === 0 ? [...known, page] : known));
  }

  useEffect(() => {
    if (isSeen && pages.length === 0) run(readOn);
  }, [isSeen]);
  useEffect(() => {
    if (pages.length > 0 && next !== null && isNearEnd && !isBusy && refused === null) run(readOn);
  }, [pages, isNearEnd, isBusy]);
  useEffect(() => {
    owners(deals.flatMap(({ instance }) => instance.owner ?? []));
  }, [pages]);
  useEffect(() => {
    const shown = new Set(deals.map(({ instance }) => instance.id));
    const changed = news.filter((each) => concerns(each, place, shown, isNarrowed)).map(({ data }) => data.instance);
    if (changed.length === 0 || pages.length === 0) return;
    let isWanted = true;
    readAgain(query, place.step, pages, [...new Set(changed)]).then(
      (read) => isWanted && setPages((known) => (known === pages ? read : merged(known, read))),
      // The next that happens has it read again.
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [news]);

  const isTarget = dragged !== null && dragged.stand?.step !== place.step;
  const isBare = isNarrowed && count?.open === 0;
  const classes = ['column', isTarget && 'target', isTarget && isOver && 'over', isBare && 'bare'].filter(Boolean);
  return (
    <section
      ref={column}
      class={classes.join(' ')}
      aria-label={place.title}
      onDragOver={(event) => {
        if (!isTarget) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && column.current?.contains(to))) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (isTarget) drop();
      }}
    >
      <h3>
        <span>{place.title}</span>
        {count !== null && <ColumnCount count={count} />}
      </h3>
      {refused !== null && <RefusedNote refused={refused} reload={() => run(readOn)} />}
      {isBusy && pages.length === 0 && <p aria-busy="true" />}
      {pages.length > 0 && deals.length === 0 && next === null && <p class="empty">{say(boardWords.emptyColumn)}</p>}
      <ul ref={list} onScroll={look}>
        {first > 0 && <li class="apart" style={{ height: `${first * pitch}px` }} aria-hidden="true" />}
        {deals.slice(first, last).map((deal, n) => (
          <li key={deal.instance.id} aria-setsize={count?.open ?? -1} aria-posinset={first + n + 1}>
            <DealCard deal={deal} drag={drag} move={deal.stand === null ? undefined : () => move(deal)} />
          </li>
        ))}
        {last < deals.length && (
          <li class="apart" style={{ height: `${(deals.length - last) * pitch}px` }} aria-hidden="true" />
        )}
        {next !== null && pages.length > 0 && (
          <li class="apart more" aria-busy="true">
            {say(boardWords.loadingMore)}
          </li>
        )}
      </ul>
    </section>
  );
}

function ColumnCount({ count: { open, sums } }: { readonly count: Count }) {
  return (
    <small>
      <b class="open">{numberText(open)}</b>
      {sums.map(({ currency, amount }) => (
        <span key={currency} class="sum" title={moneyText(amount, currency)}>
          {shortMoneyText(amount, currency)}
        </span>
      ))}
    </small>
  );
}

/**
 * Whether something that happened may change what a column shows. What has not moved is where it was; but where the board is
 * narrowed, a deal that was left out may belong to it now.
 */
function concerns({ data }: News, { phase, step }: Place, shown: ReadonlySet<string>, isNarrowed: boolean): boolean {
  if (data.changes === null || shown.has(data.instance)) return true;
  const { position, waiting } = data.changes;
  const places = [position, waiting].flatMap((change) => (change === undefined ? [] : [...change.from, ...change.to]));
  if (isNarrowed && places.length === 0) return true;
  return places.some((each) => (step === '' ? each.phase === phase : each.step === step));
}

/** Pages that were read again in place of those that they were, and those that came meanwhile. */
function merged(known: readonly Page[], read: readonly Page[]): readonly Page[] {
  return [...read, ...known.filter(({ after }) => after !== null && after === read.at(-1)?.next)];
}

/** Whether an element has come in sight, or near it. */
function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting !== true) return;
        setSeen(true);
        observer.disconnect();
      },
      { rootMargin: '200px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return isSeen;
}

/** Pixels from one card to the next until one is measured. */
const PITCH = 128;
/** Cards drawn before and behind those in sight. */
const AROUND = 5;

/** Which items of a scrolling list of equally high ones are to be drawn. */
function useWindow(list: RefObject<HTMLUListElement | null>, length: number) {
  const [at, setAt] = useState({ first: 0, last: 2 * AROUND, pitch: PITCH });

  function look(): void {
    if (list.current === null) return;
    const { scrollTop, clientHeight } = list.current;
    const item = list.current.querySelector('li:not(.apart)');
    const height = item?.getBoundingClientRect().height;
    setAt((known) => {
      const pitch = height === undefined ? known.pitch : height + GAP;
      const first = Math.max(0, Math.floor(scrollTop / pitch) - AROUND);
      const last = Math.ceil((scrollTop + clientHeight) / pitch) + AROUND;
      const isSame = first === known.first && last === known.last && pitch === known.pitch;
      return isSame ? known : { first, last, pitch };
    });
  }

  useEffect(look, [length]);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (list.current !== null) observer.observe(list.current);
    return () => observer.disconnect();
  }, []);
  const last = Math.min(length, at.last);
  return { first: Math.min(at.first, Math.max(0, last - 1)), last, pitch: at.pitch, look };
}

/** Pixels between two cards, as the style sheet says. */
const GAP = 8;
