import knex, { type Knex } from 'knex';
import { assign, createActor, createMachine } from 'xstate';
import { newId } from '../../src/ids.ts';
import type { EventInput } from '../../src/service/types.ts';
import { roundTrip } from './sales-deal.ts';

// What a programmer writes in an afternoon: the same deal as an XState machine, its snapshot in a row, a transaction
// per event through the query builder. No gates explained, no hash chain, no refusals recorded, no idempotency.

interface Deal {
  readonly done: Readonly<Record<string, boolean>>;
  readonly fields: Readonly<Record<string, unknown>>;
}

type DealEvent =
  | { type: 'complete'; activity: string; with: Readonly<Record<string, unknown>> }
  | { type: 'undo'; activity: string }
  | { type: 'set'; fields: Readonly<Record<string, unknown>> }
  | { type: 'advance' }
  | { type: 'rework' };

const sales = createMachine({
  types: {} as { context: Deal; events: DealEvent },
  id: 'sales',
  initial: 'first-contact',
  context: { done: {}, fields: {} },
  on: {
    complete: {
      actions: assign({
        done: ({ context, event }) => ({ ...context.done, [event.activity]: true }),
        fields: ({ context, event }) => ({ ...context.fields, ...event.with }),
      }),
    },
    undo: { actions: assign({ done: ({ context, event }) => ({ ...context.done, [event.activity]: false }) }) },
    set: { actions: assign({ fields: ({ context, event }) => ({ ...context.fields, ...event.fields }) }) },
  },
  states: {
    'first-contact': {
      on: {
        advance: {
          target: 'demo',
          guard: ({ context: { done, fields } }) =>
            done.contact === true && done.needs === true && done.solution === true && Number(fields.need_match) >= 50,
        },
      },
    },
    demo: {
      on: {
        advance: {
          target: 'negotiation',
          guard: ({ context: { done, fields } }) =>
            done.present === true && done.proposal === true && fields.open_questions === 0,
        },
        rework: { target: 'first-contact', actions: assign({ done: {} }) },
      },
    },
    negotiation: {},
  },
});

function eventOf({ type, activity, with: given, fields }: EventInput): DealEvent {
  switch (type) {
    case 'complete':
      return { type, activity: String(activity), with: Object(given ?? {}) };
    case 'undo':
      return { type, activity: String(activity) };
    case 'set':
      return { type, fields: Object(fields ?? {}) };
    case 'advance':
    case 'rework':
      return { type };
    default:
      throw new Error(`the hand-written machine takes no ${type}`);
  }
}

export interface ByHand {
  /** Sends a caller's next event; each caller has deals of its own. */
  send(caller: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a database (a SQLite file or a postgres URL) for the hand-written loop. */
export async function openByHand(
  url: string,
  client: 'sqlite3' | 'better-sqlite3' | 'pg',
  callers: number,
): Promise<ByHand> {
  const database =
    client === 'pg' ? knex({ client, connection: url, pool: { min: 1, max: 10 } }) : openFile(url, client);
  await database.schema.createTable('deals', (table) => {
    table.string('id').primary();
    table.text('snapshot').notNullable();
    table.integer('revision').notNullable();
  });
  await database.schema.createTable('deal_events', (table) => {
    table.string('deal').notNullable();
    table.integer('revision').notNullable();
    table.text('event').notNullable();
    table.string('actor').notNullable();
    table.string('recorded_at').notNullable();
    table.primary(['deal', 'revision']);
  });
  const deals = Array.from({ length: callers }, () => ({ id: newId(), next: 0 }));
  const snapshot = JSON.stringify(createActor(sales).start().getPersistedSnapshot());
  await database.batchInsert(
    'deals',
    deals.map(({ id }) => ({ id, snapshot, revision: 0 })),
    100,
  );
  // The deals begin with their first contact made, as those of the service do.
  return {
    async send(caller) {
      const deal = deals[caller];
      const event = roundTrip[(deal?.next ?? 0) % roundTrip.length];
      if (deal === undefined || event === undefined) throw new Error(`there is no caller ${caller}`);
      deal.next += 1;
      await sendByHand(database, deal.id, eventOf(event));
    },
    close: () => database.destroy(),
  };
}

async function sendByHand(database: Knex, id: string, event: DealEvent): Promise<void> {
  await database.transaction(async (transaction) => {
    const row = await transaction('deals').where({ id }).first();
    const actor = createActor(sales, { snapshot: JSON.parse(row.snapshot) }).start();
    actor.send(event);
    const snapshot = JSON.stringify(actor.getPersistedSnapshot());
    actor.stop();
    const revision = row.revision + 1;
    const changed = await transaction('deals').where({ id, revision: row.revision }).update({ snapshot, revision });
    if (changed !== 1) throw new Error('somebody else was first');
    await transaction('deal_events').insert({
      deal: id,
      revision,
      event: JSON.stringify(event),
      actor: 'bench',
      recorded_at: new Date().toISOString(),
    });
  });
}

interface Raw {
  pragma?(sql: string): unknown;
  exec(sql: string, done: (error: unknown) => void): void;
}

/** As durable as the service: WAL, a sync with each commit. */
function openFile(filename: string, client: 'sqlite3' | 'better-sqlite3'): Knex {
  return knex({
    client,
    connection: { filename },
    useNullAsDefault: true,
    pool: {
      min: 1,
      max: 1,
      afterCreate(raw: Raw, done: (error: unknown, raw: Raw) => void) {
        if (raw.pragma === undefined) {
          raw.exec('pragma journal_mode = wal; pragma synchronous = full', (error) => done(error, raw));
          return;
        }
        raw.pragma('journal_mode = wal');
        raw.pragma('synchronous = full');
        done(null, raw);
      },
    },
  });
}
