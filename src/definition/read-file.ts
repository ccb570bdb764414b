import { readDocument } from './document.ts';
import type { FileKind } from './file-kind.ts';
import type { Outline } from './outline.ts';
import type { Collector } from './report.ts';
import { scan } from './scan.ts';
import { checkSchema } from './schema.ts';

export interface ReadFile {
  readonly outline: Outline;
  /** Pointers of what is not as it should be. */
  readonly broken: readonly string[];
}

/** The text of a file of a kind: scanned, parsed, held against its schema. Null: there is nothing to go on with. */
export function readFile(text: string, kind: FileKind, { report }: Collector): ReadFile | null {
  const scanned = scan(text, report);
  const outline = scanned && readDocument(scanned, kind, report);
  return outline && { outline, broken: [...outline.dropped, ...checkSchema(outline, kind, report)] };
}
