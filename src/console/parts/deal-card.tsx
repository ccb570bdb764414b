import type { Deal } from '../column-pages.ts';
import { dateText, dayText, moneyText, say } from '../language.ts';
import { boardWords } from '../words/board.ts';
import { clockNames, dealWords } from '../words/deal.ts';
import { words } from '../words/shell.ts';

const DAY_MS = 86_400_000;

interface DealCardProps {
  readonly deal: Deal;
  /** Absent: it stands in no step that it could be moved on from. */
  readonly move?: (() => void) | undefined;
  /** It is being dragged, or is not any more. */
  readonly drag: (deal: Deal | null) => void;
}

/** What a person looks for at a glance: which deal, of which class, how much, whose, how long here, how urgent. */
export function DealCard({ deal, move, drag }: DealCardProps) {
  const { instance, card, stand } = deal;
  const title = instance.key ?? instance.id.slice(-12);
  const owner = instance.owner ?? say(words.nobody);
  return (
    <article
      class="card deal-card"
      draggable={move !== undefined}
      onDragStart={(event) => {
        event.dataTransfer?.setData('text/plain', title);
        drag(deal);
      }}
      onDragEnd={() => drag(null)}
    >
      <header>
        <a href={`/deals/${instance.id}`} draggable={false} title={title}>
          {title}
        </a>
        {card?.class && <span class="class">{say(card.class.title)}</span>}
      </header>
      <p class="worth">{card?.amount ? moneyText(card.amount.amount, card.amount.currency) : '–'}</p>
      <p class="whose">
        <span title={owner}>{owner}</span>
        {stand !== null && <span title={dateText(stand.since)}>{daysText(stand.since)}</span>}
      </p>
      <footer>
        <State deal={deal} />
        {move !== undefined && (
          <button type="button" class="quiet" onClick={move} aria-label={`${say(boardWords.move)} ${title}`}>
            {say(boardWords.move)}
          </button>
        )}
      </footer>
    </article>
  );
}

function State({ deal: { instance, stand } }: { readonly deal: Deal }) {
  if (instance.status === 'quarantined') return <span class="sla late">{say(boardWords.unread)}</span>;
  if (instance.status === 'on-hold') return <span class="sla paused">{say(boardWords.onHold)}</span>;
  const deadline = stand?.deadline ?? null;
  if (deadline === null) return <span />;
  const { state, warned, due } = deadline;
  const shown = warned && state === 'running' ? 'warned' : state;
  return (
    <span class={`sla ${shown}`} title={due === null ? undefined : `${say(dealWords.due)} ${dateText(due)}`}>
      {say(clockNames[shown])}
      {due !== null && ` · ${dayText(due)}`}
    </span>
  );
}

function daysText(since: string): string {
  const days = Math.max(0, Math.floor((Date.now() - Date.parse(since)) / DAY_MS));
  if (days === 0) return say(boardWords.today);
  return say(days === 1 ? boardWords.oneDayHere : { zh: `${days} 天`, en: `${days} days here` });
}
