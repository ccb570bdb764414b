import type { Figures } from '../api.ts';
import { say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { FigureBar } from './figure-bar.tsx';
import { FigureBox, Wide } from './figure-box.tsx';
import { FigureLink } from './figure-link.tsx';
import { daysText } from './figure-text.ts';

export function DaysTable({ days, chosen }: Pick<Figures, 'days'> & { readonly chosen: string }) {
  const shown = days.filter(({ rounds }) => rounds > 0);
  const most = Math.max(...shown.map(({ p90 }) => p90), 0);
  return (
    <FigureBox id="days" title={say(w.days)} why={say(w.daysWhy)}>
      <p class="legend" aria-hidden="true">
        <span class="working">{say(w.working)}</span>
        <span class="waiting-part">{say(w.waiting)}</span>
        <span class="paused">{say(w.paused)}</span>
      </p>
      <Wide label={say(w.days)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(w.step)}</th>
              <th scope="col">{say(w.rounds)}</th>
              <th scope="col">{say(w.median)}</th>
              <th scope="col">{say(w.ninety)}</th>
              <th scope="col" class="bar-column">
                {say(w.median)} – {say(w.ninety)}
              </th>
              <th scope="col" class="text">
                {say(w.spent)}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ step, title, rounds, p50, p90, spent }) => (
              <tr key={step} class={step === chosen ? 'chosen' : ''}>
                <th scope="row">{say(title)}</th>
                <td>
                  <FigureLink
                    figure="ended-rounds"
                    which={{ step }}
                    count={rounds}
                    name={`${say(title)}, ${say(w.rounds)}`}
                  />
                </td>
                <td>
                  <strong>{daysText(p50)}</strong>
                </td>
                <td>{daysText(p90)}</td>
                <td class="bar-column">
                  <FigureBar
                    of={most}
                    parts={[
                      { kind: 'median', size: p50 },
                      { kind: 'ninety', size: p90 - p50 },
                    ]}
                  />
                </td>
                <td class="text">{spent === null ? say(w.notKept) : <Spent {...spent} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
    </FigureBox>
  );
}

function Spent({ working, waiting, paused }: NonNullable<Figures['days'][number]['spent']>) {
  const said = [
    [w.working, working],
    [w.waiting, waiting],
    [w.paused, paused],
  ] as const;
  return (
    <>
      <FigureBar
        of={working + waiting + paused}
        parts={[
          { kind: 'working', size: working },
          { kind: 'waiting-part', size: waiting },
          { kind: 'paused', size: paused },
        ]}
      />
      <small>
        {said
          .filter(([, days], n) => n === 0 || days > 0)
          .map(([name, days]) => `${say(name)} ${daysText(days)}`)
          .join(' · ')}
      </small>
    </>
  );
}
