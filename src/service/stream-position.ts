import type { MessagePlace } from '../store/types.ts';
import { messageId, messagePlace } from './cloud-event.ts';

/** A time that everything recorded before was told at, and the entry told last where there is one. */
export interface StreamPosition {
  /** ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly place: Pick<MessagePlace, 'instance' | 'seq'> | null;
}

/** Milliseconds since 1970 to the base 36 (8 digits from 1972 to 2059, then 9), a dot, and the id of the message. */
export function writePosition({ recordedAt, place }: StreamPosition): string {
  const time = Date.parse(recordedAt).toString(36);
  return place === null ? time : `${time}.${messageId(place)}`;
}

/** Null: `writePosition` never wrote this. */
export function readPosition(text: string): StreamPosition | null {
  const parts = /^([0-9a-z]{8,9})(?:\.([0-9a-f-]{1,60}))?$/.exec(text);
  const ms = Number.parseInt(parts?.[1] ?? '', 36);
  if (parts === null) return null;
  const place = parts[2] === undefined ? null : messagePlace(parts[2]);
  if (parts[2] !== undefined && place === null) return null;
  return { recordedAt: new Date(ms).toISOString(), place };
}
