import type { EntryDraft } from '../engine/types.ts';
import type { FoundSought, HistoryRow } from '../store/types.ts';
import type { Text } from '../text.ts';
import type { ServiceContext } from './context.ts';
import { soughtOf } from './sought.ts';

/** Entries held against their rows at once. */
const PART = 256;

/** An entry that a search would miss, or find by something that it does not say. */
export interface StraySought {
  readonly instance: string;
  readonly seq: number;
  readonly why: Text;
}

/** The first of these entries, whose chain holds, that is looked for by something else than it says; null: there is none. */
export async function straySought(
  { store }: Pick<ServiceContext, 'store'>,
  rows: readonly HistoryRow[],
): Promise<StraySought | null> {
  for (let from = 0; from < rows.length; from += PART) {
    const part = rows.slice(from, from + PART);
    const found = new Map((await store.loadSought(part)).map((each) => [nameOf(each), each]));
    for (const row of part) {
      const name = differing(JSON.parse(row.text), found.get(nameOf(row)));
      if (name !== null) return { instance: row.instance, seq: row.seq, why: whyOf(name) };
    }
  }
  return null;
}

const nameOf = ({ instance, seq }: Pick<HistoryRow, 'instance' | 'seq'>) => `${instance} ${seq}`;

/** What of the row is not what the entry says; `row`: there is none. */
function differing(entry: EntryDraft, found: FoundSought | undefined): string | null {
  if (found === undefined) return 'row';
  const expected = { ...soughtOf(entry), via: entry.via ?? null, process: entry.process };
  return Object.entries(expected).find(([name, value]) => Reflect.get(found, name) !== value)?.[0] ?? null;
}

function whyOf(name: string): Text {
  return name === 'row'
    ? {
        zh: '历史完整，但检索表中没有这一条：被直接删除，检索不到它',
        en: 'the history holds, but a search does not find this entry: the row that it is looked for by was deleted behind the history',
      }
    : {
        zh: `历史完整，但检索表中这一条的 ${name} 与历史不符：被直接改动`,
        en: `the history holds, but this entry is looked for by another ${name} than it says: that row was changed behind the history`,
      };
}
