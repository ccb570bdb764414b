import { useRef, useState } from 'preact/hooks';
import type { Action, BulkResults, InstanceDetail, ProcessVersion, Text, WorkItem } from '../api.ts';
import { ask, Refused } from '../client.ts';
import { type Doing, useDoing } from '../doing.ts';
import { numberText, say } from '../language.ts';
import { words } from '../words/shell.ts';
import { workWords } from '../words/work.ts';
import { EventForm } from './event-form.tsx';
import { RefusedNote } from './refused-note.tsx';
import { actionOf, readDeal } from './work-form.tsx';
import { type Kind, sharedKinds } from './work-kinds.ts';

/** Items that are sent at once. */
const PART = 50;

type Result = BulkResults['results'][number];

interface Form {
  readonly kind: Kind;
  readonly action: Action;
  readonly instance: InstanceDetail;
  readonly process: ProcessVersion;
}

interface Tried {
  readonly event: object;
  /** Of one click: the items go on under it. */
  readonly key: string;
  /** What has become, or would become, of each item, in their order. */
  readonly results: readonly Result[];
  /** How many were sent so far; null: they were only tried. */
  readonly sent: number | null;
}

interface BulkBoxProps {
  readonly items: readonly WorkItem[];
  /** Items that are done. */
  readonly done: (items: readonly WorkItem[]) => void;
  readonly leave: () => void;
}

/** One thing done with all that are chosen: asked for once, tried first, then done, with what became of each. */
export function BulkBox({ items, done, leave }: BulkBoxProps) {
  const [form, setForm] = useState<Form | null>(null);
  const [tried, setTried] = useState<Tried | null>(null);
  /** As they were when the form was opened: what is done leaves the list. */
  const meant = useRef(items);
  const doing = useDoing();
  const { refused, run } = doing;
  const kinds = sharedKinds(items);

  async function open(kind: Kind): Promise<void> {
    meant.current = items;
    for (const item of items) {
      const { instance, process } = await readDeal(item.instance.id);
      const action = actionOf(instance, kind.type, kind.id);
      if (action !== undefined) {
        setForm({ kind, action, instance, process });
        return;
      }
    }
    throw new Refused(null);
  }

  /** Sends the event to each, part by part; `told` hears what has become of those so far. */
  async function send(
    to: readonly WorkItem[],
    { event, key }: Pick<Tried, 'event' | 'key'>,
    dryRun: boolean,
    told: (results: readonly Result[]) => void,
  ): Promise<void> {
    const results: Result[] = [];
    for (let from = 0; from < to.length; from += PART) {
      const part = to.slice(from, from + PART);
      const body = {
        dryRun,
        items: part.map(({ instance: { id } }) => ({ instance: id, event, key: `${key}-${id}` })),
      };
      results.push(...(await ask<BulkResults>('POST', '/v1/bulk/events', { body })).results);
      told([...results]);
    }
  }

  /** What would be refused is not sent: it would only stand in the history as refused. */
  async function doIt(first: Tried): Promise<void> {
    const isOk = (_: unknown, n: number) => first.results[n]?.status === 200;
    await send(meant.current.filter(isOk), first, false, (done) => {
      let next = 0;
      const results = first.results.map((result) => (result.status === 200 ? (done[next++] ?? result) : result));
      setTried({ ...first, results, sent: done.length });
    });
  }

  function finish({ results }: Tried): void {
    done(meant.current.filter((_, n) => results[n]?.status === 200));
    setForm(null);
    setTried(null);
  }

  return (
    <section class="panel bulk" aria-label={say(workWords.together)}>
      <div hidden={tried !== null}>
        <div class="line">
          <strong>
            {numberText(items.length)} {say(workWords.chosen)}
          </strong>
          {form === null &&
            kinds.map((kind) => (
              <button key={kind.name} type="button" class="small" onClick={() => run(() => open(kind))}>
                {say(kind.title)}
              </button>
            ))}
          <button type="button" class="secondary small" onClick={leave}>
            {say(workWords.leave)}
          </button>
        </div>
        {kinds.length === 0 && <p>{say(workWords.nothingShared)}</p>}
        {refused !== null && <RefusedNote refused={refused} />}
        {form !== null && (
          <>
            <h2>{say(form.kind.title)}</h2>
            <EventForm
              action={form.action}
              instance={form.instance}
              definition={form.process.definition}
              confirm={say(workWords.check)}
              send={(event, key) =>
                send(meant.current, { event, key }, true, (results) => setTried({ event, key, results, sent: null }))
              }
              done={() => {}}
              cancel={() => setForm(null)}
            />
          </>
        )}
      </div>
      {tried !== null && form !== null && (
        <TriedBox
          items={meant.current}
          title={form.kind.title}
          tried={tried}
          doing={doing}
          doIt={() => run(() => doIt(tried))}
          back={() => setTried(null)}
          finish={() => finish(tried)}
        />
      )}
    </section>
  );
}

interface TriedBoxProps {
  readonly items: readonly WorkItem[];
  readonly title: Text;
  readonly tried: Tried;
  readonly doing: Doing;
  readonly doIt: () => void;
  readonly back: () => void;
  readonly finish: () => void;
}

/** What would become of each item, and then what has. */
function TriedBox({ items, title, tried, doing: { isBusy, refused }, doIt, back, finish }: TriedBoxProps) {
  const { results, sent } = tried;
  const isDone = sent !== null && !isBusy;
  const ok = results.filter(({ status }) => status === 200).length;
  const not = results.length - ok;
  return (
    <>
      <h2>{say(title)}</h2>
      <output>
        <span class="holds">
          ✓ {numberText(ok)} {say(isDone ? workWords.accepted : workWords.would)}
        </span>
        {not > 0 && (
          <span class="late">
            {' · '}✗ {numberText(not)} {say(isDone ? words.refused : workWords.wouldNot)}
          </span>
        )}
      </output>
      {isBusy && <progress max={ok} value={sent ?? 0} aria-label={say(workWords.doIt)} />}
      <ul class="plain results">
        {items.slice(0, results.length).map((item, n) => (
          <ResultLine key={item.instance.id} item={item} result={results[n]} />
        ))}
      </ul>
      {refused !== null && <RefusedNote refused={refused} />}
      <div class="line">
        {isDone ? (
          <button type="button" disabled={isBusy} onClick={finish}>
            {say(workWords.finished)}
          </button>
        ) : (
          <>
            <button type="button" aria-busy={isBusy} disabled={ok === 0} onClick={doIt}>
              {say(workWords.doIt)} {numberText(ok)} {say(workWords.doFor)}
            </button>
            <button type="button" class="secondary" disabled={isBusy} onClick={back}>
              {say(workWords.back)}
            </button>
          </>
        )}
      </div>
    </>
  );
}

function ResultLine({
  item: { instance, title },
  result,
}: {
  readonly item: WorkItem;
  readonly result: Result | undefined;
}) {
  const problem = result !== undefined && 'problem' in result ? result.problem : undefined;
  return (
    <li>
      <a href={`/deals/${instance.id}`}>{instance.key ?? instance.id.slice(-12)}</a> <small>{say(title)}</small>{' '}
      {problem === undefined ? (
        <span class="holds">✓</span>
      ) : (
        <span class="late">
          ✗ {problem.title}: {problem.detail}
        </span>
      )}
    </li>
  );
}
