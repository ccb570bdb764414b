/**
 * A caller's own key (business key, idempotency key) as a column keeps it: spelt as inside a JSON string. PostgreSQL
 * takes neither NUL nor half a surrogate pair in a text, SQLite changes the latter; two keys must never become one.
 */
export function storedKey(key: string): string {
  return JSON.stringify(key).slice(1, -1);
}

/** The key behind `storedKey`; a text that somebody has edited into no such spelling is given back as it stands. */
export function keyOf(stored: string): string {
  if (!stored.includes('\\')) return stored;
  try {
    const key: unknown = JSON.parse(`"${stored}"`);
    return typeof key === 'string' ? key : stored;
  } catch {
    return stored;
  }
}
