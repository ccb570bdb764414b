import { complete, undo } from './activity-verbs.ts';
import { approve, reject, requestApproval, withdraw } from './approval-verbs.ts';
import { addApprover, reassign } from './approver-verbs.ts';
import { recall, reopen } from './back-verbs.ts';
import { answerCall, failCall, requestCall, retryCall, timeOutCall } from './call-verbs.ts';
import { dismissChild, retryChild } from './child-verbs.ts';
import { hold, resume } from './hold-verbs.ts';
import { cancel, childEnded, childFailed, childReopened, childStarted } from './internal-verbs.ts';
import { advance, close, rework } from './move-verbs.ts';
import { override } from './override-verb.ts';
import { assign } from './owner-verbs.ts';
import { note, set } from './record-verbs.ts';
import { signal } from './signal-verb.ts';
import { skip } from './skip-verb.ts';
import { enter, repeat } from './step-verbs.ts';
import { breach, escalate, reckon, warn } from './timer-verbs.ts';
import type { Verb } from './verb.ts';

/**
 * What can be done with a verb whose input nobody outside needs to know: every verb of the language in one list.
 * `visit` hands a verb over with its input type intact.
 */
export type AnyVerb = <Result>(visit: <Input>(verb: Verb<Input>) => Result) => Result;

const closed =
  <Input>(verb: Verb<Input>): AnyVerb =>
  (visit) =>
    visit(verb);

/** Every command an instance takes once it is started, by type, in the order they are offered. */
export const verbs: ReadonlyMap<string, AnyVerb> = new Map([
  ['complete', closed(complete)],
  ['undo', closed(undo)],
  ['skip', closed(skip)],
  ['enter', closed(enter)],
  ['advance', closed(advance)],
  ['repeat', closed(repeat)],
  ['request-approval', closed(requestApproval)],
  ['approve', closed(approve)],
  ['reject', closed(reject)],
  ['reassign', closed(reassign)],
  ['add-approver', closed(addApprover)],
  ['withdraw', closed(withdraw)],
  ['retry-child', closed(retryChild)],
  ['dismiss-child', closed(dismissChild)],
  ['fail-call', closed(failCall)],
  ['retry-call', closed(retryCall)],
  ['rework', closed(rework)],
  ['recall', closed(recall)],
  ['override', closed(override)],
  ['hold', closed(hold)],
  ['resume', closed(resume)],
  ['close', closed(close)],
  ['reopen', closed(reopen)],
  ['set', closed(set)],
  ['note', closed(note)],
  ['assign', closed(assign)],
]);

/** Commands that instances send each other, that time sends them, or that the service brings from outside; nobody else can. */
export const internalVerbs: ReadonlyMap<string, AnyVerb> = new Map([
  ['child-started', closed(childStarted)],
  ['child-ended', closed(childEnded)],
  ['child-reopened', closed(childReopened)],
  ['child-failed', closed(childFailed)],
  ['cancel', closed(cancel)],
  ['signal', closed(signal)],
  ['warn', closed(warn)],
  ['breach', closed(breach)],
  ['escalate', closed(escalate)],
  ['reckon', closed(reckon)],
  ['request-call', closed(requestCall)],
  ['time-out-call', closed(timeOutCall)],
  ['answer-call', closed(answerCall)],
]);
