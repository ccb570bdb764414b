import type { Text } from '../text.ts';

/** What kind of file is read: what must be in it, and how people speak of it. */
export interface FileKind {
  readonly name: Text;
  /** How such a file begins. */
  readonly begin: Text;
  /** JSON Schema 2020-12 of it. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The elements of the schema by the name of their definition, as people call them. */
  readonly elements: Readonly<Record<string, Text>>;
}
