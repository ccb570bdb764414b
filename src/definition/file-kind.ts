import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Text } from '../text.ts';

/** What kind of file is read: what must be in it, and how people speak of it. */
export interface FileKind {
  readonly name: Text;
  /** How such a file begins. */
  readonly begin: Text;
  /** JSON Schema 2020-12 of it. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What holds a file against it, made ready at first use. */
  readonly validator: () => ValidateFunction;
  /** The elements of the schema by the name of their definition, as people call them. */
  readonly elements: Readonly<Record<string, Text>>;
}
