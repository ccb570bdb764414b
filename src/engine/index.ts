// In:  a compiled process, an instance, a command, and the time and ids that a pure function may not make.
// Out: a Decision (the next instance and what to record) or a Refusal that explains itself; `explain` lists every
//      action with the very reasons `decide` would give, since both ask the same `check` of the same verb.
// `migrate` and `revert` take an instance from one version to another and back; `effectsOf` says what the first comes to.
// One file per group of verbs; `verb.ts` says what a verb is, `decide.ts` is the one way through.
// Never: reads a clock, makes an id, does I/O, changes what it was given.

export { type Hidden, hiddenFrom, holdsAny, unseen, type Whose } from './access.ts';
export { isUnneeded } from './activity-need.ts';
export {
  type Card,
  type CardClock,
  type CardFields,
  cardFields,
  cardsAlike,
  cardsOf,
  placesOf,
  searched,
} from './card.ts';
export { type Retimed, recalculate, retime } from './clock-retime.ts';
export { type ClockState, clockState, statementOf } from './clock-statement.ts';
export { clocksAfter } from './clocks.ts';
export { factsOf } from './context.ts';
export { type Deadline, deadlinesOf } from './deadlines.ts';
export { decide, start } from './decide.ts';
export { personalDigest } from './draft.ts';
export { amountField, type Ending, endingOf } from './ending.ts';
export { FIELD_MEMBERS } from './entry.ts';
export { scopeText } from './evidence.ts';
export { explain } from './explain.ts';
export { BY_PARENT } from './internal-verbs.ts';
export {
  HIDDEN,
  maskApprovals,
  maskCalls,
  maskEntry,
  maskEvidence,
  maskMissing,
  maskReason,
  maskRound,
} from './mask.ts';
export { calledBy, type MessageType, messageType, messageTypes } from './messages.ts';
export type { Migrated } from './migrate.ts';
export { migrate } from './migrate.ts';
export { effectsOf } from './migration-effects.ts';
export { standIn } from './migration-place.ts';
export { clockHeir, withoutFormerClocks } from './migration-records.ts';
export type * from './migration-types.ts';
export { isMoney, toMajor } from './money.ts';
export { keyInUse, refusalDetail, refuseKeyInUse } from './refuse.ts';
export { type Resting, restsOn } from './rests-on.ts';
export { revert } from './revert.ts';
export { roundsOf } from './rounds.ts';
export { scopeOf } from './shared-reason.ts';
export { type Correlation, correlationsOf, isEarly, MOST_MATCHED } from './signal-verb.ts';
export { START_MEMBERS } from './start.ts';
export { type Stay, staysOf } from './stays.ts';
export { dayOf, laterBy, toInstant } from './time.ts';
export { nextTimer } from './timers.ts';
export { type RecordedRefusal, type TurnedDown, turnedDown } from './turned-down.ts';
export { brief, parseValue } from './values.ts';
export { Members } from './verb.ts';
export { internalVerbs, verbs } from './verbs.ts';
export { actorName, INCIDENT, roleName, type Wait, type Work, waitsAlike, waitsOf, workOf } from './work.ts';
