import { bucketOf } from '../ids.ts';
import { MAX_CHANGES } from './commit.ts';
import type { Database } from './database.ts';
import { placesOf } from './places.ts';
import type { TimerRow, TimerStore } from './timer-types.ts';

const columns = ['instance', 'tenant', 'due', 'what'] as const;

/** Due rows looked at to learn which buckets have any. */
const MOST_LOOKED_AT = 1_024;

export function timerQueries(database: Database): TimerStore {
  const { reader, writer, dialect } = database;
  // SQLite keeps the order of a cross join.
  const loadSql = reader
    .from(reader.raw(`${dialect.places} as p`))
    .joinRaw('cross join instances as i')
    .joinRaw('left join timers as t on t.bucket = i.bucket and t.instance = i.id')
    .whereRaw('i.bucket = p.bucket and i.id = p.id')
    .select({ instance: 'i.id', seq: 'i.seq', due: 't.due', what: 't.what' })
    .select(reader.raw('(case when t.tenant = i.tenant then 1 else 0 end) as ??', ['own']))
    .toString();
  const due = (now: string) => reader('timers').where('due', '<=', now).where('wait_until', '<=', now);

  /** One bucket after the other, so that no lock is of more than one; what another node holds is left to it. */
  async function claimByBucket(now: string, until: string, limit: number): Promise<readonly TimerRow[]> {
    const first = due(now).select('bucket').orderBy('due').limit(MOST_LOOKED_AT).as('d');
    const buckets: readonly { readonly bucket: number }[] = await reader
      .from(first)
      .distinct('bucket')
      .orderBy('bucket');
    const claimed: TimerRow[] = [];
    for (const { bucket } of buckets) {
      if (claimed.length >= limit) break;
      const free = writer('timers')
        .select('instance')
        .where({ bucket })
        .where('due', '<=', now)
        .where('wait_until', '<=', now)
        .orderBy('due')
        .limit(limit - claimed.length)
        .forUpdate()
        .skipLocked();
      const rows: readonly TimerRow[] = await writer('timers')
        .where({ bucket })
        .whereIn('instance', free)
        .update({ wait_until: until })
        .returning([...columns]);
      claimed.push(...rows);
    }
    return claimed.sort((a, b) => (a.due < b.due ? -1 : 1));
  }

  return {
    // SQLite has one server, which waits for what it has fired before it asks again.
    claimTimers: async (now, until, limit) =>
      dialect.sharesTables
        ? claimByBucket(now, until, limit)
        : await due(now)
            .select(...columns)
            .orderBy(['due', 'bucket', 'instance'])
            .limit(limit),
    async putOffTimers(timers, until) {
      for (const { instance, due: was, what } of timers) {
        await writer('timers')
          .where({ bucket: bucketOf(instance), instance, due: was, what })
          .update({ wait_until: until });
      }
    },
    async loadTimers(instances) {
      if (instances.length > MAX_CHANGES) throw new Error(`at most ${MAX_CHANGES} instances are loaded at once`);
      if (instances.length === 0) return [];
      const rows = await database.ask(loadSql, JSON.stringify(placesOf(instances)));
      return rows.map((row) => {
        // The columns are those that `loadSql` names.
        const { instance, seq, due, what, own } = row as JoinedTimer;
        return { instance, seq, timer: due === null ? null : { due, what, isOwn: own === 1 } };
      });
    },
  };
}

interface JoinedTimer {
  readonly instance: string;
  readonly seq: number;
  /** Null: there is no row. */
  readonly due: string | null;
  readonly what: string;
  readonly own: number;
}
