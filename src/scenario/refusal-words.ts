import { errorCodes } from '../errors.ts';
import type { Names } from './names-of.ts';

/** Ids of the engine's own criteria, which refusals name beside those of gates, activities and approvals. */
export const ownCriteria: readonly string[] = [
  ...['activity-done', 'activity-form', 'activity-needed', 'activity-open', 'activity-optional', 'approval-needed'],
  ...['approval-open', 'approval-requested', 'approver', 'approver-known', 'approvers-limit', 'band-known'],
  ...['call-stands', 'child-failed', 'child-news', 'child-startable', 'children-ended', 'clocks-changed'],
  ...['evidence-known', 'instance-closed', 'instance-open', 'not-decided', 'not-earlier-approver', 'not-on-hold'],
  ...['not-requester', 'on-hold', 'outcome-open', 'outcome-reachable', 'override-allowed', 'own-turn', 'pauses-left'],
  ...['recall-move', 'recall-own', 'recall-same-version', 'recall-unanswered', 'reopen-allowed', 'reopen-within'],
  ...['repeat-limit', 'request-current', 'request-standing', 'request-undecided', 'rework-limit', 'rework-listed'],
  ...['role-held', 'route-known', 'route-limit', 'step-open', 'step-optional', 'step-repeatable', 'step-waiting'],
  ...['timer-due', 'timer-time', 'turn-held', 'turn-waiting'],
];

/** Everything that `refused` may name. */
export function refusalWords({ gateCriteria, activity, approval }: Names): ReadonlySet<string> {
  return new Set([...gateCriteria, ...activity, ...approval, ...ownCriteria, ...Object.keys(errorCodes)]);
}
