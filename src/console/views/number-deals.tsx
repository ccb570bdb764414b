import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { Figures, Instance, InstancePage } from '../api.ts';
import { get } from '../client.ts';
import { useDoing } from '../doing.ts';
import { dateText, say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { Wide } from '../parts/figure-box.tsx';
import { spanText } from '../parts/figure-text.ts';
import { Heading } from '../parts/heading.tsx';
import { RefusedNote } from '../parts/refused-note.tsx';
import { askedFor, periodIn, periodQuery } from '../period.ts';
import { statusNames } from '../words/deal.ts';
import { numberWords as w } from '../words/numbers.ts';
import { words } from '../words/shell.ts';

const PAGE = 50;
const WHICH = ['figure', 'step', 'clock', 'gate', 'criterion', 'outcome', 'reason'] as const;

/** The deals behind one figure, which the address says with its period and version. */
export function NumberDeals() {
  const { params } = useRoute();
  const { query } = useLocation();
  const name = params.process ?? '';
  const period = periodIn(query);
  const { version = '' } = query;
  const asked = askedFor(period, version);
  const which = Object.fromEntries(WHICH.flatMap((each) => (query[each] === undefined ? [] : [[each, query[each]]])));
  const list = new URLSearchParams({ ...asked, ...which, limit: String(PAGE) }).toString();
  const figures = useLoading(
    () => get<Figures>(`/v1/processes/${name}/figures?${new URLSearchParams(asked)}`),
    [name, list],
  );
  return (
    <section class="numbers">
      <p>
        <a href={`/numbers/${name}?${new URLSearchParams(periodQuery(period, version))}`}>← {say(w.back)}</a>
      </p>
      <Heading text={figures.value === null ? say(w.deals) : titleOf(figures.value, query)} />
      {figures.value !== null && (
        <p class="span">
          {spanText(figures.value)} <small>{figures.value.zone}</small>
        </p>
      )}
      <List key={list} path={`/v1/processes/${name}/figures/instances?${list}`} figures={figures.value} />
    </section>
  );
}

function List({ path, figures }: { readonly path: string; readonly figures: Figures | null }) {
  const { value, refused, reload } = useLoading(() => get<InstancePage>(path), [path]);
  const [pages, setPages] = useState<readonly InstancePage[]>([]);
  const more = useDoing();
  useEffect(() => setPages(value === null ? [] : [value]), [value]);
  if (refused !== null) return <RefusedNote refused={refused} reload={reload} />;
  if (value === null) return <p aria-busy="true">{say(words.loading)}</p>;
  const deals = pages.flatMap(({ instances }) => instances);
  const next = pages.at(-1)?.next ?? null;
  if (value.instances.length === 0) return <p class="empty">{say(w.noDeal)}</p>;
  return (
    <>
      <div class="figure-box">
        <Wide label={say(w.deals)}>
          <table class="deals">
            <thead>
              <tr>
                <th scope="col">{say(w.deal)}</th>
                <th scope="col">{say(w.status)}</th>
                <th scope="col">{say(w.where)}</th>
                <th scope="col">{say(words.owner)}</th>
                <th scope="col">{say(w.startedAt)}</th>
              </tr>
            </thead>
            <tbody>
              {deals.map((deal) => (
                <tr key={deal.id}>
                  <th scope="row">
                    <a href={`/deals/${deal.id}`}>{deal.key ?? deal.id.slice(-12)}</a>
                  </th>
                  <td>{say(statusNames[deal.status])}</td>
                  <td>{placeText(deal, figures)}</td>
                  <td>{deal.owner ?? say(words.nobody)}</td>
                  <td>{dateText(deal.startedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      </div>
      {next !== null && (
        <button
          type="button"
          class="secondary small"
          aria-busy={more.isBusy}
          onClick={() => more.run(async () => setPages([...pages, await get<InstancePage>(`${path}&cursor=${next}`)]))}
        >
          {say(w.more)}
        </button>
      )}
      {more.refused !== null && <RefusedNote refused={more.refused} />}
    </>
  );
}

/** Its open steps, or what it ended with. */
function placeText({ position, outcome }: Instance, figures: Figures | null): string {
  if (position.length === 0)
    return outcome === null
      ? '–'
      : say(figures?.outcomes.find((each) => each.outcome === outcome)?.title ?? same(outcome));
  return position.map(({ step }) => say(stepTitle(figures, step))).join(', ');
}

function stepTitle(figures: Figures | null, step: string) {
  return figures?.funnel.find((each) => each.step === step)?.title ?? same(step);
}

const same = (id: string) => ({ zh: id, en: id });

/** What the figure is, in words. */
function titleOf(figures: Figures, query: Readonly<Record<string, string>>): string {
  const { figure = '', step, clock, criterion, gate, outcome, reason } = query;
  const ofStep = step === undefined ? [] : [say(stepTitle(figures, step))];
  const joined = (...parts: readonly string[]) => parts.join(' · ');
  switch (figure) {
    case 'entered':
      return joined(...ofStep, say(w.entered));
    case 'onward':
      return joined(...ofStep, say(w.onward));
    case 'sent-back':
      return joined(...ofStep, say(w.sentBack));
    case 'closed-there':
      return joined(...ofStep, say(w.closed));
    case 'open':
      return joined(...ofStep, say(w.open));
    case 'ended-rounds':
      return joined(...ofStep, say(w.endedRounds));
    case 'in-time':
    case 'late':
    case 'running-late': {
      const title = figures.slas.find((each) => each.clock === clock)?.title ?? same(clock ?? '');
      const state = { 'in-time': w.inTime, late: w.late, 'running-late': w.runningLate }[figure];
      return joined(say(title), say(state));
    }
    case 'refused': {
      const found = figures.refusals.find((each) => each.criterion === criterion && each.gate === gate);
      return joined(say(found?.title ?? same(criterion ?? '')), say(words.refused));
    }
    case 'ended': {
      const found = figures.outcomes.find((each) => (each.outcome ?? '-') === outcome);
      const why = found?.reasons.find((each) => (each.reason ?? '-') === reason);
      return joined(
        say(outcome === undefined ? w.ended : (found?.title ?? same(outcome))),
        ...(reason === undefined ? [] : [say(why?.title ?? same(reason))]),
      );
    }
    default:
      return say(w.started);
  }
}
