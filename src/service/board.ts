import { type CardFields, cardFields, searched } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import type { CardFilter } from '../store/types.ts';
import type { ServiceContext } from './context.ts';
import { readCompiled } from './processes.ts';
import type { BoardQuery, BoardView, CardWish } from './types.ts';

/**
 * How many open instances that the actor sees stand in each step of a process, and what their amounts come to, in the order
 * of its newest version or of the one that is asked for; what only others have comes last. Throws `not-found`, `role-required`.
 */
export async function getBoard(
  context: ServiceContext,
  name: string,
  query: BoardQuery,
  actor: Actor,
): Promise<BoardView> {
  const { version, owner } = query;
  const { process, row } = await readCompiled(context, name, version, actor);
  const sight = await context.sights.cards(name, actor);
  const { tenant } = actor;
  const filter = cardFilter(query, context.clock.now()) ?? anyCard;
  const { places, total } = await context.store.countCards({ tenant, process: name, version, owner, filter, sight });
  const found = new Map(places.map((place) => [place.step, place]));
  const steps = process.definition.phases.flatMap((phase) =>
    phase.steps.map(({ id }) => ({
      phase: phase.id,
      step: id,
      open: found.get(id)?.open ?? 0,
      sums: found.get(id)?.sums ?? [],
    })),
  );
  return {
    process: name,
    version: row.version,
    card: idsOf(cardFields(process)),
    total,
    steps: [...steps, ...places.filter(({ step }) => !process.steps.has(step))],
  };
}

const anyCard: CardFilter = { class: null, deadline: null, text: null, now: '' };

/** What the store looks for; null: nothing of cards is asked. */
export function cardFilter({ class: of, deadline, text }: CardWish, now: string): CardFilter | null {
  if (of === null && deadline === null && text === null) return null;
  return { class: of, deadline, text: text === null ? null : searched(text), now };
}

function idsOf({ class: of, amount, text }: CardFields): BoardView['card'] {
  return { class: of?.id ?? null, amount: amount?.id ?? null, text: text?.id ?? null };
}
