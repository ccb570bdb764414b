import { useEffect } from 'preact/hooks';
import { say } from '../language.ts';
import { words } from '../words/shell.ts';

/** What a view is about, at its head and as the title of the page. */
export function Heading({ text }: { readonly text: string }) {
  useEffect(() => {
    document.title = `${text} · ${say(words.product)}`;
  }, [text]);
  return <h1>{text}</h1>;
}
