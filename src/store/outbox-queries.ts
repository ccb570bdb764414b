import type { Knex } from 'knex';
import { bucketOf } from '../ids.ts';
import { NEVER } from './batch-lists.ts';
import type { Database } from './database.ts';
import type { ClaimedMessage, DeadMessage, MessagePlace, MessageResult, MessageStore } from './message-types.ts';

const place = ['bucket', 'subscription', 'instance', 'seq'];

/** Rows looked at for each that may be claimed: some wait for one before them. */
const LOOKED_AT = 4;

/** A row that is due, and the one before it in its instance, if that is still there. */
interface Candidate extends Omit<ClaimedMessage, 'until' | 'subscription'> {
  readonly bucket: number;
  readonly beforeSeq: number | null;
  readonly beforeDue: string | null;
  readonly beforeLeased: number | null;
}

type OutboxQueries = Omit<
  MessageStore,
  'addSubscription' | 'listSubscriptions' | 'allSubscriptions' | 'changeSubscription' | 'removeSubscription'
>;

export function outboxQueries({ reader, writer }: Database): OutboxQueries {
  /** Deletes or updates some rows at a time, by their places. */
  const some = (limit: number, choose: (rows: Knex.QueryBuilder) => Knex.QueryBuilder) =>
    writer('outbox').whereIn(place, choose(writer('outbox').select(place)).limit(limit));

  return {
    async dueSubscriptions(now) {
      const rows: readonly { readonly id: string }[] = await reader({ s: 'subscriptions' })
        .where('s.state', 'active')
        .whereExists(
          reader({ o: 'outbox' }).select(reader.raw('1')).whereRaw('o.subscription = s.id and o.due <= ?', now),
        )
        .select('s.id')
        .limit(10_000);
      return rows.map(({ id }) => id);
    },

    async claimMessages(subscription, now, until, limit) {
      const due = reader('outbox')
        .where({ subscription })
        .where('due', '<=', now)
        .orderBy(['due', 'instance', 'seq'])
        .limit(limit * LOOKED_AT);
      const found: readonly Candidate[] = await reader
        .from(due.as('o'))
        .joinRaw(
          `left join outbox p on p.bucket = o.bucket and p.subscription = o.subscription and p.instance = o.instance
            and p.seq = (select max(q.seq) from outbox q where q.bucket = o.bucket and q.subscription = o.subscription
              and q.instance = o.instance and q.seq < o.seq and q.died_at is null)`,
        )
        .select({ bucket: 'o.bucket', instance: 'o.instance', seq: 'o.seq', attempts: 'o.attempts', since: 'o.since' })
        .select({ beforeSeq: 'p.seq', beforeDue: 'p.due', beforeLeased: 'p.leased' })
        .orderBy(['o.due', 'o.instance', 'o.seq']);
      const { free, late } = sorted(found, now, limit);
      for (const [at, rows] of late)
        await writer('outbox')
          .whereIn(
            place,
            rows.map((row) => placeOf({ ...row, subscription })),
          )
          .update({ due: at });
      if (free.length === 0) return [];
      // Whoever else claims one of them makes it due later: what comes back is ours.
      const claimed: readonly MessagePlace[] = await writer('outbox')
        .whereIn(
          place,
          free.map((row) => placeOf({ ...row, subscription })),
        )
        .where('due', '<=', now)
        .update({ due: until, leased: 1 })
        .returning(['subscription', 'instance', 'seq']);
      const isOurs = new Set(claimed.map(({ instance, seq }) => `${instance} ${seq}`));
      // Behind one that is another's we would overtake it.
      const lost = new Set<string>();
      const ours: ClaimedMessage[] = [];
      const others: ClaimedMessage[] = [];
      for (const { instance, seq, attempts, since } of free) {
        const message = { subscription, instance, seq, attempts, since, until };
        if (!isOurs.has(`${instance} ${seq}`)) lost.add(instance);
        else if (lost.has(instance)) others.push(message);
        else ours.push(message);
      }
      for (const message of others) await release(writer, message, now);
      return ours;
    },

    async settleMessages(results, now) {
      const delivered = results.flatMap(({ end, message }) => (end === 'delivered' ? [placeOf(message)] : []));
      await writer.transaction(async (transaction) => {
        if (delivered.length > 0) await transaction('outbox').whereIn(place, delivered).delete();
        for (const result of results) await settle(transaction, result, now);
      });
    },

    async listDead(subscription, after, limit) {
      const rows = reader('outbox')
        .where({ subscription })
        .whereNotNull('died_at')
        .orderBy(['instance', 'seq'])
        .limit(limit)
        .select('subscription', 'instance', 'seq', 'since', 'attempts', 'why', { diedAt: 'died_at' });
      if (after !== null) rows.whereRaw('(instance, seq) > (?, ?)', [after.instance, after.seq]);
      const found: readonly DeadMessage[] = await rows;
      return found;
    },

    async reviveMessage({ subscription, instance, seq }, now) {
      const revived: number = await writer('outbox')
        .where({ bucket: bucketOf(instance), subscription, instance, seq })
        .whereNotNull('died_at')
        .update({ died_at: null, why: null, attempts: 0, since: now, due: now });
      return revived > 0;
    },

    killMessages: (subscription, why, now, limit) =>
      some(limit, (rows) => rows.where({ subscription }).where('due', '<', NEVER)).update({
        died_at: now,
        due: NEVER,
        leased: 0,
        why,
      }),
    dropMessages: (subscription, limit) => some(limit, (rows) => rows.where({ subscription })).delete(),
    forgetDead: (before, limit) => some(limit, (rows) => rows.where('died_at', '<', before)).delete(),
  };
}

