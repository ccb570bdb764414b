import { useContext, useMemo } from 'preact/hooks';
import { ErrorBoundary, lazy } from 'preact-iso';
import type { Figures } from '../api.ts';
import { language, numberText, say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { Wide } from './figure-box.tsx';
import { DealsAddress } from './figure-link.tsx';

/** Only who looks at figures loads the charts. */
const FigureChart = lazy(() => import('./figure-chart.tsx'));
/** Lines of a chart beside what was started. */
const MOST_OUTCOMES = 4;

/** What was started and what ended, part by part: as a chart, and as a table whose numbers lead to the deals. */
export function SeriesBox({ series, outcomes, zone }: Pick<Figures, 'series' | 'outcomes' | 'zone'>) {
  const { every, parts } = series;
  const shown = outcomes.filter(({ instances }) => instances > 0).slice(0, MOST_OUTCOMES);
  const labels = useMemo(() => parts.map(({ since }) => partText(since, every, zone)), [series, language.value]);
  const lines = useMemo(
    () => [
      { name: say(w.started), values: parts.map(({ started }) => started) },
      ...shown.map(({ outcome, title }) => ({
        name: say(title),
        values: parts.map(({ ended }) => ended.find((each) => each.outcome === outcome)?.instances ?? 0),
      })),
    ],
    [series, language.value],
  );
  return (
    <section class="figure-box" aria-labelledby="over-time">
      <h2 id="over-time">{say(w.overTime)}</h2>
      <ErrorBoundary>
        <FigureChart
          labels={labels}
          lines={lines}
          name={`${say(w.overTime)}: ${lines.map(({ name }) => name).join(', ')}`}
        />
      </ErrorBoundary>
      <details class="as-table">
        <summary>{say(w.asTable)}</summary>
        <Wide label={say(w.overTime)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say(w.part)}</th>
                {lines.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {parts.map((part, n) => (
                <tr key={part.since}>
                  <th scope="row">{labels[n]}</th>
                  <td>
                    <PartLink part={part} zone={zone} figure="started" outcome={null} count={part.started} />
                  </td>
                  {shown.map(({ outcome }, line) => (
                    <td key={outcome ?? '-'}>
                      <PartLink
                        part={part}
                        zone={zone}
                        figure="ended"
                        outcome={outcome ?? '-'}
                        count={lines[line + 1]?.values[n] ?? 0}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </details>
    </section>
  );
}

interface PartLinkProps {
  readonly part: Figures['series']['parts'][number];
  readonly zone: string;
  readonly figure: 'started' | 'ended';
  readonly outcome: string | null;
  readonly count: number;
}

/** The deals of one part of the period alone. */
function PartLink({ part, zone, figure, outcome, count }: PartLinkProps) {
  const address = useContext(DealsAddress);
  if (count === 0) return <span class="none">0</span>;
  const day = (instant: number) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(instant));
  const [since, until] = [day(Date.parse(part.since)), day(Date.parse(part.until) - 1)];
  const which = { period: 'from-to', since, until, ...(outcome !== null && { outcome }) };
  return <a href={address(figure, which)}>{numberText(count)}</a>;
}

function partText(since: string, every: Figures['series']['every'], timeZone: string): string {
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB';
  const form: Intl.DateTimeFormatOptions =
    every === 'month' ? { year: 'numeric', month: 'short' } : { month: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(locale, { ...form, timeZone }).format(new Date(since));
}
