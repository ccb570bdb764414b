import type { Text } from '../text.ts';
import type { FileKind } from './file-kind.ts';

/** Where a word of the language is at home, or null when the language does not know it. */
export function homesOf({ schema, elements }: FileKind, word: string): Text | null {
  const definitions = Object(schema.$defs);
  const homes = Object.entries(elements).filter(([name]) => Object.hasOwn(Object(definitions[name]?.properties), word));
  if (Object.hasOwn(Object(schema.properties), word) && homes.length === 0) {
    return { zh: '文件最外层', en: 'the outermost level of the file' };
  }
  if (homes.length === 0) return null;
  return { zh: homes.map(([, { zh }]) => zh).join('、'), en: homes.map(([, { en }]) => en).join(', ') };
}
