import type { ClockStatement, Definition, StatementLine } from '../api.ts';
import { dateText, numberText, say } from '../language.ts';
import { millisText, spanText } from '../span-text.ts';
import { dealWords, lineNames, markNames, pauseNames, unitNames } from '../words/deal.ts';
import { DeadlineBadge } from './deadline-badge.tsx';
import { reasonText } from './entry-words.ts';

const RUNNING = new Set<ClockStatement['state']>(['running', 'paused', 'late', 'waiting']);

interface ClocksProps {
  readonly clocks: readonly ClockStatement[];
  readonly definition: Definition;
}

/** What every clock says: how much of its time is used, what is left, where it stood still, what was told of it. */
export function DealClocks({ clocks, definition }: ClocksProps) {
  if (clocks.length === 0) return null;
  const running = clocks.filter(({ state }) => RUNNING.has(state));
  const ended = clocks.filter(({ state }) => !RUNNING.has(state));
  return (
    <section aria-labelledby="deadlines">
      <h2 id="deadlines">{say(dealWords.deadlines)}</h2>
      {running.length === 0 && <p class="empty">{say(dealWords.noneRuns)}</p>}
      <ul class="deadlines">
        {running.map((clock) => (
          <Clock key={clock.id} clock={clock} definition={definition} />
        ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary>
            {say(dealWords.endedClocks)} ({ended.length})
          </summary>
          <ul class="deadlines">
            {ended.map((clock) => (
              <Clock key={clock.id} clock={clock} definition={definition} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface ClockProps extends Pick<ClocksProps, 'definition'> {
  readonly clock: ClockStatement;
}

function Clock({ clock, definition }: ClockProps) {
  const { title, state, round, used, due, elapsed, late, provisional, full, marks, raised, lines, startedAt } = clock;
  const paused = lines
    .filter(({ kind }) => kind === 'paused')
    .reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0);
  const warned = marks.some(({ id, firedAt }) => id.startsWith('warn/') && firedAt !== null);
  const roleName = (id: string) => {
    const role = definition.roles.find((each) => each.id === id);
    return role === undefined ? id : say(role.title);
  };
  const facts = [
    ...(used === null ? [] : [usedText(used)]),
    ...(startedAt === null ? [] : [`${say(dealWords.elapsed)} ${spanText(elapsed)}`]),
    ...(paused > 0 ? [`${say(dealWords.stoodStill)} ${millisText(paused)}`] : []),
    ...(late === null ? [] : [`${say(dealWords.lateBy)} ${spanText(late)}`]),
    ...(round > 1 ? [`${say(dealWords.round)} ${round}`] : []),
    ...(raised.length > 0 ? [`${say(dealWords.raised)} ${raised.map(roleName).join(', ')}`] : []),
  ];
  const fired = marks.filter(({ firedAt }) => firedAt !== null);
  return (
    <li class="panel">
      <p class="clock">
        <strong>{say(title)}</strong> <DeadlineBadge deadline={{ state, warned, due }} />
      </p>
      {used !== null && used.amount + used.left > 0 && (
        <progress
          class={used.left <= 0 ? 'over' : ''}
          max={used.amount + used.left}
          value={Math.min(used.amount, used.amount + used.left)}
          aria-label={`${say(title)}: ${usedText(used)}`}
        />
      )}
      <p class="clock">
        <small>{facts.join(' · ')}</small>
      </p>
      {fired.length > 0 && (
        <ul class="marks">
          {fired.map(({ id, firedAt, withdrawnAt }) => (
            <li key={id}>
              <small>
                {say(markNames[markKind(id)])} {firedAt !== null && dateText(firedAt)}
                {withdrawnAt !== null && ` (${say(dealWords.withdrawn)} ${dateText(withdrawnAt)})`}
              </small>
            </li>
          ))}
        </ul>
      )}
      {provisional !== null && <small>{say(provisional)}</small>}
      {full !== null && <small>{say(full)}</small>}
      {lines.length > 0 && <Lines clock={clock} definition={definition} />}
    </li>
  );
}

function usedText({ amount, left, unit }: NonNullable<ClockStatement['used']>): string {
  const [spent, whole, rest] = [amount, amount + left, left].map((each) => numberText(Math.round(each * 10) / 10));
  const name = unit in unitNames ? say(unitNames[unit as keyof typeof unitNames]) : unit;
  return `${say(dealWords.used)} ${spent} / ${whole} ${name}${left > 0 ? ` · ${say(dealWords.left)} ${rest}` : ''}`;
}

function markKind(id: string): keyof typeof markNames {
  const [kind] = id.split('/');
  return kind === 'warn' || kind === 'escalate' ? kind : 'breach';
}

function Lines({ clock, definition }: ClockProps) {
  const { lines, omitted, counted, zone, calendar, target } = clock;
  return (
    <details class="lines">
      <summary>{say(dealWords.lineByLine)}</summary>
      <small>
        {[target, calendar, zone].filter((each) => each !== null).join(' · ')}
        {omitted !== null && ` · ${omitted.lines} ${say(dealWords.omitted)} (${spanText(omitted.counted)})`}
      </small>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys */}
      <section class="scrolls" tabIndex={0} aria-label={say(dealWords.lineByLine)}>
        <table>
          <tbody>
            {lines.map((line) => (
              <tr key={line.from} class={line.counted ? '' : 'not-counted'}>
                <td>
                  {dateText(line.from)} – {dateText(line.to)}
                </td>
                <td>{lineText(line, definition)}</td>
                <td>{line.counted ? spanText(line.duration) : '–'}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td colSpan={2}>{say(dealWords.counted)}</td>
              <td>{spanText(counted)}</td>
            </tr>
          </tfoot>
        </table>
      </section>
    </details>
  );
}

function lineText({ kind, name, pause }: StatementLine, definition: Definition): string {
  const words = [say(lineNames[kind])];
  if (name !== null) words.push(say(name));
  if (pause !== null) words.push(say(pauseNames[pause.why]));
  if (pause?.reason != null) words.push(`“${reasonText(pause.reason, definition)}”`);
  return words.join(' · ');
}