/** Candidates that wait for none or for one of these, and those that are to wait as long as the one before them. */
function sorted(found: readonly Candidate[], now: string, limit: number) {
  const free: Candidate[] = [];
  const last = new Map<string, number>();
  const late = new Map<string, Candidate[]>();
  // Entries of an instance are mostly due in their order; where a clock was set back they are not.
  for (const row of [...found].sort((a, b) => a.seq - b.seq)) {
    const { instance, seq, beforeSeq, beforeDue, beforeLeased } = row;
    if ((beforeSeq === null || last.get(instance) === beforeSeq) && free.length < limit) {
      free.push(row);
      last.set(instance, seq);
    } else if (beforeDue !== null && beforeDue > now && beforeLeased === 0) {
      late.set(beforeDue, [...(late.get(beforeDue) ?? []), row]);
    }
  }
  return { free, late };
}

async function settle(transaction: Knex.Transaction, result: MessageResult, now: string): Promise<void> {
  const { message } = result;
  const { subscription, instance, seq, attempts, until } = message;
  const ofInstance = { bucket: bucketOf(instance), subscription, instance };
  const behind = () => transaction('outbox').where(ofInstance).where('seq', '>', seq).whereNull('died_at');
  if (result.end === 'untried') {
    await release(transaction, message, now);
    return;
  }
  if (result.end === 'failed' || result.end === 'dead') {
    const { why } = result;
    const state = result.end === 'failed' ? { due: result.at } : { due: NEVER, died_at: now };
    const changed: number = await transaction('outbox')
      .where({ ...ofInstance, seq, leased: 1, due: until })
      .update({ leased: 0, attempts: attempts + 1, why, ...state });
    // By now it is another's, and so is what comes after it.
    if (changed === 0) return;
  }
  // What waits for it waits as long, and no longer.
  if (result.end === 'failed') await behind().update({ leased: 0, due: result.at });
  else if (attempts > 0) await behind().where({ leased: 0 }).update({ due: now });
}

async function release(knex: Knex, { until, ...message }: ClaimedMessage, now: string): Promise<void> {
  const { subscription, instance, seq } = message;
  await knex('outbox')
    .where({ bucket: bucketOf(instance), subscription, instance, seq, leased: 1, due: until })
    .update({ leased: 0, due: now });
}

function placeOf({ subscription, instance, seq }: MessagePlace): (string | number)[] {
  return [bucketOf(instance), subscription, instance, seq];
}
