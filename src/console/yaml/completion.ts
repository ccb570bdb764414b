import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
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

const icons: Readonly<Record<Candidate['kind'], string>> = {
  word: 'property',
  value: 'enum',
  name: 'variable',
  field: 'variable',
  function: 'function',
  method: 'method',
  operator: 'keyword',
};

/** Offers what the language lets stand at the cursor; `beside` is asked each time. */
export function completion(beside: () => Beside): Extension {
  const source = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const { text, root } = outlineOf(state);
    const found = candidatesAt(guide, text, root, pos, beside());
    if (found === null || found.all.length === 0 || (!explicit && found.from === pos)) return null;
    return { from: found.from, options: found.all.map(optionOf), validFor: /^["']?[\w./-]*$/ };
  };
  return [
    autocompletion({ override: [source], icons: true }),
    Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  ];
}

function optionOf({ label, kind, detail, help, isRequired, template, goesOn }: Candidate, n: number): Completion {
  const put = snippet(template);
  const said = [...(detail === null ? [] : [say(detail)]), ...(isRequired ? [say(editorWords.required)] : [])];
  return {
    label,
    type: icons[kind],
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
