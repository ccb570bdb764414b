import { useLocation } from 'preact-iso';
import type { VersionPage } from '../api.ts';
import { get } from '../client.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { type Period, type PeriodName, periodQuery } from '../period.ts';
import { numberWords, periodNames } from '../words/numbers.ts';
import { words } from '../words/shell.ts';

interface PeriodChoiceProps {
  readonly process: string;
  readonly period: Period;
  /** Empty: any. */
  readonly version: string;
}

/** Which period and version the figures are of; what is chosen stands in the address. */
export function PeriodChoice({ process, period, version }: PeriodChoiceProps) {
  const { route, path } = useLocation();
  const versions = useLoading(() => get<VersionPage>(`/v1/processes/${process}/versions?limit=100`), [process]);
  const go = (next: Period, of = version) => route(`${path}?${new URLSearchParams(periodQuery(next, of))}`);
  const { name, since, until } = period;
  const today = new Date().toISOString().slice(0, 10);

  function choose(chosen: string): void {
    const known = Object.keys(periodNames) as PeriodName[];
    const next = known.find((each) => each === chosen) ?? 'this-quarter';
    go({ name: next, since, until: next === 'from-to' && until === '' ? today : until });
  }

  return (
    <>
      <label class="choice">
        {say(numberWords.period)}
        <select value={name} onChange={(event) => choose(event.currentTarget.value)}>
          {Object.entries(periodNames).map(([each, title]) => (
            <option key={each} value={each}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      {name === 'from-to' && (
        <>
          <label class="choice day">
            {say(numberWords.from)}
            <input
              type="date"
              required
              value={since}
              max={until}
              onChange={({ currentTarget }) =>
                currentTarget.value !== '' && go({ ...period, since: currentTarget.value })
              }
            />
          </label>
          <label class="choice day">
            {say(numberWords.to)}
            <input
              type="date"
              value={until}
              min={since}
              onChange={({ currentTarget }) => go({ ...period, until: currentTarget.value })}
            />
          </label>
        </>
      )}
      <label class="choice">
        {say(words.version)}
        <select value={version} onChange={(event) => go(period, event.currentTarget.value)}>
          <option value="">{say(numberWords.anyVersion)}</option>
          {versions.value?.versions.map(({ version: number }) => (
            <option key={number} value={String(number)}>
              {number}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
