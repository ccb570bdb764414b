import type { SlaEffects } from '../definition/sla-types.ts';
import { personOf, toldOf } from './clock-notice.ts';
import { anew } from './clocks.ts';
import type { Context } from './context.ts';
import { all } from './criteria.ts';
import type { Draft } from './draft.ts';
import { internal } from './internal-verbs.ts';
import { state } from './state-criteria.ts';
import { durationText } from './time.ts';
import { type DueMark, nextMark, type TimerType } from './timers.ts';
import type { Verb } from './verb.ts';

// What time does to an instance. The command is sent when a timer is due, with that instant as its event time; each does
// the first due thing of its kind. Where another node was first, nothing is due, and it is refused.

const nothing: SlaEffects = { notify: [], raise: null, reassign: null, do: null };

/**
 * What is due by the event time of the command; null: nothing is. The calendars of today decide: newer data may tell that
 * what was reckoned before is not due yet after all.
 */
function dueOf({ process, instance, at, now }: Context, type: TimerType): DueMark | null {
  const clocks = anew({ process, instance, environment: { now } });
  const next = nextMark(process, clocks === instance.clocks ? instance : { ...instance, clocks }, type);
  return next === null || next.mark.due > at ? null : next;
}

function timerVerb(type: TimerType): Verb<DueMark | null> {
  return internal<DueMark | null>(type, [], {
    parse(context) {
      const { process, instance, now } = context;
      const due = dueOf(context, type);
      if (due === null) return { target: {}, input: null };
      const { clock, mark } = due;
      const effects = effectsOf(due);
      const { roles, actors } = toldOf(process, instance, clock, effects.notify);
      return {
        target: {},
        input: due,
        told: {
          clock: clock.id,
          mark: mark.id,
          due: mark.due,
          late: durationText(Math.max(0, Date.parse(now) - Date.parse(mark.due))),
          notify: { roles, actors },
        },
      };
    },
    check: (context) => {
      const due = dueOf(context, type);
      const { now } = context;
      return all([
        state('timer-due', due !== null, {
          zh: `应有到期未处理的时限（${type}）；现在没有`,
          en: `something should be due (${type}); nothing is`,
        }),
        state('timer-time', due === null || due.mark.due <= now, {
          zh: `应已到 ${due?.mark.due}；现在是 ${now}`,
          en: `it should be ${due?.mark.due} or later; it is ${now}`,
        }),
      ]);
    },
    apply(draft, { input }) {
      if (input !== null) fire(draft, input);
    },
    after: ({ input }) => (input === null ? null : effectsOf(input).do),
  });
}

function effectsOf({ clock: { sla }, mark: { id }, what }: DueMark): SlaEffects {
  if (what === 'warn') return nothing;
  if (what === 'breach') return sla.breach ?? nothing;
  return sla.escalate[Number(id.slice('escalate/'.length)) - 1] ?? nothing;
}

function fire(draft: Draft, due: DueMark): void {
  const { clock, mark, record } = due;
  const { process, environment } = draft;
  const { raise, reassign } = effectsOf(due);
  const firedAt = environment.now;
  const marks = record.marks.map((each) => (each.id === mark.id ? { ...each, firedAt } : each));
  const raised = raise === null || record.raised.includes(raise) ? record.raised : [...record.raised, raise];
  const owner = (reassign === null ? null : personOf(process, draft.instance, reassign)) ?? draft.instance.owner;
  const clocks = { ...draft.instance.clocks, [clock.id]: { ...record, marks, raised } };
  draft.instance = { ...draft.instance, owner, clocks };
  if (raise !== null && clock.kind === 'approval') raiseTurns(draft, clock.of, raise);
}

/** Whoever holds the role may take the turns that are still open. */
function raiseTurns(draft: Draft, approval: string, role: string): void {
  const { approvals } = draft.instance;
  const record = approvals[approval];
  if (record === undefined) return;
  const turns = record.turns.map((turn) => {
    const { raised = [] } = turn;
    return turn.decision !== null || raised.includes(role) ? turn : { ...turn, raised: [...raised, role] };
  });
  draft.instance = { ...draft.instance, approvals: { ...approvals, [approval]: { ...record, turns } } };
}

export const warn = timerVerb('warn');
export const breach = timerVerb('breach');
export const escalate = timerVerb('escalate');

/**
 * Reckons anew what was provisional: calendars know more than when it was reckoned. What is due next is then due by what
 * they know.
 */
export const reckon = internal<null>('reckon', [], {
  parse: () => ({ target: {}, input: null }),
  check: ({ process, instance, now }) =>
    all([
      state('clocks-changed', anew({ process, instance, environment: { now } }) !== instance.clocks, {
        zh: '应有暂定的截止时间因更新的日历而变化；现在没有',
        en: 'a provisional deadline should be another by newer calendars; none is',
      }),
    ]),
  apply(draft) {
    draft.instance = { ...draft.instance, clocks: anew(draft) };
  },
});
