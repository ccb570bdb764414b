import { apiKeyQueries } from './api-key-queries.ts';
import { backlogQueries } from './backlog-queries.ts';
import { cardQueries } from './card-queries.ts';
import { childLinkQueries } from './child-link-queries.ts';
import { commit } from './commit.ts';
import type { Database } from './database.ts';
import { storeDefaults } from './defaults.ts';
import { definitionQueries } from './definition-queries.ts';
import { evidenceQueries } from './evidence-queries.ts';
import { figureQueries } from './figure-queries.ts';
import { filingQueries } from './filing-queries.ts';
import { historyQueries } from './history-queries.ts';
import { idempotencyQueries } from './idempotency-queries.ts';
import { instanceQueries } from './instance-queries.ts';
import { migrate } from './migrate.ts';
import { outboxQueries } from './outbox-queries.ts';
import { openPostgres } from './postgres-database.ts';
import { publicationQueries } from './publication-queries.ts';
import { recordedQueries } from './recorded-queries.ts';
import { replayQueries } from './replay-queries.ts';
import { scheduleQueries } from './schedule-queries.ts';
import { signalQueries } from './signal-queries.ts';
import { soughtQueries } from './sought-queries.ts';
import { openSqlite, type SqliteOptions } from './sqlite-database.ts';
import { subscriptionQueries } from './subscription-queries.ts';
import { timerQueries } from './timer-queries.ts';
import type { Store } from './types.ts';
import { workQueries } from './work-queries.ts';

export interface StoreOptions extends Partial<SqliteOptions> {
  /** `sqlite:/path/file.db`, a bare path, or `postgres://…`. */
  readonly url: string;
}

/** Opens a database; `migrate` must come before anything else. Throws `unavailable` when another server holds the file. */
export async function openStore(options: StoreOptions): Promise<Store> {
  return storeOn(await openDatabase(options));
}

/** The database alone, for what a store does not show. */
export async function openDatabase({ url, ...options }: StoreOptions): Promise<Database> {
  if (/^postgres(ql)?:/.test(url)) return openPostgres(url);
  return openSqlite(url.replace(/^sqlite:(\/\/)?/, ''), { ...storeDefaults, ...options });
}

export function storeOn(database: Database): Store {
  return {
    migrate: () => migrate(database),
    close: () => database.close(),
    async ping() {
      await database.writer.raw('select 1');
    },
    askTime: askTime(database),
    commit: (changes) => commit(database, changes),
    ...definitionQueries(database),
    ...publicationQueries(database),
    ...instanceQueries(database),
    ...evidenceQueries(database),
    ...historyQueries(database),
    ...idempotencyQueries(database),
    ...childLinkQueries(database),
    ...apiKeyQueries(database),
    ...workQueries(database),
    ...cardQueries(database),
    ...filingQueries(database),
    ...figureQueries(database),
    ...subscriptionQueries(database),
    ...outboxQueries(database),
    ...signalQueries(database),
    ...recordedQueries(database),
    ...soughtQueries(database),
    ...replayQueries(database),
    ...scheduleQueries(database),
    ...timerQueries(database),
    ...backlogQueries(database),
  };
}

function askTime({ reader, dialect: { time } }: Database): (() => Promise<number>) | null {
  if (time === null) return null;
  return async () => Number((await reader.first(reader.raw(`${time} as ms`))).ms);
}
