import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Figures } from '../api.ts';
import { get } from '../client.ts';
import { numberText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { DaysTable } from '../parts/days-table.tsx';
import { DealsAddress, type DealsOf } from '../parts/figure-link.tsx';
import { amountsText, shareText, spanText } from '../parts/figure-text.ts';
import { FunnelTable } from '../parts/funnel-table.tsx';
import { Heading } from '../parts/heading.tsx';
import { OutcomeFigures } from '../parts/outcome-figures.tsx';
import { PeriodChoice } from '../parts/period-choice.tsx';
import { ProcessChoice } from '../parts/process-choice.tsx';
import { RefusalTable } from '../parts/refusal-table.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { SeriesBox } from '../parts/series-box.tsx';
import { SlaTable } from '../parts/sla-table.tsx';
import { askedFor, type Period, periodIn, periodQuery } from '../period.ts';
import { numberWords as w } from '../words/numbers.ts';
import { words } from '../words/shell.ts';

/** How a process goes, in a period and on a version that the address says. Each figure leads to its deals. */
export function Numbers() {
  const { query } = useLocation();
  const period = periodIn(query);
  const { version = '', step = '' } = query;
  const search = new URLSearchParams(periodQuery(period, version)).toString();
  return (
    <section class="numbers">
      <Heading text={say(words.numbers)} />
      <ProcessChoice view="/numbers" search={search}>
        {(name) => (
          <>
            <PeriodChoice process={name} period={period} version={version} />
            <Page name={name} period={period} version={version} step={step} />
          </>
        )}
      </ProcessChoice>
    </section>
  );
}

interface PageProps {
  readonly name: string;
  readonly period: Period;
  readonly version: string;
  readonly step: string;
}

function Page({ name, period, version, step }: PageProps) {
  const asked = new URLSearchParams(askedFor(period, version)).toString();
  const address = `/v1/processes/${name}/figures?${asked}`;
  const { value, refused, reload } = useLoading(() => get<Figures>(address), [address]);
  const dealsOf = useMemo<DealsOf>(
    () => (figure, which) =>
      `/numbers/${name}/deals?${new URLSearchParams({ ...periodQuery(period, version), figure, ...which })}`,
    [name, asked, period.name],
  );
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const { funnel, days, slas, refusals, outcomes, amount, series, zone, complete } = value;
  return (
    <DealsAddress.Provider value={dealsOf}>
      <p class="span">
        {spanText(value)} <small>{zone}</small>
      </p>
      {!complete && <p class="counting">{say(w.counting)}</p>}
      {isEmpty(value) ? (
        <p class="empty">
          {say(w.nothing)} <a href={`/board/${name}`}>{say(w.toBoard)}</a>
        </p>
      ) : (
        <>
          <Tiles figures={value} dealsOf={dealsOf} />
          <SeriesBox series={series} outcomes={outcomes} zone={zone} />
          <FunnelTable funnel={funnel} chosen={step} />
          <DaysTable days={days} chosen={step} />
          <div class="halves">
            <OutcomeFigures outcomes={outcomes} amount={amount} />
            <SlaTable slas={slas} />
          </div>
          <RefusalTable refusals={refusals} />
        </>
      )}
    </DealsAddress.Provider>
  );
}

function isEmpty({ funnel, days, slas, refusals, outcomes }: Figures): boolean {
  const counted = [...funnel.map(({ entered }) => entered), ...days.map(({ rounds }) => rounds)];
  return (
    counted.every((count) => count === 0) &&
    slas.length + refusals.length === 0 &&
    outcomes.every(({ instances }) => instances === 0)
  );
}

interface TilesProps {
  readonly figures: Figures;
  readonly dealsOf: DealsOf;
}

/** What matters most, in one line. */
function Tiles({ figures: { series, outcomes, slas, refusals }, dealsOf }: TilesProps) {
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
  const started = sum(series.parts.map((part) => part.started));
  const inTime = sum(slas.map((sla) => sla.inTime));
  const of = inTime + sum(slas.map((sla) => sla.late + sla.runningLate));
  return (
    <ul class="tiles">
      <Tile name={say(w.started)} value={numberText(started)} href={dealsOf('started', {})} />
      {outcomes
        .filter(({ outcome }) => outcome !== null)
        .map(({ outcome, title, instances, amounts }) => (
          <Tile
            key={outcome}
            name={say(title)}
            value={numberText(instances)}
            more={amountsText(amounts)}
            href={dealsOf('ended', { outcome: outcome ?? '-' })}
          />
        ))}
      <Tile name={say(w.slaKept)} value={of === 0 ? '–' : shareText(inTime / of)} href="#slas" />
      <Tile name={say(w.refusals)} value={numberText(sum(refusals.map((each) => each.refusals)))} href="#refusals" />
    </ul>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
  readonly href: string;
}

function Tile({ name, value, more = '', href }: TileProps) {
  return (
    <li>
      <a class="tile" href={href}>
        <span>{name}</span>
        <strong>{value}</strong>
        {more !== '' && <small>{more}</small>}
      </a>
    </li>
  );
}
