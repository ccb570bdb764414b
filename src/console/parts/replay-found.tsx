import type { ComponentChildren } from 'preact';
import type { ReplayedClock, ReplayedCommand, ReplayTold, Text } from '../api.ts';
import { dateText, numberText, say } from '../language.ts';
import { incomparableNames, replayKinds, trialWords } from '../words/trial.ts';

const KINDS = ['refused', 'accepted', 'elsewhere', 'approvals', 'gone', 'breached', 'saved'] as const;
const WHYS = ['nowhere', 'not-kept', 'erased', 'unreadable', 'untraced'] as const;

/** What a replay has found: the sum, by what decides, by step, and the first differences one by one. */
export function ReplayFound({ told }: { readonly told: ReplayTold }) {
  const { instances, commands, same, differences, incomparable } = told;
  if (commands === 0) return <p class="empty">{say(trialWords.nothingThen)}</p>;
  const otherwise = KINDS.reduce((sum, kind) => sum + differences[kind], 0);
  const missed = WHYS.reduce((sum, why) => sum + incomparable[why], 0);
  return (
    <div class="replayed">
      <output class="tally">
        <span>
          {numberText(instances)} {say(trialWords.instances)} · {numberText(commands)} {say(trialWords.commands)}
        </span>
        <span class="holds">
          ✓ {numberText(same)} {say(trialWords.decidedSame)}
        </span>
        {otherwise > 0 && (
          <strong class="soon">
            ≠ {numberText(otherwise)} {say(trialWords.decidedOtherwise)}
          </strong>
        )}
        {missed > 0 && (
          <span>
            ? {numberText(missed)} {say(trialWords.notComparable)}
          </span>
        )}
      </output>
      {otherwise === 0 && <p class="holds">✓ {say(trialWords.nothingOtherwise)}</p>}
      <ul class="kinds">
        {KINDS.filter((kind) => differences[kind] > 0).map((kind) => (
          <li key={kind}>
            <strong>{numberText(differences[kind])}</strong> {say(replayKinds[kind])}
          </li>
        ))}
        {WHYS.filter((why) => incomparable[why] > 0).map((why) => (
          <li key={why}>
            <strong>{numberText(incomparable[why])}</strong> {say(trialWords.notComparable)}:{' '}
            {say(incomparableNames[why])}
          </li>
        ))}
      </ul>
      <Findings findings={told.findings} />
      <Steps steps={told.steps} />
      <Counts
        title={trialWords.byApproval}
        first={trialWords.approval}
        names={[trialWords.added, trialWords.dropped]}
        rows={told.approvals.map(({ approval, added, dropped }) => [approval, added, dropped])}
      />
      <Counts
        title={trialWords.byClock}
        first={trialWords.clock}
        names={[trialWords.breached, trialWords.saved]}
        rows={told.slas.map(({ clock, breached, saved }) => [clock, breached, saved])}
      />
      <Listed listed={told.listed} all={otherwise} />
    </div>
  );
}

