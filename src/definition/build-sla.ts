import { approvers } from './build-approval.ts';
import { entries, isTrue, items, member, oneOf, type Raw, string, strings } from './raw.ts';
import type { Sla, SlaEffects } from './sla-types.ts';

export function buildSla(raw: Raw): Sla | null {
  if (raw.value === undefined) return null;
  const pause = member(raw, 'pause');
  const breach = member(raw, 'breach');
  return {
    within: string(member(raw, 'within')),
    due: string(member(raw, 'due')),
    targets: items(member(raw, 'targets')).map((target) => ({
      when: string(member(target, 'when')),
      within: string(member(target, 'within')),
      due: string(member(target, 'due')),
    })),
    from: string(member(raw, 'from')),
    calendar: string(member(raw, 'calendar')),
    warn: strings(member(raw, 'warn')),
    breach: breach.value === undefined ? null : buildEffects(breach),
    escalate: items(member(raw, 'escalate')).map((rung) => ({
      after: string(member(rung, 'after')) ?? '',
      ...buildEffects(rung),
    })),
    pause: pause.value === 'any' ? 'any' : strings(pause),
    onRework: oneOf(member(raw, 'on_rework'), ['restart', 'continue']),
    onChange: oneOf(member(raw, 'on_change'), ['keep', 'recalculate', 'restart']),
    assumed: isTrue(member(raw, 'assumed')),
    source: string(member(raw, 'source')),
  };
}

function buildEffects(raw: Raw): SlaEffects {
  const event = entries(member(raw, 'do')).map(([name, value]) => [name, string(value) ?? ''] as const);
  const [reassigned] = approvers(member(raw, 'reassign'));
  return {
    notify: approvers(member(raw, 'notify')),
    raise: string(member(raw, 'raise')),
    reassign: reassigned === undefined || reassigned.kind === 'role' ? null : reassigned,
    do: event.length === 0 ? null : Object.fromEntries(event),
  };
}
