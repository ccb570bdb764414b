import { cardsOf, correlationsOf, nextTimer, waitsOf } from '../engine/index.ts';
import type { CorrelationRow, NewWorkRow, StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import { isSame as sameCard } from './card-change.ts';
import type { ServiceContext } from './context.ts';
import { type Loaded, loadDocument } from './document.ts';

/** What is stored of an instance beside its document; undefined where it was written to since the document was read. */
interface Beside {
  readonly work: Rows<'loadWork'> | undefined;
  readonly cards: Rows<'loadCards'> | undefined;
  readonly timer: Rows<'loadTimers'> | undefined;
  readonly correlations: Rows<'loadCorrelations'> | undefined;
}
type Loader = 'loadWork' | 'loadCards' | 'loadTimers' | 'loadCorrelations';
type Rows<Name extends Loader> = Awaited<ReturnType<ServiceContext['store'][Name]>>[number];
type Running = Extract<Loaded, { ok: true }>;

/**
 * The first of these instances whose rows of work, cards, of its timer or of what signals find it by are not what its document
 * gives; null: there is none. Instances that were written to since, that cannot be read or whose rows are not filed yet are
 * passed by. At most 256.
 */
export async function strayRows(
  context: Pick<ServiceContext, 'store' | 'processes'>,
  heads: readonly StoredInstance[],
): Promise<{ readonly head: StoredInstance; readonly why: Text } | null> {
  const { store } = context;
  const ids = heads.map(({ id }) => id);
  const [work, cards, timers, correlations] = await Promise.all([
    store.loadWork(ids).then(byInstance),
    store.loadCards(ids).then(byInstance),
    store.loadTimers(ids).then(byInstance),
    store.loadCorrelations(ids).then(byInstance),
  ]);
  for (const head of heads) {
    const sameAs = <R extends { readonly seq: number }>(row: R | undefined) =>
      row?.seq === head.seq ? row : undefined;
    const beside: Beside = {
      work: sameAs(work.get(head.id)),
      cards: sameAs(cards.get(head.id)),
      timer: sameAs(timers.get(head.id)),
      correlations: sameAs(correlations.get(head.id)),
    };
    const loaded = await loadDocument(context, head);
    if (!loaded.ok) continue;
    const why =
      strayWork(loaded, beside) ??
      strayCard(loaded, beside) ??
      strayTimer(loaded, beside) ??
      strayCorrelation(loaded, beside);
    if (why !== null) return { head, why };
  }
  return null;
}

function byInstance<R extends { readonly instance: string }>(rows: readonly R[]): ReadonlyMap<string, R> {
  return new Map(rows.map((row) => [row.instance, row]));
}

function strayWork({ process, instance }: Running, { work }: Beside): Text | null {
  if (work === undefined || work.isPending) return null;
  const told = waitsOf(process, instance);
  const stray = differing(told, work.rows, sameWork);
  if (stray === null) return null;
  const { step, who } = stray;
  return {
    zh: `历史完整，但待办表中环节 ${step} 对 ${who} 的记录与实例不符：被直接改动`,
    en: `the history holds, but the list of work is not what the instance gives for ${who} in the step ${step}: it was changed behind the history`,
  };
}

function strayCard({ process, instance }: Running, { cards }: Beside): Text | null {
  if (cards === undefined || cards.isPending) return null;
  const stray = differing(cardsOf(process, instance), cards.rows, sameCard);
  if (stray === null) return null;
  const { phase, step } = stray;
  const place = step === '' ? phase : step;
  return {
    zh: `历史完整，但看板表中 ${place} 处的记录与实例不符：被直接改动`,
    en: `the history holds, but its card on the board is not what the instance gives for ${place}: it was changed behind the history`,
  };
}

function strayTimer({ process, instance }: Running, { timer: found }: Beside): Text | null {
  if (found === undefined) return null;
  const told = nextTimer(process, instance);
  const { timer } = found;
  const isSame = timer === null ? told === null : told?.due === timer.due && told.what === timer.what && timer.isOwn;
  if (isSame) return null;
  const said =
    told === null ? { zh: '无', en: 'none' } : { zh: `${told.due} 的 ${told.what}`, en: `${told.what} at ${told.due}` };
  return {
    zh: `历史完整，但定时表中该实例的记录与实例不符（应为：${said.zh}）：被直接改动`,
    en: `the history holds, but its timer is not what the instance gives (${said.en}): it was changed behind the history`,
  };
}

function strayCorrelation({ process, instance }: Running, { correlations }: Beside): Text | null {
  if (correlations === undefined) return null;
  const stray = differing(correlationsOf(process, instance), correlations.rows, sameCorrelation);
  if (stray === null) return null;
  return {
    zh: `历史完整，但信号匹配表中字段 ${stray.field} 的记录与实例不符：被直接改动`,
    en: `the history holds, but what signals find it by is not what the instance gives for the field ${stray.field}: it was changed behind the history`,
  };
}

/** The first that is told and not stored just so, or stored and not told. */
function differing<R>(
  told: readonly R[],
  stored: readonly (R & { readonly isOwn: boolean })[],
  same: (a: R, b: R) => boolean,
): R | null {
  const lacks = (some: readonly R[], others: readonly R[]) =>
    some.find((row) => !others.some((other) => same(row, other)));
  return stored.find(({ isOwn }) => !isOwn) ?? lacks(told, stored) ?? lacks(stored, told) ?? null;
}

function sameWork(a: NewWorkRow, b: NewWorkRow): boolean {
  return a.step === b.step && a.who === b.who && a.since === b.since && a.due === b.due;
}

function sameCorrelation(a: CorrelationRow, b: CorrelationRow): boolean {
  return a.field === b.field && a.value === b.value;
}
