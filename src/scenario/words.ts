/** A word that a step begins with: which member of the event its value is, and which words may stand beside it. */
export interface Word {
  /** The member that the value is; null: the value is only `true`. */
  readonly member: string | null;
  readonly beside: readonly string[];
}

const withReason: readonly string[] = ['reason'];
const withComment: readonly string[] = ['comment'];

/** The commands of a scenario, by their words: the engine's verbs as they are. */
export const words: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['complete', { member: 'activity', beside: ['choices', 'with'] }],
  ['undo', { member: 'activity', beside: [] }],
  ['skip', { member: 'activity', beside: withReason }],
  ['enter', { member: 'step', beside: [] }],
  ['advance', { member: 'step', beside: [] }],
  ['repeat', { member: 'step', beside: [] }],
  ['request-approval', { member: 'approval', beside: withComment }],
  ['approve', { member: 'approval', beside: withComment }],
  ['reject', { member: 'approval', beside: withComment }],
  ['withdraw', { member: 'approval', beside: withComment }],
  ['reassign', { member: 'approval', beside: ['to', 'from', 'comment'] }],
  ['add-approver', { member: 'approval', beside: ['actor', 'place', 'comment'] }],
  ['rework', { member: 'to', beside: ['step', 'reason'] }],
  ['recall', { member: null, beside: withReason }],
  ['override', { member: 'criteria', beside: ['step', 'reason'] }],
  ['hold', { member: 'reason', beside: ['until'] }],
  ['resume', { member: null, beside: [] }],
  ['close', { member: 'outcome', beside: withReason }],
  ['reopen', { member: null, beside: withReason }],
  ['set', { member: 'fields', beside: [] }],
  ['note', { member: 'text', beside: [] }],
  ['assign', { member: 'owner', beside: ['team', 'reason'] }],
  ['signal', { member: 'signal', beside: ['with'] }],
  ['answer-call', { member: 'activity', beside: ['choices', 'with', 'failed'] }],
  ['fail-call', { member: 'activity', beside: withReason }],
  ['retry-call', { member: 'activity', beside: withReason }],
  ['retry-child', { member: 'child', beside: withReason }],
  ['dismiss-child', { member: 'child', beside: withReason }],
]);

/** Words that begin a step without being a command of the engine's, with what may stand beside them. */
export const otherWords: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['wait', []],
  ['child', ['ended', 'failed', 'reopened']],
]);

/** Words that may stand in any step. */
export const anywhere: ReadonlySet<string> = new Set(['as', 'at', 'refused', 'expect']);
