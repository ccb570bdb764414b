import type { Extension } from '@codemirror/state';
import { EditorView, hoverTooltip } from '@codemirror/view';
import { guide } from '../guide.ts';
import { say } from '../language.ts';
import { declaredIn } from '../words/editor.ts';
import { type Meaning, meaningAt } from './meaning.ts';
import { outlineOf } from './outline-of.ts';

/** Shows what the word under the pointer means. */
export function hover(): Extension {
  return hoverTooltip(({ state }, pos) => {
    const { text, root } = outlineOf(state);
    const meaning = meaningAt(guide, text, root, pos);
    if (meaning === null) return null;
    const { from, to } = meaning;
    return { pos: from, end: to, above: true, create: (view) => ({ dom: box(view, meaning) }) };
  });
}

function box(view: EditorView, { head, title, help, code, declared }: Meaning): HTMLElement {
  const dom = document.createElement('div');
  dom.className = 'meaning';
  const first = line(dom, '');
  first.append(tag('strong', title === null ? head : say(title)), ' ');
  if (title !== null && say(title) !== head) first.append(tag('code', head));
  if (code !== null) line(dom, '').append(tag('code', code));
  if (help !== null) line(dom, say(help));
  if (declared !== null) {
    const button = tag('button', say(declaredIn(view.state.doc.lineAt(declared).number)));
    button.addEventListener('click', () => {
      view.dispatch({
        selection: { anchor: declared },
        effects: EditorView.scrollIntoView(declared, { y: 'center' }),
      });
      view.focus();
    });
    line(dom, '').append(button);
  }
  return dom;
}

function line(dom: HTMLElement, text: string): HTMLElement {
  const made = tag('p', text);
  dom.append(made);
  return made;
}

function tag(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
