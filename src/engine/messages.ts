import type { CallRecord } from './call-types.ts';
import type { EntryDraft } from './types.ts';

/** Every type of message that goes out. The first that an entry says is the type of its message. */
export const messageTypes = [
  'phasegate.instance.started',
  'phasegate.instance.closed',
  'phasegate.instance.reopened',
  'phasegate.instance.held',
  'phasegate.instance.resumed',
  'phasegate.outcome.set',
  'phasegate.instance.moved',
  'phasegate.approval.requested',
  'phasegate.approval.decided',
  'phasegate.sla.warned',
  'phasegate.sla.breached',
  'phasegate.sla.escalated',
  'phasegate.call.requested',
  'phasegate.incident.opened',
  'phasegate.instance.changed',
] as const;

export type MessageType = (typeof messageTypes)[number];

/** What the commands that time sends are told as. */
const clockTypes: Readonly<Record<string, MessageType>> = {
  warn: 'phasegate.sla.warned',
  breach: 'phasegate.sla.breached',
  escalate: 'phasegate.sla.escalated',
};

/** What an accepted entry is told as. */
export function messageType({ type, changes }: Pick<EntryDraft, 'type' | 'changes'>): MessageType {
  if (type === 'start') return 'phasegate.instance.started';
  if (changes?.status === 'closed') return 'phasegate.instance.closed';
  if (changes?.status === 'on-hold') return 'phasegate.instance.held';
  if (changes?.status === 'active')
    return type === 'resume' ? 'phasegate.instance.resumed' : 'phasegate.instance.reopened';
  if (typeof changes?.outcome === 'string') return 'phasegate.outcome.set';
  if (changes?.position !== undefined) return 'phasegate.instance.moved';
  if (type === 'request-approval') return 'phasegate.approval.requested';
  if (opensIncident(type, changes)) return 'phasegate.incident.opened';
  if (calledBy(changes) !== null) return 'phasegate.call.requested';
  const told = clockTypes[type];
  if (told !== undefined) return told;
  if (type === 'approve' || type === 'reject') return 'phasegate.approval.decided';
  return 'phasegate.instance.changed';
}

/** The call that an entry makes; null: it makes none. */
export function calledBy(
  changes: EntryDraft['changes'],
): { readonly activity: string; readonly record: CallRecord } | null {
  if (changes?.calls === undefined) return null;
  const found = Object.entries(changes.calls).find(([, { status }]) => status === 'requested');
  return found === undefined ? null : { activity: found[0], record: found[1] };
}

/** It says of something that it failed, and that nobody tries it any more. */
function opensIncident(type: string, changes: EntryDraft['changes']): boolean {
  if (type === 'child-failed') return true;
  return changes?.calls !== undefined && Object.values(changes.calls).some(({ status }) => status === 'failed');
}
