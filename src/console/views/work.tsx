import { useEffect, useRef, useState } from 'preact/hooks';
import { useAddress } from '../address.ts';
import type { WorkItem } from '../api.ts';
import { numberText, say } from '../language.ts';
import { BulkBox } from '../parts/bulk-box.tsx';
import { Heading } from '../parts/heading.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { WorkCard } from '../parts/work-card.tsx';
import { isWanted, WorkFilter } from '../parts/work-filter.tsx';
import { useWorkItems } from '../parts/work-items.ts';
import { type DueGroup, dueGroup, dueGroups, nameOf } from '../parts/work-kinds.ts';
import { words } from '../words/shell.ts';
import { workWords } from '../words/work.ts';

/** Items of a group that are shown at first. */
const SHOWN_OF_GROUP = 50;

const NOBODY: ReadonlySet<string> = new Set();

/** What waits for whoever is signed in, the oldest deadline first: done in its place, alone or several at once. */
export function Work() {
  const { query } = useAddress();
  const [opened, setOpened] = useState<string | null>(null);
  const [chosen, setChosen] = useState(NOBODY);
  const [next, setNext] = useState<string | null>(null);
  /** How often something was done here. */
  const [round, setRound] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const isFree = () =>
    opened === null && chosen.size === 0 && !list.current?.matches(':focus-within') && !list.current?.matches(':hover');
  const work = useWorkItems(query.role ?? '', isFree);
  useEffect(() => {
    if (next !== null) document.getElementById(`work ${next}`)?.focus();
    setNext(null);
  }, [next]);

  const { items, gone, fresh } = work;
  const shown = items.filter(isWanted(query));
  const picked = shown.filter((item) => chosen.has(nameOf(item)));

  /** What waits no more leaves the list, and the next has the focus; what still waits stays as it is. */
  async function settle(done: readonly WorkItem[]): Promise<void> {
    const names = new Set(done.map(nameOf));
    const after = shown.slice(shown.findIndex((item) => names.has(nameOf(item))));
    const following = [...after, ...shown].find((item) => !names.has(nameOf(item)) && !gone.has(nameOf(item)));
    const still = await work.settle(names);
    const stays = opened !== null && still.has(opened);
    setRound((times) => times + 1);
    setChosen(NOBODY);
    if (!stays) setOpened(null);
    setNext(stays ? opened : following === undefined ? null : nameOf(following));
  }

  const head = <Heading text={say(words.work)} />;
  if (work.refused !== null && !work.isThere)
    return (
      <section class="work-view">
        {head}
        <RefusedNote refused={work.refused} reload={work.refresh} />
      </section>
    );
  if (!work.isThere) return <p aria-busy="true">{say(words.loading)}</p>;
  const now = new Date();
  return (
    <section class="work-view">
      {head}
      <WorkFilter items={items} />
      <div class="line">
        <output>
          {numberText(shown.length)} {say(workWords.items)}
        </output>
        {(fresh > 0 || gone.size > 0) && (
          <button type="button" class="secondary small" onClick={work.refresh}>
            {fresh > 0 ? `${numberText(fresh)} ${say(workWords.new)}` : say(words.reload)}
          </button>
        )}
      </div>
      {work.isCut && <p class="soon">{say(workWords.more)}</p>}
      {shown.length === 0 && (
        <p class="panel">
          {say(items.length === 0 ? workWords.noWork : workWords.noMatch)} <a href="/board">{say(words.board)}</a>
        </p>
      )}
      <div ref={list}>
        {dueGroups.map((group) => (
          <Group
            key={group}
            group={group}
            items={shown.filter(({ due }) => dueGroup(due, now) === group)}
            chosen={chosen}
            opened={opened}
            gone={gone}
            choose={(item, isChosen) => {
              const names = new Set(chosen);
              if (isChosen) names.add(nameOf(item));
              else names.delete(nameOf(item));
              setChosen(names);
            }}
            open={(item, isOpen) => setOpened(isOpen ? nameOf(item) : null)}
            round={round}
            done={(item) => void settle([item])}
          />
        ))}
      </div>
      {picked.length > 0 && (
        <BulkBox items={picked} done={(done) => void settle(done)} leave={() => setChosen(NOBODY)} />
      )}
    </section>
  );
}

interface GroupProps {
  readonly group: DueGroup;
  readonly items: readonly WorkItem[];
  readonly chosen: ReadonlySet<string>;
  readonly opened: string | null;
  readonly gone: ReadonlySet<string>;
  readonly round: number;
  readonly choose: (item: WorkItem, isChosen: boolean) => void;
  readonly open: (item: WorkItem, isOpen: boolean) => void;
  readonly done: (item: WorkItem) => void;
}

function Group({ group, items, chosen, opened, gone, round, choose, open, done }: GroupProps) {
  const [isWhole, setWhole] = useState(false);
  if (items.length === 0) return null;
  return (
    <section class="due" aria-labelledby={`due-${group}`}>
      <h2 id={`due-${group}`} class={group === 'late' ? 'late' : ''}>
        {say(workWords[group])} <small>{numberText(items.length)}</small>
      </h2>
      <ul class="plain work">
        {items.slice(0, isWhole ? items.length : SHOWN_OF_GROUP).map((item) => (
          <WorkCard
            key={nameOf(item)}
            item={item}
            isLate={group === 'late'}
            isOpen={opened === nameOf(item)}
            isChosen={chosen.has(nameOf(item))}
            isGone={gone.has(nameOf(item))}
            round={round}
            choose={(isChosen) => choose(item, isChosen)}
            open={(isOpen) => open(item, isOpen)}
            done={() => done(item)}
          />
        ))}
      </ul>
      {!isWhole && items.length > SHOWN_OF_GROUP && (
        <button type="button" class="secondary small" onClick={() => setWhole(true)}>
          {say(workWords.showAll)} ({numberText(items.length)})
        </button>
      )}
    </section>
  );
}
