import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
  snippet,
  startCompletion,
} from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { guide } from '../guide.ts';
import { say } from '../language.ts';
import { editorWords } from '../words/editor.ts';
import { type Beside, type Candidate, candidatesAt } from './candidates.ts';
import { outlineOf } from './outline-of.ts';

/** Offers what the language lets stand at the cursor; `beside` is asked each time. */
export function completion(beside: () => Beside): Extension {
  const source = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const { text, root } = outlineOf(state);
    const found = candidatesAt(guide, text, root, pos, beside());
    if (found === null || found.all.length === 0 || (!explicit && found.from === pos)) return null;
    return { from: found.from, options: found.all.map(optionOf), validFor: /^["']?[\w./-]*$/ };
  };
  return [
    autocompletion({ override: [source], icons: false }),
    Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  ];
}

function plainly(text: string): ReturnType<typeof snippet> {
  return ({ state, dispatch }, _, from, to) => dispatch(state.update(insertCompletionText(state, text, from, to)));
}

function optionOf({ label, detail, help, isRequired, template, goesOn }: Candidate, n: number): Completion {
  // A snippet with nothing to fill in would leave the cursor before itself.
  const put = template.includes('#{') ? snippet(template) : plainly(template);
  const called = detail === null || say(detail) === label ? [] : [say(detail)];
  const said = [...called, ...(isRequired ? [say(editorWords.required)] : [])];
  return {
    label,
    ...(said.length > 0 && { detail: said.join(' · ') }),
    ...(help !== null && { info: say(help) }),
    // In the order of the language: the editor's own is that of the alphabet.
    boost: Math.max(-99, 99 - n),
    apply: (view, option, from, to) => {
      put(view, option, from, to);
      if (goesOn) startCompletion(view);
    },
  };
}
