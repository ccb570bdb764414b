import { getIndentUnit, indentService } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

/** Behind a key without a value goes on what belongs to it, a level deeper. */
export function indent(): Extension {
  return indentService.of((context, pos) => {
    const { text } = context.lineAt(pos, -1);
    if (!/^\s*(- +)*[^\s#][^#]*:\s*(\s#.*)?$/.test(text)) return undefined;
    const own = /^\s*(- +)*/.exec(text)?.[0].length ?? 0;
    return own + getIndentUnit(context.state);
  });
}
