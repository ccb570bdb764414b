import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { SignalPlace, SignalRow } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { badCursor } from './cursor.ts';
import { deliverSignal, resultsOf } from './deliver-signal.ts';
import { requireAdmin } from './operator.ts';
import type { SignalListQuery, SignalPage, SignalView } from './signal-types.ts';
import { signalView } from './signal-view.ts';
import { keptUntil, sendableBy } from './signals.ts';

const what = { zh: '管理信号', en: 'looking after signals' };

/** Signals of the tenant, oldest first. Throws `role-required`, `malformed-request`. */
export async function listSignals(
  { store }: ServiceContext,
  { state, cursor, limit }: SignalListQuery,
  actor: Actor,
): Promise<SignalPage> {
  requireAdmin(actor, what);
  const after = cursor === null ? null : placeOf(cursor);
  const found = await store.listSignals({ tenant: actor.tenant, state, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last !== undefined ? `${last.receivedAt}~${last.receipt}` : null;
  return { signals: page.map(signalView), next };
}

/**
 * Looks at a signal once more; one that was refused or found nothing is kept anew for its time. Throws `role-required`,
 * `not-found`, and `not-allowed-now` where it is delivered.
 */
export async function retrySignal(
  context: ServiceContext,
  apply: Apply,
  receipt: string,
  actor: Actor,
): Promise<SignalView> {
  const row = await ownSignal(context, receipt, actor);
  if (row.state === 'kept') return signalView(await deliverSignal(context, apply, row));
  const isRefused = resultsOf(row).some(({ state }) => state === 'refused');
  if (row.state === 'delivered' && !isRefused) {
    throw new ProcessError('not-allowed-now', {
      zh: '这个信号已送达，不必重试；要更正事实，请向实例发送事件',
      en: 'the signal is delivered, there is nothing to try; to correct what it said, send the instance an event',
    });
  }
  const now = context.clock.now();
  const declared = (await context.declarations.of(row.tenant)).get(row.signal) ?? [];
  const until = keptUntil(sendableBy(declared, JSON.parse(row.sender)), now);
  const change = {
    state: 'kept',
    results: JSON.stringify(resultsOf(row).filter(({ state }) => state === 'delivered')),
    data: row.data,
    settledAt: null,
    expiresAt: until ?? now,
    isKept: until !== null,
    attempts: row.attempts + 1,
  } as const;
  const isOurs = await context.store.changeSignal(row, change);
  const again = isOurs ? { ...row, ...change, revision: row.revision + 1 } : await ownSignal(context, receipt, actor);
  return signalView(await deliverSignal(context, apply, again));
}

/** The signal as it was. Its id may then be used again. Throws `role-required`, `not-found`. */
export async function removeSignal(context: ServiceContext, receipt: string, actor: Actor): Promise<SignalView> {
  const row = await ownSignal(context, receipt, actor);
  await context.store.removeSignal(actor.tenant, receipt);
  return signalView(row);
}

async function ownSignal({ store }: ServiceContext, receipt: string, actor: Actor): Promise<SignalRow> {
  requireAdmin(actor, what);
  const row = await store.getSignal(actor.tenant, receipt.slice(0, 100));
  if (row !== null) return row;
  throw new ProcessError('not-found', {
    zh: '没有这个信号；GET /v1/signals 可列出所有信号',
    en: 'there is no such signal; GET /v1/signals lists those that there are',
  });
}

function placeOf(cursor: string): SignalPlace {
  const [, receivedAt, receipt] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (receivedAt !== undefined && receipt !== undefined) return { receivedAt, receipt };
  throw badCursor();
}
