import type { Figures } from '../api.ts';
import { numberText, say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { FigureBar } from './figure-bar.tsx';
import { FigureBox, Wide } from './figure-box.tsx';
import { FigureLink } from './figure-link.tsx';

export function RefusalTable({ refusals }: Pick<Figures, 'refusals'>) {
  const most = Math.max(1, ...refusals.map((each) => each.refusals));
  return (
    <FigureBox id="refusals" title={say(w.refusedFor)} why={say(w.refusedWhy)}>
      {refusals.length === 0 ? (
        <p class="empty">{say(w.noRefusal)}</p>
      ) : (
        <Wide label={say(w.refusedFor)}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say(w.criterion)}</th>
                <th scope="col">{say(w.clause)}</th>
                <th scope="col" class="bar-column">
                  <span class="unseen">{say(w.times)}</span>
                </th>
                <th scope="col">{say(w.times)}</th>
                <th scope="col">{say(w.deals)}</th>
              </tr>
            </thead>
            <tbody>
              {refusals.map(({ step, gate, criterion, title, source, refusals: times, instances }) => (
                <tr key={`${step?.step} ${gate} ${criterion}`}>
                  <th scope="row">
                    {say(title)}
                    {step !== null && <small>{say(step.title)}</small>}
                  </th>
                  <td>{source ?? '–'}</td>
                  <td class="bar-column">
                    <FigureBar of={most} parts={[{ kind: 'back', size: times }]} />
                  </td>
                  <td>{numberText(times)}</td>
                  <td>
                    <FigureLink
                      figure="refused"
                      which={{ gate, criterion, ...(step !== null && { step: step.step }) }}
                      count={instances}
                      name={`${say(title)}, ${say(w.deals)}`}
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
