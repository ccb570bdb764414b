import type { EditorState, Text } from '@codemirror/state';
import { type Part, readOutline } from './outline.ts';

export interface Read {
  readonly text: string;
  readonly root: Part;
}

const known = new WeakMap<Text, Read>();

/** The text of an editor and its outline, read once for each text. */
export function outlineOf({ doc }: EditorState): Read {
  const read = known.get(doc);
  if (read !== undefined) return read;
  const text = doc.toString();
  const fresh = { text, root: readOutline(text) };
  known.set(doc, fresh);
  return fresh;
}
