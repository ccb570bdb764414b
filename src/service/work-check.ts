import { waitsOf } from '../engine/index.ts';
import type { NewWorkRow, StoredInstance } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';

/**
 * The first of these instances whose rows of work are not what its document gives; null: there is none. Instances that
 * were written to since, that cannot be read or whose work is not filed yet are passed by. At most 256.
 */
export async function strayWork(
  context: Pick<ServiceContext, 'store' | 'processes'>,
  heads: readonly StoredInstance[],
): Promise<{ readonly head: StoredInstance; readonly why: Text } | null> {
  const byId = new Map(heads.map((head) => [head.id, head]));
  for (const { instance: id, seq, isPending, rows } of await context.store.loadWork([...byId.keys()])) {
    const head = byId.get(id);
    if (isPending || head === undefined || head.seq !== seq) continue;
    const loaded = await loadDocument(context, head);
    if (!loaded.ok) continue;
    const told = waitsOf(loaded.process, loaded.instance);
    const stray = rows.find(({ isOwn }) => !isOwn) ?? differing(told, rows) ?? differing(rows, told);
    if (stray === null) continue;
    const { step, who } = stray;
    return {
      head,
      why: {
        zh: `历史完整，但待办表中环节 ${step} 对 ${who} 的记录与实例不符：被直接改动`,
        en: `the history holds, but the list of work is not what the instance gives for ${who} in the step ${step}: it was changed behind the history`,
      },
    };
  }
  return null;
}

/** The first that stands in one list and not just so in the other. */
function differing(some: readonly NewWorkRow[], others: readonly NewWorkRow[]): NewWorkRow | null {
  const same = (a: NewWorkRow) => (b: NewWorkRow) =>
    a.step === b.step && a.who === b.who && a.since === b.since && a.due === b.due;
  return some.find((row) => !others.some(same(row))) ?? null;
}
