import { useEffect } from 'preact/hooks';
import { ErrorBoundary, LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso';
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
const Audit = lazy(async () => (await import('./views/audit.tsx')).Audit);
const Work = lazy(async () => (await import('./views/work.tsx')).Work);
const Numbers = lazy(async () => (await import('./views/numbers.tsx')).Numbers);
const NumberDeals = lazy(async () => (await import('./views/number-deals.tsx')).NumberDeals);

export function App() {
  useEffect(() => void findSession(), []);
  if (session.value === undefined) return <p aria-busy="true" class="waiting" />;
  return (
    <LocationProvider>
      {session.value === null ? (
        <SignIn />
      ) : (
        <Shell>
          <ErrorBoundary>
            <Router>
              <Route path="/" component={Board} />
              <Route path="/sign-in" component={ToBoard} />
              <Route path="/board/:process?" component={Board} />
              <Route path="/deals/:id" component={Deal} />
              <Route path="/work" component={Work} />
              <Route path="/numbers/:process?" component={Numbers} />
              <Route path="/numbers/:process/deals" component={NumberDeals} />
              <Route path="/audit/:part?" component={Audit} />
              <Route path="/processes/:process?" component={Process} />
              <Route path="/processes/:process/edit" component={Editor} />
              <Route default component={NotHere} />
            </Router>
          </ErrorBoundary>
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
