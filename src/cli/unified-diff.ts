import { structuredPatch } from 'diff';
import type { Colors } from 'picocolors/types.js';
import type { ProcessFile } from './process-files.ts';

/** Lines that are shown around what differs. */
const CONTEXT = 3;
/** Milliseconds after which two files are too different to be laid beside each other. */
const PATIENCE_MS = 5_000;

/** What differs between two texts, as `diff -u` shows it; null: nothing does. */
export function unifiedDiff(before: ProcessFile, after: ProcessFile, paint: Colors): string | null {
  if (before.text === after.text) return null;
  const options = { context: CONTEXT, timeout: PATIENCE_MS };
  const patch = structuredPatch(before.path, after.path, before.text, after.text, undefined, undefined, options);
  const hunks = patch?.hunks ?? [];
  return [
    paint.bold(`--- ${before.path}`),
    paint.bold(`+++ ${after.path}`),
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      paint.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
      ...lines.map((line) => painted(line.replace(/\r$/, ''), paint)),
    ]),
  ].join('\n');
}

function painted(line: string, paint: Colors): string {
  return line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line;
}
