import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Figures } from '../api.ts';
import { numberText, say } from '../language.ts';
import { numberWords as w } from '../words/numbers.ts';
import { FigureBar } from './figure-bar.tsx';
import { FigureLink } from './figure-link.tsx';
import { daysText, shareText } from './figure-text.ts';

interface BoxProps {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly children: ComponentChildren;
}

/** A part of the page with its own heading, which scrolls where it is too wide. */
export function FigureBox({ id, title, why, children }: BoxProps) {
  return (
    <section class="figure-box" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="why">{why}</p>
      {children}
    </section>
  );
}

/** Scrolls sideways where there is too little room. */
export function Wide({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: it groups no fields
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys
    <div class="wide" role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  );
}

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
