import type { Knex } from 'knex';
import type { BacklogStore } from './backlog-types.ts';
import type { Database } from './database.ts';

/** Counting stops here, so that looking costs the same however much waits. */
const COUNTED = 10_000;

export function backlogQueries({ reader }: Database): BacklogStore {
  async function count(rows: Knex.QueryBuilder): Promise<number> {
    const some = rows.select(reader.raw('1')).limit(COUNTED).as('some');
    return Number((await reader.from(some).count({ n: '*' }).first()).n);
  }

  return {
    async backlog(now) {
      const due = reader('timers').where('due', '<=', now);
      const first: { readonly due: string } | undefined = await due.clone().orderBy('due').select('due').first();
      return {
        timersOverdue: await count(due),
        timersOverdueSince: first?.due ?? null,
        messagesWaiting: await count(reader('outbox').whereNull('died_at')),
        messagesDead: await count(reader('outbox').whereNotNull('died_at')),
        // As in the condition of its index.
        incidents: await count(
          reader('work').where('who', reader.raw("'incident'")).whereRaw("tenant not like '%~sandbox'"),
        ),
      };
    },
  };
}
