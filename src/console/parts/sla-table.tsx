import type { Figures } from '../api.ts';
import { say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { FigureBar } from './figure-bar.tsx';
import { FigureBox, Wide } from './figure-box.tsx';
import { FigureLink } from './figure-link.tsx';
import { shareText } from './figure-text.ts';

export function SlaTable({ slas }: Pick<Figures, 'slas'>) {
  return (
    <FigureBox id="slas" title={say(w.slas)} why={say(w.slasWhy)}>
      {slas.length === 0 ? (
        <p class="empty">{say(w.noSla)}</p>
      ) : (
        <Wide label={say(w.slas)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say(w.clock)}</th>
                <th scope="col">{say(w.kept)}</th>
                <th scope="col" class="bar-column">
                  <span class="unseen">{say(w.kept)}</span>
                </th>
                <th scope="col">{say(w.inTime)}</th>
                <th scope="col">{say(w.late)}</th>
                <th scope="col">{say(w.runningLate)}</th>
              </tr>
            </thead>
            <tbody>
              {slas.map(({ clock, title, inTime, late, runningLate, kept }) => (
                <tr key={clock}>
                  <th scope="row">{say(title)}</th>
                  <td>
                    <strong>{shareText(kept)}</strong>
                  </td>
                  <td class="bar-column">
                    <FigureBar
                      of={inTime + late + runningLate}
                      parts={[
                        { kind: 'onward', size: inTime },
                        { kind: 'back', size: late },
                        { kind: 'closed', size: runningLate },
                      ]}
                    />
                  </td>
                  <td>
                    <FigureLink
                      figure="in-time"
                      which={{ clock }}
                      count={inTime}
                      name={`${say(title)}, ${say(w.inTime)}`}
                    />
                  </td>
                  <td>
                    <FigureLink figure="late" which={{ clock }} count={late} name={`${say(title)}, ${say(w.late)}`} />
                  </td>
                  <td class={runningLate > 0 ? 'late' : ''}>
                    <FigureLink
                      figure="running-late"
                      which={{ clock }}
                      count={runningLate}
                      name={`${say(title)}, ${say(w.runningLate)}`}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </FigureBox>
  );
}
