import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import type { DefinitionProblem } from '../api.ts';
import { say } from '../language.ts';
import { theme } from '../theme.ts';

interface YamlEditorProps {
  /** What it begins with. */
  readonly text: string;
  readonly label: string;
  readonly change: (text: string) => void;
  /** What is wrong with a text; asked a moment after each change. */
  readonly check: (text: string) => Promise<readonly DefinitionProblem[]>;
  /** Is handed the way to put the cursor on a line (1-based). */
  readonly ready: (goTo: (line: number, column: number) => void) => void;
}

/** Milliseconds without a key before a text is checked. */
const PAUSE_MS = 100;

/**
 * The file of a process with its problems at the words that they are about. It stands in a shadow of its own: there the
 * editor's styles are sheets, which the page's policy allows, and not elements, which it does not.
 */
export default function YamlEditor({ text, label, change, check, ready }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current === null) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          yaml(),
          lintGutter(),
          linter(async ({ state }) => diagnostics(state, await check(state.doc.toString())), { delay: PAUSE_MS }),
          EditorView.updateListener.of(({ docChanged, state }) => docChanged && change(state.doc.toString())),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.theme(look, { dark: theme.value === 'dark' }),
          syntaxHighlighting(theme.value === 'dark' ? darkWords : lightWords),
        ],
      }),
    });
    // What scrolls is to be reached by keys.
    view.scrollDOM.tabIndex = 0;
    ready((line, column) => {
      const at = placeOf(view.state, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    });
    return () => view.destroy();
  }, [theme.value]);
  return <div ref={host} class="yaml" />;
}

const wordsIn = (comment: string, name: string, value: string) =>
  HighlightStyle.define([
    { tag: [tags.comment, tags.meta], color: comment },
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: name },
    { tag: [tags.string, tags.content, tags.number, tags.bool, tags.keyword], color: value },
  ]);
export const lightWords = wordsIn('#5b6472', '#0b5f8a', '#1f2933');
export const darkWords = wordsIn('#a3adba', '#8fd0f5', '#e4e9ef');

export const look = {
  '&': { height: '70vh', fontSize: '13px', color: 'var(--pico-color)', backgroundColor: 'var(--raised)' },
  '.cm-gutters': { color: 'var(--calm)', backgroundColor: 'var(--ground)', borderColor: 'var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '.cm-content': { caretColor: 'var(--pico-color)' },
  '.cm-scroller': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace', overflow: 'auto' },
};

function diagnostics(state: EditorState, problems: readonly DefinitionProblem[]): readonly Diagnostic[] {
  return problems.map(({ severity, line, column, length, message, remedy, code }) => {
    const from = placeOf(state, line, column);
    return {
      from,
      to: Math.min(from + length, state.doc.length),
      severity: severity === 'hint' ? ('info' as const) : severity,
      message: `${say(message)}\n→ ${say(remedy)}`,
      source: code,
    };
  });
}

export function placeOf({ doc }: EditorState, line: number, column: number): number {
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(from + column - 1, to);
}
