/** The two drivers behind one shape: sqlite3 works in a thread and calls back, better-sqlite3 works at once. */
export type SqliteClient = 'sqlite3' | 'better-sqlite3';

export interface SqliteConnection {
  exec(sql: string): Promise<void>;
  prepare(sql: string): Promise<SqliteStatement>;
}

export interface SqliteStatement {
  run(values: readonly unknown[]): Promise<void>;
  all(values: readonly unknown[]): Promise<readonly unknown[]>;
  /** Must come before the connection closes: sqlite3 cannot close over an open statement. */
  finalize(): Promise<void>;
}

type Done = (error: Error | null) => void;

interface RawSqlite3 {
  exec(sql: string, done: Done): void;
  prepare(
    sql: string,
    done: Done,
  ): {
    run(values: readonly unknown[], done: Done): void;
    all(values: readonly unknown[], done: (error: Error | null, rows: readonly unknown[]) => void): void;
    finalize(done: () => void): void;
  };
}

interface RawBetterSqlite3 {
  exec(sql: string): void;
  prepare(sql: string): {
    run(values: readonly unknown[]): unknown;
    all(values: readonly unknown[]): readonly unknown[];
  };
}

/** Wraps the raw connection that knex hands out for a client. */
export function sqliteConnection(client: SqliteClient, raw: unknown): SqliteConnection {
  // knex types its raw connections as unknown; which driver made it is known by the client's name alone.
  return client === 'sqlite3' ? fromSqlite3(raw as RawSqlite3) : fromBetterSqlite3(raw as RawBetterSqlite3);
}

function fromSqlite3(raw: RawSqlite3): SqliteConnection {
  return {
    exec: (sql) => called((done) => raw.exec(sql, done)),
    prepare: (sql) =>
      new Promise((resolve, reject) => {
        const statement = raw.prepare(sql, (error) => {
          if (error !== null) return reject(error);
          resolve({
            run: (values) => called((done) => statement.run(values, done)),
            all: (values) =>
              new Promise((found, failed) => {
                statement.all(values, (problem, rows) => (problem === null ? found(rows) : failed(problem)));
              }),
            finalize: () => new Promise((finalized) => statement.finalize(finalized)),
          });
        });
      }),
  };
}

function called(call: (done: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error === null ? resolve() : reject(error))));
}

function fromBetterSqlite3(raw: RawBetterSqlite3): SqliteConnection {
  return {
    exec: async (sql) => raw.exec(sql),
    prepare: async (sql) => {
      const statement = raw.prepare(sql);
      return {
        run: async (values) => {
          statement.run(values);
        },
        all: async (values) => statement.all(values),
        finalize: async () => {},
      };
    },
  };
}
