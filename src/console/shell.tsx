import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { language, say } from './language.ts';
import { session, signOut } from './session.ts';
import { switchTheme, theme } from './theme.ts';
import { words } from './words/shell.ts';

const places = [
  { path: '/board', name: words.board },
  { path: '/work', name: words.work },
  { path: '/processes', name: words.processes },
  { path: '/numbers', name: words.numbers },
  { path: '/audit', name: words.audit },
];

/** What stands around every view: where one can go, who one is, language and light. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { path } = useLocation();
  const isAt = (place: string) => path.startsWith(place) || (path === '/' && place === '/board');
  return (
    <>
      <a class="skip" href="#content">
        {say(words.skip)}
      </a>
      <header class="bar">
        <a class="mark" href="/">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span>{say(words.product)}</span>
        </a>
        <nav aria-label={say(words.menu)}>
          {places.map((place) => (
            <a key={place.path} href={place.path} aria-current={isAt(place.path) ? 'page' : undefined}>
              {say(place.name)}
            </a>
          ))}
        </nav>
        <div class="tools">
          <Choices />
          <span class="who">{session.value?.actor}</span>
          <button type="button" class="quiet" onClick={() => void signOut()}>
            {say(words.signOut)}
          </button>
        </div>
      </header>
      <main id="content">{children}</main>
    </>
  );
}

/** Language and theme, on every page. */
export function Choices() {
  const other = language.value === 'zh' ? 'en' : 'zh';
  return (
    <>
      <button
        type="button"
        class="quiet"
        lang={other}
        onClick={() => {
          language.value = other;
        }}
      >
        {say(words.otherLanguage)}
      </button>
      <button type="button" class="quiet" onClick={switchTheme}>
        {say(theme.value === 'dark' ? words.light : words.dark)}
      </button>
    </>
  );
}
