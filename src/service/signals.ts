import type { CompiledSignal } from '../compile/types.ts';
import { holdsAny, laterBy, Members, MOST_MATCHED, toInstant } from '../engine/index.ts';
import type { Actor } from '../engine/types.ts';
import { ProcessError } from '../errors.ts';
import { sha256 } from '../json.ts';
import type { SignalRow } from '../store/types.ts';
import type { Apply } from './apply.ts';
import type { ServiceContext } from './context.ts';
import { deliverSignal } from './deliver-signal.ts';
import type { SignalAnswer } from './signal-types.ts';
import { answerView } from './signal-view.ts';

/** Signals of one tenant that are not delivered. */
export const MOST_OPEN = 10_000;
/** Characters of the data as JSON. */
const MOST_DATA = 16_384;
/** Characters of the sender's id. */
const MOST_ID = 200;
/** How far an event time may lie ahead of ours. */
const AHEAD_MS = 5 * 60_000;

const MEMBERS = ['id', 'signal', 'key', 'at', 'data'];

type Told = Pick<SignalRow, 'id' | 'signal' | 'value' | 'at'> & { readonly data: string };

/**
 * Takes a signal in and delivers it to every open instance that it finds, or keeps it. One that came before, by the sender's
 * id, is not looked at: the answer says what became of the first. Throws `invalid-input`, `role-required`, and
 * `not-allowed-now` where too many wait.
 */
export async function sendSignal(
  context: ServiceContext,
  apply: Apply,
  given: Readonly<Record<string, unknown>>,
  actor: Actor,
): Promise<SignalAnswer> {
  const { store, clock } = context;
  const now = clock.now();
  const declared = await context.declarations.of(actor.tenant);
  const sendable = [...declared].filter(([, versions]) => sendableBy(versions, actor).length > 0);
  const told = readTold(
    given,
    now,
    sendable.map(([id]) => id),
    declared,
    actor,
  );
  const receipt = receiptOf(actor, told.id);
  const known = await store.getSignal(actor.tenant, receipt);
  if (known !== null) return { signal: await answerView(context, known, actor), replayed: true };
  if ((await store.countOpenSignals(actor.tenant, MOST_OPEN)) >= MOST_OPEN) {
    throw new ProcessError('not-allowed-now', {
      zh: `已有 ${MOST_OPEN} 个信号未送达；请先用 GET /v1/signals 查看，重试或删除它们`,
      en: `${MOST_OPEN} signals are not delivered yet; look at GET /v1/signals, and retry or delete them first`,
    });
  }
  const expiresAt = keptUntil(sendableBy(declared.get(told.signal) ?? [], actor), now);
  const row: SignalRow = {
    ...told,
    receipt,
    tenant: actor.tenant,
    sender: JSON.stringify(actor),
    receivedAt: now,
    expiresAt: expiresAt ?? now,
    isKept: expiresAt !== null,
    // Until it is looked at, so that a commit meanwhile finds it and a crash does not lose it.
    state: 'kept',
    attempts: 0,
    revision: 1,
    results: '[]',
    settledAt: null,
  };
  const isNew = await store.addSignal(row);
  const stored = isNew ? row : ((await store.getSignal(actor.tenant, receipt)) ?? row);
  const signal = isNew ? await deliverSignal(context, apply, row) : stored;
  return { signal: await answerView(context, signal, actor), replayed: !isNew };
}

export function sendableBy(versions: readonly CompiledSignal[], actor: Actor): readonly CompiledSignal[] {
  return versions.filter(({ signal }) => holdsAny(actor, null, signal.from));
}

/** Until when the longest of these keeps what comes too early; null: none does. */
export function keptUntil(versions: readonly CompiledSignal[], now: string): string | null {
  const ends = versions.flatMap(({ keep }) => (keep === null ? [] : [laterBy(now, keep)])).sort();
  return ends.at(-1) ?? null;
}

/** The same id of the same sender is the same signal (RFC 9562, version 8: a UUID of our own making). */
function receiptOf({ tenant, id: sender, via }: Actor, id: string): string {
  const hex = sha256(JSON.stringify([tenant, sender, via, id]));
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function readTold(
  given: Readonly<Record<string, unknown>>,
  now: string,
  sendable: readonly string[],
  declared: ReadonlyMap<string, unknown>,
  { id: sender, roles }: Actor,
): Told {
  const members = new Members(given, MEMBERS, MEMBERS);
  const name = members.raw('signal');
  if (typeof name === 'string' && declared.has(name) && !sendable.includes(name)) {
    throw new ProcessError('role-required', {
      zh: `${sender} 不能发送信号 ${name}：其角色为 ${roles.join(', ') || '无'}，不在流程为它写的 from 之中`,
      en: `${sender} may not send the signal ${name}: it holds ${roles.join(', ') || 'no roles'}, none of those that a process names in its from`,
    });
  }
  const signal = members.id('signal', sendable);
  const id = short(members, 'id', MOST_ID);
  const value = short(members, 'key', MOST_MATCHED);
  const data = JSON.stringify(members.object('data'));
  if (data.length > MOST_DATA) {
    members.problem('/data', {
      zh: `data 应不超过 ${MOST_DATA} 个字符（JSON）；收到 ${data.length} 个`,
      en: `data should be at most ${MOST_DATA} characters as JSON; found ${data.length}`,
    });
  }
  const at = members.raw('at') === undefined ? now : toInstant(members.raw('at'));
  if (at === null || Date.parse(at) > Date.parse(now) + AHEAD_MS) {
    members.problem('/at', {
      zh: `at 应为带时区的事件时间，不能在将来（现在是 ${now}）`,
      en: `at should be the event's time with its offset, not in the future (it is ${now})`,
    });
  }
  const [first] = members.problems;
  if (first !== undefined || signal === null || id === null || value === null || at === null) {
    throw new ProcessError(
      'invalid-input',
      {
        zh: `信号有 ${members.problems.length} 处不正确。${first?.message.zh ?? ''}`,
        en: `${members.problems.length} things are wrong with the signal. ${first?.message.en ?? ''}`,
      },
      { errors: members.problems },
    );
  }
  return { id, signal, value, at, data };
}

/** As the filters of lists take keys: no control characters, no half of a surrogate pair. */
const VISIBLE = /^[^\p{Cc}\p{Cs}]+$/u;

/** A text of 1 to so many characters, or a whole number as one. */
function short(members: Members, name: string, most: number): string | null {
  const raw = members.raw(name);
  const text = Number.isSafeInteger(raw) ? String(raw) : raw;
  if (typeof text === 'string' && VISIBLE.test(text) && text.length <= most) return text;
  members.problem(`/${name}`, {
    zh: `${name} 应为 1–${most} 个可见字符的文本${name === 'key' ? '（流程按它找到实例）' : '，同一个信号每次相同'}`,
    en: `${name} should be a text of 1–${most} visible characters${name === 'key' ? ' by which the process finds its instance' : ', the same for the same signal'}`,
  });
  return null;
}
