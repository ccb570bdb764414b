import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Figures } from '../api.ts';
import { say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { FigureBar } from './figure-bar.tsx';
import { FigureBox, Wide } from './figure-box.tsx';
import { FigureLink } from './figure-link.tsx';
import { shareText } from './figure-text.ts';

/** `chosen`: the step that somebody came here for; empty: none. */
export function FunnelTable({ funnel, chosen }: Pick<Figures, 'funnel'> & { readonly chosen: string }) {
  const most = Math.max(1, ...funnel.map(({ entered }) => entered));
  return (
    <FigureBox id="funnel" title={say(w.funnel)} why={say(w.funnelWhy)}>
      <p class="legend" aria-hidden="true">
        <span class="onward">{say(w.onward)}</span>
        <span class="open">{say(w.open)}</span>
        <span class="back">{say(w.sentBack)}</span>
        <span class="closed">{say(w.closed)}</span>
      </p>
      <Wide label={say(w.funnel)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(w.step)}</th>
              <th scope="col" class="bar-column">
                <span class="unseen">{say(w.funnel)}</span>
              </th>
              <th scope="col">{say(w.entered)}</th>
              <th scope="col">{say(w.onward)}</th>
              <th scope="col">{say(w.open)}</th>
              <th scope="col">{say(w.sentBack)}</th>
              <th scope="col">{say(w.closed)}</th>
              <th scope="col">{say(w.conversion)}</th>
            </tr>
          </thead>
          <tbody>
            {funnel.map(({ step, title, entered, onward, sentBack, closed, open, conversion }) => {
              const name = (of: Parameters<typeof say>[0]) => `${say(title)}, ${say(of)}`;
              return (
                <Row key={step} isChosen={step === chosen}>
                  <th scope="row">{say(title)}</th>
                  <td class="bar-column">
                    <FigureBar
                      of={most}
                      parts={[
                        { kind: 'onward', size: onward },
                        { kind: 'open', size: open },
                        { kind: 'back', size: sentBack },
                        { kind: 'closed', size: closed },
                      ]}
                    />
                  </td>
                  <td>
                    <FigureLink figure="entered" which={{ step }} count={entered} name={name(w.entered)} />
                  </td>
                  <td>
                    <FigureLink figure="onward" which={{ step }} count={onward} name={name(w.onward)} />
                  </td>
                  <td>
                    <FigureLink figure="open" which={{ step }} count={open} name={name(w.open)} />
                  </td>
                  <td>
                    <FigureLink figure="sent-back" which={{ step }} count={sentBack} name={name(w.sentBack)} />
                  </td>
                  <td>
                    <FigureLink figure="closed-there" which={{ step }} count={closed} name={name(w.closed)} />
                  </td>
                  <td>{conversion === null ? '–' : shareText(conversion)}</td>
                </Row>
              );
            })}
          </tbody>
        </table>
      </Wide>
    </FigureBox>
  );
}

function Row({ isChosen, children }: { readonly isChosen: boolean; readonly children: ComponentChildren }) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'center' });
  }, [isChosen]);
  return (
    <tr ref={row} class={isChosen ? 'chosen' : ''} aria-current={isChosen ? 'true' : undefined}>
      {children}
    </tr>
  );
}
