import type { Clock } from '../clock.ts';
import { newId } from '../ids.ts';
import { createService, type Service } from '../service/index.ts';
import { openStore, type Store } from '../store/index.ts';
import type { Config } from './config.ts';
import { storeClock } from './store-clock.ts';

/**
 * The store that the configuration names; `exclusive` for the server, which owns a SQLite file alone. Throws
 * `unavailable` when it cannot be opened.
 */
export function openConfiguredStore(config: Config, exclusive: boolean): Promise<Store> {
  const { dbClient, synchronous, cacheMb, walAutocheckpoint } = config;
  return openStore({ url: config.db, client: dbClient, synchronous, cacheMb, walAutocheckpoint, exclusive });
}

/** Works on the database beside a running server, or without one. */
export async function withDatabase<R>(
  config: Config,
  use: (store: Store, service: Service, clock: Clock) => Promise<R>,
): Promise<R> {
  const store = await openConfiguredStore(config, false);
  try {
    await store.migrate();
    const { clock } = await storeClock(store, { warn() {} });
    return await use(store, createService({ store, clock, newId }), clock);
  } finally {
    await store.close();
  }
}
