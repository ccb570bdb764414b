import { useEffect, useState } from 'preact/hooks';
import { say } from './language.ts';
import { session } from './session.ts';
import { editorWords } from './words/editor.ts';

/** Texts that a tab remembers at most, and how long one may be (UTF-16 units). */
const MOST = 5;
const LONGEST = 300_000;

interface Kept {
  readonly text: string;
  /** When it was kept last (ISO 8601). */
  readonly at: string;
}

/** Of one person: whoever signs in next in this tab is offered nothing of it. */
const PREFIX = 'phasegate.text/';
const keyOf = (name: string): string => `${PREFIX}${session.value?.actor ?? ''}/${name}`;

function keptIn(key: string): Kept | null {
  try {
    const { text, at } = Object(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    return typeof text === 'string' && typeof at === 'string' ? { text, at } : null;
  } catch {
    return null;
  }
}

function keep(key: string, text: string): void {
  const others = Object.keys(sessionStorage).filter((other) => other.startsWith(PREFIX) && other !== key);
  const oldest = others.sort((a, b) => (keptIn(a)?.at ?? '').localeCompare(keptIn(b)?.at ?? ''));
  for (const old of oldest.slice(0, Math.max(0, others.length - MOST + 1))) sessionStorage.removeItem(old);
  if (text.length > LONGEST) return;
  try {
    sessionStorage.setItem(key, JSON.stringify({ text, at: new Date().toISOString() } satisfies Kept));
  } catch {
    // A browser that has no room, or keeps nothing: leaving still asks.
  }
}

export interface Unsaved {
  /** What was left behind here, to be taken up again or not; null: nothing, or that has been decided. */
  readonly kept: Kept | null;
  /** It has been decided what becomes of that. */
  decide(): void;
  /** The text is where it belongs. */
  forget(): void;
}

/**
 * Remembers in this tab what is written and not saved, and asks before it is left. `name` says what it is the text of. What was
 * left behind is kept until somebody has decided what becomes of it.
 */
export function useUnsaved(name: string, first: string, text: string): Unsaved {
  const key = keyOf(name);
  const [kept, setKept] = useState(() => {
    const found = keptIn(key);
    return found?.text === first ? null : found;
  });
  const isChanged = text !== first;
  useEffect(() => {
    if (kept !== null) return;
    if (isChanged) keep(key, text);
    else sessionStorage.removeItem(key);
  }, [key, text, isChanged, kept]);
  useEffect(() => {
    if (!isChanged) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    const follow = (event: MouseEvent) => {
      if (!isLeaving(event) || confirm(say(editorWords.leave))) return;
      event.preventDefault();
      event.stopPropagation();
    };
    addEventListener('beforeunload', stay);
    addEventListener('click', follow, { capture: true });
    return () => {
      removeEventListener('beforeunload', stay);
      removeEventListener('click', follow, { capture: true });
    };
  }, [isChanged]);
  return {
    kept,
    decide: () => setKept(null),
    forget: () => sessionStorage.removeItem(key),
  };
}

/** Whether a click follows a link to another view in this tab; a link to elsewhere is the browser's to ask about. */
function isLeaving(event: MouseEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return false;
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
  return (
    link !== undefined && link.target === '' && link.origin === location.origin && link.pathname !== location.pathname
  );
}
