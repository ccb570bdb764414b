import { readDocument } from './document.ts';
import { keySpan, type Path, pointerOf } from './outline.ts';
import { processKind } from './process-kind.ts';
import { scan } from './scan.ts';
import { makeSource, placeOf } from './source.ts';

/** On which line of a file an element is written (from 1), or the nearest one around it; null of what cannot be read. */
export function linesOf(text: string): ((path: Path) => number) | null {
  const ignore = () => undefined;
  const scanned = scan(text, ignore);
  const outline = scanned && readDocument(scanned, processKind, ignore);
  if (outline === null) return null;
  const source = makeSource(text, '');
  return (path) => placeOf(source, keySpan(outline, pointerOf(path)).start).line;
}
