import { calledBy, messageType } from '../engine/index.ts';
import type { MessagePlace } from '../store/types.ts';
import type { EntryView } from './types.ts';

/** Characters of a message; what changed is left out of a longer one. */
export const MOST_CHARACTERS = 65_536;

/** The same at each delivery, so that a receiver knows what it has had. */
export function messageId({ instance, seq }: Pick<MessagePlace, 'instance' | 'seq'>): string {
  return `${instance}-${seq}`;
}

/** What `messageId` made an id of; null: it made no such id. */
export function messagePlace(id: string): Pick<MessagePlace, 'instance' | 'seq'> | null {
  const parts = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([1-9]\d{0,8})$/.exec(id);
  return parts === null ? null : { instance: parts[1] ?? '', seq: Number(parts[2]) };
}

/**
 * The message that tells of an entry: CloudEvents 1.0 as JSON. Personal values are digests in the history already. Commands
 * are left out, since they hold what people wrote; who may see it reads it there. A call says what is asked, and to whom may
 * answer it by a `callback`.
 */
export function cloudEvent(entry: EntryView, callback: string | null = null): string {
  const { instance, process, version, seq, revision, type, actor, via, at, recordedAt, changes } = entry;
  const call = callOf(entry, callback);
  const event = (told: EntryView['changes']) =>
    JSON.stringify({
      specversion: '1.0',
      id: messageId(entry),
      source: `/v1/processes/${process}`,
      type: messageType(entry),
      subject: instance,
      time: at,
      datacontenttype: 'application/json',
      data: { instance, process, version, seq, revision, type, actor, via, at, recordedAt, ...call, changes: told },
    });
  const whole = event(changes);
  return whole.length > MOST_CHARACTERS ? event(null) : whole;
}

function callOf({ changes }: EntryView, callback: string | null) {
  const called = calledBy(changes);
  if (called === null) return {};
  const { activity, record } = called;
  const { service, round, attempt, sent, due } = record;
  return { call: { service, activity, round, attempt, sent, due, ...(callback !== null && { callback }) } };
}
