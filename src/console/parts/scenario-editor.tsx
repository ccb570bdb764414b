import { yaml } from '@codemirror/lang-yaml';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import { theme } from '../theme.ts';
import { offsetOf } from '../yaml/diagnostics.ts';
import { lookIn } from '../yaml/look.ts';

interface ScenarioEditorProps {
  /** What it begins with. */
  readonly text: string;
  readonly label: string;
  readonly change: (text: string) => void;
  /** Is handed the way to put the cursor on a line (1-based). */
  readonly ready: (goTo: (line: number, column: number) => void) => void;
}

/** The scenarios of a process as text, in a shadow of their own as the process file is. */
export default function ScenarioEditor({ text, label, change, ready }: ScenarioEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const written = useRef(text);
  useEffect(() => {
    if (host.current === null) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: written.current,
        extensions: [
          basicSetup,
          yaml(),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (!docChanged) return;
            written.current = state.doc.toString();
            change(written.current);
          }),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          // Before the look of every editor, which is as high as a file.
          EditorView.theme({ '&': { height: '45vh' } }),
          lookIn(theme.value),
        ],
      }),
    });
    // What scrolls is to be reached by keys.
    view.scrollDOM.tabIndex = 0;
    ready((line, column) => {
      const at = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
      view.focus();
    });
    return () => view.destroy();
  }, [theme.value]);
  return <div ref={host} class="yaml" />;
}
