import type { Diagnostic } from '@codemirror/lint';
import type { EditorState, Text } from '@codemirror/state';
import type { DefinitionFix, DefinitionProblem } from '../api.ts';
import { say } from '../language.ts';
import { fixLabel } from '../words/editor.ts';

/** Offset of a line and column, both counted from 1. */
export function offsetOf(doc: Text, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + column - 1, to);
}

/** The change that a fix is, of the text that it was offered for. */
export function changeOf(doc: Text, { line, column, length, text }: DefinitionFix) {
  const from = offsetOf(doc, line, column);
  return { from, to: Math.min(from + length, doc.length), insert: text };
}

/** Whether a text has, up to the end of what a fix changes, the line that it was offered for. */
export function isStillThere(doc: Text, { line, column, length }: DefinitionFix, of: string): boolean {
  const offered = of
    .split('\n', line)
    .at(line - 1)
    ?.slice(0, column - 1 + length);
  return offered !== undefined && line <= doc.lines && doc.line(line).text.startsWith(offered);
}

/** Problems as the editor shows them, each with the fix that is offered. */
export function diagnosticsOf({ doc }: EditorState, problems: readonly DefinitionProblem[]): readonly Diagnostic[] {
  return problems.map(({ severity, line, column, length, message, remedy, code, fix }) => {
    const from = offsetOf(doc, line, column);
    return {
      from,
      to: Math.min(from + length, doc.length),
      severity: severity === 'hint' ? ('info' as const) : severity,
      message: `${say(message)}\n→ ${say(remedy)}`,
      source: code,
      ...(fix !== null && {
        actions: [
          {
            name: fixLabel(doc.toString(), fix),
            apply: (view, at) => {
              // The problem may have been moved by what was typed before it since.
              const { from: start, to, insert } = changeOf(doc, fix);
              const shift = at - from;
              view.dispatch({ changes: { from: start + shift, to: to + shift, insert }, userEvent: 'input.fix' });
            },
          },
        ],
      }),
    };
  });
}
