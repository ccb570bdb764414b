import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/** Entries that are taken over at a time. */
const PART = 1_000;
/** Rows of one statement: SQLite takes 32,766 values. */
const ROWS = 500;

/**
 * What entries are looked for by, beside their long texts. Without a key of its own: it is written at its end alone, in the
 * order in which entries are recorded, and its one index is walked from the newest back.
 */
export async function soughtEntries(knex: Knex, dialect: Dialect): Promise<void> {
  await knex.schema.createTable('sought', (table) => {
    table.specificType('bucket', 'smallint').notNullable();
    table.specificType('instance', dialect.text).notNullable();
    table.integer('seq').notNullable();
    for (const column of ['recorded_at', 'tenant', 'process', 'type', 'actor'])
      table.specificType(column, dialect.text).notNullable();
    table.specificType('via', dialect.text).nullable();
    for (const column of ['accepted', 'overridden']) table.specificType(column, 'smallint').notNullable();
  });
  await takeOver(knex);
  await knex.raw('create index sought_by_time on sought (tenant, recorded_at, instance, seq)');
  // Streams read by tenant too: two indexes by time would be written for each entry.
  await knex.raw('drop index history_by_time');
}

interface Stored {
  readonly bucket: number;
  readonly instance: string;
  readonly seq: number;
  readonly recorded_at: string;
  readonly tenant: string;
  readonly process: string;
  readonly text: string;
}

/** The entries that are there, in the order of their times. Read here and not by SQL: one that was changed is no obstacle. */
async function takeOver(knex: Knex): Promise<void> {
  for (let last: Stored | undefined; ; ) {
    const rows: readonly Stored[] = await knex('history as h')
      .join('instances as i', (on) => on.on('i.bucket', 'h.bucket').on('i.id', 'h.instance'))
      .select('h.bucket', 'h.instance', 'h.seq', 'h.recorded_at', 'i.tenant', 'i.process', 'h.text')
      .orderBy(['h.recorded_at', 'h.instance', 'h.seq'])
      .limit(PART)
      .modify((query) => {
        if (last === undefined) return;
        const { recorded_at, instance, seq } = last;
        query.where('h.recorded_at', '>=', recorded_at);
        query.whereRaw('(h.recorded_at, h.instance, h.seq) > (?, ?, ?)', [recorded_at, instance, seq]);
      });
    if (rows.length > 0) await knex.batchInsert('sought', rows.map(soughtRow), ROWS);
    if (rows.length < PART) return;
    last = rows.at(-1);
  }
}

function soughtRow({ text, ...row }: Stored) {
  const { type, actor, via, accepted, verdicts } = read(text);
  const isOverridden = type === 'override' || (accepted === true && restsOnOverride(verdicts));
  return {
    ...row,
    type: textOr(type, 'unknown'),
    actor: textOr(actor, 'unknown'),
    via: typeof via === 'string' ? via : null,
    accepted: accepted === true ? 1 : 0,
    overridden: isOverridden ? 1 : 0,
  };
}

function read(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** Whether something of a tree of criteria counts as met by an override. */
function restsOnOverride(reason: unknown): boolean {
  const { overridden, of } = Object(reason);
  return overridden !== undefined || (Array.isArray(of) && of.some(restsOnOverride));
}
