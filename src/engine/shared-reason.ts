import type { Shared } from '../definition/evidence-types.ts';
import type { Activity } from '../definition/types.ts';
import type { Json } from '../json.ts';
import type { Text } from '../text.ts';
import { type Context, readsOf } from './context.ts';
import { all } from './criteria.ts';
import { scopeText } from './evidence.ts';
import type { EvidenceState, FoundEvidence } from './evidence-types.ts';
import { dayOf } from './time.ts';
import type { Instance, Reason } from './types.ts';

/** Whether the activity asks for more than its evidence: values or choices that somebody gives. */
export function mustBeDone({ shared, supplies, choices }: Activity): boolean {
  return shared === null || supplies.length > 0 || choices !== null;
}

/** Whether there is anything to give when it is completed. */
export function hasForm(activity: Activity): boolean {
  return mustBeDone(activity) || activity.maySupply.length > 0;
}

/** An activity that rests on evidence: met by the evidence, and done where it has something to do. `done` null: nothing. */
export function restingReason(context: Context, activity: Activity, shared: Shared, done: Reason | null): Reason {
  const evidence = evidenceReason(context, shared);
  const { verdict } = all([evidence, ...(done === null ? [] : [done])]);
  const { zh, en } = activity.title;
  const named = { zh: `细则“${zh}”（${activity.id}）：`, en: `the activity “${en}” (${activity.id}): ` };
  const rests: Text = { zh: named.zh + (evidence.say?.zh ?? ''), en: named.en + (evidence.say?.en ?? '') };
  // What is in the way comes first; the tree below says the rest.
  const say = done?.say !== undefined && done.verdict !== 'met' ? done.say : rests;
  return {
    kind: 'activity',
    id: activity.id,
    verdict,
    say,
    ...(activity.source === null ? {} : { source: activity.source }),
    ...(done?.missing === undefined ? {} : { missing: done.missing }),
    of: [evidence],
  };
}

/** What of the evidence there is today: the day is that of recording, so that no gate is opened by dating a move back. */
export function evidenceReason(context: Context, shared: Shared): Reason {
  const { process, instance } = context;
  const fields = shared.scope.map(({ from }) => from);
  const lacking = fields.filter((field) => (instance.fields[field]?.value ?? null) === null);
  const evidence = stateOf(context, shared, lacking.length > 0);
  return {
    kind: 'evidence',
    id: shared.evidence,
    verdict: evidence.state === 'valid' ? 'met' : evidence.state === 'unknown' ? 'unknown' : 'not-met',
    say: sayOf(evidence, dayOf(context.now), lacking),
    evidence,
    ...(fields.length === 0 ? {} : { reads: readsOf(process, instance.fields, fields) }),
    ...(lacking.length === 0 ? {} : { missing: lacking }),
  };
}

/** The scope that an activity looks for, as its instance stands. */
export function scopeOf({ fields }: Pick<Instance, 'fields'>, shared: Shared): Readonly<Record<string, Json>> {
  return Object.fromEntries(shared.scope.map(({ field, from }) => [field, fields[from]?.value ?? null]));
}

function stateOf(context: Context, shared: Shared, unknown: boolean): EvidenceState {
  const scope = scopeOf(context.instance, shared);
  const named = { evidence: shared.evidence, scope };
  const nothing = { instance: null, validFrom: null, validTo: null };
  if (unknown) return { ...named, state: 'unknown', ...nothing };
  const found = context.evidence?.(shared.evidence, scopeText(scope)) ?? [];
  const day = dayOf(context.now);
  const begun = best(
    found.filter(({ validFrom }) => validFrom <= day),
    (a, b) => a.validTo > b.validTo,
  );
  if (begun !== null && begun.validTo >= day) return { ...named, state: 'valid', ...begun };
  const next = best(
    found.filter(({ validFrom, validTo }) => validFrom > day && validTo >= validFrom),
    (a, b) => a.validFrom < b.validFrom,
  );
  if (next !== null) return { ...named, state: 'upcoming', ...next };
  return begun === null ? { ...named, state: 'none', ...nothing } : { ...named, state: 'expired', ...begun };
}

function best(
  found: readonly FoundEvidence[],
  isBetter: (a: FoundEvidence, b: FoundEvidence) => boolean,
): FoundEvidence | null {
  let chosen: FoundEvidence | null = null;
  for (const { instance, validFrom, validTo } of found) {
    const candidate = { instance, validFrom, validTo };
    if (chosen === null || isBetter(candidate, chosen)) chosen = candidate;
  }
  return chosen;
}

function sayOf(
  { evidence, scope, state, instance, validFrom, validTo }: EvidenceState,
  day: string,
  lacking: readonly string[],
): Text {
  const [process = ''] = evidence.split('/');
  // Without the values: not everybody who reads this may see the fields.
  const fields = Object.keys(scope).join(', ');
  const named = fields === '' ? evidence : `${evidence} (${fields})`;
  switch (state) {
    case 'valid':
      return {
        zh: `证据 ${named} 有效（${validFrom} 至 ${validTo}，实例 ${instance}）`,
        en: `the evidence ${named} is valid (${validFrom} to ${validTo}, of instance ${instance})`,
      };
    case 'expired':
      return {
        zh: `证据 ${named} 到 ${validTo} 为止有效（实例 ${instance}），今天是 ${day}；请完成新的 ${process} 流程`,
        en: `the evidence ${named} was valid until ${validTo} (of instance ${instance}), today is ${day}; complete the process ${process} anew`,
      };
    case 'upcoming':
      return {
        zh: `证据 ${named} 从 ${validFrom} 起才有效（实例 ${instance}），今天是 ${day}；请等到那一天，或完成新的 ${process} 流程`,
        en: `the evidence ${named} is valid from ${validFrom} (of instance ${instance}), today is ${day}; wait, or complete the process ${process} anew`,
      };
    case 'none':
      return {
        zh: `没有证据 ${named}；请完成 ${process} 流程`,
        en: `there is no evidence ${named}; complete the process ${process}`,
      };
    case 'unknown':
      return {
        zh: `尚不知道要哪个范围的证据 ${evidence}；请填写 ${lacking.join('、')}`,
        en: `for which scope the evidence ${evidence} is needed is not known yet; fill in ${lacking.join(', ')}`,
      };
  }
}
