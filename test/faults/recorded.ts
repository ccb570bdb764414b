import { openDatabase } from '../../src/store/open-store.ts';
import type { ServerOptions } from '../bench/server.ts';

/** What a database holds of one process. */
export interface Recorded {
  /** By instance and number. */
  readonly history: readonly RecordedEntry[];
  readonly outbox: readonly { readonly instance: string; readonly seq: number; readonly isDead: boolean }[];
  readonly timers: readonly { readonly instance: string; readonly due: string }[];
}

/** As it was recorded, with what the checks read of it. */
export interface RecordedEntry {
  readonly instance: string;
  readonly process: string;
  readonly seq: number;
  readonly type: string;
  readonly accepted: boolean;
  readonly at: string;
  readonly recordedAt: string;
  readonly command?: {
    readonly mark?: string;
    readonly notify?: { readonly roles: readonly string[] };
  };
}

/** Looks into a file beside its server. Shipped processes may start by themselves meanwhile: they are left out. */
export async function readRecorded(
  { file, client }: Pick<ServerOptions, 'file' | 'client'>,
  process: string,
): Promise<Recorded> {
  const database = await openDatabase({ url: file, client, exclusive: false });
  try {
    const { reader } = database;
    const ours = reader('instances').where({ process }).select('id');
    const history: readonly { readonly text: string }[] = await reader('history')
      .select('text')
      .whereIn('instance', ours)
      .orderBy(['instance', 'seq']);
    const outbox: readonly { readonly instance: string; readonly seq: number; readonly diedAt: string | null }[] =
      await reader('outbox').select('instance', 'seq', { diedAt: 'died_at' }).whereIn('instance', ours);
    return {
      history: history.map(({ text }) => JSON.parse(text)),
      outbox: outbox.map(({ instance, seq, diedAt }) => ({ instance, seq, isDead: diedAt !== null })),
      timers: await reader('timers').select('instance', 'due').whereIn('instance', ours),
    };
  } finally {
    await database.close();
  }
}

/** What is left to do in a file. */
export interface Left {
  readonly timers: number;
  /** Timers that are due by true time. */
  readonly overdue: number;
  readonly messages: number;
}

export async function countLeft(
  { file, client }: Pick<ServerOptions, 'file' | 'client'>,
  process: string,
): Promise<Left> {
  const database = await openDatabase({ url: file, client, exclusive: false });
  try {
    const { reader } = database;
    const ours = reader('instances').where({ process }).select('id');
    const timers = reader('timers').whereIn('instance', ours).count({ n: '*' });
    const now = new Date().toISOString();
    const [all, overdue, messages] = await Promise.all([
      timers.clone(),
      timers.clone().where('due', '<=', now),
      reader('outbox').whereIn('instance', ours).whereNull('died_at').count({ n: '*' }),
    ]);
    const number = ([row]: readonly object[]) => Number(Object(row).n);
    return { timers: number(all), overdue: number(overdue), messages: number(messages) };
  } finally {
    await database.close();
  }
}
