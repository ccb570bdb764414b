import type { Approval, ApprovalRecord, ApprovalTurn, Definition, Entry } from '../api.ts';
import { dateText, say } from '../language.ts';
import { approvalNames, dealWords, endNames, modeNames } from '../words/deal.ts';
import { type ActingProps, ActionButtons, requestActions } from './deal-actions.tsx';
import { recordedText } from './entry-words.ts';

interface ApprovalsProps extends ActingProps {
  /** Entries up to the moment that is shown: they know of earlier requests. */
  readonly entries: readonly Entry[];
}

/** Every approval that was ever asked for: each request with who was asked, who said what, and who is still awaited. */
export function DealApprovals({ instance, definition, entries, reload }: ApprovalsProps) {
  const approvals = definition.phases.flatMap(({ steps }) => steps).flatMap((step) => step.approvals);
  const asked = approvals.filter(({ id }) => instance.records.approvals[id] !== undefined);
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="approvals">
      <h2 id="approvals">{say(dealWords.approvals)}</h2>
      <ul class="approvals">
        {asked.map((approval) => {
          const [last, ...earlier] = requestsOf(approval.id, instance.records.approvals[approval.id], entries);
          return (
            <li key={approval.id} class="panel">
              <h3>
                {say(approval.title)}
                {approval.source !== null && (
                  <small class="clause">
                    {' '}
                    {say(dealWords.clause)} {approval.source}
                  </small>
                )}
              </h3>
              {last !== undefined && <Request approval={approval} record={last} definition={definition} />}
              <ActionButtons
                actions={requestActions(instance, approval.id, 'decide')}
                instance={instance}
                definition={definition}
                reload={reload}
              />
              <ActionButtons
                actions={requestActions(instance, approval.id, 'arrange')}
                instance={instance}
                definition={definition}
                reload={reload}
                isRare
              />
              {earlier.length > 0 && (
                <details>
                  <summary>
                    {say(dealWords.earlierRequests)} ({earlier.length})
                  </summary>
                  {earlier.map((record) => (
                    <Request key={record.seq} approval={approval} record={record} definition={definition} />
                  ))}
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The requests of an approval, the latest first, each as it stood last. */
function requestsOf(id: string, now: ApprovalRecord | undefined, entries: readonly Entry[]): readonly ApprovalRecord[] {
  const found = new Map<number, ApprovalRecord>();
  for (const { changes } of entries) {
    const record = changes?.approvals?.[id];
    if (record !== undefined) found.set(record.seq, record);
  }
  if (now !== undefined) found.set(now.seq, now);
  return [...found.values()].sort((a, b) => b.seq - a.seq);
}

interface RequestProps {
  readonly approval: Approval;
  readonly record: ApprovalRecord;
  readonly definition: Definition;
}

function Request({ approval, record, definition }: RequestProps) {
  const { status, round, requestedBy, requestedAt, comment, band: number, turns, covers, ended } = record;
  const band = approval.bands[number - 1];
  const inOrder = band?.order === 'sequence';
  const left = status === 'requested' ? turns.filter(({ decision }) => decision === null) : [];
  const awaited = new Set(inOrder ? left.slice(0, 1) : left);
  const fields = new Map(definition.fields.map((field) => [field.id, field]));
  const titleOf = (field: string) => {
    const known = fields.get(field);
    return known === undefined ? field : say(known.title);
  };
  const List = inOrder ? 'ol' : 'ul';
  return (
    <div class="request">
      <p>
        <span class={`approval ${status}`}>{say(approvalNames[status])}</span> {say(dealWords.askedBy)}{' '}
        <strong>{requestedBy}</strong>, <time dateTime={requestedAt}>{dateText(requestedAt)}</time>
        {round > 1 && ` · ${say(dealWords.round)} ${round}`}
        {comment !== null && <q class="said">{comment}</q>}
      </p>
      {Object.keys(covers).length > 0 && (
        <p class="covers">
          {Object.entries(covers)
            .map(([field, value]) => `${titleOf(field)}: ${recordedText(value, fields.get(field))}`)
            .join(' · ')}
        </p>
      )}
      {turns.length > 1 && band !== undefined && (
        <small>
          {say(inOrder ? dealWords.inOrder : modeNames[band.mode])}
          {band.mode === 'at-least' && ` (${band.n})`}
        </small>
      )}
      <List class={inOrder ? 'turns in-order' : 'turns'}>
        {turns.map((turn, n) => (
          <li key={`${n} ${turn.role} ${turn.actor}`}>
            <Turn turn={turn} isAwaited={awaited.has(turn)} definition={definition} />
          </li>
        ))}
      </List>
      {ended !== null && (
        <p class="ended">
          {say(endNames[ended.why])}
          {ended.fields.length > 0 && `: ${ended.fields.map(titleOf).join(', ')}`} · <strong>{ended.by}</strong>,{' '}
          <time dateTime={ended.at}>{dateText(ended.at)}</time>
        </p>
      )}
    </div>
  );
}

interface TurnProps {
  readonly turn: ApprovalTurn;
  readonly isAwaited: boolean;
  readonly definition: Definition;
}

function Turn({ turn: { role, actor, added, from, raised = [], decision }, isAwaited, definition }: TurnProps) {
  const named = (id: string) => {
    const known = definition.roles.find((each) => each.id === id);
    return known === undefined ? id : say(known.title);
  };
  return (
    <>
      <strong>{actor ?? named(role ?? '')}</strong>
      {from !== null && ` (${say(dealWords.insteadOf)} ${named(from)})`}
      {added && ` (${say(dealWords.added)})`}
      {raised.length > 0 && ` (${say(dealWords.raised)} ${raised.map(named).join(', ')})`}:{' '}
      {decision === null ? (
        <span class={isAwaited ? 'awaited' : 'empty'}>{say(isAwaited ? dealWords.awaited : dealWords.notYet)}</span>
      ) : (
        <>
          <span class={`approval ${decision.decision}`}>
            {decision.decision === 'approved' ? '✓' : '✗'} {say(approvalNames[decision.decision])}
          </span>{' '}
          {decision.by}
          {decision.for !== null && ` (${say(dealWords.onBehalf)} ${decision.for})`},{' '}
          <time dateTime={decision.at}>{dateText(decision.at)}</time>
          {decision.comment !== null && <q class="said">{decision.comment}</q>}
        </>
      )}
    </>
  );
}
