import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { BulkResults, Definition, InstanceDetail, Place } from '../api.ts';
import { ask, get } from '../client.ts';
import type { Deal } from '../column-pages.ts';
import { useDoing } from '../doing.ts';
import { say } from '../language.ts';
import { useLoading } from '../loading.ts';
import { onceKey } from '../once.ts';
import { moveWords } from '../words/board.ts';
import { MissingList, ReasonTree } from './reason-tree.tsx';
import { RefusedNote } from './refused-note.tsx';

/** A deal that somebody wants to move on. */
export interface Move {
  /** Each has a dialog of its own: that the one before is closed is told a moment later. */
  readonly number: number;
  readonly deal: Deal;
  readonly from: string;
  /** The step that it was dropped on; null: wherever it leads. */
  readonly to: string | null;
}

interface MoveDialogProps {
  readonly move: Move;
  readonly definition: Definition;
  /** Told where it stands now, and how that is said; null: it was not moved. */
  readonly done: (moved: { readonly to: readonly Place[]; readonly said: string } | null) => void;
}

/** Asks the API what would happen if a deal were moved on, shows it, and does it if one wants. */
export function MoveDialog({ move: { deal, from, to }, definition, done }: MoveDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { id, key } = deal.instance;
  const event = { type: 'advance', step: from };
  const titles = new Map(definition.phases.flatMap(({ steps }) => steps.map((step) => [step.id, say(step.title)])));
  const order = [...titles.keys()];
  const isBack = to !== null && order.indexOf(to) < order.indexOf(from);
  const { value, refused, reload } = useLoading(() => (isBack ? unforeseen : foresee(deal, event)), [id, from]);
  const doing = useDoing();
  const once = useMemo(onceKey, [value]);
  useEffect(() => dialog.current?.showModal(), []);

  const result = value?.result ?? null;
  const position = result !== null && 'instance' in result ? result.instance.position : null;
  const status = result !== null && 'instance' in result ? result.instance.status : null;
  const leadsTo = position?.map(({ step }) => titles.get(step) ?? step).join('、') ?? '';
  const problem = result !== null && 'problem' in result ? result.problem : null;

  async function carryOut(): Promise<void> {
    const sent = { body: event, key: once, ifMatch: value?.revision ?? 0 };
    await ask('POST', `/v1/instances/${id}/events`, sent);
    const said = status === 'closed' ? say(moveWords.ended) : `${say(moveWords.moved)} ${leadsTo}`;
    done({ to: position ?? [], said: `${key ?? id.slice(-12)} ${said}` });
  }

  return (
    <dialog ref={dialog} aria-labelledby="move-title" onClose={() => done(null)}>
      <article>
        <h2 id="move-title">
          {say(moveWords.title)} {key ?? id.slice(-12)}
        </h2>
        <p>
          {say(moveWords.from)} <b>{titles.get(from) ?? from}</b>
          {to !== null && (
            <>
              {' → '}
              <b>{titles.get(to) ?? to}</b>
            </>
          )}
        </p>
        {isBack && <p class="aside">{say(moveWords.backwards)}</p>}
        {refused !== null && <RefusedNote refused={refused} reload={reload} />}
        {value === null && refused === null && <p aria-busy="true">{say(moveWords.asking)}</p>}
        {position !== null && (
          <>
            <p>
              {status === 'closed' && say(moveWords.ends)}
              {status !== 'closed' && position.length === 0 && say(moveWords.waits)}
              {position.length > 0 && (
                <>
                  {say(moveWords.leadsTo)} <b>{leadsTo}</b>
                </>
              )}
            </p>
            {to !== null && !isBack && !position.some(({ step }) => step === to) && (
              <p class="aside">{say(moveWords.notThere)}</p>
            )}
          </>
        )}
        {problem !== null && (
          <div class="refused">
            <strong>{say(moveWords.refused)}</strong>
            {problem.reasons ? <ReasonTree reason={problem.reasons} /> : <p>{problem.detail}</p>}
            {problem.missing && <MissingList missing={problem.missing} definition={definition} />}
          </div>
        )}
        {doing.refused !== null && (
          <RefusedNote refused={doing.refused} reload={() => doing.run(async () => reload())} />
        )}
        <footer>
          <a href={`/deals/${id}`}>{say(moveWords.openDeal)}</a>
          <button type="button" class="secondary" onClick={() => dialog.current?.close()}>
            {say(position === null ? moveWords.close : moveWords.cancel)}
          </button>
          {position !== null && (
            <button type="button" aria-busy={doing.isBusy} onClick={() => doing.run(carryOut)}>
              {say(moveWords.confirm)}
            </button>
          )}
        </footer>
      </article>
    </dialog>
  );
}

const unforeseen = Promise.resolve({ revision: 0, result: null });

/** What would happen, and the revision that it was asked on. */
async function foresee({ instance: { id } }: Deal, event: object) {
  // In this order: what happens in between is noticed when it is carried out.
  const { revision } = await get<InstanceDetail>(`/v1/instances/${id}`);
  const body = { items: [{ instance: id, event }], dryRun: true };
  const { results } = await ask<BulkResults>('POST', '/v1/bulk/events', { body });
  return { revision, result: results[0] ?? null };
}
