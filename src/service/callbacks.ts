import { isSignedBy, readToken } from '../delivery/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { loadDocument } from './document.ts';
import type { CallbackAnswer } from './types.ts';

/** Days that a service may answer by its callback. */
export const CALLBACK_DAYS = 31;

/**
 * What a service answers by the callback that came with its call: what it found (`with`, `choices`), or why it could not
 * (`failed`). Throws `not-found` for a token that is none of ours, `gone` for one whose time is over, or whose activity has
 * been done, asked for anew or needs no doing; and what completing the activity throws.
 */
export async function answerCallback(
  context: ServiceContext,
  apply: Apply,
  token: string,
  body: Readonly<Record<string, unknown>>,
  requestId: string,
): Promise<CallbackAnswer> {
  const claim = readToken(token);
  await context.subscribers.refresh();
  const subscription = claim === null ? undefined : context.subscribers.get(claim.subscription);
  if (claim === null || subscription === undefined) throw noCallback();
  const now = context.clock.now();
  const { tenant, secret, formerSecret, formerUntil } = subscription;
  const isOurs =
    isSignedBy(secret, token) ||
    (formerSecret !== null && formerUntil !== null && now < formerUntil && isSignedBy(formerSecret, token));
  if (!isOurs) throw noCallback();
  const [row] = await context.store.loadInstances([claim.instance]);
  if (row === undefined || row.tenant !== tenant) throw noCallback();
  const loaded = await loadDocument(context, row);
  const record = loaded.ok ? loaded.instance.calls[claim.activity] : undefined;
  const isCurrent = record?.status === 'requested' && record.attempt === claim.attempt;
  const isAwaited = record?.status === 'requested' || record?.status === 'waiting' || record?.status === 'failed';
  if (loaded.ok) {
    const isOver = now > claim.until || record?.round !== claim.round || !isAwaited;
    // That a try failed that is over already is no news.
    if (isOver || (body.failed !== undefined && !isCurrent)) throw gone();
  }
  if (body.activity !== undefined) throw namedActivity();
  const actor: Actor = { id: `service:${record?.service ?? 'unknown'}`, roles: [], team: null, tenant, via: null };
  const { entries } = await apply.submit({
    target: { kind: 'event', id: claim.instance },
    command: { type: 'answer-call', input: { ...body, activity: claim.activity }, actor, requestId, internal: true },
    request: { actor, requestId, ifMatch: null, idempotency: null },
  });
  return { accepted: true, seq: entries[0]?.seq ?? 0 };
}

function noCallback(): ProcessError {
  return new ProcessError('not-found', {
    zh: '没有这个回调：地址应与请求消息中的 data.call.callback 完全一致',
    en: 'there is no such callback: the address should be data.call.callback of the message, to the letter',
  });
}

function namedActivity(): ProcessError {
  const message = {
    zh: '回调已说明是哪个细则，请去掉 activity；可用：choices, with, failed',
    en: 'the callback says which activity it is; leave activity out. Known are choices, with, failed',
  };
  return new ProcessError('invalid-input', message, { errors: [{ pointer: '/activity', message }] });
}

function gone(): ProcessError {
  return new ProcessError('gone', {
    zh: '这个回调已不再等待答复：细则已完成、已重新请求、不再需要，或期限已过。无需重试',
    en: 'nobody waits for this answer any more: the activity is done, was asked for anew, is not needed, or the time is over. Do not try again',
  });
}
