import { useEffect } from 'preact/hooks';
import { LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso';
import { say } from './language.ts';
import { findSession, session } from './session.ts';
import { Shell } from './shell.tsx';
import { Board } from './views/board.tsx';
import { SignIn } from './views/sign-in.tsx';
import { words } from './words/shell.ts';

/** Loaded by who looks at one. */
const Deal = lazy(async () => (await import('./views/deal.tsx')).Deal);
const Editor = lazy(async () => (await import('./views/editor.tsx')).Editor);
const Process = lazy(async () => (await import('./views/process.tsx')).Process);
const Audit = lazy(() => import('./views/audit.tsx'));
const Work = lazy(() => import('./views/work.tsx'));

export function App() {
  useEffect(() => void findSession(), []);
  if (session.value === undefined) return <p aria-busy="true" class="waiting" />;
  return (
    <LocationProvider>
      {session.value === null ? (
        <SignIn />
      ) : (
        <Shell>
          <Router>
            <Route path="/" component={Board} />
            <Route path="/sign-in" component={ToBoard} />
            <Route path="/board/:process?" component={Board} />
            <Route path="/deals/:id" component={Deal} />
            <Route path="/work" component={Work} />
            <Route path="/audit/:part?" component={Audit} />
            <Route path="/processes/:process?" component={Process} />
            <Route path="/processes/:process/edit" component={Editor} />
            <Route default component={NotHere} />
          </Router>
        </Shell>
      )}
    </LocationProvider>
  );
}

function ToBoard() {
  const { route } = useLocation();
  useEffect(() => route('/', true), []);
  return null;
}

function NotHere() {
  return (
    <section>
      <p>{say(words.notHere)}</p>
      <a href="/">{say(words.toBoard)}</a>
    </section>
  );
}