function Findings({ findings }: Pick<ReplayTold, 'findings'>) {
  if (findings.length === 0) return null;
  return (
    <>
      <h3>{say(trialWords.byFinding)}</h3>
      <ul class="kinds">
        {findings.slice(0, 50).map(({ id, of, say: text, kind, count }) => (
          <li key={`${kind} ${of} ${id}`}>
            <strong>{numberText(count)}</strong> ×{' '}
            <span class={kind === 'refused' ? 'late' : 'holds'}>
              {say(kind === 'refused' ? trialWords.refuses : trialWords.noLongerRefuses)}
            </span>{' '}
            <code>{of === null ? id : `${of} / ${id}`}</code>
            {text !== null && <small> {say(text)}</small>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Steps({ steps }: Pick<ReplayTold, 'steps'>) {
  const { carriedOut, refused, accepted, other, breached, saved } = trialWords;
  const rows = steps
    .filter((step) => step.refused + step.accepted + step.other + step.breached + step.saved > 0)
    .map(
      (step): Row => [
        step.step ?? '–',
        step.commands,
        step.refused,
        step.accepted,
        step.other,
        step.breached,
        step.saved,
      ],
    );
  return (
    <Counts
      title={trialWords.byStep}
      first={trialWords.step}
      names={[carriedOut, refused, accepted, other, breached, saved]}
      rows={rows}
    />
  );
}

type Row = readonly [name: string, ...counts: readonly number[]];

interface CountsProps {
  readonly title: Text;
  /** What stands in the first column, and of what the others are the counts. */
  readonly first: Text;
  readonly names: readonly Text[];
  readonly rows: readonly Row[];
}

function Counts({ title, first, names, rows }: CountsProps) {
  if (rows.length === 0) return null;
  return (
    <Table title={say(title)} heads={[first, ...names].map(say)} isCounts>
      {rows.map(([name, ...counts]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {counts.map((count, at) => (
            <td key={at}>{count === 0 ? '–' : numberText(count)}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function Listed({ listed, all }: Pick<ReplayTold, 'listed'> & { readonly all: number }) {
  if (listed.length === 0) return null;
  const { deal, when, what, outcome, why, oneByOne, firstOf } = trialWords;
  const title =
    all > listed.length
      ? `${say(oneByOne)} (${say(firstOf)} ${numberText(listed.length)} / ${numberText(all)})`
      : say(oneByOne);
  return (
    <Table title={title} heads={[deal, when, what, outcome, why].map(say)}>
      {listed.map((difference) => (
        <Difference key={JSON.stringify(difference)} difference={difference} />
      ))}
    </Table>
  );
}

function Difference({ difference }: { readonly difference: ReplayedCommand | ReplayedClock }) {
  const { kind, instance, key } = difference;
  const isCommand = 'seq' in difference;
  const at = isCommand ? difference.at : difference.endedAt;
  return (
    <tr>
      <th scope="row">
        <a href={`/deals/${instance}${isCommand ? `?seq=${difference.seq}` : ''}`}>{key ?? instance.slice(0, 8)}</a>
      </th>
      <td>{at !== null && <time dateTime={at}>{dateText(at)}</time>}</td>
      <td>
        {isCommand ? [difference.command, difference.step].filter((part) => part !== null).join(' ') : difference.clock}
        {isCommand && <small> {difference.actor}</small>}
      </td>
      <td>{say(replayKinds[kind])}</td>
      <td class="why">{isCommand ? <Whys difference={difference} /> : <Due due={difference.due} />}</td>
    </tr>
  );
}

function Whys({ difference }: { readonly difference: ReplayedCommand }) {
  const { findings, led, added, dropped } = difference;
  const texts = [
    ...findings.filter(({ id }) => !added.includes(id)).map(({ id, say: text }) => (text === null ? id : say(text))),
    ...(led === null ? [] : [`${led.from || '–'} → ${led.to || '–'}`]),
    ...added.map((id) => `${say(trialWords.asksFor)} ${id}`),
    ...dropped.map((id) => `${say(trialWords.asksNoMore)} ${id}`),
  ];
  return <>{texts.join('; ')}</>;
}

function Due({ due: { from, to } }: Pick<ReplayedClock, 'due'>) {
  const text = (instant: string | null) => (instant === null ? '–' : dateText(instant));
  return (
    <>
      {text(from)} → {text(to)}
    </>
  );
}

interface TableProps {
  readonly title: string;
  readonly heads: readonly string[];
  /** All columns but the first are numbers. */
  readonly isCounts?: boolean;
  readonly children: ComponentChildren;
}

/** A table that scrolls by itself where there is no room for it. */
function Table({ title, heads, isCounts = false, children }: TableProps) {
  return (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keys */}
      <section class={isCounts ? 'wide counts' : 'wide'} tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </section>
    </>
  );
}
