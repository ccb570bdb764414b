import type { FigureAmount, Figures } from '../api.ts';
import { numberText, say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { FigureBar } from './figure-bar.tsx';
import { FigureBox } from './figure-box.tsx';
import { FigureLink } from './figure-link.tsx';
import { amountsText } from './figure-text.ts';

/** What became of deals, and why. */
export function OutcomeFigures({ outcomes, amount }: Pick<Figures, 'outcomes' | 'amount'>) {
  const shown = outcomes.filter(({ instances }) => instances > 0);
  const most = Math.max(1, ...shown.map(({ instances }) => instances));
  const why = [say(w.outcomesWhy), ...(amount === null ? [] : [`${say(w.amountOf)} ${say(amount.title)}`])];
  return (
    <FigureBox id="outcomes" title={say(w.outcomes)} why={why.join(' ')}>
      {shown.length === 0 && <p class="empty">{say(w.noEnd)}</p>}
      <ul class="outcomes">
        {shown.map(({ outcome, title, kind, instances, amounts, reasons }) => (
          <li key={outcome ?? '-'}>
            <div class="outcome">
              <strong>{say(title)}</strong>
              <FigureLink figure="ended" which={{ outcome: outcome ?? '-' }} count={instances} name={say(title)} />
              <Amounts amounts={amounts} of={instances} />
            </div>
            <FigureBar of={most} parts={[{ kind: kind === 'reached' ? 'onward' : 'closed', size: instances }]} />
            {reasons.length > 0 && reasons.some(({ reason }) => reason !== null) && (
              <ul class="reasons-told">
                {reasons.map((each) => (
                  <li key={each.reason ?? '-'}>
                    <span>{say(each.title)}</span>
                    <FigureLink
                      figure="ended"
                      which={{ outcome: outcome ?? '-', reason: each.reason ?? '-' }}
                      count={each.instances}
                      name={`${say(title)}, ${say(each.title)}`}
                    />
                    <Amounts amounts={each.amounts} of={each.instances} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </FigureBox>
  );
}

/** Of how many it is the sum is told where it is not all. */
function Amounts({ amounts, of }: { readonly amounts: readonly FigureAmount[]; readonly of: number }) {
  if (amounts.length === 0) return <span class="amount" />;
  const known = amounts.reduce((sum, { instances }) => sum + instances, 0);
  return (
    <span class="amount">
      {amountsText(amounts)}
      {known < of && (
        <small>
          {' '}
          ({numberText(known)} {say(w.ofDeals)})
        </small>
      )}
    </span>
  );
}
