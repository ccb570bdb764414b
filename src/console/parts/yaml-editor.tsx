import { indentWithTab, redo } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { closeSearchPanel, openSearchPanel, searchPanelOpen } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'preact/hooks';
import type { DefinitionFix, DefinitionProblem } from '../api.ts';
import { language } from '../language.ts';
import { theme } from '../theme.ts';
import type { Beside } from '../yaml/candidates.ts';
import { completion } from '../yaml/completion.ts';
import { stepOf } from '../yaml/declared.ts';
import { changeOf, diagnosticsOf, isStillThere, offsetOf } from '../yaml/diagnostics.ts';
import { hover } from '../yaml/hover.ts';
import { indent } from '../yaml/indent.ts';
import { lookIn } from '../yaml/look.ts';
import { outlineOf } from '../yaml/outline-of.ts';
import { wordsIn } from '../yaml/phrases.ts';
import { partOfStep, pathAround } from '../yaml/step-parts.ts';

/** What others do with the editor. */
export interface EditorHandle {
  /** Puts the cursor on a line and column, both counted from 1. */
  goTo(line: number, column: number): void;
  goToStep(step: string): void;
  /** Carries out a fix that was offered for a text, unless what it changes is no longer there. */
  fix(fix: DefinitionFix, of: string): void;
  /** Puts another text in place of all; can be undone. */
  replace(text: string): void;
}

interface YamlEditorProps {
  /** What it begins with; later values change nothing. */
  readonly text: string;
  readonly label: string;
  /** Which keys do what. */
  readonly help: string;
  readonly change: (text: string) => void;
  /** Of which text there are which problems. */
  readonly checked: Checked;
  /** Ids in other files, by the kind of what they name. */
  readonly beside: Beside;
  /** Is told the step that the cursor stands in. */
  readonly at: (step: string | null) => void;
  readonly ready: (handle: EditorHandle) => void;
}

export interface Checked {
  readonly of: string;
  readonly problems: readonly DefinitionProblem[];
}

/**
 * The file of a process with its problems at the words that they are about. It stands in a shadow of its own: there the
 * editor's styles are sheets, which the page's policy allows, and not elements, which it does not.
 */
export default function YamlEditor(props: YamlEditorProps) {
  const { label, help, checked } = props;
  const host = useRef<HTMLDivElement>(null);
  const made = useRef<Made | null>(null);
  const current = useRef(props);
  current.current = props;
  useEffect(() => {
    if (host.current === null) return;
    const own = makeEditor(host.current, current);
    made.current = own;
    return () => own.view.destroy();
  }, []);
  useEffect(() => made.current?.light(), [theme.value]);
  useEffect(() => made.current?.speak(), [language.value, label, help]);
  useEffect(() => made.current?.tell(), [checked, language.value]);
  return <div ref={host} class="yaml" />;
}

interface Made {
  readonly view: EditorView;
  light(): void;
  speak(): void;
  tell(): void;
}

function makeEditor(host: HTMLElement, current: { readonly current: YamlEditorProps }): Made {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const [look, words] = [new Compartment(), new Compartment()];
  const wordsNow = () => wordsIn(language.value, current.current.label, current.current.help);
  let step: string | null = null;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: current.current.text,
      extensions: [
        look.of(lookIn(theme.value)),
        words.of(wordsNow()),
        completion(() => current.current.beside),
        basicSetup,
        keymap.of([indentWithTab, { key: 'Mod-Shift-z', run: redo, preventDefault: true }]),
        indent(),
        yaml(),
        lintGutter(),
        hover(),
        EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
          if (docChanged) current.current.change(state.doc.toString());
          if (!docChanged && !selectionSet) return;
          const around = stepOf(pathAround(outlineOf(state).root, state.selection.main.head));
          if (around === step) return;
          step = around;
          current.current.at(step);
        }),
      ],
    }),
  });
  // What scrolls is to be reached by keys.
  view.scrollDOM.tabIndex = 0;
  const go = (at: number) => {
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    view.focus();
  };
  current.current.ready({
    goTo: (line, column) => go(offsetOf(view.state.doc, line, column)),
    goToStep: (id) => {
      const part = partOfStep(outlineOf(view.state).root, id);
      if (part !== null) go(part.keyFrom);
    },
    fix: (fix, of) => {
      const { doc } = view.state;
      if (!isStillThere(doc, fix, of)) return;
      const changes = changeOf(doc, fix);
      view.dispatch({ changes, selection: { anchor: changes.from + changes.insert.length }, userEvent: 'input.fix' });
      view.focus();
    },
    replace: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  });
  return {
    view,
    light: () => view.dispatch({ effects: look.reconfigure(lookIn(theme.value)) }),
    speak: () => {
      const isSearching = searchPanelOpen(view.state);
      if (isSearching) closeSearchPanel(view);
      view.dispatch({ effects: words.reconfigure(wordsNow()) });
      if (isSearching) openSearchPanel(view);
    },
    tell: () => {
      const { of, problems } = current.current.checked;
      if (view.state.doc.toString() !== of) return;
      view.dispatch(setDiagnostics(view.state, diagnosticsOf(view.state, problems)));
    },
  };
}
