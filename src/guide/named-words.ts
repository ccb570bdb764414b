import { type Kind as ElementKind, homes, kindNames, named, slas } from '../edit/index.ts';
import type { Kind } from './types.ts';

/** The words whose values name something, by what they name. */
export const namedWords: Readonly<Record<string, readonly string[]>> = {
  ...named,
  calendar: ['calendar', 'calendar/*/use', 'roles/*/calendar', ...slas.map((sla) => `${sla}/calendar`)],
  process: ['phases/*/steps/*/starts/*/process'],
  reason: slas.flatMap((sla) => [`${sla}/pause`, `${sla}/breach/do/reason`, `${sla}/escalate/*/do/reason`]),
};

const elementKinds = Object.entries(kindNames).map(([kind, name]): [string, Kind] => [
  kind,
  { name, homes: homes[kind as ElementKind] },
]);

export const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(elementKinds),
  calendar: { name: { zh: '工作日历', en: 'calendar' }, homes: [] },
  process: { name: { zh: '流程', en: 'process' }, homes: [] },
  reason: { name: { zh: '原因', en: 'reason' }, homes: ['hold/reasons/*', 'outcomes/*/reasons/*'] },
  clause: { name: { zh: '制度条款', en: 'clause of the policy' }, homes: ['policy/*'] },
};
